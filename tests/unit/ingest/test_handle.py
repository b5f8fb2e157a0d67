"""What ingest does with an event."""

from hashlib import sha256

import pytest

from services.ingest.handle import UploadLimits, ingest_upload, withdraw_upload
from services.ingest.survey import ContentSurvey
from shared.contracts.artifacts import SURVEY, original_key
from shared.contracts.errors import DamagedDocument, FileTooLarge
from shared.contracts.events import (
    DocumentIdentified,
    DocumentUploaded,
    DocumentWithdrawn,
    ScansFound,
    UploadRemoved,
)
from shared.runtime.database import open_sqlite
from shared.runtime.ledger import DatabaseLedger
from tests.fakes.object_store import MemoryStore

TEXT = ContentSurvey("application/pdf", 3)
MIXED = ContentSurvey("application/pdf", 3, {2: "no_text_layer"})
SCAN = ContentSurvey("application/pdf", 1, {1: "no_text_layer"})


def hash_of(content):
    return sha256(content).hexdigest()


class Desk:
    """Ingest with its ports."""

    def __init__(self, folder):
        self.uploads, self.store = MemoryStore(), MemoryStore()
        self.ledger = DatabaseLedger(open_sqlite(folder / "ledger.db"))
        self.survey = TEXT

    def upload(self, key, content=b"bytes", version=None, **hints):
        self.uploads.write(key, content)
        return self.handle(key, version=version, **hints)

    def handle(self, key, version=None, **hints):
        return ingest_upload(
            DocumentUploaded(bucket="inbox", key=key, version=version, hints=hints),
            uploads=self.uploads,
            store=self.store,
            ledger=self.ledger,
            survey=self._look,
            limits=UploadLimits(size_bytes=100, pages=10),
        )

    def remove(self, key):
        self.uploads.delete(key)
        return self.tell_removal(key)

    def tell_removal(self, key):
        return withdraw_upload(
            UploadRemoved(bucket="inbox", key=key), uploads=self.uploads, ledger=self.ledger
        )

    def _look(self, content, *, file_name, page_limit):
        if content == b"broken":
            raise DamagedDocument(detail="test")
        return self.survey


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def test_an_upload_is_stored_under_its_hash_and_announced(desk):
    document_id = hash_of(b"bytes")

    assert desk.upload("广州/表.pdf", city="广州市") == [DocumentIdentified(document_id=document_id)]

    assert desk.store.read(original_key(document_id)) == b"bytes"
    survey = SURVEY.load(desk.store, document_id)
    assert (survey.file_name, survey.page_count) == ("表.pdf", 3)
    assert survey.hints == {"city": "广州市", "path": "广州/"}
    assert desk.ledger.document(document_id).state == "received"


def test_scans_go_to_ocr_and_text_pages_do_not_wait_for_them(desk):
    document_id = hash_of(b"bytes")
    desk.survey = MIXED

    assert desk.upload("a.pdf") == [
        ScansFound(document_id=document_id, pages=(2,)),
        DocumentIdentified(document_id=document_id),
    ]


def test_a_document_that_is_all_scans_is_not_read_as_text(desk):
    desk.survey = SCAN

    assert desk.upload("a.pdf") == [ScansFound(document_id=hash_of(b"bytes"), pages=(1,))]


def test_doing_it_twice_announces_the_same(desk):
    assert desk.upload("a.pdf") == desk.handle("a.pdf")


def test_the_same_bytes_under_two_keys_are_one_document_that_is_not_read_again(desk):
    desk.upload("a.pdf")
    desk.ledger.set_state(hash_of(b"bytes"), "indexed", records=4)

    assert desk.upload("copy of a.pdf") == []

    assert len(desk.ledger.sources(hash_of(b"bytes"))) == 2
    assert desk.ledger.document(hash_of(b"bytes")).state == "indexed"


def test_a_source_that_says_more_has_the_document_read_again(desk):
    desk.upload("a.pdf")
    desk.ledger.set_state(hash_of(b"bytes"), "indexed", records=4)

    assert desk.upload("b.pdf", city="广州市") == [DocumentIdentified(document_id=hash_of(b"bytes"))]


def test_a_key_that_is_overwritten_withdraws_what_it_held(desk):
    desk.upload("a.pdf", b"old")

    assert desk.upload("a.pdf", b"new") == [
        DocumentWithdrawn(document_id=hash_of(b"old")),
        DocumentIdentified(document_id=hash_of(b"new")),
    ]
    assert desk.store.read(original_key(hash_of(b"old"))) == b"old"


def test_a_key_that_is_overwritten_by_the_same_bytes_withdraws_nothing(desk):
    desk.upload("a.pdf", version="1")

    assert desk.upload("a.pdf", version="2") == [DocumentIdentified(document_id=hash_of(b"bytes"))]
    assert desk.ledger.source_at("inbox", "a.pdf").version == "2"


def test_a_removed_key_withdraws_its_document_unless_it_has_another_source(desk):
    desk.upload("a.pdf")
    desk.upload("b.pdf")

    assert desk.remove("a.pdf") == []
    assert desk.remove("b.pdf") == [DocumentWithdrawn(document_id=hash_of(b"bytes"))]
    assert desk.remove("b.pdf") == []


def test_late_news_of_a_removal_does_not_withdraw_what_was_uploaded_since(desk):
    desk.upload("a.pdf")

    assert desk.tell_removal("a.pdf") == []
    assert desk.ledger.source_at("inbox", "a.pdf") is not None


def test_news_of_an_upload_that_is_gone_again_is_news_of_its_removal(desk):
    desk.upload("a.pdf")
    desk.uploads.delete("a.pdf")

    assert desk.handle("a.pdf") == [DocumentWithdrawn(document_id=hash_of(b"bytes"))]


def test_a_document_that_was_removed_is_read_again_when_it_comes_back(desk):
    desk.upload("a.pdf")
    desk.remove("a.pdf")
    desk.ledger.set_state(hash_of(b"bytes"), "removed")

    assert desk.upload("a.pdf") == [DocumentIdentified(document_id=hash_of(b"bytes"))]


def test_a_file_that_is_too_large_is_never_read(desk):
    with pytest.raises(FileTooLarge):
        desk.upload("a.pdf", b"x" * 101)

    assert desk.ledger.source_at("inbox", "a.pdf") is None
    assert desk.store.objects == {}


def test_a_rejected_document_is_known_by_its_hash(desk):
    with pytest.raises(DamagedDocument):
        desk.upload("a.pdf", b"broken")

    assert desk.ledger.source_at("inbox", "a.pdf").document_id == hash_of(b"broken")
    assert desk.store.read(original_key(hash_of(b"broken"))) == b"broken"


def test_news_that_says_less_of_the_same_version_takes_no_hint_away(desk):
    desk.upload("a.pdf", version="1", city="广州市")

    desk.handle("a.pdf", version="1")
    assert desk.ledger.source_at("inbox", "a.pdf").hints == {"city": "广州市"}

    desk.handle("a.pdf", version="2")
    assert desk.ledger.source_at("inbox", "a.pdf").hints == {}
