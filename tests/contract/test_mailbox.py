"""The mailbox against a real Dovecot: listing, fetching, marking, looking up."""

import hashlib
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from desk.demo.dovecot import Dovecot
from ingest.fetch.listing import Account
from ingest.fetch.mailbox import Mailbox, open_mailbox
from redaksi.errors import ConfigError, Gone, LoginRefused, ServerError, StoreError, Unreachable


def mail(number: int, lines: int = 3) -> bytes:
    return (
        b"Message-ID: <%d@example.org>\r\nSubject: Warta\r\n\r\n" % number
        + b"Warga bergotong royong.\r\n" * lines
    )


def flags_of(mailbox: Mailbox, uid: int) -> set[bytes]:
    found: dict[int, tuple[bytes, ...]] = mailbox._client.get_flags([uid])
    return {flag for flag in found[uid] if flag != b"\\Recent"}


def as_editor(mailbox: Mailbox, uid: int, *flags: str) -> None:
    """What an editor does in the mail program meanwhile."""
    mailbox._client.select_folder("INBOX")
    mailbox._client.add_flags([uid], flags)


# ── listing ───────────────────────────────────────────────────────────────────────────────────────


def test_a_new_mail_is_listed_with_size_date_and_message_id(account: Account) -> None:
    with open_mailbox(account) as mailbox:
        mailbox.append("INBOX", mail(1), internaldate=datetime(2026, 11, 3, 8, 30, tzinfo=UTC))
        listed = mailbox.new("INBOX", 0)
    assert [(m.uid, m.size, m.message_id) for m in listed] == [(1, len(mail(1)), "<1@example.org>")]
    assert listed[0].internaldate == datetime(2026, 11, 3, 8, 30, tzinfo=UTC)


def test_an_empty_folder_lists_nothing(account: Account) -> None:
    with open_mailbox(account) as mailbox:
        assert mailbox.new("INBOX", 0) == []


def test_above_the_watermark_the_last_mail_is_not_listed_again(account: Account) -> None:
    with open_mailbox(account) as mailbox:
        for number in (1, 2):
            mailbox.append("INBOX", mail(number))
        assert [m.uid for m in mailbox.new("INBOX", 1)] == [2]
        assert mailbox.new("INBOX", 2) == []


def test_mails_received_before_the_since_date_are_left_alone(account: Account) -> None:
    with open_mailbox(account) as mailbox:
        mailbox.append("INBOX", mail(1), internaldate=datetime(2026, 10, 31, 12, tzinfo=UTC))
        mailbox.append("INBOX", mail(2), internaldate=datetime(2026, 11, 1, 12, tzinfo=UTC))
        assert [m.uid for m in mailbox.new("INBOX", 0, date(2026, 11, 1))] == [2]
        assert mailbox.all_uids("INBOX", date(2026, 11, 1)) == [2]
        assert mailbox.all_uids("INBOX") == [1, 2]


def test_a_mail_arriving_while_the_folder_is_open_is_listed(account: Account) -> None:
    with open_mailbox(account) as mailbox, open_mailbox(account) as sender:
        assert mailbox.new("INBOX", 0) == []
        sender.append("INBOX", mail(1))
        assert [m.uid for m in mailbox.new("INBOX", 0)] == [1]


def test_a_thousand_mails_are_listed_in_uid_order(account: Account) -> None:
    with open_mailbox(account) as mailbox:
        mailbox._client.multiappend("INBOX", [mail(number, 1) for number in range(1, 1001)])
        listed = mailbox.new("INBOX", 0)
    assert [m.uid for m in listed] == list(range(1, 1001))
    assert {m.message_id for m in listed} == {
        f"<{number}@example.org>" for number in range(1, 1001)
    }


@pytest.mark.parametrize("total", [9, 10, 11, 12, 25])
def test_a_folder_too_large_for_one_search_is_searched_in_overlapping_ranges(
    account: Account, monkeypatch: pytest.MonkeyPatch, total: int
) -> None:
    monkeypatch.setattr("ingest.fetch.listing._SEARCHED", 5)
    monkeypatch.setattr("ingest.fetch.listing._OVERLAP", 2)
    with open_mailbox(account) as mailbox:
        mailbox._client.multiappend("INBOX", [mail(number, 1) for number in range(total)])
        assert mailbox.all_uids("INBOX") == list(range(1, total + 1))


def test_a_mail_without_message_id_is_listed_without(account: Account) -> None:
    with open_mailbox(account) as mailbox:
        mailbox.append("INBOX", b"Subject: x\r\n\r\nisi\r\n")
        assert mailbox.new("INBOX", 0)[0].message_id == ""


def test_an_enormous_message_id_field_is_not_held(account: Account) -> None:
    with open_mailbox(account) as mailbox:
        mailbox.append(
            "INBOX", b"Message-ID:" + b" <x@y>\r\n" * 50_000 + b"Subject: x\r\n\r\nisi\r\n"
        )
        assert [(m.uid, m.message_id) for m in mailbox.new("INBOX", 0)] == [(1, "")]


def test_selecting_tells_the_epoch_of_the_uids(account: Account) -> None:
    with open_mailbox(account) as mailbox:
        mailbox.append("Masuk", mail(1))
        before = mailbox.select("Masuk")
        mailbox.select("INBOX")
        mailbox._client.delete_folder("Masuk")
        mailbox.append("Masuk", mail(2))
        after = mailbox.select("Masuk")
    assert (before.exists, before.uidnext, after.exists) == (1, 2, 1)
    assert before.uidvalidity != after.uidvalidity


def test_a_missing_folder_is_named_by_the_server(account: Account) -> None:
    with (
        open_mailbox(account) as mailbox,
        pytest.raises(ServerError, match="Mailbox doesn't exist: Tiada"),
    ):
        mailbox.new("Tiada", 0)


@pytest.mark.parametrize("folder", ["Kiriman Baru", "Naskah & Foto", "Überblick", "[Gmail]/Spam"])
def test_a_folder_may_have_any_name(account: Account, folder: str) -> None:
    with open_mailbox(account) as mailbox:
        mailbox.append(folder, mail(1))
        assert mailbox.all_uids(folder) == [1]


def test_special_folders_are_found_by_their_use(account: Account) -> None:
    with open_mailbox(account) as mailbox:
        assert (
            mailbox.special(r"\Sent"),
            mailbox.special(r"\Junk"),
            mailbox.special(r"\Archive"),
        ) == (
            "Sent",
            "Spam",
            "",
        )


# ── fetching ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("lines", [0, 1, 2_000, 5_000, 80_000])
def test_a_fetched_mail_is_the_mail_byte_for_byte(
    account: Account, tmp_path: Path, lines: int
) -> None:
    raw = mail(1, lines)
    with open_mailbox(account) as mailbox:
        mailbox.append("INBOX", raw)
        mailbox.select("INBOX")
        fetched = mailbox.fetch(1, len(raw), tmp_path)
    assert fetched.path.read_bytes() == raw
    assert (fetched.sha256, fetched.size) == (hashlib.sha256(raw).hexdigest(), len(raw))


@pytest.mark.parametrize("told", [1, 100_000, 300_000, 1_000_000])
def test_a_wrongly_listed_size_does_not_change_the_mail(
    account: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: int
) -> None:
    monkeypatch.setattr("ingest.fetch.mailbox._WHOLE", 0)  # in pieces, where a size could mislead
    monkeypatch.setattr("ingest.fetch.mailbox.PIECE", 100_000)
    raw = mail(1, 12_000)
    with open_mailbox(account) as mailbox:
        mailbox.append("INBOX", raw)
        mailbox.select("INBOX")
        assert mailbox.fetch(1, told, tmp_path).path.read_bytes() == raw


def test_a_mail_in_pieces_ends_right_on_a_piece_border(
    account: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = mail(1, 12_000)
    monkeypatch.setattr("ingest.fetch.mailbox._WHOLE", 0)
    monkeypatch.setattr("ingest.fetch.mailbox.PIECE", len(raw) // 2)
    with open_mailbox(account) as mailbox:
        mailbox.append("INBOX", raw)
        mailbox.select("INBOX")
        assert mailbox.fetch(1, len(raw), tmp_path).path.read_bytes() == raw


def test_fetching_leaves_a_mail_unseen(account: Account, tmp_path: Path) -> None:
    with open_mailbox(account) as mailbox:
        mailbox.append("INBOX", mail(1))
        mailbox.new("INBOX", 0)
        mailbox.fetch(1, len(mail(1)), tmp_path)
        assert flags_of(mailbox, 1) == set()


def test_what_editors_read_flag_or_answer_is_listed_and_fetched_all_the_same(
    account: Account, tmp_path: Path
) -> None:
    with open_mailbox(account) as mailbox, open_mailbox(account) as editor:
        mailbox.append("INBOX", mail(1))
        mailbox.select("INBOX")
        as_editor(editor, 1, r"\Seen", r"\Flagged", r"\Answered", "Penting")
        assert [m.uid for m in mailbox.new("INBOX", 0)] == [1]
        assert mailbox.fetch(1, len(mail(1)), tmp_path).path.read_bytes() == mail(1)


def test_a_mail_expunged_before_the_fetch_is_gone(account: Account, tmp_path: Path) -> None:
    with open_mailbox(account) as mailbox, open_mailbox(account) as editor:
        mailbox.append("INBOX", mail(1))
        mailbox.append("INBOX", mail(2))
        listed = mailbox.new("INBOX", 0)
        as_editor(editor, 1, r"\Deleted")
        editor._client.expunge()
        with pytest.raises(Gone):
            mailbox.fetch(1, listed[0].size, tmp_path)
        assert mailbox.fetch(2, listed[1].size, tmp_path).path.read_bytes() == mail(2)
    assert len(list(tmp_path.iterdir())) == 1


def test_a_mail_expunged_before_it_is_listed_is_passed_over(account: Account) -> None:
    with open_mailbox(account) as mailbox, open_mailbox(account) as editor:
        mailbox.append("INBOX", mail(1))
        mailbox.append("INBOX", mail(2))
        uids = mailbox.all_uids("INBOX")
        as_editor(editor, 1, r"\Deleted")
        editor._client.expunge()
        assert [m.uid for m in mailbox.listed(uids)] in ([2], [1, 2])
        mailbox.select("INBOX")
        assert [m.uid for m in mailbox.listed(uids)] == [2]


def test_a_full_disk_is_our_fault_and_not_the_wires(
    account: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int, chunk: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ingest.fetch.spool.os.write", full)
    with pytest.raises(StoreError, match="file system is full"), open_mailbox(account) as mailbox:
        mailbox.append("INBOX", mail(1, 5_000))
        mailbox.select("INBOX")
        mailbox.fetch(1, len(mail(1, 5_000)), tmp_path)


_FIFTY_MB = """
import resource, sys
from pathlib import Path
import ingest.fetch.mailbox
from ingest.fetch.mailbox import open_mailbox
from ingest.fetch.listing import Account
ingest.fetch.mailbox._WHOLE = int(sys.argv[3])
port, user, password = int(sys.argv[1]), sys.argv[2], sys.argv[4]
account = Account(id="warta", host="127.0.0.1", port=port, user=user, password=password, security="none")
with open_mailbox(account) as mailbox:
    listed = mailbox.new("INBOX", 0)
    mailbox.fetch(1, listed[0].size, Path(sys.argv[5]))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    fetched = mailbox.fetch(2, listed[1].size, Path(sys.argv[5]))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, fetched.size, fetched.sha256)
"""


@pytest.mark.parametrize("whole_up_to", [0, 10**9], ids=["in pieces", "as one literal"])
def test_fifty_megabytes_cost_at_most_twelve_of_memory(
    account: Account, tmp_path: Path, whole_up_to: int
) -> None:
    raw = mail(2) + (b"0123456789abcde" * 5 + b"\r\n") * 681_000
    with open_mailbox(account) as mailbox:
        mailbox.append("INBOX", mail(1, 5_000))
        mailbox.append("INBOX", raw)
    arguments = [str(account.port), account.user, str(whole_up_to), account.password, str(tmp_path)]
    ran = subprocess.run(
        [sys.executable, "-c", _FIFTY_MB, *arguments],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    grown, size, sha256 = ran.stdout.split()
    unit = 1 if sys.platform == "darwin" else 1024  # ru_maxrss: bytes on macOS, kilobytes on Linux
    assert (int(size), sha256) == (len(raw), hashlib.sha256(raw).hexdigest())
    assert int(grown) * unit <= 12 * 1024 * 1024


# ── telling ───────────────────────────────────────────────────────────────────────────────────────


def test_a_filed_mail_carries_a_keyword_and_stays_unseen(account: Account) -> None:
    with open_mailbox(account) as mailbox:
        mailbox.append("INBOX", mail(1))
        assert mailbox.tell("INBOX", [1], "Redaksi/Diproses")
        assert flags_of(mailbox, 1) == {b"Redaksi-Diproses"}


def test_telling_about_no_mails_is_nothing(account: Account) -> None:
    with open_mailbox(account) as mailbox:
        assert mailbox.tell("INBOX", [], "Redaksi/Diproses")


def test_telling_a_folder_that_is_gone_is_only_a_lost_hint(account: Account) -> None:
    with open_mailbox(account) as mailbox:
        assert not mailbox.tell("Tiada", [1], "Redaksi/Diproses")
        assert mailbox.new("INBOX", 0) == []


def test_after_telling_the_folder_is_still_read_without_marking_anything_seen(
    account: Account, tmp_path: Path
) -> None:
    with open_mailbox(account) as mailbox:
        mailbox.append("INBOX", mail(1))
        mailbox.tell("INBOX", [1], "Diproses")
        mailbox.new("INBOX", 0)
        mailbox.fetch(1, len(mail(1)), tmp_path)
        assert flags_of(mailbox, 1) == {b"Diproses"}


# ── looking up what was sent ──────────────────────────────────────────────────────────────────────


def test_a_sent_letter_is_found_by_its_message_id(account: Account) -> None:
    with open_mailbox(account) as mailbox:
        mailbox.append("Sent", mail(1))
        assert mailbox.find_message_id("Sent", "<1@example.org>")


@pytest.mark.parametrize(
    "message_id", ["<2@example.org>", "1@example.org", "<1@example.or>", "<11@example.org>"]
)
def test_a_part_of_a_message_id_finds_nothing(account: Account, message_id: str) -> None:
    with open_mailbox(account) as mailbox:
        mailbox.append("Sent", mail(1))
        assert not mailbox.find_message_id("Sent", message_id)


# ── waiting ───────────────────────────────────────────────────────────────────────────────────────


def test_waiting_ends_when_a_mail_comes(account: Account) -> None:
    with open_mailbox(account) as mailbox, open_mailbox(account) as sender:
        mailbox.select("INBOX")
        asked: list[int] = []

        def meanwhile() -> bool:
            if not asked:
                sender.append("INBOX", mail(1))
            asked.append(1)
            return False

        assert mailbox.wait(10, meanwhile)


def test_a_mail_that_came_just_before_waiting_is_noticed(account: Account) -> None:
    with open_mailbox(account) as mailbox, open_mailbox(account) as sender:
        mailbox.select("INBOX")
        sender.append("INBOX", mail(1))
        assert mailbox.wait(10)


def test_waiting_ends_when_its_time_is_over(account: Account) -> None:
    with open_mailbox(account) as mailbox:
        mailbox.select("INBOX")
        assert not mailbox.wait(0.2)
        assert mailbox.new("INBOX", 0) == []


def test_waiting_ends_when_it_is_told_to_stop(account: Account) -> None:
    with open_mailbox(account) as mailbox:
        mailbox.select("INBOX")
        assert not mailbox.wait(60, lambda: True)


# ── coming in ─────────────────────────────────────────────────────────────────────────────────────


def test_wrong_password_names_the_servers_line_and_the_remedy(account: Account) -> None:
    wrong = replace(account, password="salah")
    with (
        pytest.raises(LoginRefused, match=r"\[AUTHENTICATIONFAILED\].*password"),
        open_mailbox(wrong),
    ):
        pass


def test_a_password_with_other_than_ascii_characters_reaches_the_server(account: Account) -> None:
    with (
        pytest.raises(LoginRefused, match="AUTHENTICATIONFAILED"),
        open_mailbox(replace(account, password="sandi→ü")),
    ):
        pass


def test_a_server_that_is_down_is_unreachable(account: Account) -> None:
    with (
        pytest.raises(Unreachable, match="nobody answers there"),
        open_mailbox(replace(account, port=1)),
    ):
        pass


def test_a_name_that_does_not_exist_is_unreachable(account: Account) -> None:
    nowhere = replace(account, host="imap.invalid", security="tls")
    with pytest.raises(Unreachable), open_mailbox(nowhere):
        pass


def test_no_password_goes_over_a_network_in_the_clear(account: Account) -> None:
    with (
        pytest.raises(ConfigError, match="loopback"),
        open_mailbox(replace(account, host="192.0.2.1")),
    ):
        pass


def test_the_password_is_not_shown_where_an_account_is_printed(account: Account) -> None:
    assert account.password not in repr(account)


@pytest.fixture
def tls_account(account: Account, dovecot_server: Dovecot) -> Account:
    if dovecot_server.certificate is None:
        pytest.skip("needs openssl")
    return replace(
        account,
        security="tls",
        port=dovecot_server.tls_port,
        tls_ca=str(dovecot_server.certificate),
        host="localhost",
    )


def test_a_private_authority_is_trusted_when_it_is_named(tls_account: Account) -> None:
    with open_mailbox(tls_account) as mailbox:
        assert mailbox.new("INBOX", 0) == []


def test_a_certificate_nobody_vouches_for_is_refused_with_the_remedy(tls_account: Account) -> None:
    with (
        pytest.raises(ServerError, match=r"certificate.*tls_ca"),
        open_mailbox(replace(tls_account, tls_ca="")),
    ):
        pass


def test_starttls_encrypts_before_the_password_goes(tls_account: Account, account: Account) -> None:
    with open_mailbox(replace(tls_account, security="starttls", port=account.port)) as mailbox:
        assert mailbox._client._imap._tls_established
