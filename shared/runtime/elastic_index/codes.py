"""
Counts in Elasticsearch how many records have each code of a profile.

Buckets cost the server a few microseconds each to make, to join and to write, and there are thousands. A
script counts into a table of numbers instead, of which each shard gives back what is filled.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

import numpy as np

from shared.search.tally import Numbers

_BEGIN: Final = """
state.table = new long[4 * params.most];
state.filled = new int[params.most];
state.different = 0;
state.full = false;
"""
_COUNT: Final = """
void count(def state, long[] table, long code, int profile) {
  if (code < 0) { return }
  long key = 2 * code + profile;
  int last = table.length - 1;
  int at = (int) (code << 1) & last;
  while (table[at] != key) {
    if (table[at + 1] == 0) {
      if (state.different == state.filled.length) { state.full = true; return }
      state.filled[state.different++] = at;
      table[at] = key;
    } else {
      at = (at + 2) & last;
    }
  }
  table[at + 1]++;
}
long[] table = (long[]) state.table;
"""
_FULL: Final = "full"
_GIVE_BACK: Final = """
if (state.full) { return 'full' }
long[] table = (long[]) state.table;
int[] filled = (int[]) state.filled;
long[] told = new long[2 * state.different];
for (int n = 0; n < state.different; n++) {
  told[2 * n] = table[filled[n]];
  told[2 * n + 1] = table[filled[n] + 1];
}
return told
"""


def counted_codes(profiles: Sequence[str], *, most: int) -> dict[str, Any]:
    """
    Count by the codes of profiles, of which a shard may meet ``most``, a power of two.

    Keys are looked up from the slot on that the code names; half of the slots stay empty. A manifest
    has no code.
    """
    return {
        "scripted_metric": {
            "params": {"most": most},
            "init_script": _BEGIN,
            "map_script": _counting(tuple(profiles)),
            "combine_script": _GIVE_BACK,
            "reduce_script": "return states",
        }
    }


def read_codes(
    told: Mapping[str, Any], profiles: Sequence[str]
) -> Mapping[str, tuple[Numbers, Numbers]] | None:
    """Give the codes of each profile and their counts, shard by shard; None where a table was too small."""
    shards = told["value"]
    if _FULL in shards:
        return None
    pairs = np.array([number for shard in shards for number in shard], dtype=np.int64).reshape(-1, 2)
    keys, counts = pairs.T
    numbers = keys & 1
    return {
        profile: (keys[numbers == number] >> 1, counts[numbers == number])
        for number, profile in enumerate(profiles)
    }


@lru_cache
def _counting(profiles: tuple[str, ...]) -> str:
    """A function has locals of its own kind: nothing is boxed where records are counted."""
    calls = (
        f"count(state, table, field('{profile}').get(-1L), {number});"
        for number, profile in enumerate(profiles)
    )
    return "\n".join((_COUNT, *calls))
