"""An article is found by others while it stands at the leading target, and chooses its own when it is
first scheduled."""

from sqlalchemy import select

from desk.domain.similarity import text_of
from desk.store.publications import editions, terms
from desk.store.submissions import threads
from desk.store.tables import EditionTerm
from publisher.articles.edition import Edition, Related
from tests.contract.test_ask_again import Desk
from tests.contract.test_related import publish as publish_row
from tests.drill import pairs
from tests.ready_desk import decide, desk, schedule, state, tick
from tests.sites import Site, tools_of
from tests.unit.related.test_related import make_edition

REASON = "Sudah disepakati dengan penulisnya."
__all__ = ["desk"]


def read_terms(at: Desk) -> set[str]:
    with at.app.store.read() as tx:
        return set(tx.scalars(select(EditionTerm.term).where(EditionTerm.submission_id == 1)))


def newest(at: Desk) -> Edition:
    with at.app.store.read() as tx:
        stored = editions.newest(tx, 1)
    assert stored is not None
    return stored.edition


def test_it_is_found_from_the_hour_it_stands_until_it_is_taken_down(desk: Desk) -> None:
    tools = tools_of(Site())
    schedule(desk)
    assert read_terms(desk) == set()
    tick(desk, tools, 61)
    assert state(desk) == "published"
    assert read_terms(desk)
    decide(desk, "withdraw", reason=REASON)
    tick(desk, tools)
    assert state(desk) == "withdrawn"
    assert read_terms(desk) == set()


def test_it_is_found_where_an_editor_gave_its_address(desk: Desk) -> None:
    schedule(desk)
    decide(desk, "publish", url="https://situs.example/warta/1", reason=REASON)
    assert read_terms(desk)


def test_what_goes_with_it_is_chosen_when_it_is_first_scheduled(desk: Desk) -> None:
    desk.take_in(pairs.pair(2)[0])
    desk.examine()
    with desk.app.store.begin() as tx:
        judged = threads.newest(tx, 1)
        assert judged is not None
        text = text_of(judged.submission.document)
        publish_row(tx, 2, make_edition(text, province="", headline="Yang lain"))
        number = threads.get(tx, 2).number
    schedule(desk)
    (related,) = newest(desk).related
    assert related == Related(number=number, headline="Yang lain", url="https://warta.example/2")
    with desk.app.store.begin() as tx:
        terms.drop_terms(tx, 2)
    schedule(desk, minutes=120, headline="Judul baru")
    assert newest(desk).headline == "Judul baru"
    assert newest(desk).related == (related,)  # an editor saw it, and may strike it
