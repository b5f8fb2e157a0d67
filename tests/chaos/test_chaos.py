"""Whatever is killed, emptied or told wrongly: every document ends as if nothing had happened."""

import time

import pytest

from tests.builders.command import wait_for
from tests.chaos.scenarios import SCENARIOS

pytestmark = pytest.mark.chaos

HEALING_SECONDS = 120


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_document_ends_as_if_nothing_had_happened(name, trial, table):
    began = time.monotonic()
    SCENARIOS[name](trial)
    disturbed = time.monotonic() - began

    verdict = "NOT HEALED"
    try:
        wait_for(trial.is_healed, seconds=HEALING_SECONDS)
        verdict = "as undisturbed"
    except AssertionError as error:
        raise AssertionError(trial.explain()) from error
    finally:
        healed = time.monotonic() - began - disturbed
        table.append(
            f"{name:<24} {len(trial.files)} documents  {len(trial.expected):>4} records"
            f"  disturbed {disturbed:5.1f} s  then healed in {healed:5.1f} s  {verdict}"
        )
