"""Figures for Prometheus, and the files that ask for them."""

import re
from pathlib import Path

import pytest
from prometheus_client import REGISTRY

from shared.runtime.metrics import task_measured

DEPLOY = Path(__file__).parent.parent.parent.parent / "deploy"


def test_a_task_is_counted_by_how_it_ended():
    with task_measured("parse", "T") as outcome:
        outcome.said = "busy"
    with task_measured("parse", "T"):
        pass

    for said in ("busy", "done"):
        labels = {"service": "parse", "event": "T", "outcome": said}
        assert REGISTRY.get_sample_value("jixiao_task_seconds_count", labels) == 1


@pytest.mark.parametrize("path", ["grafana/jixiao.json", "prometheus/alerts.yml"])
def test_dashboards_and_alerts_ask_only_for_figures_that_exist(path):
    asked = set(re.findall(r"\bjixiao_\w+", (DEPLOY / path).read_text()))
    shown = {sample for metric in REGISTRY.collect() for sample in names_of(metric)}

    assert asked
    assert asked <= shown


def names_of(metric):
    return {metric.name, *(f"{metric.name}_{ending}" for ending in ("total", "count", "bucket", "sum"))}
