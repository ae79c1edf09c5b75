"""Where a file belongs whose name or kind is one that people send by mistake."""

import pytest

from ingest.read.classify_files import sort
from redaksi.reasons import ReasonCode
from tests.builders import file

_NOISE = bytes(range(256)) * 9


@pytest.mark.parametrize(
    ("name", "kind", "place"),
    [
        ("Warta.docx.crdownload", "unknown", "word"),
        ("Warta.docx.part", "unknown", "word"),
        ("Belum dikonfirmasi 48213.crdownload", "unknown", "word"),
        ("~WRL0001.tmp", "unknown", "word"),
        ("AutoRecovery save of Warta.asd", "ole", "word"),
        ("Warta.wps", "ole", "word"),
        ("Warta.docx", "protected", "word"),
        ("Warta.gdoc", "gdoc", "rich"),
        ("Warta.fodt", "fodt", "rich"),
        ("Warta - Shortcut.lnk", "shortcut", "plain"),
        ("Warta.docx.lnk", "shortcut", "plain"),
        ("IMG_1.jpg.lnk", "shortcut", ReasonCode.SHORTCUT),
        ("Foto 1.jpg", "html", "photos"),
        ("Foto 1.jpeg", "pdf", "photos"),
        ("Foto 1.pdf", "pdf", "plain"),
        ("message.rpmsg", "rpmsg", ReasonCode.PROTECTED_MAIL),
        ("unduhan.tmp", "unknown", ReasonCode.NEITHER),
    ],
)
def test_each_file_has_its_place(name: str, kind: str, place: str) -> None:
    found = sort([file(name, _NOISE, kind)])
    places = [at for at in ("word", "rich", "plain", "texts", "photos") if getattr(found, at)]
    assert [*places, *(other.why.code for other in found.others)] == [place]
