"""Related articles from the store: what stands at the leading target, in as many queries for many as
for few."""

import zlib
from collections.abc import Sequence
from datetime import timedelta

import msgspec
import pytest
from sqlalchemy import select

from desk.domain.publications import Wanted
from desk.domain.related import MOST_WORDS
from desk.store import Store, Transaction
from desk.store.publications import terms
from desk.store.tables import Edition as EditionRow
from desk.store.tables import EditionTerm, Publication, Submission
from publisher.articles.edition import Edition
from tests.contract.conftest import NOW
from tests.contract.test_threads import queries
from tests.filler import fill
from tests.unit.related.labelled import ARTICLES
from tests.unit.related.test_related import EDITIONS, make_edition

NAMES = list(ARTICLES)


@pytest.fixture
def filled(store: Store) -> Store:
    fill(store, 60, NOW)
    return store


def list_ids(tx: Transaction) -> Sequence[int]:
    return tx.scalars(select(Submission.id).order_by(Submission.id)).all()


def publish(
    tx: Transaction,
    submission_id: int,
    edition: Edition,
    *,
    target: str = "situs",
    wanted: Wanted = "up",
    stands: bool = True,
    days: int = 0,
) -> None:
    """As the publisher leaves it: the article stands, and its terms are kept."""
    row = EditionRow(
        submission_id=submission_id,
        number=1,
        content=zlib.compress(msgspec.json.encode(edition)),
        made_by="EPN",
        made_at=NOW,
    )
    tx.add(row)
    tx.flush()
    tx.add(
        Publication(
            submission_id=submission_id,
            target=target,
            wanted=wanted,
            edition_id=row.id,
            standing_edition_id=row.id if stands else None,
            state="standing" if stands else "planned",
            url=f"https://warta.example/{submission_id}" if stands else "",
            first_standing_at=NOW + timedelta(days=days) if stands else None,
        )
    )
    tx.flush()
    terms.keep_terms(tx, submission_id, edition)


def publish_all(tx: Transaction) -> dict[str, int]:
    ids = dict(zip(NAMES, list_ids(tx), strict=False))
    for name, submission_id in ids.items():
        publish(tx, submission_id, EDITIONS[name])
    return ids


def test_related_articles_are_shown_with_number_headline_and_address(filled: Store) -> None:
    with filled.begin() as tx:
        ids = publish_all(tx)
    with filled.read() as tx:
        for name, article in ARTICLES.items():
            first, *_ = found = terms.find_related(tx, ids[name], EDITIONS[name], "situs")
            assert first.headline == ARTICLES[article.first].headline
            assert first.url == f"https://warta.example/{ids[article.first]}"
            assert first.number == tx.get_one(Submission, ids[article.first]).number
            assert len(found) <= 3
            assert article.headline not in [each.headline for each in found]  # not itself


@pytest.mark.parametrize(
    ("target", "wanted", "stands"),
    [("arsip", "up", True), ("situs", "down", True), ("situs", "up", False)],
)
def test_what_does_not_stand_at_the_leading_target_is_not_related(
    filled: Store, target: str, wanted: Wanted, stands: bool
) -> None:
    with filled.begin() as tx:
        one, other, *_ = list_ids(tx)
        name, first = NAMES[:2]
        publish(tx, other, EDITIONS[first], target=target, wanted=wanted, stands=stands)
        assert terms.find_related(tx, one, EDITIONS[name], "situs") == ()


def test_a_correction_changes_what_an_article_is_found_by(filled: Store) -> None:
    with filled.begin() as tx:
        one, other, *_ = list_ids(tx)
        asked = EDITIONS["usaha-lette"]
        publish(tx, other, EDITIONS["usaha-parepare"])
        assert len(terms.find_related(tx, one, asked, "situs")) == 1
        terms.keep_terms(tx, other, EDITIONS["tukang-palembang"])
        assert terms.find_related(tx, one, asked, "situs") == ()
        kept = tx.execute(select(EditionTerm.term).where(EditionTerm.submission_id == other)).all()
        assert ("kota palembang",) in kept
        terms.drop_terms(tx, other)
        assert tx.execute(select(EditionTerm.term)).all() == []


def test_an_article_keeps_its_places_and_at_most_thirty_words(filled: Store) -> None:
    with filled.begin() as tx:
        publish_all(tx)
        for submission_id in list_ids(tx)[: len(NAMES)]:
            kept = tx.scalars(
                select(EditionTerm.is_place).where(EditionTerm.submission_id == submission_id)
            ).all()
            assert kept.count(False) <= MOST_WORDS
            assert kept.count(True) >= 2


def test_two_queries_however_many_stand(filled: Store) -> None:
    counted = []
    with filled.begin() as tx:
        asked, *others = list_ids(tx)
        publish(tx, others[0], EDITIONS["siantan-genangan"])
        for more in ((), others[1:]):
            for at, submission_id in enumerate(more):
                text = f"Kelurahan Siantan Hulu membangun drainase ke{'abcdefghij'[at % 10]}saru."
                publish(tx, submission_id, make_edition(text), days=-at - 1)
            with queries(filled) as seen:
                found = terms.find_related(tx, asked, EDITIONS["siantan-drainase"], "situs")
            counted.append((len(found), len(seen)))
            assert found[0].headline == "Drainase Rampung, Siantan Hulu Bebas Genangan"
            with queries(filled) as seen:
                terms.keep_terms(tx, asked, EDITIONS["siantan-drainase"])
            assert len(seen) == 3
            terms.drop_terms(tx, asked)
    assert counted == [(1, 2), (3, 2)]


def test_a_very_long_article_is_looked_up_all_the_same(filled: Store) -> None:
    words = " ".join(
        f"kata{a}{b}{c}" for a in "abcdefghijk" for b in "abcdefghijk" for c in "abcdefghijk"
    )
    with filled.begin() as tx:
        one, other, *_ = list_ids(tx)
        publish(tx, other, EDITIONS["siantan-genangan"])
        text = f"Kelurahan Siantan Hulu: genangan, genangan, drainase, drainase. {words}"
        assert len(terms.find_related(tx, one, make_edition(text), "situs")) == 1
