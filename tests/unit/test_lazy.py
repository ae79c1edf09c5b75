"""A verb loads what it needs. Held by what must not be in memory, never by a clock."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from desk.cli import VERBS, cli

MAILS = Path(__file__).parents[1] / "journey" / "mails"
WORD = MAILS / "body-calibri-11.eml"  # a .docx and JPEG photos

SERVICES = {"alembic", "apscheduler", "imapclient", "jinja2", "smtplib", "sqlalchemy", "stamina"}
FILES = {"PIL", "docx", "lxml", "numpy", "olefile", "pillow_heif", "simplejpeg"}
REST = {"babel", "holidays", "mailparser", "structlog"}
COMMAND = "import desk.cli; sys.argv = ['redaksi', *{words!r}]; desk.cli.main()"
READING = (
    "import sys; from pathlib import Path; from desk.sandbox.warm import import_readers\n"
    "from desk.sandbox.host import Request; from redaksi.limits import Limits\n"
    "from tests.in_process import InProcess\n"
    "import_readers(); before = set(sys.modules)\n"
    "for mail in {mails!r}:\n"
    "    InProcess().read(Request(source='', limits=Limits(), mail=Path(mail), keep=True))\n"
    "print('late', *(set(sys.modules) - before), sep='\\n', file=sys.stderr)\n"
)


SPEAKERS = {"desk", "desk.cli", "desk.cli.door", "desk.cli.speech", "desk.cli.speech.usage"}


def loaded_by(script: str) -> set[str]:
    """The modules in memory when a script has ended."""
    whole = (
        f"import sys\ntry:\n    exec({script!r})\nexcept SystemExit: pass\n"
        "print('', *sys.modules, sep='\\n', file=sys.stderr)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", whole], capture_output=True, text=True, check=True
    )
    return set(ended.stderr.split())


def test_the_list_of_verbs_loads_no_verb() -> None:
    loaded = loaded_by(COMMAND.format(words=["--help"]))
    rooms = ("desk", "ingest", "publisher", "validators")
    assert {name for name in loaded if name.partition(".")[0] in rooms} == SPEAKERS
    assert loaded & (SERVICES | FILES | REST) == set()


def test_check_reads_no_mail_itself_and_opens_no_store() -> None:
    loaded = loaded_by(COMMAND.format(words=["check", str(WORD)]))
    assert "validators.words" in loaded
    assert loaded & (SERVICES | FILES | (REST - {"babel"})) == set()
    assert loaded & {"desk.store", "desk.app", "desk.pipeline", "ingest.read.parcel"} == set()


def test_a_child_finds_every_reader_in_memory() -> None:
    """What it would load late, it would load in every child anew."""
    mails = sorted(map(str, MAILS.glob("*.eml")))
    ended = subprocess.run(
        [sys.executable, "-c", READING.format(mails=mails)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stderr.split() == ["late"]


OPENED = "from desk.store import open_store; open_store({url!r}).close()"


def test_a_store_that_is_up_to_date_is_opened_without_alembic(tmp_path: Path) -> None:
    script = OPENED.format(url=f"sqlite:///{tmp_path / 'redaksi.db'}")
    assert "alembic" in loaded_by(script)
    assert "alembic" not in loaded_by(script)


def test_how_things_stand_is_told_without_a_word_to_any_server() -> None:
    loaded = loaded_by("import desk.cli.status")
    assert loaded & ((SERVICES - {"jinja2", "sqlalchemy", "stamina"}) | FILES) == set()


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_answers_for_itself(verb: str) -> None:
    told = CliRunner().invoke(cli, [verb, "--help"])
    assert told.exit_code == 0, told.output
    assert VERBS[verb].split(".")[0].split()[-1] in told.output


def test_a_verb_that_is_none_is_a_usage_error() -> None:
    told = CliRunner().invoke(cli, ["chekc"])
    assert (told.exit_code, "Tidak ada perintah" in told.output) == (2, True)
