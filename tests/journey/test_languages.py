"""Every verb speaks one language throughout: none of the other's sentences stands in what it
prints."""

import re
import subprocess
import sys
from collections.abc import Iterator, Set
from functools import cache
from pathlib import Path

import pytest

from desk.cli import VERBS
from desk.demo.dovecot import Dovecot
from desk.demo.post import Letterbox, capturing
from desk.demo.show import once
from redaksi import catalog
from redaksi.catalog import Forms, Language
from tests.journey.test_commands import SAMPLES, House

OTHER: dict[Language, Language] = {"id": "en", "en": "id"}
REF = "W-2026-0001"
CALLS: tuple[tuple[str, ...], ...] = (
    ("status",),
    ("poll", "--dry-run"),
    ("poll",),
    ("status",),
    ("queue",),
    ("doctor",),
    ("reconcile",),
    ("letters", "list"),
    ("letters", "show", "1"),
    ("letters", "show", "99"),
    ("letters", "preview", "reminder"),
    ("letters", "drop", "1"),
    ("letters", "send", "1"),
    ("letters", "send", "2"),
    ("letters", "retry",),
    ("failed", "list"),
    ("failed", "retry", "7"),
    ("failed", "drop", "7"),
    ("decide", REF, "schedule"),
    ("decide", REF, "schedule", "--on", "besok"),
    ("decide", REF, "release"),
    ("decide", REF, "seen"),
    ("decide", "W-2026-0099", "decline"),
    ("pair", REF, REF),
    ("pair", REF, "W-2026-0099"),
    ("login", "warta"),
    ("login", "lain"),
    ("queue",),
    ("status",),
)  # fmt: skip


class Speaker(House):
    """A house whose configuration asks for a language."""

    def speak(self, language: Language, wrong: str = "") -> None:
        text = self.path.read_text(encoding="utf-8")
        self.path.write_text(f'language = "{language}"\n{wrong}{text}', encoding="utf-8")


@pytest.fixture
def house(tmp_path: Path, dovecot_server: Dovecot) -> Iterator[Speaker]:
    with capturing(Letterbox()) as port:
        yield Speaker(tmp_path, dovecot_server, port)


def fragments(forms: Forms) -> Iterator[str]:
    """What stands between the facts of a sentence, where it is at least two words."""
    for form in [forms] if isinstance(forms, str) else forms.values():
        for part in re.split(r"\{[^}]*\}|\n\t", form):
            text = " ".join(part.split()).strip(" .,;:")
            if " " in text:
                yield text


@cache
def sentences(language: Language) -> Set[str]:
    sections = catalog.load(language).sections
    return frozenset(
        text for table in sections.values() for forms in table.values() for text in fragments(forms)
    )


def strangers(output: str, language: Language) -> list[str]:
    """Sentences of the other language in `output`."""
    printed = " ".join(output.split())
    return sorted(
        text for text in sentences(OTHER[language]) - sentences(language) if text in printed
    )


@pytest.mark.parametrize("language", OTHER)
def test_every_verb_speaks_the_configured_language(house: Speaker, language: Language) -> None:
    house.speak(language)
    house.deliver("lengkap", "bersandi", "huruf-spasi-foto-kecil", "bom-zip", "cuti")
    heard = {}
    for call in CALLS:
        result = house.run(*call)
        assert result.exception is None or isinstance(result.exception, SystemExit), call
        heard[call] = strangers(result.output, language)
    assert {call: found for call, found in heard.items() if found} == {}


@pytest.mark.parametrize("language", OTHER)
def test_a_mail_is_judged_in_the_configured_language(
    house: Speaker, language: Language, tmp_path: Path
) -> None:
    house.speak(language)
    for name in ("lengkap", "huruf-spasi-foto-kecil", "bersandi", "bom-zip", "cuti"):
        mail = tmp_path / f"{name}.eml"
        mail.write_bytes(SAMPLES[name].raw)
        assert strangers(house.run("check", str(mail)).output, language) == []


@pytest.mark.parametrize("language", OTHER)
def test_the_mistakes_of_a_configuration_are_told_in_its_language(
    house: Speaker, language: Language
) -> None:
    house.speak(language, 'langauge = "x"\ntimezone = "Asia/Pontianakk"\n')
    result = house.run("status")
    assert (result.exit_code, strangers(result.output, language)) == (2, [])


@pytest.mark.parametrize("language", OTHER)
def test_the_demo_speaks_the_language_of_the_help(language: Language) -> None:
    lines: list[str] = []
    assert once(lines.append, language=language) == 0
    assert strangers("\n".join(lines), language) == []


HELP = """
import sys
from click.testing import CliRunner
from desk.cli import VERBS, cli
for verb in VERBS:
    below = getattr(cli.get_command(None, verb), "commands", {})
    for words in ([verb], *([verb, name] for name in below)):
        for more in (["--help"], ["--nope"], []):
            if more or verb not in ("demo", "run"):
                print(CliRunner().invoke(cli, [*words, *more]).output)
"""


@pytest.mark.parametrize("language", OTHER)
def test_help_and_usage_follow_the_environment(language: Language, tmp_path: Path) -> None:
    printed = subprocess.run(
        [sys.executable, "-c", HELP],
        env={
            "PATH": "",
            "REDAKSI_LANGUAGE": language,
            "PYTHONPATH": str(Path(__file__).parents[2]),
        },
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert strangers(printed, language) == []
    assert all(f"redaksi {verb}" in printed or f"cli {verb}" in printed for verb in VERBS)
    assert max(map(len, printed.splitlines())) <= 80 or "--nope" in printed
