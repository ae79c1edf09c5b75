"""Dialogues of servers as public bug reports tell them: nothing lost, nothing invented, and one mail
stops no other."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desk.app import App
from desk.inbound.poll import poll_mailbox, reconcile
from desk.store.inbound import pending_fetch
from desk.store.status import status
from ingest.fetch.mailbox import open_mailbox
from redaksi.errors import ServerError, Throttled
from tests import newsroom
from tests.newsroom import but, mails
from tests.scripted_imap import ScriptedImap

DONE = b"%TAG% OK done\r\n"
Hook = Callable[[str], bytes | None]


class Dialogue(ScriptedImap):
    """`hook` answers a command before the server does; None: the server may."""

    hook: Hook = staticmethod(lambda _command: None)

    def _answer(self, command: str) -> bytes:
        if (answer := self.hook(command)) is not None:
            self.commands.append(command)
            return answer
        return super()._answer(command)

    def describe(self, uids: list[int], *, uid: bool = True, date: str | None = None) -> bytes:
        """The metadata of mails, as FETCH answers it."""
        return b"".join(self._described(one, named=uid, date=date) for one in uids)

    def _described(self, uid: int, *, named: bool, date: str | None) -> bytes:
        raw, number = self.mails[uid], sorted(self.mails).index(uid) + 1
        when = " 3-Nov-2026 15:30:00 +0700" if date is None else date
        name = re.search(rb"Message-ID: \S+\r\n", raw)
        header = (name.group() if name else b"") + b"\r\n"
        given = f"UID {uid} " if named else ""
        dated = f'INTERNALDATE "{when}" ' if when != "-" else ""
        line = f"* {number} FETCH ({given}RFC822.SIZE {len(raw)} {dated}BODY[HEADER.FIELDS (MESSAGE-ID)] "
        return f"{line}{{{len(header)}}}\r\n".encode() + header + b")\r\n"

    def body(self, uid: int, *, named: bool = True, after: bytes = b"") -> bytes:
        """A mail's bytes, as FETCH answers them."""
        raw, number = self.mails[uid], sorted(self.mails).index(uid) + 1
        given = f"UID {uid} " if named else ""
        return (
            f"* {number} FETCH ({given}BODY[] {{{len(raw)}}}\r\n".encode() + raw + b")\r\n" + after
        )


def mail(text: str) -> bytes:
    return (
        f"From: Rahma <rahma@x.example>\r\nSubject: {text}\r\nMessage-ID: <{text}@x.example>\r\n"
        f"\r\nIsi {text}.\r\n"
    ).encode()


@pytest.fixture
def server() -> Iterator[Dialogue]:
    running = Dialogue()
    running.mails = {4: mail("a"), 9: mail("b"), 12: mail("c")}
    yield running
    running.stop()


@pytest.fixture
def app(server: Dialogue, tmp_path: Path) -> Iterator[App]:
    with newsroom.app(server.account(), tmp_path) as opened:
        yield opened


def poll(app: App) -> int | None:
    return poll_mailbox(app, app.config.mailbox[0])


def taken(app: App) -> list[str]:
    """What came in, by what the blobs hold."""
    blobs = [app.blobs.local_path(row.blob).read_bytes() for row in mails(app.store) if row.blob]
    return sorted(blob.split(b"Isi ")[1][:-3].decode() for blob in blobs)


def owed(app: App) -> int:
    with app.store.read() as tx:
        return pending_fetch.count(tx, "warta")


def asked(command: str) -> list[int]:
    """The UIDs a FETCH names."""
    return [int(word) for word in re.split(r"\D+", command.split("(", maxsplit=1)[0]) if word]


# ── one answer in several lines ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "answer",
    [
        b"* SEARCH 4\r\n* SEARCH 9\r\n* SEARCH 12\r\n",
        b"* SEARCH 4 9\r\n* SEARCH\r\n* SEARCH 12\r\n",
        b"* SEARCH\r\n* SEARCH 4 9 12 \r\n",
        b"* SEARCH 12\r\n* 5 EXISTS\r\n* SEARCH 9 4\r\n",
        b"* SEARCH 4 9 (MODSEQ 917)\r\n* SEARCH 12 (MODSEQ 918)\r\n",
        b"* ESEARCH (TAG \"x\") UID COUNT 3 ALL 4,9,12\r\n",
        b"* ESEARCH (TAG \"x\") UID ALL 4\r\n* ESEARCH (TAG \"x\") UID ALL 9,12:12\r\n",
        b"* SEARCH 4\r\n* ESEARCH (TAG \"x\") UID ALL 9:9,12\r\n",
        b"* SEARCH 0 4 9 12 4294967296\r\n",
    ],
)  # fmt: skip
def test_all_lines_of_a_search_count(server: Dialogue, app: App, answer: bytes) -> None:
    server.hook = lambda c: answer + DONE if c.startswith("UID SEARCH 1:") else None
    assert poll(app) == 3
    assert taken(app) == ["a", "b", "c"]


@pytest.mark.parametrize(
    "answer", [b"", b"* SEARCH\r\n", b"* SEARCH \r\n", b'* ESEARCH (TAG "x") UID\r\n']
)
def test_an_empty_search_is_an_empty_folder(server: Dialogue, app: App, answer: bytes) -> None:
    server.mails = {}
    server.hook = lambda c: answer + DONE if "SEARCH" in c else None
    assert (poll(app), owed(app)) == (0, 0)


@pytest.mark.parametrize(
    "answer", [b"* SEARCH 4 x\r\n", b'* ESEARCH (TAG "x") UID ALL 1:4294967295\r\n']
)
def test_a_search_that_is_no_list_of_mails_is_a_fault(server: Dialogue, answer: bytes) -> None:
    server.hook = lambda c: answer + DONE if "SEARCH" in c else None
    with pytest.raises(ServerError), open_mailbox(server.account()) as mailbox:
        mailbox.new("INBOX", 0)


def test_numbers_that_name_no_mail_are_nobodys(server: Dialogue, app: App) -> None:
    server.hook = lambda c: (
        b"* SEARCH 1 2 3 4 9 12\r\n" + DONE if c.startswith("UID SEARCH 1:") else None
    )
    assert poll(app) == 3
    (found,) = reconcile(app, app.config.mailbox[0]) or []
    assert (found.on_server, found.overlooked, found.left, owed(app)) == (3, 0, 0, 0)


def test_no_charset_is_named_that_a_server_could_refuse(server: Dialogue, app: App) -> None:
    poll(app)
    assert not any("CHARSET" in command for command in server.commands)


# ── a batch refused for the sake of one ───────────────────────────────────────────────────────────

REFUSALS = [
    b"NO Some messages could not be FETCHed (Failure)",  # Gmail
    b"NO FETCH Server error while fetching messages",  # Yahoo
    b"NO [SERVERBUG] Internal error occurred. Refer to server log for more information.",  # Dovecot
    b"NO Some of the requested messages no longer exist.",  # RFC 2180, 4.1.2
    b"NO [UNAVAILABLE] Server Unavailable. 15",  # Exchange
    b"BAD Command Error. 10",
    b"NO [CANNOT] Cannot parse message",
]


def refuse(server: Dialogue, bad: int, words: bytes, *, partial: bool, body: bool = True) -> Hook:
    def hook(command: str) -> bytes | None:
        if "BODY.PEEK[]" in command and body and asked(command) == [bad]:
            return b"%TAG% " + words + b"\r\n"
        if "RFC822.SIZE" not in command or bad not in asked(command):
            return None
        rest = [uid for uid in asked(command) if uid != bad and uid in server.mails]
        return (server.describe(rest) if partial else b"") + b"%TAG% " + words + b"\r\n"

    return hook


@pytest.mark.parametrize("words", REFUSALS)
@pytest.mark.parametrize("partial", [False, True])
def test_a_refused_batch_brings_all_but_the_one_that_is_owed(
    server: Dialogue, app: App, words: bytes, partial: bool
) -> None:
    server.hook = refuse(server, 9, words, partial=partial)
    for _ in range(3):  # a fault that may pass is believed after as many broken passes
        try:
            poll(app)
            break
        except ServerError:
            continue
    poll(app)
    server.mails[20] = mail("d")
    poll(app)
    assert taken(app) == ["a", "c", "d"]
    assert owed(app) == 1


def test_a_mail_that_is_only_not_described_comes_in(server: Dialogue, app: App) -> None:
    server.hook = refuse(server, 9, REFUSALS[0], partial=False, body=False)
    assert poll(app) == 3
    assert owed(app) == 0


def test_what_is_owed_comes_when_the_server_gives_it(server: Dialogue, app: App) -> None:
    server.hook = refuse(server, 9, REFUSALS[0], partial=True)
    poll(app)
    server.hook = lambda _command: None
    assert poll(but(app, clock=lambda: app.clock() + timedelta(hours=2))) == 1
    assert (taken(app), owed(app)) == (["a", "b", "c"], 0)


@pytest.mark.parametrize(
    "words",
    [
        b"NO [THROTTLED] slow down",
        b"NO [OVERQUOTA] Account exceeded command or bandwidth limits. (Failure)",
        b"BAD Request is throttled. Suggested Backoff Time: 9000 milliseconds",
        b"NO [LIMIT] Rate limit hit",
        b"NO Too many simultaneous connections",
    ],
)
def test_a_throttle_stays_a_throttle(server: Dialogue, app: App, words: bytes) -> None:
    server.hook = refuse(server, 9, words, partial=False)
    with pytest.raises(Throttled):
        poll(app)
    assert sum("RFC822.SIZE" in command for command in server.commands) == 1
    assert owed(app) == 0


def test_more_bad_mails_than_one_pass_asks_for_are_owed_by_the_next(
    server: Dialogue, app: App
) -> None:
    server.mails = {uid: mail(f"m{uid}") for uid in range(1, 41)}
    bad = set(range(3, 29))

    def hook(command: str) -> bytes | None:
        refused = "FETCH" in command and not bad.isdisjoint(asked(command))
        return b"%TAG% NO FETCH failed\r\n" if refused else None

    server.hook = hook
    for _ in range(3):
        poll(app)
    assert len(taken(app)) == 40 - len(bad)
    assert owed(app) == len(bad)


# ── answers nobody should send ────────────────────────────────────────────────────────────────────


def test_metadata_without_a_uid(server: Dialogue, app: App) -> None:
    server.hook = lambda c: (
        server.describe([4, 12]) + server.describe([9], uid=False) + DONE
        if "RFC822.SIZE" in c and len(asked(c)) == 3
        else None
    )
    assert poll(app) == 3
    assert taken(app) == ["a", "b", "c"]


def test_a_body_without_a_uid_is_the_mail_asked_for(server: Dialogue, app: App) -> None:
    server.hook = lambda c: (
        b"* 1 FETCH (FLAGS ())\r\n" + server.body(asked(c)[0], named=False) + DONE
        if "BODY.PEEK[]" in c
        else None
    )
    assert poll(app) == 3
    assert taken(app) == ["a", "b", "c"]


def test_the_body_of_another_mail_is_not_the_mail(server: Dialogue, app: App) -> None:
    server.hook = lambda c: (
        server.body(4) + DONE if "BODY.PEEK[]" in c and asked(c) == [9] else None
    )
    poll(app)
    assert (taken(app), owed(app)) == (["a", "c"], 1)


@pytest.mark.parametrize(
    "date",
    ["00-Jan-0000 00:00:00 +0000", "-", "", "31-Feb-2026 10:00:00 +0700", "kemarin", "01-Jan-1970"],
)
def test_a_date_that_is_none_costs_no_mail(server: Dialogue, app: App, date: str) -> None:
    told = {9: date}
    server.hook = lambda c: (
        b"".join(server.describe([uid], date=told.get(uid)) for uid in asked(c)) + DONE
        if "RFC822.SIZE" in c
        else None
    )
    assert poll(app) == 3
    dates = [row.internaldate for row in mails(app.store)]
    assert dates == [datetime(2026, 11, 3, 8, 30, tzinfo=UTC), None, dates[0]]


@pytest.mark.parametrize(
    "rest",
    [
        b"FLAGS (\\Seen) RFC822.SIZE 10)\r\n",
        b"RFC822.SIZE 10 FLAGS ())\r\n",
        b" )\r\n",
        b")\r\n",
        b"\r\n",
        b"UID 9)\r\n",
    ],
)
def test_what_stands_unframed_behind_a_literal_costs_no_mail(
    server: Dialogue, app: App, rest: bytes
) -> None:
    server.hook = lambda c: (
        server.body(asked(c)[0], after=rest) + DONE if "BODY.PEEK[]" in c else None
    )
    assert poll(app) == 3
    assert taken(app) == ["a", "b", "c"]


def test_a_literal_counted_too_short_never_yields_half_a_mail(server: Dialogue, app: App) -> None:
    server.mails[9] = mail("b") + b"Baris kedua) dari naskah.\r\n" * 3
    raw = server.mails[9]
    short = f"* 2 FETCH (UID 9 BODY[] {{{len(raw) - 60}}}\r\n".encode() + raw + b")\r\n" + DONE
    server.hook = lambda c: short if "BODY.PEEK[]" in c and asked(c) == [9] else None
    for _ in range(2):
        try:
            poll(app)
        except ServerError:
            continue
    assert (taken(app), owed(app)) == (["a", "c"], 1)


@pytest.mark.parametrize("words", [b"BODY[] NIL", b'BODY[] ""', b"FLAGS ()"])
def test_a_mail_that_is_described_and_not_given_is_owed(
    server: Dialogue, app: App, words: bytes
) -> None:
    server.hook = lambda c: (
        b"* 2 FETCH (UID 9 " + words + b")\r\n" + DONE
        if "BODY.PEEK[]" in c and asked(c) == [9]
        else None
    )
    poll(app)
    assert (taken(app), owed(app)) == (["a", "c"], 1)


def test_a_line_lost_in_the_middle_of_the_metadata_is_asked_again(
    server: Dialogue, app: App
) -> None:
    cuts = [True]
    server.hook = lambda c: (
        server.describe([4]) + b"%CUT%" if "RFC822.SIZE" in c and cuts and cuts.pop() else None
    )
    assert poll(app) == 3
    assert taken(app) == ["a", "b", "c"]


# ── UIDVALIDITY ───────────────────────────────────────────────────────────────────────────────────


def test_a_uidvalidity_of_nought_is_one(server: Dialogue, app: App) -> None:
    server.uidvalidity = 0
    assert (poll(app), poll(app)) == (3, 0)


def without_uidvalidity(server: Dialogue, status_answer: bytes) -> Hook:
    selected = b"* 3 EXISTS\r\n* FLAGS (\\Seen)\r\n%TAG% OK [READ-ONLY] done\r\n"

    def hook(command: str) -> bytes | None:
        if command.startswith(("EXAMINE", "SELECT")):
            return selected
        return status_answer + DONE if command.startswith("STATUS") else None

    return hook


def test_a_uidvalidity_that_status_alone_tells_counts(server: Dialogue, app: App) -> None:
    server.hook = without_uidvalidity(server, b"* STATUS INBOX (UIDVALIDITY 7)\r\n")
    assert (poll(app), poll(app)) == (3, 0)
    assert mails(app.store)[0].source_text == "warta/INBOX/7/4"


@pytest.mark.parametrize(
    "answer", [b"", b"* STATUS INBOX ()\r\n", b"* STATUS INBOX (UIDVALIDITY NIL)\r\n"]
)
def test_a_folder_without_any_is_told_and_not_read(
    server: Dialogue, app: App, answer: bytes
) -> None:
    server.hook = without_uidvalidity(server, answer)
    poll(app)
    assert mails(app.store) == []
    with app.store.read() as tx:
        assert "no_uidvalidity" in status(tx).folders[0].error
