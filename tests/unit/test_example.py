"""config.example.toml: written from the keys themselves, complete, and loadable as it stands."""

from pathlib import Path

from desk.cli.common import check_rules
from desk.cli.example import example
from redaksi.config.load import load
from validators.handbook import render_handbook

ROOT = Path(__file__).resolve().parents[2]


def test_the_example_is_current() -> None:
    assert (ROOT / "config.example.toml").read_text() == example(), "run: make docs"


def test_the_example_loads_and_says_the_defaults() -> None:
    config = load(ROOT / "config.example.toml", check_rules)
    assert config.reply.mode == "draft"
    assert config.rules["length"]["max_characters"] == 2500


def test_every_key_has_a_line_of_meaning() -> None:
    for line in example().splitlines():
        if " = " in line and not line.startswith("#"):
            assert "#" in line or example().splitlines()[
                example().splitlines().index(line) - 1
            ].startswith("#")


def test_the_handbook_of_rules_is_current() -> None:
    assert (ROOT / "docs/rules.md").read_text() == render_handbook(), "run: make docs"
