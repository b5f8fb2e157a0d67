"""The command line, as a person uses it."""

import csv
import hashlib
import io
import json
import shutil
from datetime import UTC, datetime

import pytest

from jixiao.archive import open_archive
from jixiao.home import Home
from shared.contracts.events import DocumentIdentified
from shared.contracts.ledger import QuarantineEntry
from tests.builders.command import wait_for

TEXT = "教育局项目支出绩效目标表.txt"
LIST = "文旅局2026年项目支出绩效目标表.pdf"
ERROR_PAGE = "下载失败的预算.pdf"
SCAN = "城管局2024年项目支出绩效目标表（扫描件）.pdf"


class TestExtract:
    def test_json_is_one_document_and_nothing_else(self, jixiao, samples):
        done = jixiao("extract", samples / LIST)

        document = json.loads(done.stdout)
        assert done.returncode == 0
        assert document["document_id"] == hashlib.sha256((samples / LIST).read_bytes()).hexdigest()
        assert document["schema"] == 1
        assert document["tables"][0]["projects"]

    def test_the_same_bytes_give_the_same_answer_whatever_they_are_called(self, jixiao, samples, tmp_path):
        other = tmp_path / "2019 上海市.txt"
        shutil.copy(samples / LIST, other)

        first, second = (jixiao("extract", path).stdout for path in (samples / LIST, other))

        assert first.replace(LIST, "") == second.replace(other.name, "")

    def test_jsonl_is_one_complete_record_a_line(self, jixiao, samples):
        lines = jixiao("extract", samples / LIST, samples / TEXT, "--format", "jsonl").stdout.splitlines()

        records = [json.loads(line) for line in lines]
        assert {record["file_name"] for record in records} == {LIST, TEXT}
        assert all(record["record_id"] and record["project"] for record in records)

    def test_csv_opens_in_excel_with_a_row_for_each_record(self, jixiao, samples):
        count = len(jixiao("extract", samples / LIST, "-f", "jsonl").stdout.splitlines())

        text = jixiao("extract", samples / LIST, "--format", "csv").stdout

        rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
        assert text.startswith("\ufeff")
        assert len(rows) == count
        assert rows[0]["file_name"] == LIST

    def test_a_rejected_file_is_named_on_standard_error_and_does_not_hold_up_the_others(
        self, jixiao, samples
    ):
        done = jixiao("extract", samples / ERROR_PAGE, samples / LIST)

        assert done.returncode == 3
        assert json.loads(done.stdout)["file_name"] == LIST
        assert "content_differs_from_name" in done.stderr
        assert "重新下载" in done.stderr

    def test_a_scan_is_read_as_far_as_it_goes_and_says_what_it_waits_for(self, jixiao, samples):
        done = jixiao("extract", samples / SCAN)

        assert done.returncode == 0
        assert json.loads(done.stdout)["tables"] == []
        assert "waiting_for_ocr" in done.stderr

    def test_it_leaves_no_state(self, jixiao, samples):
        jixiao("extract", samples / TEXT)

        assert not jixiao.home.exists()

    @pytest.mark.parametrize("words", [["extract"], ["extract", "no-such-file.pdf"], ["extract", "."]])
    def test_wrong_use_is_told_apart_from_a_rejected_file(self, jixiao, words):
        assert jixiao(*words).returncode == 2


class TestArchive:
    def test_a_folder_is_taken_in_found_and_forgotten(self, jixiao, samples):
        added = jixiao("add", samples)

        assert added.returncode == 3
        assert "content_differs_from_name" in added.stderr
        states = jixiao.states()
        assert (states["waiting_for_ocr"], states["quarantined"]) == (1, 1)
        assert states["indexed"] == len(list(samples.iterdir())) - 2

        found = json.loads(jixiao("search", "", "--where", "level1=满意度", "--json").stdout)
        assert found["total"] > 0

        jixiao("forget", "--yes", LIST)
        assert LIST not in jixiao("export").stdout
        assert jixiao("status", LIST).returncode == 1
        assert not any(LIST in str(path) for path in jixiao.home.rglob("*"))

    def test_what_was_added_is_what_extract_prints(self, jixiao, samples):
        jixiao("add", samples / LIST)

        assert jixiao.records() == sorted(
            jixiao("extract", samples / LIST, "-f", "jsonl").stdout.splitlines()
        )

    def test_adding_again_changes_nothing(self, jixiao, samples):
        jixiao("add", samples / LIST)
        before = jixiao.records()

        assert jixiao("add", samples / LIST).returncode == 0
        assert jixiao.records() == before
        assert [path.name for path in jixiao.inbox.iterdir() if path.is_file()] == [LIST]

    def test_another_file_of_the_same_name_is_kept_beside_the_first(self, jixiao, samples, tmp_path):
        other = tmp_path / LIST
        shutil.copy(samples / TEXT, other)

        jixiao("add", samples / LIST)
        jixiao("add", other)

        assert jixiao.states() == {"indexed": 2}

    def test_hints_must_be_ones_we_know(self, jixiao, samples):
        assert jixiao("add", samples / TEXT, "--hint", "colour=red").returncode == 2

    def test_a_status_says_why_a_file_was_refused_and_a_replay_tries_again(self, jixiao, samples):
        jixiao("add", samples / ERROR_PAGE)

        assert "content_differs_from_name" in jixiao("status", ERROR_PAGE).stdout
        assert ERROR_PAGE in jixiao("quarantine", "list").stdout
        assert "重新下载" in jixiao("quarantine", "show", ERROR_PAGE).stdout
        assert "refused again 1" in jixiao("quarantine", "replay", "--all").stderr
        assert jixiao("quarantine", "show", "nothing").returncode == 1

    def test_a_lost_index_is_rebuilt_from_what_was_read(self, jixiao, samples):
        jixiao("add", samples / LIST, samples / TEXT)
        before = jixiao.records()
        shutil.rmtree(jixiao.home / "index")

        assert jixiao("rebuild-index").returncode == 0
        assert jixiao.records() == before

    def test_an_export_has_all_records_in_excels_shape_too(self, jixiao, samples, tmp_path):
        jixiao("add", samples / LIST)

        jixiao("export", "--format", "csv", "--output", tmp_path / "all.csv")

        rows = list(csv.DictReader((tmp_path / "all.csv").open(encoding="utf-8-sig", newline="")))
        assert len(rows) == len(jixiao.records())

    def test_a_query_that_cannot_be_understood_is_marked_where(self, jixiao, samples):
        jixiao("add", samples / TEXT)

        done = jixiao("search", '"满意度')

        assert done.returncode == 2
        assert "^" in done.stderr


class TestServe:
    def test_a_file_dropped_into_the_inbox_is_found(self, jixiao, samples):
        with jixiao.serving() as server:
            shutil.copy(samples / LIST, jixiao.inbox / LIST)
            wait_for(lambda: jixiao.states().get("indexed") == 1)

            assert server.get("/health") == {"status": "ok", "missing": []}
            assert server.interrupt() == 0

        assert jixiao.records()

    def test_a_file_removed_from_the_inbox_is_no_longer_found(self, jixiao, samples):
        with jixiao.serving("--feed", samples / LIST):
            wait_for(lambda: jixiao.states().get("indexed") == 1)
            (jixiao.inbox / LIST).unlink()
            wait_for(lambda: jixiao.states().get("removed") == 1)

        assert jixiao.records() == []

    def test_adding_while_a_server_runs_leaves_the_work_to_it(self, jixiao, samples):
        with jixiao.serving() as server:
            added = jixiao("add", samples / LIST)

            assert added.returncode == 0
            told = json.loads(jixiao("status", "--json").stdout)
            assert (told["documents"], told["to_do"]) == ({"indexed": 1}, {})
            assert told["worker"]["address"] == server.address
            assert jixiao("rebuild-index").returncode == 0

    def test_a_second_server_in_the_same_home_says_who_is_there(self, jixiao):
        with jixiao.serving():
            second = jixiao("serve", "--port", "0")

        assert second.returncode == 4
        assert "正在使用" in second.stderr

    def test_a_port_in_use_is_told_at_once(self, jixiao):
        with jixiao.serving() as server:
            port = server.address.rpartition(":")[2]
            second = jixiao("--home", jixiao.home / "other", "serve", "--port", port)

        assert second.returncode == 4
        assert "--port" in second.stderr


def test_every_command_has_help_with_an_example_or_its_exit_codes(jixiao):
    commands = ("serve", "add", "extract", "search", "export", "status", "rebuild-index", "forget")

    for command in commands:
        told = jixiao(command, "--help")
        assert told.returncode == 0
        assert "jixiao " in told.stdout


class TestExplain:
    def test_each_table_says_its_form_its_heads_and_why_not_another(self, jixiao, samples):
        done = jixiao("explain", samples / LIST)

        assert done.returncode == 0
        assert "✓ project_list" in done.stdout
        assert "绩效目标 → goal" in done.stdout
        assert "levelled_block" in done.stdout

    def test_json_is_one_object_a_file(self, jixiao, samples):
        shown = json.loads(jixiao("explain", "--json", samples / TEXT).stdout)

        assert [table["form"] for table in shown["tables"]] == ["project_list"]

    def test_a_rejected_file_is_told_and_the_others_are_explained(self, jixiao, samples):
        done = jixiao("explain", samples / ERROR_PAGE, samples / LIST)

        assert done.returncode == 3
        assert "project_list" in done.stdout
        assert "content_differs_from_name" in done.stderr

    def test_a_summary_of_a_folder_counts_every_file_once(self, jixiao, samples):
        done = jixiao("explain", "--summary", "--json", samples)

        summary = json.loads(done.stdout)
        assert done.returncode == 0
        assert sum(summary["files"].values()) == sum(path.is_file() for path in samples.rglob("*"))
        assert summary["files"]["content_differs_from_name"] == 1
        assert summary["files"]["waiting_for_ocr"] == 1
        assert {form["form"] for form in summary["forms"]} >= {"project_list", "levelled_block"}

    def test_a_folder_needs_summary(self, jixiao, samples):
        assert jixiao("explain", samples).returncode == 2


class TestDiff:
    def test_two_extracts_are_compared_field_by_field(self, jixiao, samples, tmp_path):
        new = jixiao("extract", samples / TEXT).stdout
        old = new.replace("≥95%", "≥94%").replace("数量指标", "数量")
        (tmp_path / "old.json").write_text(old)
        (tmp_path / "new.json").write_text(new)

        told = json.loads(jixiao("diff", tmp_path / "old.json", tmp_path / "new.json", "--json").stdout)

        assert told["sum"]["items"] == {}
        assert told["sum"]["fields"]["record level2"] == old.count('"level2":"数量"')
        assert {change["field"] for change in told["documents"][0]["changes"]} >= {"level2"}

    def test_a_file_that_holds_no_readings_is_wrong_use(self, jixiao, samples):
        assert jixiao("diff", samples / TEXT, samples / TEXT).returncode == 2


def refuse(home, reading):
    """Put the only document in quarantine, as an older parser would that could not read it."""
    archive = open_archive(Home(home))
    (entry,) = archive.ledger.documents()
    event = DocumentIdentified(document_id=entry.document_id)
    archive.ledger.put_quarantine(
        QuarantineEntry(
            entry_id="parse-1",
            document_id=entry.document_id,
            file_name=entry.file_name,
            stage="parse",
            code="reader_failed",
            advice="",
            event_type="DocumentIdentified",
            event=event.model_dump(mode="json"),
            quarantined_at=datetime.now(UTC),
        )
    )
    reading.unlink()


class TestReparse:
    @pytest.fixture
    def outdated(self, jixiao, samples):
        """An archive whose only document was read by an older parser that called a level otherwise."""
        jixiao("add", samples / TEXT)
        (reading,) = (jixiao.home / "store").rglob("reading.v1.json")
        written = json.loads(reading.read_text())
        older = reading.read_text().replace('"数量指标"', '"数量"')
        reading.write_text(older.replace(f'"{written["parser_version"]}"', '"0.9.0"', 1))
        return reading

    def test_the_difference_is_shown_and_nothing_replaced(self, jixiao, outdated):
        before = outdated.read_bytes()

        done = jixiao("reparse", "--dry-run")

        assert done.returncode == 0
        assert "level2: “数量” → “数量指标”" in done.stdout
        assert outdated.read_bytes() == before

    def test_what_is_published_replaces_the_reading_and_is_not_affected_any_more(self, jixiao, outdated):
        assert jixiao("reparse", "--yes").returncode == 0

        assert '"0.9.0"' not in outdated.read_text()
        assert any('"level2":"数量指标"' in record for record in jixiao.records())
        assert json.loads(jixiao("reparse", "--json").stdout)["sum"]["documents"] == 0

    def test_a_document_that_could_not_be_read_is_tried_again(self, jixiao, outdated):
        refuse(jixiao.home, outdated)

        shown = jixiao("reparse", "--dry-run")

        assert "指标 indicator 新增 added" in shown.stdout
        assert TEXT in jixiao("quarantine", "list").stdout

        assert jixiao("reparse", "--yes").returncode == 0
        assert jixiao("quarantine", "list").stdout == ""
        assert jixiao.records()
