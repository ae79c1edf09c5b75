"""The rules that `redaksi example alerts` prints name metrics, labels and codes that there are;
promtool takes them where it is there."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from desk.health.trouble import TroubleCode
from desk.metrics.names import EVERY, PREFIX
from tests.unit.test_example_files import render, write_config

NAMES = {PREFIX + metric.name: metric.label for metric in EVERY}


@pytest.fixture
def rules() -> str:
    return render("alerts")


def expressions(rules: str) -> list[str]:
    """PromQL of each alert, in order."""
    return re.findall(r"expr: >-\n((?: {10}.*\n)+)", rules)


def test_there_are_five_and_the_first_is_about_absence(rules: str) -> None:
    assert len(re.findall(r"^ {6}- alert: \w+$", rules, re.MULTILINE)) == 5
    found = expressions(rules)
    assert len(found) == 5
    assert "absent(redaksi_last_good_poll_timestamp_seconds)" in found[0]


def test_each_says_when_how_grave_and_what_to_do(rules: str) -> None:
    for alert in rules.split("- alert:")[1:]:
        for key in ("expr:", "for:", "labels: {severity: ", "summary:", "description:"):
            assert key in alert
        assert "redaksi status" in alert


def test_what_they_name_is_told(rules: str) -> None:
    whole = "".join(expressions(rules))
    named = set(re.findall(rf"\b{PREFIX}\w+", whole))
    assert named <= set(NAMES)
    for name, label in re.findall(rf"({PREFIX}\w+)\{{(\w+)=", whole):
        assert NAMES[name] == label
    codes = {code for group in re.findall(r'code=~"([^"]*)"', whole) for code in group.split("|")}
    assert codes
    assert codes <= {code.value for code in TroubleCode}


def test_it_is_plain_yaml(rules: str) -> None:
    for line in rules.splitlines():
        assert "\t" not in line
        assert line.startswith("#") or (len(line) - len(line.lstrip())) % 2 == 0
        assert line.count('"') % 2 == 0


def test_it_names_where_this_installation_tells(tmp_path: Path) -> None:
    assert '["127.0.0.1:9125"]' in render("alerts")
    port = write_config(tmp_path, "/d", 'password = "env:X"', '\n[metrics]\nlisten = "[::1]:99"')
    assert '["[::1]:99"]' in render("alerts", "--config", port)
    more = '\n[metrics]\ntextfile = "/var/lib/node/redaksi.prom"'
    file = write_config(tmp_path, "/d", 'password = "env:X"', more)
    assert "--collector.textfile.directory=/var/lib/node" in render("alerts", "--config", file)
    assert "/var/lib/node" in render("systemd", "--config", file)  # ReadWritePaths


def test_promtool_takes_it(rules: str, tmp_path: Path) -> None:
    promtool = shutil.which("promtool")
    if promtool is None:
        pytest.skip("needs promtool: apt-get install prometheus")
    (tmp_path / "rules.yml").write_text(rules)
    checked = subprocess.run(
        [promtool, "check", "rules", str(tmp_path / "rules.yml")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr
