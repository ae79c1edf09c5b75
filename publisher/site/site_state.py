"""What the generated queue remembers of itself: the rows of what is active, how the views are cut,
and up to where it knows the history. Beside the pages, written last."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from publisher.site.cut import Key, Series, recut
from publisher.site.pages import LIVE, Entry, View

STATE = ".site.msgpack"


class History(Struct, frozen=True, kw_only=True):
    """Up to where the events are known: every one up to `floor`, and of the later ones `seen`.
    (Two transactions may commit in the other order than their events are numbered.) `late`: what
    was received before this day waits too long."""

    floor: int = 0
    seen: frozenset[int] = frozenset()
    late: date = date.min


class SiteState(Struct, frozen=True, kw_only=True):
    """`house`: what every page is made of. `entries`: the rows of the live views, by id. `series`:
    the pages, by the name of a view or of a view and its month ("archive/2026-11")."""

    house: str = ""
    history: History = History()
    entries: Mapping[int, Entry] = {}
    series: Mapping[str, Series] = {}
    calendar: str = ""  # the month that was when its pages were written: "2026-11"


_DECODER = msgspec.msgpack.Decoder(SiteState)


def load(folder: Path) -> SiteState:
    """The state of the pages in `folder`; an empty one when there is none that can be read."""
    try:
        return _DECODER.decode((folder / STATE).read_bytes())
    except (OSError, msgspec.DecodeError):
        return SiteState()


def encode(state: SiteState) -> bytes:
    """What `load` reads."""
    return msgspec.msgpack.encode(state)


def with_changes(
    state: SiteState, changed: Mapping[int, Entry | None], zone: ZoneInfo, *, whole: bool = False
) -> SiteState:
    """The state after these rows changed; None: the row is gone. `whole`: these are all there
    are. Only the series that change are other objects."""
    entries = {} if whole else dict(state.entries)
    for identifier, entry in changed.items():
        if entry is not None and any(view in LIVE for view, _ in entry.places):
            entries[identifier] = entry
        else:
            entries.pop(identifier, None)
    months = _months(state.series, changed, zone, whole=whole)
    return msgspec.structs.replace(
        state, entries=entries, series=_live(state.series, entries) | months
    )


def _live(series: Mapping[str, Series], entries: Mapping[int, Entry]) -> dict[str, Series]:
    keys: dict[View, list[Key]] = {view: [] for view in LIVE}
    for identifier, entry in entries.items():
        for view, at in entry.places:
            if view in keys:
                keys[view].append(key(at, identifier))
    return {view: recut(series.get(view, Series()), sorted(found)) for view, found in keys.items()}


def _months(
    series: Mapping[str, Series],
    changed: Mapping[int, Entry | None],
    zone: ZoneInfo,
    *,
    whole: bool,
) -> dict[str, Series]:
    kept = {name: one for name, one in series.items() if name not in LIVE}
    added: dict[str, list[Key]] = {}
    for identifier, entry in changed.items():
        for view, at in entry.places if entry else ():
            if view not in LIVE:
                added.setdefault(month_of(view, at, zone), []).append(key(at, identifier))
    for name in {*kept, *added} if whole else _touched(kept, added, changed):
        before = kept.pop(name, Series())
        rows = () if whole else (row for part in before.parts for row in part.rows)
        keys = sorted({*added.get(name, ()), *(row for row in rows if row[1] not in changed)})
        if keys:
            kept[name] = recut(before, keys)
    return kept


def _touched(
    kept: Mapping[str, Series], added: Mapping[str, list[Key]], changed: Mapping[int, Entry | None]
) -> set[str]:
    """The months a changed row is in, or was."""
    was = {
        name
        for name, series in kept.items()
        for part in series.parts
        if any(identifier in changed for _, identifier in part.rows)
    }
    return was | set(added)


def key(at: datetime, identifier: int) -> Key:
    """Where a row stands in the order of an instant."""
    return int(at.timestamp() * 1_000_000), identifier


def month_of(view: View, at: datetime, zone: ZoneInfo) -> str:
    """The name of a month's series: "archive/2026-11"."""
    return f"{view}/{at.astimezone(zone):%Y-%m}"
