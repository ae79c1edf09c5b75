"""Sync: nothing lost, nothing twice, whatever the server does to its UIDs."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.fetch.listing import Listed
from ingest.fetch.sync import Known, Plan, plan, reconcile, resume_after, watermark

WHEN = datetime(2026, 11, 3, 8, 30, tzinfo=UTC)
CAP = 1000


def listed(
    uid: int, message_id: str = "", *, gm_msgid: int | None = None, size: int = 100
) -> Listed:
    return Listed(
        uid=uid,
        size=size,
        internaldate=WHEN,
        message_id=message_id or f"<{uid}@x>",
        gm_msgid=gm_msgid,
    )


def known(
    row: int,
    uid: int,
    message_id: str = "",
    *,
    folder: str = "INBOX",
    uidvalidity: int = 1,
    gm_msgid: int | None = None,
) -> Known:
    return Known(
        row=row,
        folder=folder,
        uidvalidity=uidvalidity,
        uid=uid,
        size=100,
        internaldate=WHEN,
        message_id=message_id or f"<{uid}@x>",
        gm_msgid=gm_msgid,
    )


def planned(
    ledger: list[Known], listing: list[Listed], *, folder: str = "INBOX", uidvalidity: int = 1
) -> Plan:
    return plan(ledger, listing, folder=folder, uidvalidity=uidvalidity, max_message=CAP)


def downloads(found: Plan) -> list[int]:
    return [mail.uid for mail in found.download]


def again(found: Plan) -> list[tuple[int, int]]:
    return [(mail.uid, row) for mail, row in found.again]


def test_an_unknown_mail_is_downloaded() -> None:
    assert downloads(planned([], [listed(1)])) == [1]


def test_a_uid_in_the_ledger_is_nothing_to_do() -> None:
    assert planned([known(1, 1)], [listed(1)]) == Plan(download=(), too_big=(), again=())


def test_a_mail_over_the_cap_is_filed_without_a_download() -> None:
    assert [m.uid for m in planned([], [listed(1, size=CAP + 1), listed(2, size=CAP)]).too_big] == [
        1
    ]


def test_in_a_new_epoch_old_mails_are_known_again_and_new_ones_downloaded() -> None:
    found = planned(
        [known(1, 7, "<a@x>"), known(2, 9, "<b@x>")],
        [listed(1, "<b@x>"), listed(2, "<c@x>")],
        uidvalidity=2,
    )
    assert (downloads(found), again(found)) == ([2], [(1, 2)])


def test_a_known_mail_over_the_cap_is_known_again() -> None:
    big = Known(
        row=1,
        folder="INBOX",
        uidvalidity=1,
        uid=3,
        size=CAP + 1,
        internaldate=WHEN,
        message_id="<a@x>",
    )
    assert again(planned([big], [listed(1, "<a@x>", size=CAP + 1)], uidvalidity=2)) == [(1, 1)]


def test_a_mail_under_two_labels_is_one_by_gmails_number() -> None:
    ledger = [known(1, 7, gm_msgid=42)]
    assert again(planned(ledger, [listed(3, "<other@x>", gm_msgid=42)], folder="[Gmail]/Spam")) == [
        (3, 1)
    ]


def test_gmails_number_outweighs_an_equal_message_id() -> None:
    ledger = [known(1, 7, "<a@x>", gm_msgid=42)]
    assert downloads(planned(ledger, [listed(1, "<a@x>", gm_msgid=43)], uidvalidity=2)) == [1]


@pytest.mark.parametrize(
    "mail",
    [
        Listed(uid=1, size=100, internaldate=WHEN, message_id=""),
        Listed(uid=1, size=101, internaldate=WHEN, message_id="<7@x>"),
        Listed(uid=1, size=100, internaldate=WHEN + timedelta(seconds=1), message_id="<7@x>"),
        Listed(uid=1, size=100, internaldate=None, message_id="<7@x>"),
        Listed(uid=1, size=0, internaldate=WHEN, message_id="<7@x>"),
    ],
)
def test_where_one_of_message_id_size_and_date_is_missing_or_differs_the_bytes_decide(
    mail: Listed,
) -> None:
    assert downloads(planned([known(1, 7)], [mail], uidvalidity=2)) == [1]


def test_two_mails_alike_in_one_epoch_are_two_mails() -> None:
    assert downloads(planned([known(1, 1, "<a@x>")], [listed(2, "<a@x>")])) == [2]


def test_which_of_two_alike_the_old_mail_was_is_told_by_their_bytes() -> None:
    found = planned([known(1, 7, "<a@x>")], [listed(1, "<a@x>"), listed(2, "<a@x>")], uidvalidity=2)
    assert (downloads(found), again(found)) == ([1, 2], [])


def test_nor_does_it_when_the_second_is_listed_later() -> None:
    ledger = [known(1, 7, "<a@x>"), known(2, 1, "<a@x>", uidvalidity=2)]
    assert downloads(planned(ledger, [listed(2, "<a@x>")], uidvalidity=2)) == [2]


def test_where_two_old_mails_are_alike_a_third_is_not_taken_for_one_of_them() -> None:
    ledger = [known(1, 7, "<a@x>"), known(2, 8, "<a@x>")]
    assert downloads(planned(ledger, [listed(1, "<a@x>")], uidvalidity=2)) == [1]


def test_a_mail_moved_to_another_folder_is_known_again() -> None:
    assert again(planned([known(1, 7, "<a@x>")], [listed(3, "<a@x>")], folder="Diproses")) == [
        (3, 1)
    ]


# ── where to go on ────────────────────────────────────────────────────────────────────────────────


def test_the_watermark_counts_in_its_own_epoch_only() -> None:
    assert [resume_after(None, 1), resume_after((1, 50), 1), resume_after((1, 50), 2)] == [0, 50, 0]


def test_the_watermark_stops_before_a_mail_that_is_not_accounted_for() -> None:
    assert watermark(3, [5, 6, 9], {5, 9}) == 5


def test_the_watermark_stays_where_nothing_came() -> None:
    assert watermark(3, [], set()) == 3


def test_reconciling_names_what_was_overlooked_and_what_is_gone() -> None:
    found = reconcile([1, 2, 3], [2, 3, 4])
    assert (found.overlooked, found.vanished, found.accounted) == ((4,), (1,), 2)


# ── the law ───────────────────────────────────────────────────────────────────────────────────────

_DEEDS = st.lists(
    st.sampled_from(["arrive", "arrive", "expunge", "move", "new epoch", "poll", "poll"]),
    max_size=25,
)


@settings(max_examples=150, deadline=None)
@given(deeds=_DEEDS, on_gmail=st.booleans())
def test_every_mail_is_downloaded_exactly_once_whatever_happens(
    deeds: list[str], on_gmail: bool
) -> None:
    server = _Server(on_gmail)
    for deed in [*deeds, "poll"]:
        server.do(deed)
    assert sorted(server.downloaded) == sorted(server.seen_by_poll)


class _Server:
    """A mailbox with two folders; every mail is unique by number."""

    def __init__(self, on_gmail: bool) -> None:
        self.on_gmail = on_gmail
        self.folders: dict[str, dict[int, int]] = {"INBOX": {}, "Spam": {}}  # UID -> mail number
        self.epochs = {"INBOX": 1, "Spam": 1}
        self.next_uid = {"INBOX": 1, "Spam": 1}
        self.mails = 0
        self.ledger: list[Known] = []
        self.marks: dict[str, tuple[int, int]] = {}
        self.downloaded: list[int] = []
        self.seen_by_poll: set[int] = set()

    def do(self, deed: str) -> None:
        inbox = self.folders["INBOX"]
        if deed == "arrive":
            self.mails += 1
            self._put("INBOX", self.mails)
        elif deed == "expunge" and inbox:
            inbox.pop(min(inbox))
        elif deed == "move" and inbox:
            self._put("Spam", inbox.pop(max(inbox)))
        elif deed == "new epoch":
            numbers = sorted(inbox.values(), reverse=True)
            self.epochs["INBOX"], self.next_uid["INBOX"], self.folders["INBOX"] = (
                self.epochs["INBOX"] + 1,
                1,
                {},
            )
            for number in numbers:
                self._put("INBOX", number)
        elif deed == "poll":
            for folder in self.folders:
                self._poll(folder)

    def _put(self, folder: str, number: int) -> None:
        self.folders[folder][self.next_uid[folder]] = number
        self.next_uid[folder] += 1

    def _poll(self, folder: str) -> None:
        epoch, mails = self.epochs[folder], self.folders[folder]
        above = resume_after(self.marks.get(folder), epoch)
        gmail = {uid: number if self.on_gmail else None for uid, number in mails.items()}
        listing = [
            listed(uid, f"<{mails[uid]}@x>", gm_msgid=gmail[uid]) for uid in mails if uid > above
        ]
        found = planned(self.ledger, listing, folder=folder, uidvalidity=epoch)
        self.seen_by_poll.update(mails.values())
        for mail in [*found.download, *(mail for mail, _ in found.again)]:
            number = mails[mail.uid]
            row = known(
                len(self.ledger), mail.uid, f"<{number}@x>", folder=folder, uidvalidity=epoch
            )
            self.ledger.append(
                row
                if mail.gm_msgid is None
                else known(
                    row.row,
                    mail.uid,
                    row.message_id,
                    folder=folder,
                    uidvalidity=epoch,
                    gm_msgid=mail.gm_msgid,
                )
            )
        self.downloaded.extend(mails[mail.uid] for mail in found.download)
        accounted = {
            row.uid for row in self.ledger if (row.folder, row.uidvalidity) == (folder, epoch)
        }
        assert reconcile(accounted, mails).overlooked == ()
        self.marks[folder] = (epoch, watermark(above, [mail.uid for mail in listing], accounted))
