"""`redaksi retry REF`: what was set aside of it begins anew, and nothing else moves."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select, update

from desk.app import App
from desk.cli import cli
from desk.store.inbound import dead_letters, own_mailboxes
from desk.store.jobs import job_rows
from desk.store.tables import Job, Mail, Submission
from ingest.fetch.listing import Account
from tests import newsroom
from tests.desk_submissions import assess
from tests.filing import arrive, examination, file

ACCOUNT = Account(id="warta", host="127.0.0.1", port=1, user="u", password="p", security="none")
ASIDE, FINE, LATER = "W-2026-0001", "W-2026-0002", "W-2026-0003"


def set_aside(app: App, mail_id: int, kind: str = "examine") -> None:
    """Its job's attempts are used up."""
    with app.store.begin() as tx:
        job = job_rows.defer(tx, kind, str(mail_id), now=app.clock())
        tx.execute(update(Job).where(Job.id == job).values(state="failed", attempts=3))
        dead_letters.set_aside(tx, mail_id, app.clock(), "crashed", withheld=kind == "fetch")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[App]:
    """Two mails set aside, one by our fault and one by the server's; between them a submission."""
    with newsroom.app(ACCOUNT, tmp_path) as app:
        with app.store.begin() as tx:
            mine = own_mailboxes.OwnMailbox(id="warta", address="redaksi@warta.example")
            own_mailboxes.remember(tx, mine, app.clock())
        set_aside(app, arrive(app.store, app.clock(), 1))
        file(app.store, app.clock(), examination(assess()), uid=2)
        set_aside(app, arrive(app.store, app.clock(), 3), "fetch")
        with app.store.begin() as tx:
            for number, row in zip((ASIDE, FINE, LATER), tx.scalars(_ALL), strict=True):
                row.number = number  # of whatever year it is
        yield app


_ALL = select(Submission).order_by(Submission.id)


def run(tmp_path: Path, *refs: str) -> tuple[int, str]:
    config = newsroom.config_file(ACCOUNT, tmp_path)
    config.chmod(0o600)
    ran = CliRunner().invoke(cli, ["retry", *refs, "--config", str(config)])
    assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exc_info
    assert max(map(len, ran.output.splitlines())) <= 80
    return ran.exit_code, " ".join(ran.output.split())


def waits(app: App) -> list[bool]:
    with app.store.read() as tx:
        rows = tx.scalars(select(Job).where(Job.kind.in_(("examine", "fetch"))).order_by(Job.id))
        return [(row.state, row.attempts) == ("waiting", 0) for row in rows]


@pytest.mark.parametrize(
    ("refs", "begun", "code", "line"),
    [
        ((ASIDE,), [True, False], 0, "1 surel dicoba lagi"),
        ((ASIDE.lower(),), [True, False], 0, "1 surel dicoba lagi"),
        ((LATER,), [False, True], 0, "1 surel dicoba lagi"),
        (("2",), [False, True], 0, "1 surel dicoba lagi"),
        ((ASIDE, LATER), [True, True], 0, "2 surel dicoba lagi"),
        ((ASIDE, ASIDE), [True, False], 0, "1 surel dicoba lagi"),
        ((ASIDE, FINE), [True, False], 1, f"{FINE}: tidak ada yang disisihkan."),
        (("W-2026-9999",), [False, False], 1, "W-2026-9999: tidak ada kiriman"),
        (("99",), [False, False], 1, "99: tidak ada kiriman"),
        (("9" * 30,), [False, False], 1, "tidak ada kiriman"),
        (("²",), [False, False], 1, "tidak ada kiriman"),
    ],
)
def test_what_was_set_aside_of_it_begins_anew(
    desk: App, tmp_path: Path, refs: tuple[str, ...], begun: list[bool], code: int, line: str
) -> None:
    ended, printed = run(tmp_path, *refs)
    assert (ended, waits(desk), line in printed) == (code, begun, True)


def test_a_second_time_there_is_nothing(desk: App, tmp_path: Path) -> None:
    run(tmp_path, ASIDE)
    assert run(tmp_path, ASIDE)[0] == 1
    with desk.store.read() as tx:
        states = [row.state for row in tx.scalars(_ALL)]
        mails = list(tx.scalars(select(Mail.state).order_by(Mail.id)))
    assert (states[0], mails) == ("received", ["received", "examined", "withheld"])
