"""A document's text within its mail's budget: what goes beyond is counted and left out before anything
is asked of it (a text of 171 MB fits into a file of one).

Who reads the counts reads the whole; who reads the words reads their beginning.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from ingest.read.budget import Budget
from ingest.read.document.reading import Reading
from redaksi.model import Paragraph, Run, Story
from redaksi.text.counting import count

MOST_LINE = 10_000  # characters of one line
CUT = "text-cut"  # the note of a document whose text goes on
_BREAKS = re.compile(r"([\n\v\f\r\u2028])")


class Folded(Struct, frozen=True, kw_only=True):
    """A reading within the budget, and how many visible characters of each story were left out."""

    reading: Reading
    left_out: Mapping[Story, int] = {}

    def count(self, *stories: Story) -> int:
        """How many were left out of these."""
        return sum(self.left_out.get(story, 0) for story in stories)


def fold(reading: Reading, budget: Budget) -> Folded:
    """The reading as far as the mail's budget of text goes, its lines cut to MOST_LINE; with the
    note CUT where that is not all of it."""
    left_out: Counter[Story] = Counter()
    kept: list[Paragraph] = []
    for paragraph in reading.paragraphs:
        shorter = _shorten(paragraph)
        if not budget.take_text(sum(len(run.text) for run in shorter.runs)):
            shorter = replace(paragraph, runs=())
        else:
            kept.append(shorter)
        if shorter is not paragraph:
            left_out[paragraph.story] += count(paragraph.text) - count(shorter.text)
    if not left_out:
        return Folded(reading=reading)
    budget.exceed("text")
    cut = replace(reading, paragraphs=tuple(kept), notes=(*reading.notes, CUT))
    return Folded(reading=cut, left_out=left_out)


def _shorten(paragraph: Paragraph) -> Paragraph:
    """The same where none of its lines is too long."""
    if sum(len(run.text) for run in paragraph.runs) <= MOST_LINE:
        return paragraph
    runs = tuple(_cut_lines(paragraph.runs))
    return paragraph if runs == paragraph.runs else replace(paragraph, runs=runs)


def _cut_lines(runs: Sequence[Run]) -> Iterator[Run]:
    """The runs with the first MOST_LINE characters of each line; a line may go over several."""
    room = MOST_LINE
    for run in runs:
        pieces: list[str] = []
        for piece in _BREAKS.split(run.text):
            if _BREAKS.fullmatch(piece):
                pieces.append(piece)
                room = MOST_LINE
            else:
                pieces.append(piece[:room])
                room -= len(pieces[-1])
        text = "".join(pieces)
        if text or not run.text:
            yield run if text == run.text else replace(run, text=text)
