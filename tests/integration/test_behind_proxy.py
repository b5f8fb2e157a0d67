"""Behind a proxy that speaks TLS, links that leave the page lead back through it."""

import sys

import httpx
import pytest

from tests.builders.installation import Installation, Servers
from tests.builders.workers import Service
from tests.servers.process import free_port

PASSED_ON = {"Host": "budgets.example.org", "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}
# The server itself believes whoever speaks from its own machine, as a proxy in another container does not.
SERVER = [
    sys.executable,
    "-m",
    "uvicorn",
    "--factory",
    "services.search.start:open_app",
    "--no-proxy-headers",
]


@pytest.fixture(scope="module")
def installation(minio, postgres, valkey, elasticsearch):
    installation = Installation(Servers(minio, valkey, postgres, elasticsearch, 0), with_own_keys=True)
    installation.set_up()
    installation.index.document_counts()
    return installation


@pytest.mark.parametrize(("believed", "scheme"), [("true", "https"), ("false", "http")])
def test_links_say_https_where_the_proxy_does_and_is_to_be_believed(installation, believed, scheme):
    told = {**installation.environment_of("search"), "JIXIAO_RATE_BEHIND_PROXY": believed}
    port = free_port()
    with Service([*SERVER, "--port", str(port)], told, ready="startup complete"):
        feed = httpx.get(f"http://127.0.0.1:{port}/feed?q=1", headers=PASSED_ON, timeout=30)

    assert f'rel="self" href="{scheme}://budgets.example.org/feed?q=1"' in feed.text
