"""What erasing a person would do, and what of him stays: said before anything is done."""

from collections.abc import Collection, Iterator

from msgspec import Struct
from sqlalchemy import select

from desk.store import Transaction
from desk.store.people.belongings import Whose
from desk.store.retention.empty import submissions_about
from desk.store.search.find import list_found
from desk.store.tables import Document, Outbox, Photo, Publication, Revision, Submission
from desk.workflow.people.find import Belongings
from redaksi.states import OPEN, State
from redaksi.text.search_words import ask_words

_SHORTEST = 4  # letters of a name that is looked for


class Public(Struct, frozen=True, kw_only=True):
    """An article that readers see."""

    number: str
    target: str
    url: str  # "": the target has none


class Shared(Struct, frozen=True, kw_only=True):
    """A file, or a mail ("#17"), that stays for the submissions `numbers`, which are not his."""

    name: str
    numbers: tuple[str, ...]


class Plan(Struct, frozen=True, kw_only=True):
    """`states`: of his submissions, by their numbers; `mails`, `waiting`: how many mails go, how many
    letters that wait never leave; `mentioned`: submissions of others in which his name or address
    stands; `account`: his login here."""

    states: tuple[tuple[str, State], ...]
    mails: int
    waiting: int
    public: tuple[Public, ...] = ()
    shared: tuple[Shared, ...] = ()
    mentioned: tuple[str, ...] = ()
    account: str = ""

    @property
    def closed(self) -> int:
        """How many are open and are closed."""
        return sum(state in OPEN for _, state in self.states)


def make_plan(tx: Transaction, found: Belongings) -> Plan:
    """Reads alone."""
    ids = found.submissions
    rows = select(Submission.number, Submission.state).where(Submission.id.in_(ids))
    waiting = Outbox.state.not_in(("sent", "dropped"))
    letters = select(Outbox.id).where(Outbox.id.in_(found.letters), waiting)
    mails = (*found.written, *found.others)
    kept = tuple(_list_kept_mails(tx, mails, ids))
    return Plan(
        states=tuple((row.number, row.state) for row in tx.execute(rows.order_by(Submission.id))),
        mails=len(mails) - len(kept),
        waiting=len(tx.scalars(letters).all()),
        public=tuple(list_public(tx, ids)),
        shared=(*kept, *_list_shared(tx, ids)),
        mentioned=_find_mentioned(tx, found.whose, ids),
        account=found.whose.account,
    )


def list_public(tx: Transaction, submissions: Collection[int]) -> Iterator[Public]:
    """What of these stands, or may stand, at a target."""
    rows = tx.execute(
        select(Submission.number, Submission.published_url, Publication.target, Publication.url)
        .outerjoin(Publication, Publication.submission_id == Submission.id)
        .where(Submission.id.in_(submissions), Submission.state == "published")
        .where(Publication.state.is_(None) | Publication.state.not_in(("down", "cancelled")))
        .order_by(Submission.id, Publication.id)
    )
    for number, published, target, url in rows:
        yield Public(number=number, target=target or "", url=url or published or "")


def _list_kept_mails(
    tx: Transaction, mails: Collection[int], submissions: Collection[int]
) -> Iterator[Shared]:
    for mail_id in mails:
        others = submissions_about(tx, mail_id) - set(submissions)
        if numbers := _number_living(tx, others):
            yield Shared(name=f"#{mail_id}", numbers=numbers)


def _list_shared(tx: Transaction, submissions: Collection[int]) -> Iterator[Shared]:
    """Files of his that came with somebody else's submission too."""
    for table in (Document, Photo):
        his = (
            select(table.sha256, table.name)
            .join(Revision, Revision.id == table.revision_id)
            .where(Revision.submission_id.in_(submissions), table.sha256 != "")
        )
        names = {row.sha256: row.name for row in tx.execute(his.order_by(table.id))}
        others = (
            select(table.sha256, Revision.submission_id)
            .join(Revision, Revision.id == table.revision_id)
            .where(table.sha256.in_(names), Revision.submission_id.not_in(submissions))
        )
        found: dict[str, set[int]] = {}
        for sha256, submission_id in tx.execute(others):
            found.setdefault(sha256, set()).add(submission_id)
        for sha256, ids in sorted(found.items()):
            if numbers := _number_living(tx, ids):
                yield Shared(name=names[sha256], numbers=numbers)


def _number_living(tx: Transaction, ids: Collection[int]) -> tuple[str, ...]:
    living = select(Submission.number).where(
        Submission.id.in_(ids), Submission.emptied_at.is_(None)
    )
    return tuple(tx.scalars(living.order_by(Submission.id)))


def _find_mentioned(tx: Transaction, whose: Whose, submissions: Collection[int]) -> tuple[str, ...]:
    asked = [*whose.keys, *(name for name in whose.names if len(name) >= _SHORTEST)]
    found = {each for query in asked for each in list_found(tx, ask_words(query))}
    return _number_living(tx, found - set(submissions))
