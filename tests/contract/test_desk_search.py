"""Search: the same words find the same submissions on both databases; what is filed, decided and
forgotten is what is found."""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import Struct
from sqlalchemy import func, select, text, update

from desk.store import Store
from desk.store.people import contributors
from desk.store.search.find import find_number, list_found
from desk.store.search.index import index, list_stale
from desk.store.submissions import submission_rows
from desk.store.tables import Person, Submission, SubmissionSearch
from desk.workflow import clock
from desk.workflow.reading import index_old
from redaksi.text.search_words import ask_words, list_words
from tests.contract.conftest import NOW
from tests.contract.test_threads import queries
from tests.desk_web import Browser, Page, add_account, served, signed_in
from tests.filing import At, arrive, examination, file, filing, judged
from tests.filler import fill
from tests.postoffice import Bench, bench

EACH = 20  # texts and queries of an example; 25 examples: 500 of each
SIGNS = "aAbBcw019 -_.'\"*:&|!()ñéİßﬁﬀ\u0301\u00a0жَ東"
PIECE = st.text(alphabet=SIGNS, max_size=30)


def found(store: Store, query: str) -> list[str]:
    """The numbers of what a query finds."""
    with store.read() as tx:
        ids = list_found(tx, ask_words(query))
        named = dict(tx.execute(select(Submission.id, Submission.number)).all())
    return [named[each] for each in ids]


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.lists(PIECE, min_size=EACH, max_size=EACH),
    st.lists(PIECE, min_size=EACH, max_size=EACH),
)
def test_a_database_finds_what_plain_python_finds(
    store: Store, texts: list[str], asked: list[str]
) -> None:
    """Both databases answer as Python does, and so as each other."""
    with store.read() as tx:
        is_empty = tx.scalar(select(func.count()).select_from(Submission)) == 0
    if is_empty:
        fill(store, EACH, NOW)
    with store.begin() as tx:
        tx.execute(text("DELETE FROM submission_search"))
        tx.add_all(
            SubmissionSearch(submission_id=place, words=" ".join(list_words(each)))
            for place, each in enumerate(texts, 1)
        )
    with store.read() as tx:
        for query in asked:
            words = ask_words(query)
            assert list_found(tx, words) == by_hand(texts, words), query


def by_hand(texts: list[str], words: tuple[str, ...]) -> list[int]:
    """The places of the texts that have every word as a beginning, the newest first."""
    return [
        place
        for place, each in reversed(list(enumerate(texts, 1)))
        if words and all(any(w.startswith(word) for w in list_words(each)) for word in words)
    ]


def test_what_is_filed_is_found_by_all_that_it_says(store: Store, at: At) -> None:
    number = file(store, at(0), examination(judged())).submissions[0].number
    for query in (
        "panen", "PANEN", "pan", "naskah.docx", "IMG_1", "kubu raya", "ani", "ani@example.id",
        "kirim", "0001", "2026 panen",
    ):  # fmt: skip
        assert found(store, query) == [number], query
    for query in ("anen", "panen sawah", "", "x", "*", '"panen', "panen' OR"):
        assert found(store, query) == ([number] if query == '"panen' else []), query


def test_a_newer_revision_brings_its_words_and_the_accepted_one_keeps_its_own(
    store: Store, at: At
) -> None:
    first = file(store, at(0), examination(judged(name="lama.docx"))).submissions[0]
    file(store, at(1), examination(judged(name="baru.docx")), uid=2, into=first.id)
    assert (found(store, "lama"), found(store, "baru")) == ([], [first.number])
    with store.begin() as tx:
        tx.execute(update(Submission).values(accepted_revision=1))
        index(tx, first.id)
    assert found(store, "lama") == found(store, "baru") == [first.number]


def test_what_was_written_about_it_is_found(store: Store, at: At) -> None:
    first = file(store, at(0), examination(judged())).submissions[0]
    told = msgspec.structs.replace(examination(decision="ignore"), written="Mohon ditunda dulu")
    mail_id = arrive(store, at(1), 2)
    with store.begin() as tx:
        about = msgspec.structs.replace(filing(mail_id, at(1), told), into=first.id)
        submission_rows.attach(tx, about, "message")
    assert found(store, "ditunda") == [first.number]
    with store.begin() as tx:
        index(tx, first.id)  # by what is on record now
    assert found(store, "ditunda") == [first.number]


def test_of_a_forgotten_person_the_number_alone_is_found(store: Store, at: At) -> None:
    filed = file(store, at(0), examination(judged()))
    file(store, at(1), examination(judged()), uid=2)  # of the same person
    assert filed.person_id is not None
    with store.begin() as tx:
        contributors.forget(tx, filed.person_id, at(2))
    assert found(store, "ani") == found(store, "panen") == []
    assert found(store, "0001") == [filed.submissions[0].number]
    with store.read() as tx:
        assert tx.get_one(Person, filed.person_id).forgotten_at == at(2)
        kept = list(tx.scalars(select(SubmissionSearch.words)))
    assert kept == ["2026 0001", "2026 0002"]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # PostgreSQL vacuums by itself
def test_nothing_forgotten_stays_in_the_pages_of_the_index(store: Store, at: At) -> None:
    filed = file(store, at(0), examination(judged(name="Rahasiakusendiri.docx")))
    assert filed.person_id is not None
    count = text(
        "SELECT count(*) FROM submission_fts_data WHERE instr(block, 'ahasiakusendiri') > 0"
    )
    with store.read() as tx:
        assert tx.scalar(count) == 1
    with store.begin() as tx:
        contributors.forget(tx, filed.person_id, at(2))
    with store.read() as tx:
        assert tx.scalar(count) == 0


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("143", "W-2026-0143"), ("0143", "W-2026-0143"), ("W-2026-0143", "W-2026-0143"),
        (" w-2026-0143 ", "W-2026-0143"), ("w-2026-143", "W-2026-0143"), ("W-2025-0143", "W-2025-0143"),
        ("7", "W-2025-0007"), ("M-2026-0007", None), ("144", None), ("W-2024-0143", None),
        ("", None), ("1430000000000", None), ("143 x", None), ("１４３", None), ("-143", None),
    ],
)  # fmt: skip
def test_a_number_alone_names_its_submission(store: Store, query: str, wanted: str | None) -> None:
    fill(store, 4, NOW)
    numbers = ("W-2025-0143", "W-2026-0143", "W-2025-0007", "M-2026-0007")
    with store.begin() as tx:
        for place, number in enumerate(numbers, 1):
            tx.execute(update(Submission).where(Submission.id == place).values(number=number))
        hidden = update(Submission).where(Submission.number.startswith("M-"))
        tx.execute(hidden.values(state="not_a_submission"))
    with store.read() as tx:
        assert find_number(tx, query, NOW) == wanted


def test_what_an_older_release_filed_becomes_findable_by_the_clock(
    old_store: Store, tmp_path: Path
) -> None:
    """The migration marks; a tick writes so many."""
    with bench(tmp_path / "beside", NOW) as on:
        app = msgspec.structs.replace(on.app, store=old_store)
        with old_store.read() as tx:
            every = list(tx.scalars(select(Submission.id).order_by(Submission.id.desc())))
            title, number = tx.execute(
                select(Submission.title, Submission.number).where(
                    Submission.title != "", Submission.state != "not_a_submission"
                )
            ).first() or ("", "")
            assert list_stale(tx, 1_000) == every
            batches = index_old.due(tx, app)
        assert found(old_store, title) == []
        assert sum(index_old.index_some(app, batch) for batch in batches) == len(every)
        with old_store.read() as tx:
            assert index_old.due(tx, app) == []
        assert number in found(old_store, title)
    assert (index_old.due, index_old.index_some) in clock.TASKS


class Office(Struct, frozen=True):
    """A desk that can be searched, and somebody who reads it."""

    on: Bench
    rini: Browser


@pytest.fixture
def office(database: str, tmp_path: Path) -> Iterator[Office]:
    with bench(tmp_path, NOW, database) as on:
        fill(on.app.store, 130, NOW)
        with on.app.store.begin() as tx:
            for place in tx.scalars(select(Submission.id)).all():
                tx.add(SubmissionSearch(submission_id=place, words=f"warga kata{place}"))
        add_account(on.app, "rini@example.org", "reader")
        with served(on.app) as base:
            yield Office(on, signed_in(base, "rini@example.org"))


def numbers(page: Page) -> list[str]:
    assert page.status == 200
    return re.findall(r'<a class="t" href="/kiriman/([\w-]+)', page.text)


def test_results_are_turned_page_by_page_the_newest_first(office: Office) -> None:
    first = office.rini.get("/cari?q=Warga")
    assert len(numbers(first)) == 50
    rest: list[str] = []
    page = first
    while turned := re.search(r'<a href="(/cari[^"]+)" rel="next">', page.text):
        page = office.rini.get(turned[1].replace("&amp;", "&"))
        rest += numbers(page)
    with office.on.app.store.read() as tx:
        shown = Submission.state != "not_a_submission"
        every = tx.scalars(select(Submission.number).where(shown).order_by(Submission.id.desc()))
        assert numbers(first) + rest == list(every)


def test_a_page_of_results_costs_the_same_for_one_and_for_fifty(office: Office) -> None:
    counted = set()
    for query, rows in (("warga", 50), ("kata77", 1)):
        with queries(office.on.app.store) as seen:
            page = office.rini.get(f"/cari?q={query}")
        assert len(numbers(page)) == rows
        assert len(page.content) <= 60_000
        counted.add(len(seen))
    assert len(counted) == 1
    assert counted.pop() <= 12


def test_a_number_alone_opens_its_page(office: Office) -> None:
    answer = office.rini.get("/cari?q=w-2026-00077")
    assert (answer.status, answer.location) == (303, "/kiriman/W-2026-00077") or (
        answer.status == 200  # the filler's numbers have a digit more than ours
    )
    with office.on.app.store.begin() as tx:
        tx.execute(update(Submission).where(Submission.id == 77).values(number="W-2026-0077"))
    for query in ("77", "W-2026-0077", "w-2026-0077+"):
        answer = office.rini.get(f"/cari?q={query}")
        assert (answer.status, answer.location) == (303, "/kiriman/W-2026-0077")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "Semua kata harus ada"),
        ("zzz", "Tidak ada naskah dengan kata: zzz."),
        ("%D0%96", "Tulis sekurangnya satu kata"),
        ("%3Cscript%3Ealert(1)%3C/script%3E", "Tidak ada naskah dengan kata: script alert."),
        ("a" * 3_000, "Tulis sekurangnya satu kata"),
        ("%00%ff", "Semua kata harus ada"),
    ],
)
def test_what_finds_nothing_says_why(office: Office, query: str, sentence: str) -> None:
    page = office.rini.get(f"/cari?q={query}")
    assert page.status == 200
    assert sentence in page.text
    assert "<script>alert" not in page.text


@pytest.mark.parametrize("after", ["x", "-1", "99999999999", "٣"])
def test_an_address_that_no_page_of_ours_has_is_no_page(office: Office, after: str) -> None:
    assert office.rini.get(f"/cari?q=warga&setelah={after}").status == 404
