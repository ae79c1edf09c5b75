"""Whose an address is, and which submissions, mails and letters are that person's."""

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct
from sqlalchemy import Select, and_, or_, select

from desk.store.engine import Transaction
from desk.store.people.addresses import address_key
from desk.store.tables import Account, Address, Event, Mail, Outbox, Person, Revision, Submission


class Whose(Struct, frozen=True, kw_only=True):
    """A person by all that he is known by. `keys`: his addresses, one spelling each
    (people.addresses), the one that was asked about among them; `persons`: none where no
    submission came from it; `account`: he works here."""

    keys: frozenset[str]
    persons: frozenset[int] = frozenset()
    names: frozenset[str] = frozenset()
    address_ids: frozenset[int] = frozenset()
    account: str = ""


def plain_address(given: str) -> str:
    """The address in what somebody typed: "Siti <Siti@Contoh.example>", "mailto:siti@…"; "" for
    what is none."""
    inside = given[given.rfind("<") + 1 :].partition(">")[0] if "<" in given else given
    key = address_key(inside.strip().removeprefix("mailto:").removeprefix("MAILTO:"))
    local, at, domain = key.rpartition("@")
    is_address = bool(local and at and domain) and not any(sign.isspace() for sign in key)
    return key if is_address else ""


def find_person(tx: Transaction, key: str) -> Whose:
    """Whose this address is, with everybody who was said to be the same person and all their
    addresses, however each is spelt."""
    known = [
        (row.id, row.person_id, address_key(row.address)) for row in tx.scalars(select(Address))
    ]
    keys, persons = {key}, set[int]()
    while True:
        persons_now = {person for _, person, spelt in known if spelt in keys} | persons
        keys_now = {spelt for _, person, spelt in known if person in persons_now} | keys
        if (persons_now, keys_now) == (persons, keys):
            break
        persons, keys = persons_now, keys_now
    names = tx.scalars(select(Person.name).where(Person.id.in_(persons), Person.name != ""))
    logins = (row for row in tx.scalars(select(Account.login)) if address_key(row) in keys)
    return Whose(
        keys=frozenset(keys),
        persons=frozenset(persons),
        names=frozenset(names),
        address_ids=frozenset(identifier for identifier, _, spelt in known if spelt in keys),
        account=next(logins, ""),
    )


def list_submissions(tx: Transaction, whose: Whose) -> list[int]:
    """The submissions that are his, oldest first: those that still hold something and those that
    do not."""
    his = or_(Submission.person_id.in_(whose.persons), Submission.address_id.in_(whose.address_ids))
    return list(tx.scalars(select(Submission.id).where(his).order_by(Submission.id)))


def list_letters(
    tx: Transaction, whose: Whose, submissions: Iterable[int], mails: Iterable[int]
) -> list[int]:
    """The letters to him, those about his submissions, and those that answer a mail of his that is
    none, oldest first."""
    answers = and_(Outbox.submission_id.is_(None), Outbox.mail_id.in_(list(mails)))
    about = Outbox.submission_id.in_(list(submissions))
    his = or_(Outbox.to_normalized.in_(whose.keys), about, answers)
    return list(tx.scalars(select(Outbox.id).where(his).order_by(Outbox.id)))


def list_mails(tx: Transaction, submissions: Iterable[int]) -> set[int]:
    """The mails that are a revision of one of these submissions, or about one."""
    ids = list(submissions)
    asked: tuple[Select[*tuple[Any, ...]], ...] = (
        select(Submission.mail_id).where(Submission.id.in_(ids)),
        select(Revision.mail_id).where(Revision.submission_id.in_(ids)),
        select(Event.mail_id).where(Event.submission_id.in_(ids)),
        select(Mail.id).where(Mail.for_submission_id.in_(ids)),
    )
    return {found for each in asked for found in tx.scalars(each) if found is not None}


class KeptMail(Struct, frozen=True, kw_only=True):
    """A mail whose bytes, or header, we still have. `blob`: None where it was too big to take in."""

    id: int
    blob: str | None
    source_text: str
    is_taken_in: bool  # an editor brought it; its From is the form's word


def iterate_mails(tx: Transaction) -> Iterator[KeptMail]:
    """Every mail, oldest first."""
    rows = select(Mail.id, Mail.blob, Mail.source_text, Mail.channel).order_by(Mail.id)
    for row in tx.execute(rows.execution_options(yield_per=500)):
        yield KeptMail(
            id=row.id, blob=row.blob, source_text=row.source_text, is_taken_in=bool(row.channel)
        )
