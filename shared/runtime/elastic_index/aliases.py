"""Which index is read and written: two aliases, moved in one call."""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from elasticsearch import AuthorizationException, BadRequestError, Elasticsearch, NotFoundError

from shared.contracts.errors import DependencyUnavailable
from shared.contracts.search import IndexNeedsRebuild
from shared.runtime.elastic_index.layout import VERSION, digest, mapping, properties, settings

_ALREADY_THERE: Final = "resource_already_exists_exception"


@dataclass(frozen=True, slots=True)
class Aliases:
    """The names of one installation, all of which begin with its prefix."""

    client: Elasticsearch
    prefix: str
    shards: int = 1
    replicas: int = 0

    @property
    def read(self) -> str:
        """What is searched."""
        return f"{self.prefix}-read"

    @property
    def write(self) -> str:
        """What is written to."""
        return f"{self.prefix}-write"

    def ensure(self) -> None:
        """Make the first index if there is none, and refuse one that is laid out otherwise."""
        current = self.current()
        if current is None:
            self._create_first()
            current = self.current()
        if current is None:
            raise IndexNeedsRebuild(f"别名 {self.read} 不存在")
        check_layout(self.client, current)
        self._wait_until_searchable(current)

    def _wait_until_searchable(self, index: str) -> None:
        """Another process may have made it a moment ago; a shard that only begins is called healthy."""
        self.client.cluster.health(
            index=index,
            wait_for_status="yellow",
            wait_for_active_shards="1",
            wait_for_no_initializing_shards=True,
            timeout="20s",
        )

    def current(self) -> str | None:
        """Name the index that is searched."""
        return self._behind(self.read)

    def written(self) -> str | None:
        """Name the index that is written to."""
        return self._behind(self.write)

    def _behind(self, alias: str) -> str | None:
        try:
            indices = sorted(self.client.indices.get_alias(name=alias))
        except NotFoundError:
            return None
        if len(indices) > 1:
            raise IndexNeedsRebuild(f"别名 {alias} 指向多个索引：{'、'.join(indices)}")
        return str(indices[0])

    def _create_first(self) -> None:
        """Two processes that start at once name it alike, and one of them makes it; who only reads waits."""
        name = f"{self.prefix}-v{VERSION}-first"
        try:
            self.create(name, aliases={self.read: {}, self.write: {}})
        except AuthorizationException as error:
            raise DependencyUnavailable("search index: there is no index yet; who writes makes it") from error
        except BadRequestError as error:
            if error.error != _ALREADY_THERE:
                raise

    def create_next(self) -> str:
        """Make an index that nobody reads yet."""
        moment = datetime.now(UTC).strftime("%Y%m%d%H%M%S")
        name = f"{self.prefix}-v{VERSION}-{moment}-{secrets.token_hex(2)}"
        self.create(name, aliases={})
        return name

    def create(self, name: str, *, aliases: Mapping[str, Mapping[str, Any]]) -> None:
        """Make an index with the layout of this version."""
        self.client.indices.create(
            index=name,
            aliases=aliases,
            mappings=mapping(),
            settings=settings(shards=self.shards, replicas=self.replicas),
            wait_for_active_shards="1",
        )

    def move(self, target: str) -> None:
        """Let both aliases lead to ``target``, in one call: a reader finds one or the other."""
        ours = (self.read, self.write)
        actions: list[dict[str, Any]] = [
            {"remove": {"index": index, "alias": alias}}
            for index, held in self._indices().items()
            for alias in held
            if index != target and alias in ours
        ]
        actions += [{"add": {"index": target, "alias": alias}} for alias in ours]
        self.client.indices.update_aliases(actions=actions)

    def retired(self) -> list[str]:
        """List the indices of this installation that are neither read nor written."""
        return sorted(index for index, held in self._indices().items() if not held)

    def _indices(self) -> dict[str, Mapping[str, Any]]:
        """List all indices of this installation, each with its aliases."""
        told = self.client.indices.get_alias(index=f"{self.prefix}-v*", allow_no_indices=True)
        return {str(index): one["aliases"] for index, one in told.items()}


@dataclass(frozen=True, slots=True)
class OneIndex:
    """An index by its own name, aliases or not."""

    client: Elasticsearch
    name: str

    @property
    def read(self) -> str:
        """What is searched."""
        return self.name

    @property
    def write(self) -> str:
        """What is written to."""
        return self.name

    def ensure(self) -> None:
        """Refuse one that is laid out otherwise."""
        check_layout(self.client, self.name)


def check_layout(client: Elasticsearch, index: str) -> None:
    """Refuse an index whose mapping another version wrote or somebody changed, and say in what."""
    held = client.indices.get_mapping(index=index)[index]["mappings"]
    meta = held.get("_meta") or {}
    if meta.get("version") != VERSION:
        raise IndexNeedsRebuild(f"{index} 的版本是 {meta.get('version')}，程序需要 {VERSION}")
    differing = _differing(held.get("properties") or {})
    if differing:
        raise IndexNeedsRebuild(f"{index} 的字段与程序不符：{'、'.join(differing[:5])}")
    if meta.get("layout") != digest() or held.get("dynamic") != "strict":
        raise IndexNeedsRebuild(f"{index} 的结构与程序不符")


def _differing(held: Mapping[str, Any]) -> list[str]:
    expected, found = dict(_types(properties())), dict(_types(held))
    names = sorted(expected.keys() | found.keys())
    return [
        f"{name}（{found.get(name, '缺')}，应为 {expected.get(name, '无')}）"
        for name in names
        if expected.get(name) != found.get(name)
    ]


def _types(fields: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for name, told in fields.items():
        yield f"{path}{name}", str(told.get("type", "object"))
        yield from _types(told.get("properties") or told.get("fields") or {}, f"{path}{name}.")
