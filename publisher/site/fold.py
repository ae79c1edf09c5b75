"""A submission's page of bounded length, whatever its mails hold. Pure.

Every section has a room of its own, in bytes of HTML. Its rows are cut to a size, taken one after
the other while the room lasts, and the rest is counted: the page says "dan n lagi". The rooms
together stay under MOST with what stands around them; a row's weight is what its words weigh
escaped, and what the template puts around them at most. Originals are not folded away: they lie
beside the page, and the folded lists name the newest.
"""

from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from publisher.site.pages import (
    Badge,
    Entry,
    Folded,
    Line,
    Mark,
    Page,
    Shot,
    Step,
)

MOST = 1_000_000  # bytes of HTML a page
_SPANS, _TOLD, _OFFERED = 200, 8, 10  # of one row
_BADGES, _COMMANDS, _SUMMARY, _FACTS = 12, 8, 60, 20
_LONG, _MIDDLE, _REASON, _SHORT, _BADGE = 10_000, 600, 320, 160, 60  # characters of one string

Row = TypeVar("Row")
Shown = TypeVar("Shown", bound=Struct)


class Room(Struct, frozen=True):
    """Bytes of HTML a section may take, and what the template puts around one row at most."""

    bytes: int
    around: int


ROOMS = {
    "unread": Room(40_000, 150),
    "lines": Room(330_000, 450),
    "shots": Room(160_000, 1_900),
    "inside": Room(40_000, 900),
    "loose": Room(30_000, 20),
    "set_aside": Room(20_000, 20),
    "words": Room(80_000, 450),
    "letters": Room(90_000, 700),
    "findings": Room(70_000, 450),
    "notes": Room(10_000, 10),
    "others": Room(60_000, 450),
    "mails": Room(20_000, 450),
    "history": Room(30_000, 200),
}


def fold(page: Page) -> Page:
    """The same page with as many rows of each section as its room holds; `folded` counts the
    rest. No link leads to a row that is not shown."""
    kept = {
        "unread": _take("unread", page.unread, lambda row: _cut(row, _MIDDLE)),
        "lines": _take("lines", page.lines, _cut_line),
        "shots": _take("shots", page.shots, _cut_shot),
        "inside": _take("inside", page.inside, _cut_shot),
        "loose": _take("loose", page.loose, lambda text: _shorten(text, _MIDDLE)),
        "words": _take("words", page.words, lambda row: _cut(row, _LONG)),
        "letters": _take("letters", page.letters, lambda row: _cut(row, _LONG)),
        "findings": _take("findings", page.findings, lambda row: _cut(row, _MIDDLE)),
        "set_aside": _take("set_aside", page.set_aside, lambda text: _shorten(text, _MIDDLE)),
        "notes": _take("notes", page.notes, lambda text: _shorten(text, _MIDDLE)),
        "others": _take("others", page.others, lambda row: _cut(row, _MIDDLE)),
        "mails": _take("mails", page.mails, lambda row: _cut(row, _MIDDLE)),
        "history": _take("history", page.history, _cut_step),
    }
    left = {name: len(getattr(page, name)) - len(rows) for name, rows in kept.items()}
    counts = {name: len(getattr(page, name)) for name in kept}
    short = replace(
        _cut(page, _MIDDLE),
        entry=fold_entry(page.entry),
        document=page.document and _cut(page.document, _MIDDLE),
        commands=tuple(_shorten(text, _SHORT) for text in page.commands[:_COMMANDS]),
        publication=tuple(_cut(fact, _MIDDLE) for fact in page.publication[:_FACTS]),
        folded=Folded(left=left, counts=counts, inside=sum(line.pictures for line in page.lines)),
        **kept,
    )
    return _unlink(short)


def fold_entry(entry: Entry) -> Entry:
    """A row of the index as bounded: some of its badges and findings, cut strings."""
    badges: tuple[Badge, ...] = tuple(_cut(badge, _BADGE) for badge in entry.badges[:_BADGES])
    return replace(
        _cut(entry, _SHORT),
        reason=_shorten(entry.reason, _REASON),
        publication=_shorten(entry.publication, _REASON),
        summary=tuple(_shorten(text, _SHORT) for text in entry.summary[:_SUMMARY]),
        more=entry.more + max(0, len(entry.summary) - _SUMMARY),
        badges=badges,
    )


def _take(name: str, rows: Sequence[Row], cut: Callable[[Row], Row]) -> tuple[Row, ...]:
    """The first rows, cut to a size, as long as the section's room lasts."""
    room, kept = ROOMS[name].bytes, []
    for row in rows:
        short = cut(row)
        room -= ROOMS[name].around + weigh(short)
        if room < 0:
            break
        kept.append(short)
    return tuple(kept)


def weigh(row: object) -> int:
    """The bytes of HTML that the words of a row take, each as often as a template may set it: a
    photo's name and caption stand in its picture's text too."""
    if isinstance(row, Line):
        return sum(60 + _bytes(text) for text, _ in row.spans) + sum(
            120 + _bytes(what) for _, what in row.told
        )
    if isinstance(row, Step):
        return _strings(row) + sum(30 + _bytes(text) for text in row.words)
    if isinstance(row, Shot):
        told = sum(120 + _bytes(each.found) for each in row.told)
        more = sum(30 + _bytes(text) for text in (*row.offered, *row.notes))
        return 2 * _strings(row) + told + more
    return _bytes(row) if isinstance(row, str) else _strings(row)


def _strings(row: object) -> int:
    return sum(_bytes(value) for value in _values(row) if isinstance(value, str))


def _values(row: object) -> Iterable[object]:
    return msgspec.structs.astuple(row) if isinstance(row, Struct) else ()


def _bytes(text: str) -> int:
    return len(escape(text).encode("utf-8", "replace"))


def _shorten(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _cut(row: Shown, most: int) -> Shown:
    """The same with every string of its own cut to `most` characters."""
    strings = {
        name: _shorten(value, most)
        for name in row.__struct_fields__
        if isinstance(value := getattr(row, name), str) and len(value) > most
    }
    return replace(row, **strings) if strings else row


def _cut_line(line: Line) -> Line:
    """The first stretches of a paragraph, and _LONG characters of it at most."""
    spans: list[tuple[str, Mark]] = []
    left = _LONG
    for text, mark in line.spans[:_SPANS]:
        spans.append((_shorten(text, left), mark))
        left -= len(text)
        if left <= 0:
            break
    if left > 0 and len(line.spans) > _SPANS:
        spans.append(("…", ""))
    told = tuple((index, _shorten(what, _SHORT)) for index, what in line.told[:_TOLD])
    return replace(line, spans=tuple(spans), told=told)


def _cut_step(step: Step) -> Step:
    words = tuple(_shorten(text, _MIDDLE) for text in step.words[:_OFFERED])
    return replace(_cut(step, _MIDDLE), words=words)


def _cut_shot(shot: Shot) -> Shot:
    short = _cut(shot, _MIDDLE)
    return replace(
        short,
        told=tuple(_cut(each, _MIDDLE) for each in shot.told[:_TOLD]),
        offered=tuple(_shorten(text, _MIDDLE) for text in shot.offered[:_OFFERED]),
        notes=tuple(_shorten(text, _MIDDLE) for text in shot.notes[:_OFFERED]),
    )


def _unlink(page: Page) -> Page:
    """No link to a paragraph, a photo or a finding that is folded away."""
    anchors = {f"p{line.number}" for line in page.lines} | {f"f{s.index}" for s in page.shots}
    findings = tuple(
        each if each.anchor in anchors or not each.anchor else replace(each, anchor="")
        for each in page.findings
    )
    shown = {each.index for each in findings}
    return replace(
        page,
        findings=findings,
        lines=tuple(_unlink_line(line, shown) for line in page.lines),
        shots=tuple(_unlink_shot(shot, shown) for shot in page.shots),
    )


def _unlink_line(line: Line, shown: set[int]) -> Line:
    told = tuple((index, what) for index, what in line.told if index in shown)
    return line if told == line.told else replace(line, told=told)


def _unlink_shot(shot: Shot, shown: set[int]) -> Shot:
    told = tuple(each for each in shot.told if each.index in shown)
    return shot if told == shot.told else replace(shot, told=told)
