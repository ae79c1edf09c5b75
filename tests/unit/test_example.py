"""config.example.toml: written from the keys themselves, complete, and loadable as it stands."""

from pathlib import Path

from click.testing import CliRunner

from desk.cli import cli
from desk.cli.common import check_rules
from desk.cli.example.config_toml import render_example
from redaksi.config.load import load
from validators.handbook import render_handbook

ROOT = Path(__file__).resolve().parents[2]


def test_the_example_is_current() -> None:
    assert (ROOT / "config.example.toml").read_text() == render_example(), "run: make docs"


def test_the_example_loads_and_says_the_defaults() -> None:
    config = load(ROOT / "config.example.toml", check_rules)
    assert config.reply.mode == "draft"
    assert config.rules["length"]["max_characters"] == 2500


def test_every_key_has_a_line_of_meaning() -> None:
    for line in render_example().splitlines():
        if " = " in line and not line.startswith("#"):
            assert "#" in line or render_example().splitlines()[
                render_example().splitlines().index(line) - 1
            ].startswith("#")


def test_the_verb_prints_it_wherever_the_program_stands() -> None:
    printed = CliRunner().invoke(cli, ["example", "config"])
    assert (printed.exit_code, printed.output) == (0, render_example())
    assert CliRunner().invoke(cli, ["example", "konfig"]).exit_code == 2


def test_the_handbook_of_rules_is_current() -> None:
    assert (ROOT / "docs/rules.md").read_text() == render_handbook(), "run: make docs"
