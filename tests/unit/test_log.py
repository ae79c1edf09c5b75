"""One event, one line; ids and codes; nothing of a mail, of the configuration or of a server's."""

import json
import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
import structlog

from redaksi import log
from redaksi.catalog import Sentence
from redaksi.errors import LoginRefused, StoreError
from redaksi.redact import redact

CANARY = "kenari-4711"


@pytest.fixture(autouse=True)
def untouched() -> Iterator[None]:
    """Other tests have a log of their own."""
    root = logging.getLogger()
    before = list(root.handlers)
    yield
    root.handlers[:] = before
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> "Said":
    return Said(capsys)


class Said:
    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def lines(self) -> list[str]:
        return self._capsys.readouterr().err.splitlines()


def test_a_line_begins_with_the_moment_here_then_what_is_bound(said: Said) -> None:
    log.configure("info", "text", ZoneInfo("Asia/Jakarta"))
    with log.bind_pass(), log.bind(mail=812, job=9):
        log.get_logger("filing").info(
            "mail.filed", ref="W-2026-0143", revision=3, by="a b", ok=True
        )
    (line,) = said.lines()
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00 info mail\.filed pass=[0-9a-f]{4} mail=812 job=9 "
        r'ref=W-2026-0143 revision=3 by="a b" ok=true',
        line,
    )
    assert abs((datetime.fromisoformat(line.split()[0]) - datetime.now(UTC)).total_seconds()) < 60


def test_json_has_the_same_fields(said: Said) -> None:
    log.configure("info", "json")
    with log.bind(mail=812):
        log.get_logger("filing").info("mail.filed", ref="W-2026-0143", photos=4)
    found = json.loads(said.lines()[0])
    assert (found["event"], found["level"], found["mail"], found["photos"]) == (
        "mail.filed",
        "info",
        812,
        4,
    )


def test_what_was_bound_ends_with_its_block(said: Said) -> None:
    log.configure()
    with log.bind(mail=1):
        pass
    log.get_logger("x").info("after")
    assert "mail=" not in said.lines()[0]


@pytest.mark.parametrize(
    "value",
    [
        f"550 <{CANARY}@x.example> unknown",
        f"NO b'AUTH {CANARY}' refused",
        f'bad b"{CANARY}',
        f"{CANARY}＠x.example",
        f"login {CANARY}{'a' * 40}==",
    ],
)
def test_a_value_that_is_not_ours_is_redacted(value: str, said: Said) -> None:
    log.configure()
    log.get_logger("x").warning("happened", value=value)
    (line,) = said.lines()
    assert CANARY not in line
    assert CANARY not in redact(value)


def test_a_value_stays_on_its_line(said: Said) -> None:
    log.configure()
    log.get_logger("x").info("happened", value='a\nb\u2028c "d" e=f', empty="", none=None)
    assert len(said.lines()) == 1


def test_an_error_of_ours_is_its_code_and_what_it_rests_on(said: Said) -> None:
    log.configure()
    server = LoginRefused("login_refused", server="h", reply=CANARY, remedy="-")
    full = StoreError("files", fault=Sentence(section="fault", key="ENOSPC"))
    for error in (server, full, OSError(28, CANARY, f"/srv/{CANARY}"), KeyError(CANARY)):
        log.get_logger("x").error("failed", error=error)
    lines = said.lines()
    assert [line.partition("error=")[2] for line in lines] == [
        "login_refused",
        "files/ENOSPC",
        "OSError[28]",
        "KeyError",
    ]


def fail() -> None:
    try:
        raise KeyError(CANARY)
    except KeyError as error:
        raise RuntimeError(f"of {CANARY}") from error


def test_a_trace_tells_places_and_no_message(said: Said) -> None:
    log.configure()
    try:
        fail()
    except RuntimeError:
        log.get_logger("x").exception("bug")
    (line,) = said.lines()
    assert CANARY not in line
    assert re.search(
        r"RuntimeError \S*tests/unit/test_log\.py:\d+:\S+ \S+:fail from KeyError ", line
    )


def test_a_trace_without_end_is_cut(said: Said) -> None:
    def deeper() -> None:
        deeper()

    log.configure()
    try:
        deeper()
    except RecursionError:
        log.get_logger("x").exception("bug")
    (line,) = said.lines()
    assert len(line) < 2300


def test_at_debug_what_was_said_stands_beside_redacted(said: Said) -> None:
    log.configure("debug")
    log.get_logger("x").error("failed", error=KeyError("the word of a server, to a@x.example"))
    (line,) = said.lines()
    assert "the word of a server" in line
    assert "a@x.example" not in line


# ── libraries ─────────────────────────────────────────────────────────────────────────────────────


def test_a_library_s_warning_is_an_event_without_what_it_fills_in(said: Said) -> None:
    log.configure()
    logging.getLogger("urllib3.pool").warning("Retrying after %s", CANARY)
    logging.getLogger("other").error(f"of {CANARY}")
    try:
        raise ValueError(CANARY)
    except ValueError:
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application\n")
    lines = said.lines()
    assert len(lines) == 3
    assert "Retrying after %s" in lines[0]
    assert "ValueError" in lines[2]
    assert CANARY not in "".join(lines)


def test_a_run_that_is_skipped_is_worth_no_line(said: Said) -> None:
    log.configure()
    skipped = 'Execution of job "%s" skipped: maximum number of running instances reached (%d)'
    logging.getLogger("apscheduler.scheduler").warning(skipped, "publish", 1)
    assert said.lines() == []
    log.configure("debug")
    logging.getLogger("apscheduler.scheduler").warning(skipped, "publish", 1)
    assert len(said.lines()) == 1


def test_however_often_it_is_configured_a_library_speaks_once(said: Said) -> None:
    for _ in range(3):
        log.configure()
    logging.getLogger("other").warning("x %s", 1)
    assert len(said.lines()) == 1
