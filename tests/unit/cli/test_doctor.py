"""What ``jixiao doctor`` says of this machine."""

import pytest
from typer.testing import CliRunner

from jixiao.command_line import app


@pytest.fixture(autouse=True)
def at_home(monkeypatch):
    monkeypatch.delenv("JIXIAO_DATABASE_URL", raising=False)


def doctor(home):
    return CliRunner().invoke(app, ["--home", str(home), "doctor"])


def test_a_home_that_can_be_written_is_well(tmp_path):
    answer = doctor(tmp_path / "home")

    assert "✓ 数据目录 home" in answer.output
    assert "✓ 磁盘空间 disk" in answer.output
    assert not (tmp_path / "home" / ".doctor").exists()


def test_a_home_that_cannot_be_written_is_told_with_a_status_of_its_own(tmp_path):
    (tmp_path / "home").write_text("a file is in the way")

    answer = doctor(tmp_path / "home" / "inside")

    assert answer.exit_code == 4
    assert "✗ 数据目录 home" in answer.output
    assert "cannot be written" in answer.output


def test_a_setting_nobody_understands_is_told_and_no_traceback(tmp_path, monkeypatch):
    monkeypatch.setenv("JIXIAO_DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:1/none")
    monkeypatch.delenv("JIXIAO_BROKER_URL", raising=False)

    answer = doctor(tmp_path)

    assert answer.exit_code == 4
    assert answer.output.count("✗") == 5
    assert answer.exception is None or isinstance(answer.exception, SystemExit)
