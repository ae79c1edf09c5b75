"""An article in one paragraph, its lines parted by Shift+Enter: as many lines and runs as there
may be."""

import time

from ingest.read.document.document import read_document
from redaksi.limits import Safety
from tests.builders import file
from tests.unit.document.word_parts import TIMES_12, package

_LINE = "Baris nomor sekian yang panjangnya sedang saja, seperti pada naskah."


def test_the_time_grows_with_the_lines_not_with_their_square() -> None:
    runs = "".join(
        f"<w:r><w:rPr>{'<w:b/>' if at % 2 else ''}</w:rPr><w:t>{_LINE}</w:t><w:br/></w:r>"
        for at in range(20_000)
    )
    content = package(f"<w:p>{runs}</w:p>", styles=TIMES_12)
    begun = time.process_time()
    document = read_document(file("Naskah.docx", content, "docx"), Safety())
    assert document.characters == 20_000 * len(_LINE.replace(" ", ""))
    assert time.process_time() - begun < 25  # by the square it is minutes


def test_a_line_is_cut_out_of_the_runs_it_lies_in() -> None:
    body = (
        "<w:p><w:r><w:t xml:space='preserve'>Penulis: Sri </w:t></w:r>"
        "<w:r><w:rPr><w:b/></w:rPr><w:t>Wahyuni</w:t><w:br/>"
        f"<w:t>{_LINE}</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>rahasia</w:t></w:r>"
        f"<w:r><w:t xml:space='preserve'> {_LINE}</w:t><w:br/><w:t>Editor: Budi</w:t></w:r></w:p>"
    )
    document = read_document(file("Naskah.docx", package(body, styles=TIMES_12), "docx"), Safety())
    assert document.byline is not None
    assert document.byline.name == "Sri Wahyuni"
    assert document.characters == 2 * len(_LINE.replace(" ", ""))
