"""`redaksi purge`: says first what goes, and deletes only where it is told to."""

from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from desk.cli import cli
from desk.store.inbound import own_mailboxes
from desk.store.tables import Submission
from ingest.fetch.listing import Account
from tests import newsroom
from tests.desk_submissions import assess
from tests.filing import examination, file

ACCOUNT = Account(id="warta", host="127.0.0.1", port=1, user="u", password="p", security="none")


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """An office with a submission that was declined a hundred days ago, and one of yesterday."""
    with newsroom.app(ACCOUNT, tmp_path) as app:
        with app.store.begin() as tx:
            mine = own_mailboxes.OwnMailbox(id="warta", address="redaksi@warta.example")
            own_mailboxes.remember(tx, mine, app.clock())
        for uid, days in ((1, 100), (2, 1)):
            at = app.clock() - timedelta(days=days)
            file(app.store, at, examination(assess()), uid=uid)
        with app.store.begin() as tx:
            for row in tx.scalars(select(Submission)):
                row.state = "declined"
    path = newsroom.config_file(ACCOUNT, tmp_path)
    path.chmod(0o600)
    return path


def _run(config: Path, *words: str) -> tuple[int, str]:
    ran = CliRunner().invoke(cli, ["purge", *words, "--config", str(config)])
    assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exc_info
    return ran.exit_code, ran.output


def _gone(tmp_path: Path) -> list[bool]:
    with newsroom.app(ACCOUNT, tmp_path) as app, app.store.read() as tx:
        rows = tx.scalars(select(Submission).order_by(Submission.id))
        return [row.emptied_at is not None for row in rows]


@pytest.mark.parametrize("words", [(), ("--dry-run",)])
def test_it_counts_and_deletes_nothing(
    config: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    code, said = _run(config, *words)
    assert (code, _gone(tmp_path)) == (0, [False, False])
    assert "ditolak: 1 kiriman, 405 KB" in said
    assert "redaksi purge --yes" in said


def test_it_deletes_what_it_counted_and_then_there_is_nothing(config: Path, tmp_path: Path) -> None:
    code, said = _run(config, "--yes")
    assert (code, _gone(tmp_path)) == (0, [True, False])
    assert "isi 1 kiriman" in said
    code, said = _run(config, "--dry-run")
    assert code == 0 and "Tidak ada yang masa simpannya sudah lewat" in said


def test_both_words_are_one_too_many(config: Path, tmp_path: Path) -> None:
    assert _run(config, "--yes", "--dry-run")[0] == 2
    assert _gone(tmp_path) == [False, False]
