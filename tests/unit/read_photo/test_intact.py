"""A photo is intact when all of it can be shown; anything else is told, and nothing that is
whole is."""

import io
import struct

import pillow_heif
import pytest
from PIL import Image

from redaksi.limits import Safety
from redaksi.reasons import ReasonCode, code_of
from tests.unit.read_photo.pictures import chunk, heic, heif, picture, read, saved, with_segment

JPEG = saved(picture(), "JPEG")
CUT = ReasonCode.PICTURE_CUT

WHOLE = {
    "baseline JPEG": JPEG,
    "progressive JPEG": saved(picture(), "JPEG", progressive=True),
    "grey JPEG": saved(picture(mode="L"), "JPEG"),
    "CMYK JPEG": saved(picture(mode="CMYK"), "JPEG"),
    "JPEG with restart markers": saved(picture(), "JPEG", restart_marker_blocks=4),
    "PNG": saved(picture(), "PNG"),
    "PNG with alpha": saved(picture(mode="RGBA"), "PNG"),
    "16-bit PNG": saved(picture(mode="L").convert("I;16"), "PNG"),
    "palette PNG": saved(picture().convert("P"), "PNG"),
    "1-bit PNG": saved(picture().convert("1"), "PNG"),
    "TIFF": saved(picture(), "TIFF"),
    "LZW TIFF": saved(picture(), "TIFF", compression="tiff_lzw"),
    "WebP": saved(picture(), "WEBP"),
    "AVIF": saved(picture(), "AVIF", speed=10),
    "HEIC": heif(picture()),
    "HEIC with alpha": heif(picture(mode="RGBA")),
    "grey HEIC": heif(picture(mode="L")),
    "GIF": saved(picture(), "GIF"),
    "BMP": saved(picture(), "BMP"),
}


@pytest.mark.parametrize("what", WHOLE)
def test_a_whole_photo_is_intact(what: str) -> None:
    photo = read(WHOLE[what])
    assert (photo.intact, photo.damage, photo.judged) == (True, None, True)


@pytest.mark.parametrize("share", [0.3, 0.9, 0.99])
@pytest.mark.parametrize("what", WHOLE)
def test_a_photo_cut_off_is_told(what: str, share: float) -> None:
    whole = WHOLE[what]
    photo = read(whole[: int(len(whole) * share)])
    assert not photo.intact
    assert photo.damage


def test_a_jpeg_that_lacks_only_its_end_mark_is_intact() -> None:
    assert read(JPEG[:-2]).intact


def test_a_progressive_jpeg_without_end_mark_is_cut() -> None:
    assert code_of(read(WHOLE["progressive JPEG"][:-2]).damage) is CUT


def test_bytes_after_the_picture_do_not_matter() -> None:
    assert read(JPEG + b"\0" * 5000 + b"a motion photo's video").intact


def test_a_marker_in_the_middle_of_the_picture_is_damage() -> None:
    damaged = JPEG[: len(JPEG) // 2] + b"\xff\x02\xff\x07" + JPEG[len(JPEG) // 2 :]
    assert code_of(read(damaged).damage) is ReasonCode.PICTURE_INTERRUPTED


def test_sectors_of_zeros_within_a_jpeg_are_a_broken_download() -> None:
    large = saved(picture(1200, 900), "JPEG", quality=95)
    assert len(large) > 60_000
    damaged = large[:20480] + bytes(16384) + large[36864:]
    assert code_of(read(damaged).damage) is ReasonCode.ZEROS_AFTER


def test_an_unfinished_download_that_was_given_its_full_length_is_told() -> None:
    assert (
        code_of(read(JPEG[: len(JPEG) // 2] + bytes(len(JPEG) // 2)).damage)
        is ReasonCode.ZEROS_AFTER
    )


def test_a_flat_picture_is_coded_in_zeros_and_still_intact() -> None:
    flat = saved(Image.new("RGB", (3000, 2000), "white"), "JPEG", optimize=True)
    assert bytes(4096) in flat
    assert read(flat).intact


def test_a_png_changed_on_its_way_is_told() -> None:
    png = bytearray(WHOLE["PNG"])
    png[len(png) // 2] ^= 0x40
    assert code_of(read(bytes(png)).damage) is ReasonCode.PNG_CHECKSUM


def test_a_png_with_a_piece_missing_is_told() -> None:
    header = WHOLE["PNG"][:33]
    assert code_of(read(header + chunk(b"IEND", b"")).damage) is ReasonCode.PNG_PICTURE_MISSING


def test_a_png_that_lacks_only_its_last_chunk_is_intact() -> None:
    assert read(WHOLE["PNG"][:-12]).intact


def test_damage_in_what_is_not_the_picture_is_none() -> None:
    png = WHOLE["PNG"]
    broken_text = b"\0\0\0\x05tEXthallo\0\0\0\0"
    assert read(png[:33] + broken_text + png[33:]).intact


@pytest.mark.parametrize(
    "block",
    [
        b"Exif\0\0",
        b"Exif\0\0MM\0*\xff\xff\xff\xff",
        b"Exif\0\0II*\0\x08\0\0\0\xff\xff" + b"\x12\x01\x03\0\xff\xff\xff\xff\xff\xff\xff\xff" * 20,
        b"Exif\0\0" + bytes(60),
    ],
)
def test_broken_exif_never_makes_a_photo_broken(block: bytes) -> None:
    photo = read(with_segment(JPEG, 0xE1, block))
    assert (photo.intact, photo.orientation) == (True, 1)


def test_a_second_picture_in_the_file_is_left_alone() -> None:
    mpo = saved(picture(), "MPO", save_all=True, append_images=[picture(seed=2)])
    photo = read(mpo[:-500])
    assert (photo.kind, photo.intact) == ("jpeg", True)


def test_a_heic_that_libheif_does_not_open_is_left_to_an_editor() -> None:
    photo = read(heic())
    assert (photo.intact, photo.judged, photo.notes) == (True, False, ("unsupported",))


@pytest.mark.parametrize("codec", [b"av01", b"vvc1", b"jpeg"])
def test_a_heic_of_another_codec_is_left_to_an_editor(codec: bytes) -> None:
    photo = read(WHOLE["HEIC"].replace(b"hvc1", codec))
    assert (photo.intact, photo.judged) == (True, False)


def test_a_heic_larger_than_may_be_decoded_is_left_to_an_editor() -> None:
    photo = read(WHOLE["HEIC"], safety=Safety(max_pixels=320 * 240 - 1))
    assert (photo.intact, photo.judged, photo.width) == (True, False, 320)


def test_a_heic_whose_coded_picture_is_overwritten_is_told() -> None:
    at = WHOLE["HEIC"].index(b"mdat") + 4
    damaged = WHOLE["HEIC"][:at] + bytes(len(WHOLE["HEIC"]) - at)
    assert code_of(read(damaged).damage) is ReasonCode.NOT_DECODED


def test_only_the_first_picture_of_several_counts() -> None:
    one = pillow_heif.from_pillow(picture())
    one.add_from_pillow(picture(640, 480, seed=2))
    target = io.BytesIO()
    one.save(target, primary_index=0)
    photo = read(target.getvalue())
    assert (photo.intact, photo.judged) == (True, True)


def test_a_heic_cut_off_is_told() -> None:
    assert code_of(read(WHOLE["HEIC"][:-10]).damage) is CUT


def test_a_jpeg_variety_without_decoder_is_left_to_an_editor() -> None:
    at = JPEG.index(b"\xff\xc0")
    twelve_bit = JPEG[: at + 4] + b"\x0c" + JPEG[at + 5 :]
    photo = read(twelve_bit)
    assert (photo.intact, photo.judged) == (True, False)


def test_a_tiff_compression_without_decoder_is_left_to_an_editor() -> None:
    tiff = WHOLE["TIFF"]
    entry = struct.pack("<HHIHH", 0x103, 3, 1, 1, 0)
    assert tiff.count(entry) == 1
    photo = read(tiff.replace(entry, struct.pack("<HHIHH", 0x103, 3, 1, 50002, 0)))
    assert (photo.intact, photo.judged) == (True, False)


@pytest.mark.parametrize(
    ("content", "damage"),
    [
        (b"", ReasonCode.FILE_EMPTY),
        (bytes(9000), ReasonCode.ALL_ZEROS),
        (b"<html>not found</html>", ReasonCode.NOT_A_PICTURE),
    ],
)
def test_what_is_no_picture_at_all_is_broken(content: bytes, damage: ReasonCode) -> None:
    photo = read(content, "IMG_1.jpg", "unknown")
    assert (photo.intact, code_of(photo.damage), photo.width) == (False, damage, 0)


@pytest.mark.parametrize("kind", ["pdf", "psd", "mp4", "raw"])
def test_a_known_file_that_is_no_photo_is_neither_broken_nor_judged(kind: str) -> None:
    photo = read(b"%PDF-1.7 or whatever it was told to be", "x", kind)
    assert (photo.kind, photo.width, photo.intact, photo.judged) == (kind, 0, True, False)


def test_where_a_jpeg_is_lost_is_told_in_per_cent_from_the_top() -> None:
    whole = saved(picture(1200, 900), "JPEG", quality=95)
    damage = read(whole[: len(whole) * 6 // 10]).damage
    assert damage is not None
    assert abs(int(damage.facts["from_top"]) - 60) <= 5


def test_where_a_png_ends_is_told() -> None:
    whole = WHOLE["PNG"]
    damage = read(whole[: len(whole) // 2]).damage
    assert damage is not None
    assert damage.facts["from_top"] == damage.facts["share"]


def test_where_it_cannot_be_told_it_is_not() -> None:
    progressive = WHOLE["progressive JPEG"]
    damage = read(progressive[: len(progressive) // 2]).damage
    assert damage is not None
    assert "from_top" not in damage.facts


@pytest.mark.parametrize(
    "error", [MemoryError(), OSError("broken"), ValueError(), AttributeError(), RecursionError()]
)
def test_what_a_decoder_trips_over_costs_its_picture_alone(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def trip(*_: object) -> None:
        raise error

    monkeypatch.setattr("ingest.read.photo.picture.judge_picture", trip)
    photo = read(JPEG)
    assert (photo.intact, photo.judged, photo.width) == (True, False, 320)


def test_pictures_that_cannot_be_made_leave_the_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    def trip(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("ingest.read.photo.picture.make_derivatives", trip)
    photo = read(JPEG)
    assert (photo.intact, photo.judged, photo.likeness) == (True, True, "")
