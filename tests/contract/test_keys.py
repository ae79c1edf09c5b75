"""Signing keys: which one signs, and until when a signature counts; through the desk: what an
answer to a letter becomes once its key expired."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from desk.cli import cli
from desk.demo.makers import mail
from desk.store import Store, open_store
from desk.store.outbound import keys
from ingest.fetch.listing import Account
from tests import newsroom
from tests.contract.test_ask_again import ANDI, ARTICLE, BEGIN, PHOTOS, Desk, opened
from tests.empty_store import lay_out
from tests.filing import At

ACCOUNT = Account(id="warta", host="127.0.0.1", port=1, user="x", password="x")
LONG = timedelta(days=90)


def test_a_key_is_made_once_and_signs_until_another_takes_its_place(store: Store, at: At) -> None:
    with store.begin() as tx:
        first = keys.current_key(tx, at(0))
    with store.begin() as tx:
        assert keys.current_key(tx, at(1)) == first
        second = keys.rotate(tx, at(2), LONG)
        assert keys.current_key(tx, at(3)) == second
    assert len({first.secret, second.secret}) == 2


@pytest.mark.parametrize(
    ("expire", "minute", "valid"),
    [
        (timedelta(minutes=10), 2, {"k1", "k2"}),
        (timedelta(minutes=10), 11, {"k1", "k2"}),
        (timedelta(minutes=10), 12, {"k2"}),
        (timedelta(0), 2, {"k2"}),
    ],
)
def test_what_an_old_key_signed_counts_until_it_expires(
    store: Store, at: At, expire: timedelta, minute: float, valid: set[str]
) -> None:
    with store.begin() as tx:
        keys.current_key(tx, at(0))
        keys.rotate(tx, at(2), expire)
        assert set(keys.list_valid(tx, at(minute))) == valid


def test_a_later_rotation_gives_no_old_key_more_time(store: Store, at: At) -> None:
    with store.begin() as tx:
        keys.current_key(tx, at(0))
        keys.rotate(tx, at(1), timedelta(minutes=5))
        keys.rotate(tx, at(2), LONG)
        assert set(keys.list_valid(tx, at(7))) == {"k2", "k3"}
        keys.rotate(tx, at(8), timedelta(0))
        assert set(keys.list_valid(tx, at(8))) == {"k4"}


@pytest.fixture
def apart(tmp_path: Path) -> Iterator[Desk]:
    """Two mails are two submissions unless one answers the other."""
    yield from opened(tmp_path, settle=0)


@pytest.mark.parametrize(
    ("days", "submissions"),
    [
        (0.9, [("revising", 2)]),  # it joins the article
        (1.1, [("revising", 1), ("incomplete", 1)]),  # a mail like any other
    ],
)
def test_an_answer_to_an_old_keys_letter_joins_until_the_key_expires(
    apart: Desk, days: float, submissions: list[tuple[str, int]]
) -> None:
    apart.take_in(ARTICLE)
    apart.examine()
    apart.minutes(1)
    (letter,) = apart.letters()
    with apart.app.store.begin() as tx:
        keys.rotate(tx, apart.now, timedelta(days=1))
    apart.minutes(days * 24 * 60)
    answer = mail(ANDI, "Foto", "Ini.\n", PHOTOS, headers=[("In-Reply-To", letter.message_id)])
    apart.take_in(answer)
    apart.examine()
    assert apart.submissions() == submissions


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("keys", "rotate"), 0, "1 kunci lama masih berlaku"),
        (("keys", "rotate", "--expire", "0s"), 0, "Tidak ada kunci lama"),
        (("keys", "rotate", "--expire", "besok"), 2, "bukan jangka waktu"),
    ],
)
def test_the_command_says_until_when_the_old_key_counts(
    tmp_path: Path, words: tuple[str, ...], code: int, says: str
) -> None:
    config = newsroom.config_file(ACCOUNT, tmp_path)
    store = open_store(lay_out(tmp_path))
    with closing(store), store.begin() as tx:
        keys.current_key(tx, BEGIN)
    result = CliRunner().invoke(cli, [*words, "--config", str(config)], env={"P": "x"})
    assert (result.exit_code, says in " ".join(result.output.split())) == (code, True)
