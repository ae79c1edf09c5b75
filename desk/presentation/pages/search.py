"""What is found by words, as a page of rows."""

from msgspec import Struct

from desk.app import App
from desk.presentation.pages.queue_list import ListRow, make_rows
from desk.store.search.find import find_number, find_page
from desk.store.submissions.queue_filter import PAGE, Key
from redaksi.text.search_words import ask_words


class Found(Struct, frozen=True, kw_only=True):
    """A page of it. `words`: what was looked for, none where the query has no word; `after`: where
    the next page begins."""

    rows: tuple[ListRow, ...]
    words: tuple[str, ...]
    after: Key | None = None


def search_page(app: App, query: str, after: int | None) -> Found:
    """The submissions that have every word of the query as a beginning, the newest first; `after`:
    those filed before this id."""
    words, now = ask_words(query), app.clock()
    with app.store.read() as tx:
        found = find_page(tx, words, after, PAGE)
        rows = make_rows(app, found.rows, found.keys, now)
    return Found(rows=rows, words=words, after=found.after)


def name_submission(app: App, query: str) -> str | None:
    """The number that a query asks for by itself; None where it is no number of ours."""
    with app.store.read() as tx:
        return find_number(tx, query, app.clock())
