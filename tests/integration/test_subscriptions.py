"""Saved searches that post what they find anew: who may, where to, what, and when nobody listens."""

import hmac
import json
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from services.search.saved_searches.notices import SIGNATURE, sign, tell_all
from services.search.saved_searches.outward import NotAllowed, NotTaken, Outward
from services.search.saved_searches.subscriptions import MOST, MOST_FAILURES, Subscriptions
from shared.contracts.search import SearchRequest
from tests.builders.web import WebArchive, document_of, indicator_at, project_of, promise

KEY = "the key of this archive"
WITH_KEY = {"Authorization": f"Bearer {KEY}"}
HERE = Outward(allow_private=True)


@pytest.fixture
def archive(tmp_path: Path) -> WebArchive:
    built = WebArchive(tmp_path, write_key=KEY)
    built.app.state.outward = HERE
    return built


@contextmanager
def listener(*statuses):
    """A server that answers with these statuses, then with 200, and keeps what it was sent."""
    taken, answers = [], list(statuses)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            taken.append((dict(self.headers), body))
            status = answers.pop(0) if answers else 200
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/hook?from=jixiao", taken
    finally:
        server.shutdown()


def subscribe(archive, url, query="满意度"):
    return archive.client.send(
        "POST", "/api/subscriptions", params={"url": url, "q": query}, headers=WITH_KEY
    )


def receive(archive, name, *indicators):
    given = indicators or (indicator_at(f"{name}满意度", promise("≥90%")),)
    return archive.add(document_of(project_of("公园养护", *given), name=f"{name}.pdf"))


def tell(archive, outward=HERE):
    return tell_all(archive.app.state.archive, outward, pauses=(0.0, 0.0))


def test_what_is_found_anew_is_posted_once_and_signed(archive):
    receive(archive, "旧")
    with listener() as (url, taken):
        kept = subscribe(archive, url).json()
        assert tell(archive) == 0
        document = receive(
            archive, "游客", indicator_at("游客满意度", promise("≥90%")), indicator_at("绿地", None)
        )
        assert (tell(archive), tell(archive)) == (1, 0)

    ((headers, body),) = taken
    stamp, digest = (part.partition("=")[2] for part in headers[SIGNATURE].split(","))
    assert digest == hmac.new(kept["secret"].encode(), f"{stamp}.".encode() + body, sha256).hexdigest()
    (hit,) = json.loads(body)["hits"]
    assert (hit["name"], hit["target"], hit["document_id"]) == ("游客满意度", "≥90%", document.document_id)
    assert hit["url"].endswith(f"/records/{hit['record_id']}")


def test_a_document_that_is_read_again_is_told_only_for_what_is_new_in_it(archive):
    with listener() as (url, taken):
        subscribe(archive, url)
        receive(archive, "甲", indicator_at("游客满意度", None))
        tell(archive)
        receive(archive, "甲", indicator_at("游客满意度", None), indicator_at("职工满意度", None))
        tell(archive)

    assert [[hit["name"] for hit in json.loads(body)["hits"]] for _, body in taken] == [
        ["游客满意度"],
        ["职工满意度"],
    ]


def test_more_than_a_message_holds_comes_in_the_next_ones(archive):
    with listener() as (url, taken):
        subscribe(archive, url)
        receive(archive, "多", *(indicator_at(f"第{n:03}项满意度", None) for n in range(130)))
        assert (tell(archive), tell(archive), tell(archive)) == (1, 1, 0)

    names = [hit["name"] for _, body in taken for hit in json.loads(body)["hits"]]
    assert (len(names), len(set(names))) == (130, 130)


def test_a_message_that_nobody_took_is_sent_again_and_given_up_after_long(archive):
    with listener(500, 302, 503, 200) as (url, taken):
        subscribe(archive, url)
        receive(archive, "甲")
        assert (tell(archive), tell(archive)) == (0, 1)
    assert len(taken) == 4

    receive(archive, "乙")
    for _ in range(MOST_FAILURES + 1):
        assert tell(archive) == 0
    (kept,) = archive.client.get("/api/subscriptions", headers=WITH_KEY).json()["subscriptions"]
    assert kept["failures"] == MOST_FAILURES


def test_only_whoever_holds_the_key_subscribes_and_secrets_are_told_once(archive):
    with listener() as (url, _):
        assert archive.client.send("POST", "/api/subscriptions", params={"url": url}).status_code == 403
        kept = subscribe(archive, url).json()

    assert archive.client.get("/api/subscriptions").status_code == 403
    listed = archive.client.get("/api/subscriptions", headers=WITH_KEY)
    assert kept["secret"] not in listed.text
    address = f"/api/subscriptions/{kept['id']}"
    assert archive.client.send("DELETE", address).status_code == 403
    assert archive.client.send("DELETE", address, headers=WITH_KEY).status_code == 204
    assert archive.client.send("DELETE", address, headers=WITH_KEY).status_code == 404
    assert archive.client.send("DELETE", "/api/subscriptions/..%2Fa", headers=WITH_KEY).status_code == 404


def test_a_question_that_is_not_understood_and_one_too_many_are_refused(archive):
    assert subscribe(archive, "http://127.0.0.1:9/", '"满意度').status_code == 400
    book = Subscriptions(archive.store)
    for _ in range(MOST):
        book.add("http://127.0.0.1:9/", SearchRequest(), site="")
    assert subscribe(archive, "http://127.0.0.1:9/").json()["code"] == "too_many_subscriptions"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost:9200/", "http://10.0.0.8/", "http://169.254.169.254/latest",
        "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://0.0.0.0/", "http://2130706433/",
        "http://224.0.0.1/",        "ftp://example.org/", "file:///etc/passwd", "http://", "http://user:word@example.org/",
        "http://a:99999/", "",
    ],
)  # fmt: skip
def test_addresses_that_only_the_service_could_reach_are_never_called(archive, url):
    with pytest.raises((NotAllowed, NotTaken)):
        Outward().check(url)
    archive.app.state.outward = Outward()
    assert subscribe(archive, url).json()["code"] == "address_not_allowed"


def test_a_name_that_leads_elsewhere_after_it_was_looked_at_is_not_followed(archive):
    addresses = iter((["93.184.215.14"], ["127.0.0.1"]))
    outward = Outward(lookup=lambda host, port: next(addresses))
    outward.check("http://example.org/")

    with pytest.raises(NotAllowed):
        outward.post("http://example.org/", b"{}", {})
    with pytest.raises(NotAllowed):
        Outward(lookup=lambda host, port: ["93.184.215.14", "10.0.0.1"]).check("http://example.org/")


def test_a_signature_holds_for_its_message_time_and_secret_only():
    signed = sign("secret", b"{}", moment=1)

    assert signed == sign("secret", b"{}", moment=1)
    assert (
        len(
            {
                signed,
                sign("secret", b"{ }", moment=1),
                sign("other", b"{}", moment=1),
                sign("secret", b"{}", moment=2),
            }
        )
        == 4
    )
