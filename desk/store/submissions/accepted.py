"""What of a submission is published: the accepted revision, its moment, its headline, its address."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import bindparam, func, select

from desk.store.engine import Transaction
from desk.store.tables import Submission


class Accepted(Struct, frozen=True, kw_only=True):
    """What of a submission is to be published, and as what."""

    number: str
    mailbox: str
    revision: int  # the accepted one, else the newest
    province: str
    headline: str
    category: str
    article_uri: str
    embargo_until: datetime | None
    publish_at: datetime | None


def get_accepted(tx: Transaction, submission_id: int) -> Accepted:
    """What is to be published of a submission."""
    row = tx.get_one(Submission, submission_id)
    return Accepted(
        number=row.number,
        mailbox=row.mailbox_id,
        revision=row.accepted_revision or row.latest_revision,
        province=row.province,
        headline=row.headline,
        category=row.category,
        article_uri=row.article_uri,
        embargo_until=row.embargo_until,
        publish_at=row.publish_at,
    )


def accept(
    tx: Transaction,
    submission_id: int,
    when: datetime | None,
    headline: str = "",
    category: str = "",
    *,
    tells: bool = True,
    embargo: datetime | None = None,
) -> None:
    """Its newest try is to be published at `when`, whatever comes later; None: none is, at no
    moment yet. `tells`: its contributor is written to once it is published.
    `embargo`: not before; None: as it was."""
    submission = tx.get_one(Submission, submission_id)
    submission.embargo_until = embargo or submission.embargo_until
    submission.publish_at, submission.accepted_revision = (
        when,
        submission.latest_revision if when else 0,
    )
    submission.tells_published = tells
    submission.headline, submission.category = (
        headline or submission.headline,
        category or submission.category,
    )


def put_online(
    tx: Transaction, submission_id: int, url: str, headline: str = "", category: str = ""
) -> None:
    """It stands where readers see it, at `url`; what was not scheduled is published as its newest
    try has it."""
    submission = tx.get_one(Submission, submission_id)
    submission.published_url = url or submission.published_url
    submission.headline = headline or submission.headline
    submission.category = category or submission.category
    submission.accepted_revision = submission.accepted_revision or submission.latest_revision


def open_again(tx: Transaction, submission_id: int) -> None:
    """Nothing of it is accepted, and it stands nowhere; an editor's headline and embargo stay."""
    accept(tx, submission_id, None)
    tx.get_one(Submission, submission_id).published_url = ""


def tells_published(tx: Transaction, submission_id: int) -> bool:
    """Whether its contributor is written to once it is published."""
    return tx.get_one(Submission, submission_id).tells_published


def count_scheduled(tx: Transaction, begin: datetime, end: datetime, but: str) -> int:
    """How many submissions are scheduled for a time from `begin` on and before `end`, without the one
    of number `but`."""
    return tx.scalar(_SCHEDULED, {"begin": begin, "end": end, "but": but}) or 0


_SCHEDULED = select(func.count()).where(
    Submission.state == "scheduled",
    Submission.publish_at >= bindparam("begin"),
    Submission.publish_at < bindparam("end"),
    Submission.number != bindparam("but"),
)
