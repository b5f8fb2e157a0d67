"""What the uploader says about a document."""

from services.ingest.hints import hints_of


def test_known_metadata_is_taken_under_our_names():
    metadata = {
        "X-Amz-Meta-City": "%E5%B9%BF%E5%B7%9E%E5%B8%82",
        "Fiscal-Year": " 2026 ",
        "content-type": "x",
    }

    assert hints_of("a.pdf", metadata) == {"city": "广州市", "year": "2026"}


def test_the_folders_of_the_key_are_passed_on_without_the_files_name():
    assert hints_of("2026/广州市/表 2025.pdf", {}) == {"path": "2026/广州市/"}
    assert hints_of("表 2025.pdf", {}) == {}


def test_blank_metadata_says_nothing():
    assert hints_of("a.pdf", {"city": " "}) == {}
