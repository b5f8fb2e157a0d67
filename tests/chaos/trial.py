"""One batch of files on its way through an installation that is disturbed."""

import random
from dataclasses import dataclass, field
from hashlib import sha256

from tests.builders.installation import Installation
from tests.chaos.refusing_proxy import RefusingProxy
from tests.servers.small_disk import SmallDisk


@dataclass
class Trial:
    """The files, what is expected of them, and dice that fall alike each time."""

    installation: Installation
    name: str
    files: dict[str, bytes]
    expected: list[str]
    proxy: RefusingProxy | None = None
    disk: SmallDisk | None = None
    ends: dict[str, str] = field(default_factory=dict)

    def __post_init__(self):
        self.chance = random.Random(self.name)

    def put_all(self):
        for key, content in self.files.items():
            self.installation.put(key, content)

    def expect(self, key, state):
        """Say that a file ends otherwise than as found."""
        self.ends[key] = state
        self.expected = [line for line in self.expected if document_id(self.files[key]) not in line]

    def state_of(self, key):
        entry = self.installation.ledger.document(document_id(self.files[key]))
        return entry.state if entry else None

    def has_ended_as_expected(self):
        states = {key: self.state_of(key) for key in self.files}
        return states == {key: self.ends.get(key, "indexed") for key in self.files}

    def records(self):
        ours = [document_id(content) for content in self.files.values()]
        return [line for line in self.installation.records() if any(one in line for one in ours)]

    def explain(self):
        """Say what differs, and what every service said last."""
        states = {key: self.state_of(key) for key in self.files}
        records, expected = set(self.records()), set(self.expected)
        waiting = dict(self.installation.bus.waiting())
        return f"{states} {waiting} missing {len(expected - records)}, beyond {len(records - expected)}"

    def is_healed(self):
        return self.has_ended_as_expected() and self.records() == self.expected


def document_id(content):
    return sha256(content).hexdigest()
