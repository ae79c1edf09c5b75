"""The article is no longer than the redaksi prints.

"1-2 layar atau 2.500 karakter tanpa spasi" is measured in characters without spaces; `pass_if =
"either"` also passes what fits `max_pages` pages. Title, captions and byline are not counted: so
the redaksi's own text counts 4,045. The finding tells after which sentence the limit is reached.

Source: decisions.md, row "length".
"""

import re
from collections.abc import Iterator
from typing import Annotated, Literal

from msgspec import Meta, Struct

from redaksi.model import Document, Paragraph, Run, Submission
from redaksi.text import clean
from redaksi.text.counting import count
from validators.rule import Example, Observed, Rule, Words
from validators.samples import make_document, make_submission
from validators.seen import find_article

_SENTENCE = re.compile(r"(?<=[.!?…])[\"”’)]*\s+")
MOST_QUOTED = 80  # characters of a document that a finding may quote: answering.md


class Limits(Struct, frozen=True, kw_only=True):
    """How long an article may be."""

    max_characters: Annotated[
        int, Meta(gt=0, description="most characters, spaces not counted")
    ] = 2500
    max_pages: Annotated[
        float, Meta(gt=0, description='most pages; counts with pass_if = "either"')
    ] = 2.0
    pass_if: Annotated[
        Literal["characters", "either"],
        Meta(description='"characters"; "either": fitting max_pages passes too'),
    ] = "characters"  # noqa: S105


def check(submission: Submission, limits: Limits) -> Iterator[Observed]:
    """More characters than allowed, and more pages where pages count."""
    document = find_article(submission)
    if document is None or document.characters <= limits.max_characters:
        return
    if limits.pass_if == "either" and 0 < document.pages <= limits.max_pages:  # noqa: S105
        return
    yield Observed(
        subject=document.name,
        facts={
            "characters": str(document.characters),
            "most": str(limits.max_characters),
            "over": str(document.characters - limits.max_characters),
            "pages": f"{document.pages:.1f}" if document.pages > 0 else "",
            "most_pages": f"{limits.max_pages:g}" if limits.pass_if == "either" else "",  # noqa: S105
            "at": _last_sentence(document, limits.max_characters),
        },
    )


def _last_sentence(document: Document, most: int) -> str:
    """The end of the last whole sentence within the limit; "" where the paragraphs are not what
    was counted."""
    told = [
        p.text for p in document.paragraphs if p.role == "body" and p.story in ("body", "table")
    ]
    if sum(map(count, told)) != document.characters:
        return ""
    seen, last = 0, ""
    for sentence in (one for text in told for one in _SENTENCE.split(text) if one.strip()):
        seen += count(sentence)
        if seen > most:
            break
        last = clean.line(sentence, 1000)
    return last if len(last) <= MOST_QUOTED else "… " + last[2 - MOST_QUOTED :].partition(" ")[2]


_LONG = tuple(
    Paragraph(
        runs=(Run(text=f"Kalimat {n:03}." + "x" * 87 + ".", font="Times New Roman", size=12),),
        number=n,
    )
    for n in range(1, 31)
)
RULE = Rule(
    code="N005",
    name="text-too-long",
    section="length",
    severity="must",
    check=check,
    limits=Limits(),
    message={
        "id": Words(
            title="Naskah terlalu panjang",
            found="{characters:n} karakter tanpa spasi[ ({pages:d} halaman)], kelebihan {over:n} karakter"
            "[. Batasnya tercapai setelah kalimat: “{at}”]",
            rule="paling banyak {most:n} karakter, tidak termasuk spasi[, atau {most_pages:d} halaman]",
            fix="Ringkas naskah. Untuk memeriksanya, blok isi naskah saja, lalu buka Tinjau (Review) "
            "> Jumlah Kata (Word "
            "Count), baris Karakter (tanpa spasi). Judul, keterangan foto, dan baris penulis tidak kami hitung.",
        ),
        "en": Words(
            title="The text is too long",
            found="{characters:n} characters without spaces[ ({pages:d} pages)], {over:n} too many"
            "[. The limit falls after: “{at}”]",
            rule="at most {most:n} characters, not counting spaces[, or {most_pages:d} pages]",
            fix="Shorten the text. To check it, select the body only, then open Review > Word Count, "
            "line Characters (no "
            "spaces). We do not count the title, the captions or the author line.",
        ),
    },
    examples=(
        Example(
            what="exactly at the limit",
            submission=make_submission(documents=(make_document(characters=2500),)),
        ),
        Example(
            what="one above",
            submission=make_submission(documents=(make_document(characters=2501),)),
            says=("Warta.docx",),
        ),
        Example(
            what="far above, with its paragraphs",
            submission=make_submission(
                documents=(
                    make_document(characters=sum(count(p.text) for p in _LONG), paragraphs=_LONG),
                )
            ),
            says=("Warta.docx",),
        ),
        Example(
            what="not judged yet",
            submission=make_submission(documents=(make_document(characters=9000, judged=False),)),
        ),
    ),
)
