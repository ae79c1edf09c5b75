"""How fast a .docx is read, against python-docx opening it and walking its runs, in one run of
one process."""

import io
import subprocess
import sys
import time
from collections.abc import Callable

import docx as python_docx
from docx.shared import Pt

from ingest.read.document import docx
from redaksi.limits import Safety

_SENTENCE = "Pemerintah desa {} membuka jalan baru untuk warga di tepi sungai nomor {}. "


def article(characters: int) -> bytes:
    """A document of about so many characters without spaces, as an office writes it: a few runs
    a paragraph."""
    document = python_docx.Document()
    made = number = 0
    while made < characters:
        paragraph = document.add_paragraph()
        for place in range(4):
            number += 1
            text = _SENTENCE.format(number * 7919 % 1000, number)
            run = paragraph.add_run(text)
            run.font.name, run.font.size, run.bold = "Times New Roman", Pt(12), place == 2 or None
            made += len(text.replace(" ", ""))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def walk(content: bytes) -> int:
    """What anyone would write with python-docx: every run of every paragraph."""
    return sum(
        len(run.text)
        for each in python_docx.Document(io.BytesIO(content)).paragraphs
        for run in each.runs
    )


def ratio(characters: int, repeats: int) -> float:
    """Processor time of our reading over python-docx's, the best of `repeats` taken in turns."""
    content = article(characters)
    safety = Safety(max_paragraphs=1_000_000)
    ours = theirs = float("inf")
    for _ in range(repeats):
        theirs = min(theirs, _seconds(lambda: walk(content)))
        ours = min(ours, _seconds(lambda: docx.read(content, safety)))
    return ours / theirs


def peak(characters: int) -> float:
    """Peak resident memory, in MB, of a process that does nothing but read such a document."""
    script = (
        "import sys; from ingest.read.document import docx; from redaksi.limits import Safety; "
        "docx.read(sys.stdin.buffer.read(), Safety(max_paragraphs=1_000_000)); "
        "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], input=article(characters), capture_output=True, check=True
    )
    return float(done.stdout) / 1024


def rows() -> list[tuple[str, float, str]]:
    """The figures of issue 3 for .docx: (what, figure, against)."""
    return [
        (".docx of 2,500 characters: ours / python-docx", ratio(2_500, 40), "at most 1.3, aim 1.0"),
        (".docx of 500,000 characters: ours / python-docx", ratio(500_000, 7), "at most 0.35"),
        (".docx of 500,000 characters: peak memory, MB", peak(500_000), "under 128"),
    ]


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
