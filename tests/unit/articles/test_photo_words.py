"""The words inside a photo: what others read of them, and that nothing is cut inside a character."""

import io
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from PIL import Image

from ingest.read.photo.described.iptc import BYLINE, CAPTION, CREDIT, read_iptc
from publisher.articles.edition import Byline
from publisher.articles.photo_words import (
    MOST_WORDS,
    PhotoWords,
    cut_octets,
    gather_words,
    insert_words,
    name_words,
)
from tests.editions import make_edition, make_words
from tests.exiftool import read_all, validate_all
from tests.unit.read_mail.mails import picture

JPEG = picture(64, 48)
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
ANYTHING = st.text(max_size=7000)
SPOKEN = PhotoWords(
    caption="“Kami bangga,” ujar Bu Siti; ‘Jum’at’ itu 12 rumah & 3 <gang> selesai — 100 %.",
    byline="Ma’ruf Ñandú",
    credit="Foto: Ma’ruf/Redaksi Warta",
    rights="© Ma’ruf/Redaksi Warta",
    alt="Warga RW 05 menata “taman baca” ☺ 𝄞",
)
LONG = PhotoWords(
    caption="Warga: " + "“é”…" * 190 + "lag",  # 2,100 octets, the 2,000th within a “
    byline="Inayatullah Ñurul Ma’ruf Abdurrahman",
    credit="Foto: Inayatullah Ma’ruf/Redaksi Warta",
    rights="© " + "é" * 90,
    alt="‘" + "a" * 124,
)


def write(folder: Path, *all_words: PhotoWords) -> list[Path]:
    paths = [folder / f"{number}.jpg" for number, _ in enumerate(all_words)]
    for path, words in zip(paths, all_words, strict=True):
        path.write_bytes(insert_words(JPEG, words))
    return paths


def test_exiftool_reads_every_word(tmp_path: Path) -> None:
    paths = write(tmp_path, SPOKEN, LONG)
    for words, tags in zip((SPOKEN, LONG), read_all(paths), strict=True):
        assert tags["IPTC:CodedCharacterSet"] == "\x1b%G"
        assert tags["IPTC:Caption-Abstract"] == cut_octets(words.caption, 2000).decode()
        assert tags["IPTC:By-line"] == cut_octets(words.byline, 32).decode()
        assert tags["IPTC:Credit"] == cut_octets(words.credit, 32).decode()
        assert tags["IPTC:CopyrightNotice"] == cut_octets(words.rights, 128).decode()
        assert tags["XMP-dc:Description"] == words.caption
        assert tags["XMP-dc:Creator"] == [words.byline]
        assert tags["XMP-photoshop:Credit"] == words.credit
        assert tags["XMP-dc:Rights"] == words.rights
        assert tags["XMP-iptcCore:AltTextAccessibility"] == words.alt


def test_what_is_cut_is_cut_at_a_character(tmp_path: Path) -> None:
    (tags,) = read_all(write(tmp_path, LONG))
    assert len(LONG.caption.encode()) == 2100
    assert len(tags["IPTC:Caption-Abstract"].encode()) == 1998
    assert "�" not in "".join(map(str, tags.values()))


def test_exiftool_finds_nothing_wrong(tmp_path: Path) -> None:
    assert validate_all(write(tmp_path, SPOKEN, LONG, PhotoWords())) == {}


def test_the_picture_is_the_same_picture() -> None:
    with (
        Image.open(io.BytesIO(insert_words(JPEG, LONG))) as worded,
        Image.open(io.BytesIO(JPEG)) as bare,
    ):
        assert worded.tobytes() == bare.tobytes()


@given(text=st.text(), most=st.integers(min_value=0, max_value=60))
def test_a_cut_is_the_longest_beginning_that_fits(text: str, most: int) -> None:
    cut = cut_octets(text, most)
    kept = cut.decode()
    assert text.startswith(kept) and len(cut) <= most
    assert kept == text or len((kept + text[len(kept)]).encode()) > most


@given(caption=ANYTHING, credit=ANYTHING, alt=ANYTHING)
def test_whatever_was_written_there_is_a_segment_of_words(
    caption: str, credit: str, alt: str
) -> None:
    edition = make_edition()
    words = gather_words(
        edition, structs.replace(make_words(1), caption=caption, credit=credit, alt=alt)
    )
    worded = insert_words(JPEG, words)
    assert len(worded) - len(JPEG) <= MOST_WORDS
    start, end = worded.index(b"<x:xmpmeta"), worded.index(b"<?xpacket end")
    properties = {item.tag: item.text for item in read_items(worded[start:end])}
    assert properties == {
        key: value
        for key, value in {
            "description": words.caption, "creator": words.byline, "rights": words.rights,
            "AltTextAccessibility": words.alt, "Credit": words.credit,
        }.items()
        if value
    }  # fmt: skip
    fields = read_iptc(worded, "jpeg")
    assert fields.get(CAPTION, "") == cut_octets(words.caption, 2000).decode()
    assert fields.get(BYLINE, "") == cut_octets(words.byline, 32).decode()
    assert fields.get(CREDIT, "") == cut_octets(words.credit, 32).decode()


def test_the_longest_words_take_no_more_room() -> None:
    photo = structs.replace(
        make_words(1), caption="&" * 9000, credit="Foto: " + "&" * 900, alt="&" * 900
    )
    worded = insert_words(JPEG, gather_words(make_edition(), photo))
    assert MOST_WORDS // 2 < len(worded) - len(JPEG) <= MOST_WORDS


def read_items(packet: bytes) -> list[ElementTree.Element]:
    """Each property as an element of its local name and its one text."""
    items = []
    for each in ElementTree.fromstring(packet).iter(f"{RDF}Description"):
        for element in each:
            item = next(element.iter(f"{RDF}li"), element)
            found = ElementTree.Element(element.tag.rpartition("}")[2])
            found.text = item.text
            items.append(found)
    return items


@pytest.mark.parametrize(
    ("credit", "author", "byline", "rights"),
    [
        ("Foto: Inayatullah/Redaksi Warta", "Siti", "Inayatullah", "© Inayatullah/Redaksi Warta"),
        ("Foto : Redaksi Warta", "Siti", "Redaksi Warta", "© Redaksi Warta"),
        ("Budi Santoso", "Siti", "Budi Santoso", "© Budi Santoso"),
        ("Fotografi Nusantara", "Siti", "Fotografi Nusantara", "© Fotografi Nusantara"),
        ("", "Siti", "Siti", "© Siti"),
        ("", "", "", ""),
    ],
)
def test_who_took_it(credit: str, author: str, byline: str, rights: str) -> None:
    edition = make_edition(byline=Byline(name=author))
    words = gather_words(edition, structs.replace(make_words(1), credit=credit))
    assert (words.byline, words.rights, words.credit) == (byline, rights, credit)


@pytest.mark.parametrize(
    ("caption", "written"),
    [
        ("  Warga\n menata\tgang ", "Warga menata gang"),
        ("a\u202eb\u200bc\x07d", "abcd"),
        ("satu\ufffedua\uffff", "satudua"),
        ("Ke\u00adlurahan", "Kelurahan"),
    ],
)
def test_the_words_are_cleaned(caption: str, written: str) -> None:
    words = gather_words(make_edition(), structs.replace(make_words(1), caption=caption))
    assert words.caption == written


def test_words_go_by_a_name() -> None:
    named = {
        name_words(structs.replace(SPOKEN, **{key: "lain"})) for key in SPOKEN.__struct_fields__
    }
    assert len(named) == 5
    assert name_words(SPOKEN) == name_words(structs.replace(SPOKEN)) not in named
