"""Files made to lead a .doc reader in circles, out of the file, or through more than any
document has."""

import struct
import time

import pytest

from ingest.read.document import doc
from redaksi.errors import Hostile, Unreadable
from redaksi.limits import Safety
from tests.unit.document.doc_parts import TEXT, Made, StyleOf, compound, document, hps, streams

PATIENCE = 3.0  # seconds of CPU: against blow-ups; the figure itself is measured, not asserted
SOUND = document(Made(text="Warga bergotong royong membangun jalan.\r" * 200))


def refused(content: bytes, safety: Safety | None = None) -> Unreadable:
    start = time.process_time()
    with pytest.raises(Unreadable) as caught:
        doc.read(content, safety or Safety())
    assert time.process_time() - start < PATIENCE
    return caught.value


def patched(content: bytes, at: int, *numbers: int) -> bytes:
    written = struct.pack(f"<{len(numbers)}I", *numbers)
    return content[:at] + written + content[at + len(written) :]


def fat_at(content: bytes) -> int:
    """Where the allocation table lies: the first sector the header names."""
    return int(512 * (struct.unpack_from("<I", content, 76)[0] + 1))


def directory_sector(content: bytes) -> int:
    return int(struct.unpack_from("<I", content, 48)[0])


def test_the_sound_file_is_read() -> None:
    assert len(doc.read(SOUND, Safety()).paragraphs) == 200


def test_a_stream_whose_sectors_go_round_in_circles() -> None:
    looped = patched(SOUND, fat_at(SOUND) + 4 * 3, 0)
    assert refused(looped).kind == "broken"


def test_a_directory_whose_sectors_go_round_in_circles() -> None:
    sector = directory_sector(SOUND)
    assert refused(patched(SOUND, fat_at(SOUND) + 4 * sector, sector)).kind == "broken"


def test_a_directory_tree_that_goes_round_in_circles() -> None:
    entry = 512 * (directory_sector(SOUND) + 1) + 128
    assert refused(patched(SOUND, entry + 68, 1, 1, 1)).kind == "broken"


def test_tables_of_tables_that_go_round_in_circles() -> None:
    looped = patched(SOUND, 68, 1, 100_000)
    assert refused(looped).kind == "broken"
    few = patched(SOUND, 68, 1, 3)
    assert refused(few).kind == "broken"


def test_a_header_that_names_more_sectors_than_the_file_has() -> None:
    for at in (44, 64, 72):
        assert refused(patched(SOUND, at, 0xFFFFFFF0)).kind == "broken"


def test_a_sector_size_no_compound_file_has() -> None:
    assert refused(SOUND[:30] + struct.pack("<H", 60_000) + SOUND[32:]).kind == "broken"


def test_a_stream_larger_than_the_file() -> None:
    entry = 512 * (directory_sector(SOUND) + 1) + 128
    assert refused(patched(SOUND, entry + 120, 0x7FFFFFFF)).kind == "broken"


def test_a_chain_of_ten_thousand_siblings() -> None:
    many = compound(streams(Made()) | {f"aliran {number}": b"x" for number in range(1500)})
    assert refused(many).kind == "broken"


@pytest.mark.parametrize("place", [1, 12, 13, 15, 33, 6, 11, 40, 50])
def test_an_offset_of_the_information_block_past_the_end(place: int) -> None:
    for lie in ((0x7FFFFFFF, 100), (0, 0x7FFFFFFF), (0xFFFFFFFF, 0xFFFFFFFF)):
        assert refused(document(Made(offsets={place: lie}))).kind == "broken"


def test_a_piece_past_the_end() -> None:
    plc = struct.pack("<III", 0, 5, 5)[:8] + struct.pack("<HIH", 0, 0x3FFFFFF0, 0)
    clx = b"\x02" + struct.pack("<I", len(plc)) + plc
    assert refused(document(Made(parts={33: clx}))).kind == "broken"


def test_pieces_out_of_order() -> None:
    plc = struct.pack("<IIII", 0, 3, 2, 5) + struct.pack("<HIH", 0, TEXT * 2 | 0x40000000, 0) * 3
    clx = b"\x02" + struct.pack("<I", len(plc)) + plc
    assert refused(document(Made(parts={33: clx}))).kind == "broken"


def test_more_text_than_any_document_has() -> None:
    word = bytearray(streams(Made())["WordDocument"])
    struct.pack_into("<i", word, 34 + 28 + 2 + 12, 2_000_000_000)
    fault = refused(compound(streams(Made()) | {"WordDocument": bytes(word)}))
    assert isinstance(fault, Hostile)


def test_more_paragraphs_than_allowed() -> None:
    for mark in ("\r", "\x07"):
        assert isinstance(refused(document(Made(text=mark * 60_000))), Hostile)


def share_text(count: int) -> bytes:
    """A small file whose `count` pieces all lie on one stretch of text."""
    text = "a" * 4000 + "\r"
    positions = [4001 * number for number in range(count + 1)]
    plc = struct.pack(f"<{count + 1}I", *positions)
    plc += struct.pack("<HIH", 0, TEXT * 2 | 0x40000000, 0) * count
    parts = streams(Made(text=text, parts={33: b"\x02" + struct.pack("<I", len(plc)) + plc}))
    word = bytearray(parts["WordDocument"])
    struct.pack_into("<i", word, 34 + 28 + 2 + 12, positions[-1])
    return compound(parts | {"WordDocument": bytes(word)})


def measure_reading(content: bytes, count: int) -> float:
    """Seconds of CPU, the least of three."""
    took = []
    for _ in range(3):
        start = time.process_time()
        assert len(doc.read(content, Safety()).paragraphs) == count
        took.append(time.process_time() - start)
    return min(took)


def test_pieces_that_share_one_stretch_of_text_cost_what_they_hold() -> None:
    """Laid one after another they are a very long text; four times as many take four times as long."""
    few, many = (measure_reading(share_text(count), count) for count in (225, 900))
    assert many < 1.0
    assert many < 10 * few  # as many times itself as pieces: sixteen


def test_styles_based_on_one_another_without_end() -> None:
    chain = tuple(
        StyleOf(f"s{number}", based=number + 1, character=hps(20)) for number in range(3000)
    )
    start = time.process_time()
    assert doc.read(document(Made(styles=chain)), Safety()).paragraphs
    assert time.process_time() - start < PATIENCE


def test_drawings_nested_without_end() -> None:
    nested = b""
    for _ in range(2000):
        nested = struct.pack("<HHI", 15, 0xF003, len(nested)) + nested
    content = (
        struct.pack("<HHI", 15, 0xF000, 0)
        + b"\0"
        + struct.pack("<HHI", 15, 0xF002, len(nested))
        + nested
    )
    made = Made(parts={50: content, 40: struct.pack("<III", 0, 5, 1) + bytes(22)})
    start = time.process_time()
    assert doc.read(document(made), Safety()).paragraphs
    assert time.process_time() - start < PATIENCE


@pytest.mark.parametrize("content", [b"", SOUND[:8], SOUND[:8] + bytes(4000), SOUND[:1536]])
def test_a_compound_file_of_nothing(content: bytes) -> None:
    assert refused(content).kind == "broken"


def test_a_compound_file_of_something_else() -> None:
    assert refused(compound({"Workbook": b"x"})).kind == "not-word"
    assert refused(compound({"EncryptedPackage": b"x"})).kind == "encrypted"


@pytest.mark.parametrize(
    ("head", "kind"), [(b"\xdb\xa5-\x00", "word2"), (b"\x31\xbe\x00\x00\x00\xab", "word-dos")]
)
def test_older_formats_are_named(head: bytes, kind: str) -> None:
    assert refused(head + bytes(5000)).kind == kind


def test_a_bin_table_out_of_order() -> None:
    bins = struct.pack("<IIIII", TEXT, 1 << 30, TEXT + 1, 5, 5)
    assert refused(document(Made(parts={12: bins}))).kind == "broken"
