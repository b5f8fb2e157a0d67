"""Prometheus takes our rules, and the dashboard has a place for each of its panels."""

import json
import subprocess
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
import yaml

_DEPLOY = Path(__file__).parents[3] / "deploy"
_DASHBOARD = json.loads((_DEPLOY / "grafana/jixiao.json").read_text())


@pytest.mark.parametrize(("kind", "path"), [("rules", "alerts.yml"), ("config", "prometheus.yml")])
def test_prometheus_takes_what_it_is_told(promtool: Path, kind: str, path: str) -> None:
    said = subprocess.run(
        [promtool, "check", kind, _DEPLOY / "prometheus" / path],
        capture_output=True,
        text=True,
        check=False,
    )

    assert said.returncode == 0, said.stdout + said.stderr


def test_every_alert_rings_when_it_should_and_is_silent_before(promtool: Path) -> None:
    played = Path(__file__).parent / "alerts_ring.yml"
    (rules,) = yaml.safe_load((_DEPLOY / "prometheus/alerts.yml").read_text())["groups"]
    tried = [
        one["alertname"]
        for test in yaml.safe_load(played.read_text())["tests"]
        for one in test["alert_rule_test"]
    ]
    said = subprocess.run([promtool, "test", "rules", played], capture_output=True, text=True, check=False)

    assert Counter(tried) == dict.fromkeys((rule["alert"] for rule in rules["rules"]), 2)
    assert said.returncode == 0, said.stdout + said.stderr


def test_panels_have_ids_of_their_own_and_do_not_lie_upon_each_other() -> None:
    panels = _DASHBOARD["panels"]

    assert len({panel["id"] for panel in panels}) == len(panels)
    assert not [pair for pair in combinations([panel["gridPos"] for panel in panels], 2) if _overlap(*pair)]


def _overlap(one: dict[str, int], other: dict[str, int]) -> bool:
    beside = one["x"] + one["w"] <= other["x"] or other["x"] + other["w"] <= one["x"]
    above = one["y"] + one["h"] <= other["y"] or other["y"] + other["h"] <= one["y"]
    return not (beside or above)


def test_every_panel_asks_the_chosen_source_something() -> None:
    (source,) = (one["name"] for one in _DASHBOARD["templating"]["list"] if one["type"] == "datasource")

    for panel in _DASHBOARD["panels"]:
        assert panel["datasource"]["uid"] == f"${{{source}}}"
        assert all(target["expr"] for target in panel["targets"])
        assert panel["targets"]
