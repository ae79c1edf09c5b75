"""The mailbox against a real Dovecot: listing, telling, looking up, waiting."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ingest.fetch.listing import Account
from ingest.fetch.mailbox import open_mailbox
from redaksi.errors import ServerError
from tests.mailbox_hands import flags_of, mail

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
