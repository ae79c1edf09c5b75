"""How much of an article's body is in the font, size and line spacing asked for, and where it is
not.

Every character that shows is weighed by the formatting Word shows it with; spaces never matter.
What could not be told (no font name, no size) is not held against anyone.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from ingest.read.document.metrics import LINE_HEIGHT
from redaksi.model import Fault, Place, Run, Share, Spacing
from redaksi.text import clean
from redaksi.text.counting import count

_MOST_PLACES = 5
_MOST_FOUND = 8
# One font under other names: PostScript names ("TimesNewRomanPS-BoldMT"), a face as a name ("Times
# New Roman Bold"), the names Word for Mac and old Windows give its character sets ("Times New Roman
# (Body CS)", "Times New Roman CE").
_FACES = re.compile(
    r"(?:\s*\([^)]*\)|[\s,_-]+(?:psmt|ps|mt|regular|bold|italic|bolditalic|bd|bi|it|ce|cyr|greek|tur|baltic))+$"
)
_JOINED = re.compile(r"(?:ps|mt|bold|italic|regular)+$")
_OTHERS = re.compile(r"[;,]")  # "Times New Roman, serif": what may stand in, as web pages list it
_SLACK = 0.01  # of a line: 1.004 lines is what Word stores for some paragraphs set to single
_HALF_STEP = 0.05  # points


class Part(Struct, frozen=True):
    """Body characters of one paragraph: visible runs in order."""

    number: int
    runs: tuple[Run, ...]
    spacing: Spacing


class Asked(Struct, frozen=True, kw_only=True):
    """What the redaksi asks for."""

    names: tuple[str, ...] = ("Times New Roman",)
    points: float = 12.0
    lines: float = 1.0


class Typography(Struct, frozen=True, kw_only=True):
    """Shares of the body's characters, 0..1, and the faults. A run told as a font fault is not
    told again as a size fault."""

    share: Share = Share()
    font: Fault = Fault()
    size: Fault = Fault()
    spacing: Fault = Fault()


class _Tally:
    """Wrong characters by value, and where they stand."""

    def __init__(self) -> None:
        self.found: defaultdict[str, int] = defaultdict(int)
        self.places: list[tuple[str, int, str]] = []  # value, paragraph, text
        self._last: tuple[int, str] | None = None
        self._text: list[str] = []

    def add(self, number: int, what: str, text: str, weight: int) -> None:
        self.found[what] += weight
        if self._last != (number, what):
            self.close()
            self._last = (number, what)
        self._text.append(text)

    def go_on(self, text: str) -> None:
        """Spaces between two wrong runs belong to the quotation."""
        if self._text:
            self._text.append(text)

    def close(self) -> None:
        if self._last is not None and self._text:
            number, what = self._last
            self.places.append((what, number, "".join(self._text)))
        self._last, self._text = None, []

    def fault(self, whole: int) -> Fault:
        self.close()
        ranked = sorted(self.found.items(), key=lambda item: (-item[1], item[0]))
        return Fault(
            found=tuple((what, round(n / whole, 4)) for what, n in ranked[:_MOST_FOUND]),
            places=self._chosen([what for what, _ in ranked]),
        )

    def _chosen(self, ranked: Sequence[str]) -> tuple[Place, ...]:
        """A place for each value, the weightiest first; room that is left goes to the first
        places there are."""
        chosen = [
            next(i for i, (found, _, _) in enumerate(self.places) if found == what)
            for what in ranked[:_MOST_PLACES]
        ]
        chosen += [i for i in range(min(len(self.places), 2 * _MOST_PLACES)) if i not in chosen]
        return tuple(_place(*self.places[i]) for i in sorted(chosen[:_MOST_PLACES]))


def _place(what: str, number: int, text: str) -> Place:
    return Place(paragraph=number, quote=clean.quote(text), what=what)


def measure(parts: Iterable[Part], asked: Asked) -> Typography:
    """Weigh the body against what is asked for."""
    is_asked = make_matcher(asked.names)
    whole = wrong_font = wrong_size = wrong_spacing = 0
    font, size, spacing = _Tally(), _Tally(), _Tally()
    for part in parts:
        spaced_well = is_single(part.spacing, part.runs, asked.lines)
        for run in part.runs:
            weight = count(run.text)
            if not weight:
                for tally in (font, size, spacing):
                    tally.go_on(run.text)
                continue
            whole += weight
            right_size = run.size <= 0 or abs(run.size - asked.points) < _HALF_STEP
            right_font = is_asked(run.font)
            if not right_size:
                wrong_size += weight
            if not right_font:
                wrong_font += weight
                font.add(part.number, _named(run), run.text, weight)
            else:
                font.close()
            if right_font and not right_size:
                size.add(part.number, _named(run), run.text, weight)
            else:
                size.close()
            if not spaced_well:
                wrong_spacing += weight
                spacing.add(part.number, _spaced(part.spacing), run.text, weight)
    if not whole:
        return Typography()
    return Typography(
        share=Share(
            font=1 - wrong_font / whole,
            size=1 - wrong_size / whole,
            spacing=1 - wrong_spacing / whole,
        ),
        font=font.fault(whole),
        size=size.fault(whole),
        spacing=spacing.fault(whole),
    )


def make_matcher(names: Sequence[str]) -> Callable[[str], bool]:
    """Does a font name mean one of `names`? Case, spaces and the names of its faces do not
    matter."""
    wanted = {_squeezed(name) for name in names}
    known: dict[str, bool] = {"": True}

    def matches(font: str) -> bool:
        if font not in known:
            known[font] = bool(_forms(font) & wanted)
        return known[font]

    return matches


def _squeezed(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalnum())


def _forms(font: str) -> set[str]:
    first = _OTHERS.split(font, maxsplit=1)[0].strip().casefold()
    bare = _FACES.sub("", first)
    return {_squeezed(first), _squeezed(bare), _JOINED.sub("", _squeezed(bare))}


def is_single(spacing: Spacing, runs: Sequence[Run], most: float = 1.0) -> bool:
    """Are lines no further apart than `most` times their natural distance? "exact" and "atLeast"
    are in points."""
    if spacing.rule == "auto":
        return spacing.value <= most + _SLACK
    natural = max((run.size for run in runs), default=0.0) * LINE_HEIGHT
    return spacing.value <= natural * most + _HALF_STEP


def _named(run: Run) -> str:
    return clean.line(f"{run.font or '?'} {run.size:g}", 60)


def _spaced(spacing: Spacing) -> str:
    if spacing.rule == "auto":
        return f"{spacing.value:.2f}".rstrip("0").rstrip(".")
    return f"{'≥ ' if spacing.rule == 'atLeast' else ''}{spacing.value:g} pt"
