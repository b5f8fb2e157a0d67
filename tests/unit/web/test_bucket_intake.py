"""Where the search service puts uploads on servers."""

from services.search.uploads.bucket_intake import BucketIntake
from shared.contracts.events import DocumentUploaded
from shared.runtime.database import open_sqlite
from shared.runtime.ledger import DatabaseLedger
from shared.runtime.server_settings import UploadSettings
from tests.fakes.object_store import MemoryStore


def receive(tmp_path, uploads, name, content=b"x"):
    announced = []
    ledger = DatabaseLedger(open_sqlite(tmp_path / "ledger.db"))
    settings = UploadSettings(prefixes=("预算/",))
    intake = BucketIntake(
        "uploads", uploads, announce=announced.append, ledger=ledger, folder=settings.folder
    )
    (tmp_path / "received").write_bytes(content)
    key = intake.receive(name, tmp_path / "received")
    assert [type(event) for event in announced] == [DocumentUploaded]
    assert settings.is_upload(key)
    return key


def test_uploads_go_where_uploads_count(tmp_path):
    uploads = MemoryStore()

    assert receive(tmp_path, uploads, "表.pdf") == "预算/表.pdf"
    assert uploads.read("预算/表.pdf") == b"x"


def test_another_file_of_the_same_name_stays_beside_the_first(tmp_path):
    uploads = MemoryStore()
    receive(tmp_path, uploads, "表.pdf")

    assert receive(tmp_path, uploads, "表.pdf", b"another") == "预算/表 (2).pdf"
