"""The Python client and the command line say what the service says."""

import json
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import uvicorn

from jixiao.client import Client, Refused
from services.search.app import create_app
from services.search.throttle import RateLimit
from shared.contracts.errors import DependencyUnavailable
from shared.contracts.search import QueryError
from shared.runtime.search_index import TantivyIndex
from tests.builders.web import StillRenderer, WebArchive, street_lights


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory):
    folder: Path = tmp_path_factory.mktemp("served")
    archive = WebArchive(folder, index=TantivyIndex(folder / "index"))
    archive.add(street_lights())
    app = create_app(
        index=archive.index,
        store=archive.store,
        ledger=archive.ledger,
        renderer=StillRenderer(),
        pictures_folder=folder / "pictures",
        limit=RateLimit(per_second=4, at_once=4),
    )
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


def test_a_question_is_answered_as_on_the_page(address):
    answer = Client(address).ask("路灯维修及时率≥95%", budget_unit="云州市路灯管理所", size=5)

    assert [(hit.record.name, hit.tier) for hit in answer.hits] == [("路灯维修及时率", 1)]
    assert answer.facets["budget_unit"].distinct == 1


def test_who_asks_too_often_waits_and_is_answered(address):
    client = Client(address)

    assert [client.ask("率", size=0).total for _ in range(8)] == [2] * 8


def test_all_records_are_walked_and_linked(address):
    client = Client(address)
    names = {record.name: client.link(record) for record in client.records("率")}

    assert set(names) == {"路灯维修及时率", "亮灯率"}
    assert set(names.values()) == {
        f"{address}/documents/{street_lights().document_id}/records/r-{name}?page=1" for name in names
    }


def test_what_goes_wrong_has_a_name(address):
    client = Client(address)

    with pytest.raises(QueryError) as wrong:
        client.ask("(率")
    assert (wrong.value.start, wrong.value.end) == (0, 2)
    with pytest.raises(KeyError):
        client.get("nothing")
    with pytest.raises(Refused, match="invalid_parameter"):
        client.ask("率", colour="red")
    with pytest.raises(DependencyUnavailable):
        Client("http://127.0.0.1:9", patience_seconds=1).ask("率")
    with pytest.raises(ValueError, match="file"):
        Client("file:///etc/passwd")


def test_the_command_line_asks_a_server_as_it_asks_this_machine(address, tmp_path):
    def jixiao(*words):
        command = [
            sys.executable,
            "-m",
            "jixiao",
            "--home",
            str(tmp_path / "home"),
            *words,
            "--server",
            address,
        ]
        return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)

    found = jixiao("search", "率", "--json")
    wrong = jixiao("search", "(率")
    lines = jixiao("export", "率").stdout.splitlines()

    assert json.loads(found.stdout)["total"] == 2
    assert (wrong.returncode, "括号没有闭合" in wrong.stderr) == (2, True)
    assert {json.loads(line)["link"] for line in lines} == {
        f"{address}/documents/{street_lights().document_id}/records/r-{name}?page=1"
        for name in ("路灯维修及时率", "亮灯率")
    }
    assert not (tmp_path / "home").exists()
