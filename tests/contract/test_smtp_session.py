"""One conversation for the letters of a turn: each letter's fate is told exactly, whatever happens
to the conversation."""

import contextlib
import random
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ClassVar, NamedTuple

import pytest

from publisher.smtp import session as sessions
from publisher.smtp.session import (
    Closed,
    Deferred,
    Outcome,
    Refused,
    Sent,
    SmtpServer,
    SmtpSession,
    Unknown,
)
from redaksi.errors import LoginRefused

OURS = "redaksi@example.org"
CUT, TAKE_AND_CUT = "cut", "take and cut"


class Moment(NamedTuple):
    """Where a relay stands: conversation and letter counted from 0, the verb it has just read
    ("." after a letter)."""

    conversation: int
    letter: int
    verb: str


Says = Callable[[Moment], str | None]


class Relay:
    """A server in forty lines that says at each moment what the test wants, else what is usual."""

    USUAL: ClassVar = {
        "EHLO": "250-x\r\n250-8BITMIME\r\n250 SMTPUTF8",
        "DATA": "354 go",
        "QUIT": "221 bye",
    }

    def __init__(self, says: Says) -> None:
        self.says = says
        self.conversations: list[list[str]] = []
        self.taken: list[bytes] = []
        self.letter = -1
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.thread = threading.Thread(target=self._listen, daemon=True)

    @property
    def server(self) -> SmtpServer:
        port = int(self.listener.getsockname()[1])
        return SmtpServer(host="127.0.0.1", port=port, security="none", timeout=5, patience=5)

    def _listen(self) -> None:
        with contextlib.suppress(OSError):  # the test is over
            while True:
                connection, _ = self.listener.accept()
                self.conversations.append([])
                with contextlib.suppress(OSError), connection, connection.makefile("rb") as heard:
                    self._talk(connection, heard)

    def _talk(self, connection: socket.socket, heard: Iterator[bytes]) -> None:
        connection.sendall(b"220 hi\r\n")
        for line in heard:
            verb = line.split()[0].decode().upper()
            self.conversations[-1].append(verb)
            self.letter += verb == "MAIL"
            if not self._answer(connection, verb):
                return
            if verb == "DATA" and self._last.startswith("354"):
                raw = b"".join(iter(lambda: next(heard, b".\r\n"), b".\r\n"))
                if not self._answer(connection, ".", raw):
                    return

    def _answer(self, connection: socket.socket, verb: str, raw: bytes = b"") -> bool:
        """Whether the conversation goes on."""
        said = self.says(Moment(len(self.conversations) - 1, self.letter, verb))
        self._last = said or self.USUAL.get(verb, "250 OK")
        if verb == "." and self._last in ("250 OK", TAKE_AND_CUT):
            self.taken.append(raw)
        if self._last in (CUT, TAKE_AND_CUT):
            return False
        connection.sendall(self._last.encode() + b"\r\n")
        return verb != "QUIT" and not self._last.startswith("421")


@contextmanager
def relay(says: Says = lambda _: None) -> Iterator[Relay]:
    running = Relay(says)
    running.thread.start()
    yield running
    running.listener.shutdown(socket.SHUT_RDWR)
    running.listener.close()
    running.thread.join(timeout=5)


def letter(number: int) -> bytes:
    return f"Subject: {number}\r\n\r\nSalam\r\n".encode()


def send_all(server: SmtpServer, count: int) -> list[Outcome]:
    with SmtpSession(server) as session:
        return [session.send(letter(n), OURS, f"s{n}@example.net") for n in range(count)]


def kinds(outcomes: list[Outcome]) -> list[str]:
    return [type(outcome).__name__ for outcome in outcomes]


def at(letter_number: int, verb: str, said: str) -> Says:
    """Says it once, at that letter's verb; letters are counted by MAIL, RSET comes before it."""
    told: list[str] = []

    def says(moment: Moment) -> str | None:
        if told or (moment.letter, moment.verb) != (letter_number, verb):
            return None
        told.append(said)
        return said

    return says


def test_the_letters_of_a_turn_share_a_conversation() -> None:
    with relay() as running:
        assert kinds(send_all(running.server, 3)) == ["Sent"] * 3
    assert running.taken == [letter(0), letter(1), letter(2)]
    one = ["MAIL", "RCPT", "DATA"]
    assert running.conversations == [["EHLO", *one, "RSET", *one, "RSET", *one, "QUIT"]]


def test_no_conversation_carries_more_than_fifty() -> None:
    with relay() as running:
        assert kinds(send_all(running.server, 120)) == ["Sent"] * 120
    assert [said.count("MAIL") for said in running.conversations] == [50, 50, 20]
    assert len(set(running.taken)) == 120


@pytest.mark.parametrize("verb", ["RCPT", "DATA", "."])
@pytest.mark.parametrize(
    ("said", "kind"), [("450 4.2.1 later", "Deferred"), ("550 5.1.1 nobody", "Refused")]
)
def test_a_refusal_of_one_letter_is_nothing_to_the_next(verb: str, said: str, kind: str) -> None:
    with relay(at(1, verb, said)) as running:
        outcomes = send_all(running.server, 3)
    assert kinds(outcomes) == ["Sent", kind, "Sent"]
    assert outcomes[1].reply == said
    assert running.taken == [letter(0), letter(2)]
    assert len(running.conversations) == 1


@pytest.mark.parametrize(
    ("moment", "verb"), [(0, "RSET"), (1, "MAIL"), (1, "RCPT"), (1, "DATA")], ids=str
)
def test_a_421_in_between_is_asked_of_a_new_conversation(moment: int, verb: str) -> None:
    with relay(at(moment, verb, "421 4.7.0 enough of you")) as running:
        assert kinds(send_all(running.server, 3)) == ["Sent"] * 3
    assert running.taken == [letter(0), letter(1), letter(2)]
    assert len(running.conversations) == 2


def test_what_a_new_conversation_says_too_holds() -> None:
    with relay(lambda moment: "421 4.7.0 no" if moment.letter > 0 else None) as running:
        first, second = send_all(running.server, 2)
    assert (first, second) == (Sent(reply="250 OK"), Closed(reply="421 4.7.0 no"))
    assert len(running.conversations) == 2


@pytest.mark.parametrize(("moment", "verb"), [(0, "RSET"), (1, "MAIL")], ids=str)
def test_a_relay_that_hung_up_between_two_letters_is_called_again(moment: int, verb: str) -> None:
    with relay(at(moment, verb, CUT)) as running:
        assert kinds(send_all(running.server, 2)) == ["Sent", "Sent"]
    assert (running.taken, len(running.conversations)) == ([letter(0), letter(1)], 2)


@pytest.mark.parametrize("verb", ["RCPT", "DATA"])
def test_a_cut_before_the_letter_defers_it_and_the_next_has_a_new_conversation(verb: str) -> None:
    with relay(at(1, verb, CUT)) as running:
        assert kinds(send_all(running.server, 3)) == ["Sent", "Deferred", "Sent"]
    assert (running.taken, len(running.conversations)) == ([letter(0), letter(2)], 2)


@pytest.mark.parametrize("said", [CUT, TAKE_AND_CUT, "OK whatever"])
def test_no_word_about_the_letter_is_unknown_and_it_is_not_handed_over_again(said: str) -> None:
    with relay(at(1, ".", said)) as running:
        assert kinds(send_all(running.server, 3)) == ["Sent", "Unknown", "Sent"]
    assert running.taken.count(letter(1)) == (said == TAKE_AND_CUT)
    assert len(running.conversations) == 2


def test_a_421_about_the_letter_itself_is_not_answered_by_handing_it_over_again() -> None:
    with relay(at(1, ".", "421 4.3.0 going down")) as running:
        assert kinds(send_all(running.server, 2)) == ["Sent", "Closed"]
    assert running.taken == [letter(0)]
    assert running.conversations[0].count("MAIL") == 2


def test_a_login_that_is_wanted_of_a_sudden_ends_the_conversation() -> None:
    said = at(1, "MAIL", "530 5.7.0 Authentication required")
    with relay(said) as running, SmtpSession(running.server) as session:
        session.send(letter(0), OURS, "a@example.net")
        with pytest.raises(LoginRefused):
            session.send(letter(1), OURS, "b@example.net")
        assert isinstance(session.send(letter(2), OURS, "c@example.net"), Sent)
    assert len(running.conversations) == 2


def test_addresses_beyond_ascii_and_plain_ones_in_one_conversation() -> None:
    with relay() as running, SmtpSession(running.server) as session:
        for to in ("rahmawàti@example.net", "budi@example.net", "sítí@example.net"):
            assert isinstance(session.send(letter(0), OURS, to), Sent)
    assert len(running.conversations) == 1


def test_where_there_is_no_tls_no_context_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> ssl.SSLContext:
        raise AssertionError("a context was made")

    monkeypatch.setattr(ssl, "create_default_context", refuse)
    with relay() as running:
        assert kinds(send_all(running.server, 1)) == ["Sent"]


@pytest.mark.parametrize("seed", range(40))
def test_whatever_a_relay_does_each_letter_has_its_own_fate(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sent: taken, once. Unknown: perhaps taken, once at most. Anything else: never taken."""
    monkeypatch.setattr(sessions, "MOST_LETTERS", 4)
    chance = random.Random(seed)
    troubles = ("421 4.7.0 x", "450 4.2.1 x", "550 5.1.1 x", CUT, TAKE_AND_CUT)

    def says(moment: Moment) -> str | None:
        if moment.verb in ("EHLO", "QUIT") or chance.random() > 0.25:
            return None
        return chance.choice(troubles[: None if moment.verb == "." else 4])

    with relay(says) as running:
        outcomes = send_all(running.server, 12)
    for number, outcome in enumerate(outcomes):
        times = running.taken.count(letter(number))
        match outcome:
            case Sent():
                assert times == 1
            case Unknown():
                assert times <= 1
            case Deferred() | Refused() | Closed():
                assert times == 0
    assert {type(outcome) for outcome in outcomes} & {Sent, Unknown, Deferred, Refused, Closed}
