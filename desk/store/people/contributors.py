"""People apart from their addresses, so that a person can be forgotten while what happened stays
on record."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import delete, select, update

from desk.store.engine import Transaction
from desk.store.people.addresses import address_key, spellings
from desk.store.rows import add_unless_there
from desk.store.search.index import forget as forget_words
from desk.store.tables import Address, LetterContent, Mail, Outbox, Person, Submission
from redaksi.model import Language

_MOST = 320  # characters of an address: RFC 5321, 4.5.3.1: 64, "@" and 255


class Contributor(Struct, frozen=True, kw_only=True):
    """Who wrote, and from where."""

    person_id: int
    address_id: int
    address: str
    name: str
    language: Language
    bounced_at: datetime | None = None


def ensure_contributor(
    tx: Transaction, address: str, name: str, now: datetime, language: Language = "id"
) -> Contributor:
    """The person behind an address, made when new. `language` is for new people only; it is theirs
    to choose.

    A name that was never known is filled in; a known one is not overwritten by what a mail's header
    says.
    """
    plain = address.strip().lower()[:_MOST]
    row = _address(tx, plain)
    if row is None:
        person = Person(name=name, language=language, created_at=now)
        tx.add(person)
        tx.flush()
        values = {"person_id": person.id, "address": plain, "created_at": now}
        if add_unless_there(tx, Address, values) is None:  # somebody else was faster
            tx.delete(person)
        row = _address(tx, plain)
    if row is None:
        raise AssertionError("an address that is there already cannot be found")
    person = tx.get_one(Person, row.person_id)
    if name and not person.name:
        person.name = name
    return Contributor(
        person_id=person.id,
        address_id=row.id,
        address=row.address,
        name=person.name,
        language=person.language,
        bounced_at=row.bounced_at,
    )


def speak(tx: Transaction, person_id: int, language: Language) -> None:
    """Letters and pages for this person are in `language` from now on."""
    tx.execute(update(Person).where(Person.id == person_id).values(language=language))


def mark_same_person(tx: Transaction, address_id: int, person_id: int) -> None:
    """An editor knows whose address it is: what comes from it is that person's, and so is what
    came."""
    tx.execute(update(Address).where(Address.id == address_id).values(person_id=person_id))
    tx.execute(
        update(Submission).where(Submission.address_id == address_id).values(person_id=person_id)
    )


def mark_bounced(tx: Transaction, address: str, now: datetime) -> bool:
    """A letter to this address came back for good, however it is spelt; False when we do not
    know the address."""
    rows = list(tx.scalars(select(Address).where(Address.address.in_(spellings(address)))))
    for row in rows:
        row.bounced_at = now
    return bool(rows)


def mark_alive(tx: Transaction, address: str) -> None:
    """A mail came from it and our border vouches for it: letters may reach it again."""
    row = _address(tx, address.strip().lower()[:_MOST])
    if row is not None:
        row.bounced_at = None


def has_bounced(tx: Transaction, address: str) -> bool:
    """Whether a letter to this address came back for good, and nothing came from it since."""
    known = Address.address.in_(spellings(address))
    return (
        tx.scalar(select(Address.id).where(known, Address.bounced_at.is_not(None)).limit(1))
        is not None
    )


def forget(tx: Transaction, person_id: int, now: datetime) -> None:
    """Name, addresses and subjects go, in letters too; rows and events stay, and point to nobody.

    What a submission consists of (blobs, examinations) is retention's to remove.
    """
    addresses = list(tx.scalars(select(Address.address).where(Address.person_id == person_id)))
    theirs = Outbox.to_normalized.in_({address_key(one) for one in addresses})
    bytes_of_theirs = LetterContent.outbox_id.in_(select(Outbox.id).where(theirs))
    tx.execute(update(LetterContent).where(bytes_of_theirs).values(content=b""))
    tx.execute(
        update(Outbox)
        .where(theirs)
        .values(to_address="", to_normalized="", subject="", text="", source="")
    )
    written = select(Submission.mail_id).where(Submission.person_id == person_id)
    tx.execute(update(Mail).where(Mail.id.in_(written)).values(subject=""))
    tx.execute(delete(Address).where(Address.person_id == person_id))
    tx.execute(update(Person).where(Person.id == person_id).values(name="", forgotten_at=now))
    tx.expire_all()
    theirs_too = select(Submission.id).where(Submission.person_id == person_id)
    forget_words(tx, list(tx.scalars(theirs_too)))


def _address(tx: Transaction, address: str) -> Address | None:
    return tx.scalars(select(Address).where(Address.address == address)).first()
