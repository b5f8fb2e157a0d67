"""What the overviews keep of a document says all that its reading said."""

import pytest

from services.search.documents.catalogue import KeptFinding
from shared.contracts.records import Finding, PageBox


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"page": 3, "box": PageBox(page=3, x0=71.1, top=0.1, x1=500.25, bottom=93.7)},
        {"project": "公园养护", "record_id": "a1", "expected": "12.50", "found": "12.60"},
    ],
    ids=["bare", "with a place", "with a project and figures"],
)
def test_a_finding_that_is_kept_short_is_given_back_whole(more):
    finding = Finding(code="sum_differs", severity="error", message="合计不符", **more)

    assert KeptFinding.of(finding).whole() == finding
