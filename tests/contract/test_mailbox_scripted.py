"""The mailbox against servers as they are met: Gmail's extensions, throttling, BYE, broken
answers, gossip."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.fetch.mailbox import open_mailbox
from redaksi.errors import Gone, LoginRefused, ServerError, Throttled, Unreachable
from tests.scripted_imap import GMAIL, ScriptedImap, literal, scripted

MAIL = b"Message-ID: <1@example.org>\r\nSubject: Warta\r\n\r\nisi\r\n"
LARGE = b"Message-ID: <2@example.org>\r\n\r\n" + b"0123456789\r\n" * 20_000


@pytest.fixture
def server() -> Iterator[ScriptedImap]:
    with scripted() as running:
        running.mails = {4: MAIL, 9: LARGE}
        yield running


@pytest.fixture
def gmail() -> Iterator[ScriptedImap]:
    with scripted(GMAIL) as running:
        running.mails = {4: MAIL}
        running.gm_msgids = {4: 1_784_031_234_567_890_123}
        yield running


# ── Gmail ─────────────────────────────────────────────────────────────────────────────────────────


def test_gmails_own_number_of_a_mail_is_listed(gmail: ScriptedImap) -> None:
    with open_mailbox(gmail.account()) as mailbox:
        assert mailbox.new("INBOX", 0)[0].gm_msgid == 1_784_031_234_567_890_123


def test_on_gmail_a_filed_mail_carries_a_label(gmail: ScriptedImap) -> None:
    with open_mailbox(gmail.account()) as mailbox:
        assert mailbox.tell("INBOX", [4], "Redaksi/Diproses")
    assert 'UID STORE 4 +X-GM-LABELS.SILENT ("Redaksi/Diproses")' in gmail.commands


def test_nothing_but_read_only_commands_and_peeks_is_sent_while_reading(
    gmail: ScriptedImap, tmp_path: Path
) -> None:
    with open_mailbox(gmail.account()) as mailbox:
        listed = mailbox.new("INBOX", 0)
        mailbox.fetch(4, listed[0].size, tmp_path)
    verbs = {command.upper().removeprefix("UID ").split()[0] for command in gmail.commands}
    assert verbs <= {"CAPABILITY", "LOGIN", "EXAMINE", "NOOP", "SEARCH", "FETCH", "LOGOUT"}
    assert all(".PEEK[" in command for command in gmail.commands if "BODY" in command)


def test_where_the_extension_is_not_offered_it_is_not_asked_for(server: ScriptedImap) -> None:
    with open_mailbox(server.account()) as mailbox:
        assert mailbox.new("INBOX", 0)[0].gm_msgid is None
    assert not any("X-GM" in command for command in server.commands)


# ── watermark ─────────────────────────────────────────────────────────────────────────────────────


def test_the_last_mail_is_not_new_although_the_range_holds_it(server: ScriptedImap) -> None:
    with open_mailbox(server.account()) as mailbox:
        assert mailbox.new("INBOX", 9) == []


def test_an_unsorted_answer_is_listed_in_uid_order(server: ScriptedImap) -> None:
    server.answers["SEARCH"] = [b"* SEARCH 9 4 9\r\n%TAG% OK done\r\n"]
    with open_mailbox(server.account()) as mailbox:
        assert [m.uid for m in mailbox.new("INBOX", 0)] == [4, 9]


def test_times_are_utc(server: ScriptedImap) -> None:
    with open_mailbox(server.account()) as mailbox:
        assert mailbox.new("INBOX", 0)[0].internaldate == datetime(2026, 11, 3, 8, 30, tzinfo=UTC)


def test_a_mail_the_server_lists_but_will_not_describe_is_not_passed_over(
    server: ScriptedImap,
) -> None:
    server.answers["FETCH"] = [b"* 2 FETCH (UID 9 RFC822.SIZE 5)\r\n%TAG% OK done\r\n"]
    with open_mailbox(server.account()) as mailbox:
        assert [(m.uid, m.size) for m in mailbox.new("INBOX", 0)] == [(4, 0), (9, 5)]


# ── gossip and broken answers ─────────────────────────────────────────────────────────────────────


def test_unsolicited_flags_of_another_mail_are_not_taken_for_the_mail(
    server: ScriptedImap, tmp_path: Path
) -> None:
    gossip = b"* 4 FETCH (FLAGS (\\Seen))\r\n* 12 EXISTS\r\n* 1 RECENT\r\n"
    server.answers["FETCH"] = [
        gossip + literal(1, 4, "BODY[]", MAIL) + gossip + b"%TAG% OK done\r\n"
    ]
    with open_mailbox(server.account()) as mailbox:
        mailbox.select("INBOX")
        assert mailbox.fetch(4, len(MAIL), tmp_path).path.read_bytes() == MAIL


def test_unsolicited_flags_alone_are_not_a_mail(server: ScriptedImap, tmp_path: Path) -> None:
    server.mails = {9: LARGE}
    server.answers["FETCH"] = [b"* 4 FETCH (FLAGS (\\Seen))\r\n%TAG% OK done\r\n"]
    with open_mailbox(server.account()) as mailbox:
        mailbox.select("INBOX")
        with pytest.raises(Gone):
            mailbox.fetch(4, 100, tmp_path)


@pytest.mark.parametrize("nothing", [b"NIL", b'""', b"{0}\r\n"])
def test_an_empty_body_of_an_expunged_mail_is_gone(
    server: ScriptedImap, tmp_path: Path, nothing: bytes
) -> None:
    server.mails = {9: LARGE}
    server.answers["FETCH"] = [b"* 1 FETCH (UID 4 BODY[] " + nothing + b")\r\n%TAG% OK done\r\n"]
    with open_mailbox(server.account()) as mailbox:
        mailbox.select("INBOX")
        with pytest.raises(Gone):
            mailbox.fetch(4, 100, tmp_path)


def test_an_empty_body_of_a_mail_that_is_there_is_the_servers_fault(
    server: ScriptedImap, tmp_path: Path
) -> None:
    server.answers["FETCH"] = [b"* 1 FETCH (UID 4 BODY[] NIL)\r\n%TAG% OK done\r\n"]
    with open_mailbox(server.account()) as mailbox:
        mailbox.select("INBOX")
        with pytest.raises(ServerError, match="gives nothing"):
            mailbox.fetch(4, 100, tmp_path)


def test_a_refusal_to_fetch_an_expunged_mail_is_gone(server: ScriptedImap, tmp_path: Path) -> None:
    server.mails = {9: LARGE}
    server.answers["FETCH"] = [b"%TAG% NO Some of the requested messages no longer exist.\r\n"]
    with open_mailbox(server.account()) as mailbox:
        mailbox.select("INBOX")
        with pytest.raises(Gone):
            mailbox.fetch(4, 100, tmp_path)


def test_a_body_sent_as_a_quoted_string_is_the_mail(server: ScriptedImap, tmp_path: Path) -> None:
    server.answers["FETCH"] = [b'* 1 FETCH (UID 4 BODY[] "a: \\"b\\"")\r\n%TAG% OK done\r\n']
    with open_mailbox(server.account()) as mailbox:
        mailbox.select("INBOX")
        assert mailbox.fetch(4, 6, tmp_path).path.read_bytes() == b'a: "b"'


def test_a_literal_far_larger_than_listed_is_not_swallowed(
    server: ScriptedImap, tmp_path: Path
) -> None:
    server.answers["FETCH"] = [b"* 1 FETCH (UID 4 BODY[] {4000000000}\r\nxxx"]
    with pytest.raises(Unreachable, match="4000000000"), open_mailbox(server.account()) as mailbox:
        mailbox.select("INBOX")
        mailbox.fetch(4, 100, tmp_path)


def test_a_literal_cut_in_the_middle_is_resumed_by_the_next_connection(
    server: ScriptedImap, tmp_path: Path
) -> None:
    server.answers["FETCH"] = [literal(2, 9, "BODY[]", LARGE)[:150_000] + b"%CUT%"]
    with pytest.raises(Unreachable), open_mailbox(server.account()) as mailbox:
        mailbox.select("INBOX")
        mailbox.fetch(9, len(LARGE), tmp_path)
    with open_mailbox(server.account()) as mailbox:
        mailbox.select("INBOX")
        assert mailbox.fetch(9, len(LARGE), tmp_path).path.read_bytes() == LARGE
    assert any("BODY.PEEK[]<149" in command for command in server.commands)


def test_a_server_that_ignores_the_asked_piece_never_yields_a_wrong_file(
    server: ScriptedImap, tmp_path: Path
) -> None:
    whole = literal(2, 9, "BODY[]", LARGE) + b"%TAG% OK done\r\n"
    server.answers["FETCH"] = [literal(2, 9, "BODY[]", LARGE)[:150_000] + b"%CUT%", whole, whole]
    with pytest.raises(Unreachable), open_mailbox(server.account()) as mailbox:
        mailbox.select("INBOX")
        mailbox.fetch(9, len(LARGE), tmp_path)
    with open_mailbox(server.account()) as mailbox:
        mailbox.select("INBOX")
        with pytest.raises(ServerError, match="in pieces"):
            mailbox.fetch(9, len(LARGE), tmp_path)
        assert mailbox.fetch(9, len(LARGE), tmp_path).path.read_bytes() == LARGE


def test_a_mail_listed_without_its_size_is_fetched_whole(
    server: ScriptedImap, tmp_path: Path
) -> None:
    server.mails[9] = LARGE * 10
    with open_mailbox(server.account()) as mailbox:
        mailbox.select("INBOX")
        assert mailbox.fetch(9, 0, tmp_path).size == len(LARGE) * 10


def test_bytes_kept_from_another_epoch_are_not_mixed_in(
    server: ScriptedImap, tmp_path: Path
) -> None:
    server.answers["FETCH"] = [literal(2, 9, "BODY[]", b"Z" * len(LARGE))[:150_000] + b"%CUT%"]
    with pytest.raises(Unreachable), open_mailbox(server.account()) as mailbox:
        mailbox.select("INBOX")
        mailbox.fetch(9, len(LARGE), tmp_path)
    server.uidvalidity = 8
    with open_mailbox(server.account()) as mailbox:
        mailbox.select("INBOX")
        assert mailbox.fetch(9, len(LARGE), tmp_path).path.read_bytes() == LARGE


@pytest.mark.parametrize(
    "answer",
    [
        b"* 1 FETCH (UID 4 BODY[]\r\n%TAG% OK done\r\n",
        b"* 1 FETCH (UID\r\n%TAG% OK done\r\n",
        b"* SEARCH 4 x\r\nrubbish\r\n",
        b"\x00\xff\r\n",
        b"* 1 FETCH UID 4\r\n%TAG% OK done\r\n",
    ],
)
def test_an_answer_that_cannot_be_taken_apart_is_no_crash(
    server: ScriptedImap, tmp_path: Path, answer: bytes
) -> None:
    server.answers["FETCH"] = [answer]
    with pytest.raises(ServerError), open_mailbox(server.account()) as mailbox:
        mailbox.select("INBOX")
        mailbox.fetch(4, 100, tmp_path)


def test_a_folder_without_uidvalidity_is_refused(server: ScriptedImap) -> None:
    server.answers["EXAMINE"] = [b"* 1 EXISTS\r\n* FLAGS ()\r\n%TAG% OK [READ-ONLY] done\r\n"]
    with open_mailbox(server.account()) as mailbox, pytest.raises(ServerError, match="UIDVALIDITY"):
        mailbox.select("INBOX")


# ── waiting ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "answer",
    [
        b"+ idling\r\n* 3 EXISTS\r\n",
        b"* 3 EXISTS\r\n+ idling\r\n",
        b"+ idling\r\n* OK still here\r\n* 3 EXISTS\r\n",
    ],
    ids=["in one packet", "before the leave to wait", "after gossip"],
)
def test_a_mail_told_at_the_very_start_of_waiting_is_noticed(
    gmail: ScriptedImap, answer: bytes
) -> None:
    gmail.answers["IDLE"] = [answer]
    with open_mailbox(gmail.account()) as mailbox:
        mailbox.select("INBOX")
        assert mailbox.wait(5)


def test_gossip_while_waiting_is_not_a_mail(gmail: ScriptedImap) -> None:
    gmail.answers["IDLE"] = [b"+ idling\r\n* OK Still here\r\n* 1 FETCH (FLAGS (\\Seen))\r\n"]
    with open_mailbox(gmail.account()) as mailbox:
        mailbox.select("INBOX")
        assert not mailbox.wait(0.3)
        assert [m.uid for m in mailbox.new("INBOX", 0)] == [4]


def test_bye_while_waiting_is_unreachable(gmail: ScriptedImap) -> None:
    gmail.answers["IDLE"] = [b"+ idling\r\n* BYE Session timed out\r\n%CUT%"]
    with pytest.raises(Unreachable), open_mailbox(gmail.account()) as mailbox:
        mailbox.select("INBOX")
        mailbox.wait(5)


def test_a_long_wait_is_renewed(gmail: ScriptedImap, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.fetch.mailbox.random.uniform", lambda *_: 0.1)
    with open_mailbox(gmail.account()) as mailbox:
        mailbox.select("INBOX")
        assert not mailbox.wait(0.5)
    assert gmail.commands.count("IDLE") >= 3


def test_where_idle_is_not_offered_it_is_not_asked_for(server: ScriptedImap) -> None:
    with open_mailbox(server.account()) as mailbox:
        mailbox.select("INBOX")
        assert not mailbox.wait(0.1)
    assert "IDLE" not in server.commands


# ── BYE and throttling ────────────────────────────────────────────────────────────────────────────


def test_bye_in_the_middle_is_unreachable_with_the_servers_words(server: ScriptedImap) -> None:
    server.answers["SEARCH"] = [b"* BYE Session expired, please login again.\r\n%CUT%"]
    with (
        pytest.raises(Unreachable, match="Session expired"),
        open_mailbox(server.account()) as mailbox,
    ):
        mailbox.new("INBOX", 0)


def test_bye_instead_of_a_greeting_is_unreachable(server: ScriptedImap) -> None:
    server.greeting = "* BYE Server is not ready"
    with pytest.raises(Unreachable, match="not ready"), open_mailbox(server.account()):
        pass


@pytest.mark.parametrize(
    ("answer", "seconds"),
    [
        (b"%TAG% NO [OVERQUOTA] Account exceeded command or bandwidth limits. (Failure)\r\n", 3600),
        (b"%TAG% NO [THROTTLED] Too much\r\n", 3600),
        (b"%TAG% BAD Request is throttled. Suggested Backoff Time: 9823 milliseconds\r\n", 9.823),
        (b"* BYE [ALERT] Too many simultaneous connections. (Failure)\r\n%CUT%", 300),
    ],
)
def test_throttling_says_when_to_come_back(
    server: ScriptedImap, answer: bytes, seconds: float
) -> None:
    server.answers["FETCH"] = [answer]
    with pytest.raises(Throttled) as caught, open_mailbox(server.account()) as mailbox:
        mailbox.new("INBOX", 0)
    assert caught.value.retry_after == pytest.approx(seconds)


def test_throttling_at_login_is_not_a_wrong_password(server: ScriptedImap) -> None:
    server.answers["LOGIN"] = [b"%TAG% NO [ALERT] Too many simultaneous connections. (Failure)\r\n"]
    with pytest.raises(Throttled), open_mailbox(server.account()):
        pass


def test_a_server_that_cannot_check_passwords_now_is_not_a_wrong_password(
    server: ScriptedImap,
) -> None:
    server.answers["LOGIN"] = [b"%TAG% NO [UNAVAILABLE] Temporary authentication failure.\r\n"]
    with pytest.raises(Unreachable), open_mailbox(server.account()):
        pass


def test_gmails_refusal_of_an_ordinary_password_is_a_login_refused(server: ScriptedImap) -> None:
    server.answers["LOGIN"] = [
        b"%TAG% NO [ALERT] Application-specific password required: (Failure)\r\n"
    ]
    with (
        pytest.raises(LoginRefused, match="Application-specific password required"),
        open_mailbox(server.account()),
    ):
        pass


def test_a_dropped_keyword_is_only_a_lost_hint(server: ScriptedImap) -> None:
    with open_mailbox(server.account()) as mailbox:
        assert not mailbox.tell("INBOX", [4], "Redaksi/Diproses")


# ── what of the libraries is relied upon ──────────────────────────────────────────────────────────


def test_imaplib_asks_the_client_itself_for_every_literal(server: ScriptedImap) -> None:
    asked: list[int] = []
    with open_mailbox(server.account()) as mailbox:
        imap = mailbox._client._imap
        read = imap.read
        imap.read = lambda size: (asked.append(size), read(size))[1]  # type: ignore[func-returns-value]
        mailbox.new("INBOX", 0)
    assert len(asked) == 2


def test_the_library_does_not_describe_every_byte_to_a_log_nobody_reads(
    server: ScriptedImap,
) -> None:
    with open_mailbox(server.account()) as mailbox:
        assert mailbox._client._imap.debug == 0
