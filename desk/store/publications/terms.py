"""What related articles are found by: the terms an article keeps once it stands."""

import zlib
from collections.abc import Sequence

import msgspec
from msgspec import Struct
from sqlalchemy import and_, delete, func, insert, select

from desk.domain.related import Match, Terms, choose_related, find_terms, keep_words
from desk.store.engine import Transaction
from desk.store.tables import Edition as EditionRow
from desk.store.tables import EditionTerm, Publication, Submission
from publisher.articles.edition import Edition, Related

_MOST_ASKED = 900  # words of a long article that are looked for: SQLite takes a bounded number
_IS_UP = and_(Publication.standing_edition_id.is_not(None), Publication.wanted == "up")


class _Headline(Struct, frozen=True):
    """Of a stored edition, what a link shows."""

    headline: str


def keep_terms(tx: Transaction, submission_id: int, edition: Edition) -> None:
    """Say what the article that stands is about, in place of what its last edition said. To be called
    where an edition begins to stand at the leading target; three statements."""
    terms = find_terms(edition)
    tx.execute(delete(EditionTerm).where(EditionTerm.submission_id == submission_id))
    words = keep_words(terms, _count(tx, terms))
    rows = [
        {"submission_id": submission_id, "term": term, "is_place": is_place}
        for kept, is_place in ((sorted(terms.places), True), (words, False))
        for term in kept
    ]
    if rows:
        tx.execute(insert(EditionTerm), rows)


def drop_terms(tx: Transaction, submission_id: int) -> None:
    """The article stands no more: nothing goes with it."""
    tx.execute(delete(EditionTerm).where(EditionTerm.submission_id == submission_id))


def find_related(
    tx: Transaction, submission_id: int, edition: Edition, target: str
) -> tuple[Related, ...]:
    """At most three articles that stand at `target`, the leading one, and go with this one; the best
    first. Two queries, however many stand."""
    asked = _list_asked(find_terms(edition))
    published = select(func.count()).where(Publication.target == target, _IS_UP).scalar_subquery()
    found = tx.execute(
        select(
            EditionTerm.submission_id,
            EditionTerm.term,
            EditionTerm.is_place,
            Publication.first_standing_at,
            published,
        )
        .join(Publication, Publication.submission_id == EditionTerm.submission_id)
        .where(
            EditionTerm.term.in_(asked),
            EditionTerm.submission_id != submission_id,
            Publication.target == target,
            Publication.first_standing_at.is_not(None),
            _IS_UP,
        )
    ).all()
    matches = [
        Match(submission_id=other, term=term, is_place=is_place, since=since)
        for other, term, is_place, since, _ in found
        if since is not None
    ]
    chosen = choose_related(matches, found[0][-1] if found else 0)
    return _show(tx, chosen, target) if chosen else ()


def _list_asked(terms: Terms) -> Sequence[str]:
    """Places first, then the words that stand most often."""
    words = sorted(terms.words, key=lambda word: (-terms.words[word], word))
    return [*sorted(terms.places), *words][:_MOST_ASKED]


def _count(tx: Transaction, terms: Terms) -> dict[str, int]:
    """How many articles kept each of these words."""
    asked = _list_asked(terms)
    counted = (
        select(EditionTerm.term, func.count())
        .where(EditionTerm.term.in_(asked))
        .group_by(EditionTerm.term)
    )
    return dict(tx.execute(counted).all())


def _show(tx: Transaction, chosen: Sequence[int], target: str) -> tuple[Related, ...]:
    rows = tx.execute(
        select(Submission.id, Submission.number, Publication.url, EditionRow.content)
        .join(Publication, Publication.submission_id == Submission.id)
        .join(EditionRow, EditionRow.id == Publication.standing_edition_id)
        .where(Submission.id.in_(chosen), Publication.target == target)
    )
    shown = {
        found: Related(number=number, headline=_read_headline(content), url=url)
        for found, number, url, content in rows
    }
    return tuple(shown[each] for each in chosen if each in shown)


def _read_headline(content: bytes) -> str:
    return msgspec.json.decode(zlib.decompress(content), type=_Headline).headline
