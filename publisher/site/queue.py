"""The generated review queue: a static site, each file replaced by an atomic rename, only those
that changed, stale files removed last.

It holds personal data: folders are 0700, files 0600; serve it behind a login. No script runs in it,
and what came from a mail is text: Jinja's autoescape is on, a strict Content-Security-Policy stands
in every page, and originals are stored under names and endings of our choice.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from publisher.site.calendar_pages import (
    Months,
    files_of,
    month_at,
    touched_months,
    write_calendar,
)
from publisher.site.cut import Shown, dirty, shown
from publisher.site.feed import atom, plain_queue
from publisher.site.files import copy_assets, remove_page, replace, write_page
from publisher.site.fold import fold_entry
from publisher.site.pages import (
    FILES,
    LIVE,
    MONTHLY,
    PUBLISHED,
    Entry,
    Frame,
    Page,
    Passed,
    View,
    file_of,
    storable,
    view_of,
)
from publisher.site.publication import PublishedRow
from publisher.site.render import Render, house_of, renderer
from publisher.site.sharing import make_folder
from publisher.site.site_state import STATE, History, SiteState, encode, with_changes

WAITING = 75  # mails that wait to be examined, as many as are shown
_STAMP = re.compile(rb'<meta name="stamp" content="([^"]*)">')


class Source(Struct, frozen=True, kw_only=True):
    """Where the site reads what it does not remember."""

    entries: Callable[[Sequence[int]], Mapping[int, Entry]]  # settled submissions, by id
    passed: Callable[[Sequence[int]], Mapping[int, Passed]]  # mails that are no submission, by id
    page: Callable[[str], Page | None]  # everything about one submission, by number
    published: Callable[[Sequence[int]], Mapping[int, PublishedRow]]  # what stands, by id
    newest: Callable[[], Sequence[PublishedRow]]  # what stands, the newest first
    months: Months  # of the calendar, by name


class News(Struct, frozen=True, kw_only=True):
    """What happened since the site was last written and was `before`. `changed`: rows by id, None for what is gone;
    `waiting`: mails that nobody examined yet; `absent`: mails that we do not have; `whole`: these are all there are."""

    before: SiteState = SiteState()
    changed: Mapping[int, Entry | None]
    waiting: Sequence[Passed] = ()
    absent: Sequence[Passed] = ()
    history: History = History()
    whole: bool = False


def publish(folder: Path, frame: Frame, news: News, source: Source) -> int:
    """Write below `folder` what the news change; how many submission pages were written anew.

    A submission's page is rendered when its entry's stamp is another, a page of a view when its
    rows or its neighbours are, `index.html` always: it alone carries counts and the last poll.
    """
    make_folder(folder)
    before, house, render = news.before, house_of(frame), renderer(frame)
    news = _storable(news)
    after = with_changes(before, news.changed, ZoneInfo(frame.zone), whole=news.whole)
    current = month_at(frame.now, ZoneInfo(frame.zone))
    after = msgspec.structs.replace(after, house=house, history=news.history, calendar=current)
    written = _write_submissions(folder, frame, news, source, render)
    _write_views(folder, _Views(before, after, news, source, render))
    touched = set(touched_months(before, news.changed, ZoneInfo(frame.zone)))
    known = SiteState() if news.whole or before.house != house else before
    write_calendar(folder, known, current, touched, source.months, render)
    _write_feeds(folder, frame, after, news)
    if before.house != house:
        copy_assets(folder)
    if news.whole:
        _forget(folder, after, news)
    replace(folder / STATE, encode(after))
    return written


class _Views(Struct, frozen=True):
    before: SiteState
    after: SiteState
    news: News
    source: Source
    render: Render


def _storable(news: News) -> News:
    changed = {one: entry and storable(fold_entry(entry)) for one, entry in news.changed.items()}
    return msgspec.structs.replace(news, changed=changed)


def _write_submissions(
    folder: Path, frame: Frame, news: News, source: Source, render: Render
) -> int:
    written, house = 0, house_of(frame)
    for entry in news.changed.values():
        if entry is None or not _is_shown(entry):
            if entry is not None:
                remove_page(folder / entry.number)
            continue
        if _stamp_of(folder / entry.number / "index.html") == f"{house}-{entry.stamp}":
            continue
        if (page := source.page(entry.number)) is not None:
            write_page(folder, frame, page, render)
            written += 1
    return written


def _is_shown(entry: Entry) -> bool:
    return any(view != "mails" for view, _ in entry.places)


def _stamp_of(page: Path) -> str:
    """What a page was made of, as it says itself; "" when there is none."""
    try:
        with page.open("rb") as stream:
            found = _STAMP.search(stream.read(2_000))
    except OSError:
        return ""
    return found[1].decode() if found else ""


def _write_views(folder: Path, views: _Views) -> None:
    old, new, news = views.before, views.after, views.news
    known = {} if news.whole or old.house != new.house else old.series
    changed = frozenset(news.changed)
    for name, one in dirty(known, new.series, changed):
        if (view_of(name), one.part.number) != ("action", 0):
            replace(folder / file_of(name, one.part.number), _page_of(views, name, one))
    index = next(one for one in shown(new.series["action"]) if one.part.number == 0)
    counts = {view: sum(len(p.rows) for p in new.series[view].parts) for view in LIVE}
    replace(folder / FILES["action"], _page_of(views, "action", index, counts))
    for view in MONTHLY:
        waiting = news.waiting if view == "mails" else ()
        replace(folder / FILES[view], _landing(views, view, waiting))
    for name, series in old.series.items():
        kept = {p.number for p in new.series[name].parts} if name in new.series else set()
        for part in series.parts:
            if part.number not in kept and file_of(name, part.number) not in FILES.values():
                (folder / file_of(name, part.number)).unlink(missing_ok=True)


def _page_of(
    views: _Views, name: str, one: Shown, counts: Mapping[View, int] | None = None
) -> bytes:
    view = view_of(name)
    ids = [identifier for _, identifier in one.part.rows]
    before, after = (
        file_of(name, number) if number is not None else "" for number in (one.before, one.after)
    )
    if view in MONTHLY:
        ids.reverse()
        before, after = after, before
    template, rows = _rows(views, view, ids)
    return views.render(
        template,
        **rows,
        tab=view,
        month=name.partition("/")[2],
        before=before,
        after=after,
        counts=counts or {},
        index=counts is not None,
        absent=views.news.absent if counts is not None else (),
    )


def _rows(views: _Views, view: View, ids: Sequence[int]) -> tuple[str, dict[str, Sequence[Any]]]:
    """The template of a view's pages, and the rows of one of them."""
    if view in PUBLISHED:
        found = views.source.published(ids)
        return "published.html.j2", {"rows": [found[one] for one in ids if one in found]}
    if view == "mails":
        return "queue.html.j2", {"entries": (), "passed": _passed(views, ids)}
    return "queue.html.j2", {"entries": _entries(views, ids), "passed": ()}


def _entries(views: _Views, ids: Sequence[int]) -> list[Entry]:
    live, changed = views.after.entries, views.news.changed
    missing = [one for one in ids if one not in live and one not in changed]
    source = views.source.entries(missing) if missing else {}
    settled = {one: fold_entry(entry) for one, entry in source.items()}
    found = (live.get(one) or changed.get(one) or settled.get(one) for one in ids)
    return [entry for entry in found if entry is not None]


def _passed(views: _Views, ids: Sequence[int]) -> list[Passed]:
    found = views.source.passed(ids)
    return [found[one] for one in ids if one in found]


def _landing(views: _Views, view: View, waiting: Sequence[Passed]) -> bytes:
    """The months of a view, the newest first, and the files of their parts."""
    months = [
        (
            name.partition("/")[2],
            [file_of(name, part.number) for part in views.after.series[name].parts],
        )
        for name in sorted(views.after.series, reverse=True)
        if view_of(name) == view and name not in LIVE
    ]
    return views.render(
        "months.html.j2",
        tab=view,
        months=months,
        passed=waiting[:WAITING],
        rows=views.source.newest() if view == "published" else (),
        unlinked=any(view_of(name) == "unlinked" for name in views.after.series),
        counts={},
        index=False,
    )


def _write_feeds(folder: Path, frame: Frame, state: SiteState, news: News) -> None:
    entries = state.entries.values()
    replace(folder / "queue.json", plain_queue(entries, (*news.waiting, *news.absent)))
    replace(folder / "feed.atom", atom(entries, frame).encode())


def _forget(folder: Path, state: SiteState, news: News) -> None:
    """Remove what is no longer shown: retention reaches the generated queue, and so does an
    upgrade from pages of another cut."""
    numbers = {entry.number for entry in news.changed.values() if entry and _is_shown(entry)}
    for home in folder.glob("W-*"):
        if home.name not in numbers:
            remove_page(home)
    files = (
        {*FILES.values()}
        | files_of(state.calendar)
        | {
            file_of(name, part.number)
            for name, series in state.series.items()
            for part in series.parts
        }
    )
    for page in folder.glob("*.html"):
        if page.name not in files:
            page.unlink()
