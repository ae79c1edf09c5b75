"""Who decided, and what was seen: an account is named by its id and shown by its name; a page that is
older than what there is decides nothing; a second press is no second decision."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner

from desk.cli import cli
from desk.presentation.pages.submission import open_submission
from desk.store import events
from desk.store.editors import accounts, claims
from desk.store.editors.accounts import Account
from desk.store.outbound import outbox
from desk.store.outbound.letters import Stored
from desk.store.publications import decisions as decided
from desk.store.publications import photo_choices
from desk.store.submissions import threads
from desk.store.tables import Submission
from desk.workflow import decisions
from desk.workflow.decisions import Decision
from publisher.letters.letter_context import Remark
from redaksi.errors import IllegalMove, StaleRevision, StaleVersion
from redaksi.states import Event
from tests.desk_submissions import see, take_in
from tests.desk_web import add_account
from tests.postoffice import Bench, bench

NUMBER = "W-2026-0001"
REASON = "Sudah disepakati dengan penulisnya."
ASK = (Remark(ask="Tambahkan nama kelurahannya."),)


@pytest.fixture
def desk(tmp_path: Path, database: str) -> Iterator[Bench]:
    """A submission in review, on both databases."""
    with bench(tmp_path, url=database) as ready:
        take_in(ready)
        yield ready


def nina(desk: Bench, **differs: Any) -> Account:
    account = add_account(desk.app, "nina@example.org", name="Nina Razad")
    account = msgspec.structs.replace(account, sign="Nina R.", initials="NR", **differs)
    with desk.app.store.begin() as tx:
        accounts.change(tx, account)
    return account


def decide(desk: Bench, event: Event, account: int | None = None, **more: Any) -> None:
    decisions.decide(desk.app, NUMBER, Decision(event=event, account=account, **more))


def seen(desk: Bench) -> dict[str, int]:
    now = see(desk)
    return {"seen_revision": now.revision, "seen_version": now.version}


def count(desk: Bench) -> int:
    with desk.app.store.read() as tx:
        return len(decided.of_submission(tx, 1))


def letters_of(desk: Bench) -> list[Stored]:
    with desk.app.store.read() as tx:
        return outbox.of_submission(tx, 1)


def shown(desk: Bench) -> str:
    found = open_submission(desk.app, NUMBER)
    assert found is not None
    return "\n".join(line for step in found.page.history for line in (step.text, *step.words))


def test_an_account_is_on_record_by_its_id_and_shown_by_its_name(desk: Bench) -> None:
    account = nina(desk)
    when = desk.now + timedelta(hours=3)
    decide(desk, "schedule", account.id, publish_at=when, reason=REASON)
    with desk.app.store.read() as tx:
        (record,) = decided.of_submission(tx, 1)
        actors = {each.actor for each in events.of_submission(tx, 1) if each.what == "schedule"}
        editor_id = tx.get_one(Submission, 1).editor_id
    assert actors == {f"editor:{account.id}"}
    assert (record.account_id, record.editor, record.initials) == (account.id, "", "NR")
    assert editor_id == account.id
    assert "Nina Razad" in shown(desk)
    assert f"editor:{account.id}" not in shown(desk)
    assert any("Nina R." in letter.text for letter in letters_of(desk))


def test_an_account_that_takes_another_name_is_shown_by_it(desk: Bench) -> None:
    account = nina(desk)
    decide(desk, "note", account.id, remarks=ASK)
    with desk.app.store.begin() as tx:
        accounts.change(tx, msgspec.structs.replace(account, name="Nina Razad Putri"))
    assert "Nina Razad Putri" in shown(desk)


def test_a_name_of_before_there_were_accounts_stays_as_it_is(desk: Bench) -> None:
    decide(desk, "note", editor="Budi", remarks=ASK)
    nina(desk)
    assert "Budi" in shown(desk)


def test_an_account_that_ended_decides_nothing(desk: Bench) -> None:
    account = nina(desk, disabled_at=desk.now)
    with pytest.raises(IllegalMove, match="ended"):
        decide(desk, "note", account.id, remarks=ASK)
    assert count(desk) == 0


def test_who_decided_is_responsible_and_holds_it_no_more(desk: Bench) -> None:
    account = nina(desk)
    with desk.app.store.begin() as tx:
        assert claims.claim(tx, 1, account.id, desk.now)
    decide(desk, "note", account.id, remarks=ASK)
    with desk.app.store.read() as tx:
        assert claims.holders(tx, [1], desk.now) == {}
        assert tx.get_one(Submission, 1).editor_id == account.id


# ── what was seen ────────────────────────────────────────────────────────────────────────────────


def test_another_revision_refuses_the_decision_and_says_which(desk: Bench) -> None:
    now = see(desk)
    with pytest.raises(StaleRevision) as refused:
        decide(desk, "note", seen_revision=now.revision - 1, remarks=ASK)
    assert refused.value.sentence.facts == {
        "number": NUMBER,
        "seen": now.revision - 1,
        "now": now.revision,
    }
    assert count(desk) == 0


def test_another_decision_refuses_it_though_it_would_be_legal(desk: Bench) -> None:
    first, second = nina(desk), add_account(desk.app, "budi@example.org")
    before = seen(desk)
    when = desk.now + timedelta(hours=3)
    decide(desk, "schedule", first.id, publish_at=when, reason=REASON, **before)
    with pytest.raises(StaleVersion):
        decide(desk, "decline", second.id, reason=REASON, **before)
    with desk.app.store.read() as tx:
        assert threads.get(tx, 1).state == "scheduled"


def test_a_choice_of_photos_refuses_it_too(desk: Bench) -> None:
    before = seen(desk)
    with desk.app.store.begin() as tx:
        photo_choices.choose_caption(tx, 1, "0" * 64, "Warga meratakan beton.", desk.now)
    with pytest.raises(StaleVersion):
        decide(desk, "decline", reason=REASON, **before)


def test_what_was_seen_may_be_left_out(desk: Bench) -> None:
    decide(desk, "note", remarks=ASK)
    decide(desk, "decline", reason=REASON)
    assert count(desk) == 2


def test_of_two_who_decide_at_once_one_does(desk: Bench) -> None:
    """Whichever comes first; the other hears that it is stale."""
    who = [nina(desk).id, add_account(desk.app, "budi@example.org").id]
    before, start = seen(desk), Barrier(2)

    def press(account: int) -> str:
        start.wait()
        try:
            decide(desk, "note", account, remarks=ASK, **before)
        except StaleVersion:
            return "stale"
        return "decided"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(press, who)) == ["decided", "stale"]
    assert count(desk) == 1


# ── the second press ─────────────────────────────────────────────────────────────────────────────


def test_the_same_decision_twice_within_a_minute_is_one(desk: Bench) -> None:
    account, before = nina(desk), seen(desk)
    decide(desk, "note", account.id, remarks=ASK, **before)
    letters = len(letters_of(desk))
    desk.later(minutes=0.9)
    decide(desk, "note", account.id, remarks=ASK, **before)
    assert count(desk) == 1
    assert len(letters_of(desk)) == letters


def test_now_is_another_moment_at_the_second_press(desk: Bench) -> None:
    account, before = nina(desk), seen(desk)
    for _ in range(2):
        decide(desk, "schedule", account.id, publish_at=desk.now, reason=REASON, **before)
        desk.later(minutes=0.1)
    assert count(desk) == 1


@pytest.mark.parametrize(
    ("minutes", "other", "remarks", "event"),
    [
        (1.1, False, ASK, "note"),  # too late
        (0.1, True, ASK, "note"),  # somebody else
        (0.1, False, (Remark(ask="Yang lain sama sekali."),), "note"),  # other words
        (0.1, False, ASK, "return"),  # another decision
    ],
)
def test_what_differs_is_no_second_press(
    desk: Bench, *, minutes: float, other: bool, remarks: tuple[Remark, ...], event: Event
) -> None:
    account, budi = nina(desk), add_account(desk.app, "budi@example.org")
    before = seen(desk)
    decide(desk, "note", account.id, remarks=ASK, **before)
    desk.later(minutes=minutes)
    with pytest.raises(StaleVersion):
        decide(desk, event, budi.id if other else account.id, remarks=remarks, **before)
    assert count(desk) == 1


def test_what_somebody_else_changed_in_between_is_no_second_press(desk: Bench) -> None:
    account, before = nina(desk), seen(desk)
    decide(desk, "note", account.id, remarks=ASK, **before)
    decide(desk, "decline", editor="Budi", reason=REASON)
    with pytest.raises(StaleVersion):
        decide(desk, "note", account.id, remarks=ASK, **before)


# ── at the command line ──────────────────────────────────────────────────────────────────────────


def run(desk: Bench, *words: str) -> tuple[int, str]:
    config = Path(desk.app.config.data_dir) / "config.toml"
    config.write_text(
        f'data_dir = "{config.parent}"\n[storage]\ndatabase = "{desk.app.config.storage.database}"\n'
        '[[mailbox]]\nid = "warta"\naddress = "redaksi@warta.example"\n'
        'host = "127.0.0.1"\nuser = "x"\npassword = "env:P"\nsince = 2020-01-01\nsecurity = "none"\n',
        encoding="utf-8",
    )
    result = CliRunner().invoke(cli, [*words, "--config", str(config)], env={"P": "x"})
    return result.exit_code, " ".join(result.output.split())


def test_with_accounts_editor_is_a_login(desk: Bench) -> None:
    account = nina(desk)
    code, text = run(
        desk, "decide", NUMBER, "decline", "--reason", REASON, "--editor", "Nina@example.org"
    )
    assert code == 0, text
    with desk.app.store.read() as tx:
        assert [each.account_id for each in decided.of_submission(tx, 1)] == [account.id]


@pytest.mark.parametrize(
    ("login", "answer"),
    [
        ("nina@lain.example", "Tidak ada akun nina@lain.example; lihat: redaksi user list"),
        ("Nina", "Tidak ada akun Nina; lihat: redaksi user list"),
        ("baca@example.org", "Akun baca@example.org hanya dapat membaca"),
    ],
)
def test_with_accounts_a_name_that_is_none_decides_nothing(
    desk: Bench, login: str, answer: str
) -> None:
    nina(desk)
    add_account(desk.app, "baca@example.org", "reader")
    code, text = run(desk, "decide", NUMBER, "decline", "--reason", REASON, "--editor", login)
    assert code == 1
    assert answer in text
    assert count(desk) == 0
