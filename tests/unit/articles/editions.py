"""Revisions and editions as tests of articles hand them in."""

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from publisher.articles.compose import compose_edition
from publisher.articles.edition import Amendments, Block, Edition, EditionFacts, Span
from publisher.articles.spans import read_line
from redaksi.model import Assessment, Document, Paragraph, Photo, Run, Story
from tests import builders

NOW = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)
FACTS = EditionFacts(
    uri="tag:warta.example,2026:W-2026-0143",
    submission="W-2026-0143",
    number=1,
    revision=2,
    made_by="Eko Prasetyo",
    made_at=NOW,
    first_made_at=NOW,
    editor="EPN",
    province="Kalimantan Barat",
    programme="Program Kotaku Provinsi {province}",
    credit="Redaksi Warta",
    category="Warta",
)
PROSE = (
    "Puluhan warga RT 03 bergotong royong membangun saluran air sepanjang 240 meter sejak pagi,"
    " Minggu (15/11)."
)


def run(text: str, *, bold: bool = False, hidden: bool = False, inserted: bool = False) -> Run:
    return Run(
        text=text, font="Times New Roman", size=12, bold=bold, hidden=hidden, inserted=inserted
    )


def paragraph(
    *runs: Run | str, story: Story = "body", listed: bool = False, role: str = "body"
) -> Paragraph:
    made = tuple(run(each) if isinstance(each, str) else each for each in runs)
    whole = builders.paragraph("", story=story, listed=listed, role=role)
    return msgspec.structs.replace(whole, runs=made)


def bold(text: str) -> Paragraph:
    return paragraph(run(text, bold=True))


def assess(
    *paragraphs: Paragraph | str, photos: Sequence[Photo] = (), **rest: object
) -> Assessment:
    """A revision whose document has these paragraphs; `rest` goes to the document."""
    made = tuple(paragraph(each) if isinstance(each, str) else each for each in paragraphs)
    document = builders.document(**{"paragraphs": made, **rest})
    return assess_document(document, photos=photos)


def assess_document(*documents: Document, photos: Sequence[Photo] = ()) -> Assessment:
    submission = builders.submission(documents=documents, photos=tuple(photos))
    return Assessment(submission=submission, findings=(), decision="accept")


def compose(judged: Assessment, amendments: Amendments | None = None, **facts: object) -> Edition:
    return compose_edition(
        judged, amendments or Amendments(), msgspec.structs.replace(FACTS, **facts)
    )


def show(blocks: Sequence[Block]) -> list[str]:
    """ "h3 Hasil", "p Warga …", "ul satu | dua"; strong in asterisks."""
    return [f"{block.kind} {' | '.join(map(_show_line, block.lines))}" for block in blocks]


def _show_line(line: tuple[Span, ...]) -> str:
    return "".join(f"*{span.text}*" if span.strong else span.text for span in line)


def read_body(edition: Edition) -> str:
    return "\n".join(read_line(line) for block in edition.body for line in block.lines)
