"""The text of a mail: the first 400,000 characters are kept, the rest is counted."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.read.budget import KEPT_TEXT, Budget
from ingest.read.document.answer_size import MOST, measure_answer, shrink
from ingest.read.document.folding import CUT, MOST_LINE, fold
from ingest.read.document.reading import Reading
from redaksi.limits import MB, Safety
from redaksi.model import Label, Paragraph, Run
from tests import builders
from tests.unit.budgets.reading import WORD, assert_left, read, subjects, whole

WORDS = "kata lain "  # eight characters that count


def lines(*sizes: int) -> Reading:
    return Reading(kind="docx", paragraphs=tuple(builders.paragraph("x" * size) for size in sizes))


@pytest.mark.parametrize(
    ("paragraphs", "counted"),
    [
        ([WORDS * 900] * 60, 60 * 900 * 8),  # within a line's length, too many
        ([WORDS * 5000], 5000 * 8),  # one line
        ([WORDS * 90_000], 90_000 * 8),
        ([WORDS * 2, *[WORDS * 3000] * 3], 9002 * 8),
    ],
)
def test_what_is_cut_is_counted(paragraphs: list[str], counted: int) -> None:
    found = read([("naskah.docx", builders.docx(paragraphs, font="Calibri"))])
    assert_left(found, "budget", which="text")
    document = whole(found).documents[0]
    assert document.characters == counted
    assert CUT in document.notes
    assert sum(len(each.text) for each in document.paragraphs) <= KEPT_TEXT
    codes = {finding.code for each in found.assessments for finding in each.findings}
    assert codes == {"N005"}  # the length is so; of fonts and what is lacking nothing is said


def test_two_documents_share_it() -> None:
    long = [builders.docx([f"{n}{WORDS}" * 700] * 40) for n in range(2)]
    found = read([("a.docx", long[0]), ("b.docx", long[1])])
    assert found.decision == "review"
    kept = [p.text for a in found.assessments for d in a.submission.documents for p in d.paragraphs]
    assert sum(map(len, kept)) <= KEPT_TEXT


def test_a_text_file_counts_too() -> None:
    found = read([("naskah.docx", WORD), ("catatan.txt", b"kata " * 100_000)])
    assert_left(found, "budget", which="text")
    assert subjects(found) <= {"naskah.docx"}


def test_a_paragraph_of_several_lines_is_not_one_line() -> None:
    text = "\n".join(["x" * MOST_LINE] * 3)
    reading = Reading(kind="docx", paragraphs=(builders.paragraph(text),))
    assert fold(reading, Budget(Safety())).reading is reading


@given(st.lists(st.integers(0, 2 * MOST_LINE), max_size=60))
@settings(max_examples=40, deadline=None)
def test_nothing_is_lost_from_the_count(sizes: list[int]) -> None:
    budget = Budget(Safety())
    folded = fold(lines(*sizes), budget)
    kept = sum(len(each.text) for each in folded.reading.paragraphs)
    assert kept <= KEPT_TEXT
    assert kept + folded.count("body") == sum(sizes)
    assert bool(budget.reasons) == (kept < sum(sizes))


@given(st.integers(0, 30_000), st.integers(0, 6), st.integers(0, 400), st.integers(0, 9000))
@settings(max_examples=15, deadline=None)
def test_a_submission_fits_into_an_answer(
    runs: int, documents: int, labels: int, length: int
) -> None:
    run = Run(text="é", font="Times New Roman", size=12.0)
    paragraphs = (Paragraph(runs=(run,) * runs), *(Paragraph(runs=(run,)),) * runs)
    some = tuple(Label(text="é" * length, key=str(n)) for n in range(labels))
    large = builders.submission(
        documents=tuple(
            builders.document(name=f"{n}.docx", paragraphs=paragraphs, captions=some)
            for n in range(documents)
        ),
        loose=some,
    )
    small = shrink(large)
    assert measure_answer(small) <= MOST
    assert [d.characters for d in small.documents] == [d.characters for d in large.documents]


def test_a_document_of_single_letters_fits_an_answer() -> None:
    many = builders.document(
        paragraphs=tuple(builders.paragraph(letter) for letter in "abcdefgh" * 20_000)
    )
    assert len(msgspec.msgpack.encode(shrink(builders.submission(documents=(many,))))) < 8 * MB
