"""Behind a proxy that speaks TLS, links that leave the page lead back through it."""

import pytest
from fastapi.testclient import TestClient

from services.search.start import open_app
from tests.builders.installation import Installation, Servers

PASSED_ON = {"Host": "budgets.example.org", "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}


@pytest.fixture(scope="module")
def installation(minio, postgres, valkey, elasticsearch):
    installation = Installation(Servers(minio, valkey, postgres, elasticsearch, 0), with_own_keys=True)
    installation.set_up()
    installation.index.document_counts()
    return installation


@pytest.mark.parametrize(("said", "scheme"), [("true", "https"), ("false", "http")])
def test_links_say_https_where_the_proxy_does_and_is_to_be_believed(installation, monkeypatch, said, scheme):
    told = {**installation.environment_of("search"), "JIXIAO_RATE_BEHIND_PROXY": said}
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    with TestClient(open_app()) as client:
        feed = client.get("/feed", params={"q": "满意度"}, headers=PASSED_ON)

    assert feed.status_code == 200
    assert f'rel="self" href="{scheme}://budgets.example.org/feed' in feed.text
