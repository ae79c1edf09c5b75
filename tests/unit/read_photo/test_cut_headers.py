"""A JPEG that ends before its picture does is a cut file, whatever a decoder makes of the rest: of a
header without a scan simplejpeg tells a KeyError, Pillow that it knows no such file."""

import pytest

from ingest.read.photo.jpeg import scan_jpeg
from redaksi.reasons import ReasonCode, code_of
from tests.unit.read_photo.pictures import picture, read, saved

KINDS = {
    "baseline": saved(picture(), "JPEG"),
    "progressive": saved(picture(), "JPEG", progressive=True),
    "grey": saved(picture(mode="L"), "JPEG"),
    "CMYK": saved(picture(mode="CMYK"), "JPEG"),
    "with restart markers": saved(picture(), "JPEG", restart_marker_blocks=4),
    "with EXIF": saved(picture(), "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0"),
}
END = b"\xff\xd9"
CUT = (ReasonCode.PICTURE_NOT_BEGUN, ReasonCode.PICTURE_CUT)


def _find_header_end(content: bytes) -> int:
    """Where the coded data of the first scan begins."""
    scan = next(s for s in scan_jpeg(content).segments if s.marker == 0xDA)
    return scan.body - 2 + int.from_bytes(content[scan.body - 2 : scan.body], "big")


def _find_markers(content: bytes) -> list[int]:
    """Where each segment of the header begins and ends."""
    begins = [s.start for s in scan_jpeg(content).segments if s.marker != 0xD9]
    return [*(at for at in begins if at < _find_header_end(content)), _find_header_end(content)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_header_cut_anywhere_is_damage(kind: str) -> None:
    whole = KINDS[kind]
    for length in range(3, _find_header_end(whole) + 1):
        photo = read(whole[:length])
        assert (photo.intact, photo.judged, photo.notes) == (False, True, ()), length
        assert code_of(photo.damage) in CUT, length


@pytest.mark.parametrize("kind", KINDS)
def test_so_is_one_cut_at_a_marker_that_was_given_an_end(kind: str) -> None:
    whole = KINDS[kind]
    for length in _find_markers(whole):
        photo = read(whole[:length] + END)
        assert (photo.intact, photo.judged) == (False, True), length
        assert code_of(photo.damage) is ReasonCode.PICTURE_NOT_BEGUN, length
