"""The compose file says what .env.example says, and gives each service what it needs and no more."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

_ROOT = Path(__file__).parents[3]
_TEXT = (_ROOT / "docker-compose.yml").read_text()
_SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(_TEXT)["services"]
_OURS = tuple(name for name, service in _SERVICES.items() if str(service["image"]).startswith("jixiao/"))
_ONCE = {"setup", "jixiao"}  # no services: they run and end
_REQUIRED = re.compile(r"\$\{(JIXIAO_\w+):\?set it in \.env, see \.env\.example\}")


def _named(text: str) -> set[str]:
    return set(re.findall(r"\$\{(JIXIAO_\w+)", text))


def _environment(name: str) -> dict[str, str]:
    return {key: str(value) for key, value in _SERVICES[name].get("environment", {}).items()}


def test_the_example_lists_what_the_compose_files_ask_for_and_nothing_else() -> None:
    asked = _named(_TEXT) | _named((_ROOT / "docker-compose.dev.yml").read_text())
    listed = set(re.findall(r"^#? ?(JIXIAO_\w+)=", (_ROOT / ".env.example").read_text(), flags=re.MULTILINE))

    assert listed == asked


def test_the_example_leaves_empty_what_has_no_default_and_the_compose_file_insists_on_it() -> None:
    example = (_ROOT / ".env.example").read_text()

    assert set(re.findall(r"^(JIXIAO_\w+)=$", example, flags=re.MULTILINE)) == set(_REQUIRED.findall(_TEXT))
    assert not re.findall(r"^JIXIAO_\w+=.+", example, flags=re.MULTILINE)


def test_what_the_example_calls_a_default_is_the_default_of_the_compose_files() -> None:
    both = _TEXT + (_ROOT / "docker-compose.dev.yml").read_text()
    defaults = dict(re.findall(r"\$\{(JIXIAO_\w+):?-([^}]*)\}", both))
    example = (_ROOT / ".env.example").read_text()

    assert dict(re.findall(r"^# (JIXIAO_\w+)=(.*)$", example, flags=re.MULTILINE)) == defaults


def test_only_the_object_store_and_what_a_person_starts_know_the_administrators_key() -> None:
    knowing = {name for name in _SERVICES if "${JIXIAO_S3_SECRET_KEY" in str(_SERVICES[name])}

    assert knowing == {"object-store", *_ONCE}


def test_no_two_services_share_a_key_to_the_object_store() -> None:
    keys = [
        key for name in _OURS if name not in _ONCE and (key := _environment(name).get("JIXIAO_S3_SECRET_KEY"))
    ]

    assert len(keys) == len(set(keys)) == 6


def test_only_elasticsearch_and_what_prepares_it_know_the_administrators_password_there() -> None:
    knowing = {name for name in _SERVICES if "${JIXIAO_INDEX_PASSWORD" in str(_SERVICES[name])}

    assert knowing == {"elasticsearch", "setup"}


def test_who_only_finds_does_not_know_the_password_of_who_writes() -> None:
    knowing = {name for name in _SERVICES if "${JIXIAO_INDEX_WRITER_PASSWORD" in str(_SERVICES[name])}
    accounts = {name: user for name in _OURS if (user := _environment(name).get("JIXIAO_INDEX_USER"))}

    assert knowing == {"setup", "index", "reconciler", "jixiao"}
    assert accounts == {
        "setup": "elastic",
        "search": "${JIXIAO_INDEX_SEARCH_USER:-jixiao-search}",
        **dict.fromkeys(knowing - {"setup"}, "${JIXIAO_INDEX_WRITER_USER:-jixiao-index}"),
    }


def test_who_only_announces_knows_neither_buckets_nor_ledger() -> None:
    assert not {"JIXIAO_S3_SECRET_KEY", "JIXIAO_DATABASE_URL"} & set(_environment("ingest"))


@pytest.mark.parametrize("name", [name for name in _OURS if name != "object-store"])
def test_our_containers_can_do_little(name: str) -> None:
    service = _SERVICES[name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.parametrize("name", _SERVICES)
def test_every_container_has_a_limit_and_says_how_it_is(name: str) -> None:
    service = _SERVICES[name]

    assert "mem_limit" in service
    assert "healthcheck" in service or name in _ONCE
    assert all(port.startswith("${JIXIAO_BIND:-127.0.0.1}:") for port in service.get("ports", ()))


def test_prometheus_asks_exactly_those_who_answer() -> None:
    settings = yaml.safe_load((_ROOT / "deploy/prometheus/prometheus.yml").read_text())
    (asked,) = settings["scrape_configs"][0]["static_configs"]
    ports = {name: _environment(name).get("JIXIAO_METRICS_PORT") for name in _OURS}

    assert set(asked["targets"]) == {f"{name}:{port}" for name, port in ports.items() if port}
