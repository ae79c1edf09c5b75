"""Which caption goes under which photo: by evidence, and never wrongly as if it were sure."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.read.captions.labels import find_labels
from ingest.read.captions.matching.hand_numbers import find_hand_numbers
from ingest.read.captions.pairing import Paired, pair
from ingest.read.captions.photo_names import key_number
from redaksi.model import Label, Photo
from tests import builders


def _photos(*names: str) -> list[Photo]:
    return [
        builders.photo(name=name, caption=None, sha256=builders.digest(f"{name}{i}"))
        for i, name in enumerate(names)
    ]


def _labels(*pairs: str) -> list[Label]:
    """ "key: text" or "text"."""
    split = [pair.partition(": ") for pair in pairs]
    return [
        Label(key=key if colon else "", text=text if colon else key) for key, colon, text in split
    ]


def _under(paired: Paired) -> dict[str, tuple[str, str, str]]:
    return {
        p.name: (p.caption.text, p.caption.evidence, p.caption.action)
        for p in paired.photos
        if p.caption
    }


def _offered(paired: Paired) -> dict[str, tuple[str, ...]]:
    return {p.name: p.caption.offered for p in paired.photos if p.caption and p.caption.offered}


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("IMG_2041.jpg", "IMG_2041.jpg"),
        ("IMG_2041.JPG", "img 2041.jpeg"),
        ("IMG_2041.jpg", "IMG-2041"),
        ("IMG_2041.jpg", "2041"),
        ("IMG_2041 (1).jpg", "IMG_2041.jpg"),
        ("IMG_2041 copy.jpg", "IMG_2041.jpg"),
        ("Kerja Bakti Warga.png", "kerja_bakti_warga.png"),
    ],
)
def test_a_file_name_is_sure_evidence_however_it_is_written(name: str, key: str) -> None:
    paired = pair(_photos("DSC_0001.jpg", name), _labels(f"{key}: Warga bekerja"))
    assert _under(paired) == {name: ("Warga bekerja", "name", "auto")}


_BEHIND = (
    "Warga membersihkan saluran air. (IMG_1.jpg)\nLurah memberi sambutan di balai. (IMG_2.jpg)"
)


def test_a_name_behind_the_words_is_certain_when_every_photo_is_named() -> None:
    paired = pair(_photos("IMG_2.jpg", "IMG_1.jpg"), find_labels(_BEHIND, "body"))
    assert _under(paired) == {
        "IMG_1.jpg": ("Warga membersihkan saluran air.", "name", "auto"),
        "IMG_2.jpg": ("Lurah memberi sambutan di balai.", "name", "auto"),
    }


@pytest.mark.parametrize(
    ("names", "places"),
    [
        (("IMG_1.jpg", "IMG_2.jpg"), ("3", "7")),  # among the paragraphs of an article
        (("IMG_1.jpg", "IMG_2.jpg", "IMG_3.jpg"), ("7", "8")),
    ],
)
def test_a_name_behind_the_words_of_prose_is_for_an_editor_to_confirm(
    names: tuple[str, ...], places: tuple[str, str]
) -> None:
    paired = pair(_photos(*names), _behind_in_a_document(*places))
    assert {action for _, _, action in _under(paired).values()} == {"confirm"}


def test_names_behind_the_words_of_lines_below_each_other_are_certain() -> None:
    paired = pair(_photos("IMG_2.jpg", "IMG_1.jpg"), _behind_in_a_document("7", "8"))
    assert paired.action == "auto"


def _behind_in_a_document(*places: str) -> list[Label]:
    found = find_labels(_BEHIND, "document")
    return [
        msgspec.structs.replace(label, place=place)
        for label, place in zip(found, places, strict=True)
    ]


def test_a_sure_caption_goes_before_one_that_is_not_and_both_are_offered() -> None:
    text = "Warga membersihkan saluran air. (IMG_1.jpg)\n\nIMG_1.jpg: Warga bekerja bakti."
    paired = pair(_photos("IMG_1.jpg"), find_labels(text, "body"))
    assert _under(paired) == {"IMG_1.jpg": ("Warga bekerja bakti.", "name", "confirm")}
    assert _offered(paired) == {"IMG_1.jpg": ("Warga membersihkan saluran air.",)}


def test_a_name_behind_the_words_that_is_not_here_is_no_orphan() -> None:
    paired = pair(
        _photos("a.jpg", "b.jpg"),
        find_labels("Warga membersihkan saluran air. (IMG_9.jpg)", "body"),
    )
    assert (paired.orphans, [label.key for label in paired.loose]) == ((), ["IMG_9.jpg"])


def test_the_name_of_the_file_is_no_part_of_its_caption() -> None:
    labels = find_labels(
        "Keterangan foto:\njembatan: Warga memperbaiki lantai.\nbalai: Lurah memberi sambutan.",
        "body",
    )
    paired = pair(_photos("Balai.jpg", "Jembatan.jpg"), labels)
    assert _under(paired) == {
        "Jembatan.jpg": ("Warga memperbaiki lantai.", "name", "auto"),
        "Balai.jpg": ("Lurah memberi sambutan.", "name", "auto"),
    }


@pytest.mark.parametrize(
    "names", [("Foto 2.jpg", "Foto 1.jpg"), ("2.jpg", "1.jpg"), ("02 rapat.jpg", "01 warga.jpg")]
)
def test_a_number_goes_to_the_photo_of_that_number(names: tuple[str, str]) -> None:
    paired = pair(_photos(*names), _labels("Foto 1: Satu", "Foto 2: Dua"))
    assert [p.caption.text for p in paired.photos if p.caption] == ["Dua", "Satu"]
    assert paired.action == "auto"


def test_numbers_without_numbered_photos_follow_the_order() -> None:
    paired = pair(_photos("IMG_2041.jpg", "IMG_2042.jpg"), _labels("Foto 1: Satu", "Foto 2: Dua"))
    assert _under(paired) == {
        "IMG_2041.jpg": ("Satu", "order", "confirm"),
        "IMG_2042.jpg": ("Dua", "order", "confirm"),
    }
    assert paired.action == "editor_confirm"


def test_a_camera_s_number_is_not_the_contributor_s() -> None:
    paired = pair(_photos("IMG_0002.jpg", "IMG_0005.jpg"), _labels("Foto 1: Satu", "Foto 2: Dua"))
    assert _under(paired)["IMG_0002.jpg"][0] == "Satu"


def test_a_browser_s_counter_is_not_the_contributor_s() -> None:
    assert find_hand_numbers(["foto.jpg", "foto (1).jpg", "foto (2).jpg"]) == [None, None, None]
    assert find_hand_numbers(["Foto (1).jpg", "Foto (2).jpg"]) == [1, 2]
    assert find_hand_numbers(["Kerja bakti 1.jpg", "Kerja bakti 2.jpg", "RT 05.jpg"]) == [
        1,
        2,
        None,
    ]
    assert find_hand_numbers(["12 Agustus.jpg", "IMG-20261101-WA0003.jpg", "image1.jpeg"]) == [
        None,
        None,
        None,
    ]


def test_files_out_of_their_running_order_are_for_an_editor() -> None:
    paired = pair(_photos("IMG_2042.jpg", "IMG_2041.jpg"), _labels("Satu", "Dua"))
    assert {action for _, _, action in _under(paired).values()} == {"confirm"}
    assert paired.action == "editor_confirm"


def test_words_of_the_file_name_find_their_caption() -> None:
    photos = _photos("lurah sambutan.jpg", "gotong royong.jpg")
    paired = pair(photos, _labels("Warga bergotong royong di parit", "Lurah memberi sambutan"))
    assert _under(paired)["lurah sambutan.jpg"] == ("Lurah memberi sambutan", "words", "auto")


def test_a_word_in_two_captions_is_not_enough() -> None:
    paired = pair(
        _photos("pontianak.jpg", "b.jpg"), _labels("Rapat di Pontianak", "Warga Pontianak", "Lurah")
    )
    assert "auto" not in {action for _, _, action in _under(paired).values()}


def test_one_photo_and_one_caption_belong_together_by_order() -> None:
    paired = pair(_photos("a.jpg"), _labels("Warga bekerja bakti"))
    assert _under(paired) == {"a.jpg": ("Warga bekerja bakti", "order", "confirm")}


def test_a_caption_for_a_file_that_is_not_attached_may_be_that_of_a_bare_photo() -> None:
    paired = pair(_photos("IMG_1.jpg", "IMG_2.jpg"), _labels("IMG_1.jpg: Satu", "IMG_3.jpg: Tiga"))
    assert list(_under(paired)) == ["IMG_1.jpg"]
    assert (paired.orphans, [found.text for found in paired.unread]) == ((), ["IMG_3.jpg: Tiga"])
    assert paired.action == "editor_confirm"


def test_a_caption_for_a_file_that_is_not_attached_is_an_orphan_where_no_photo_is_bare() -> None:
    paired = pair(_photos("IMG_1.jpg"), _labels("IMG_1.jpg: Satu", "IMG_3.jpg: Tiga"))
    assert ([label.key for label in paired.orphans], paired.unread) == (["IMG_3.jpg"], ())


def test_the_only_photo_renamed_by_a_mail_program_is_for_an_editor() -> None:
    paired = pair(_photos("image0.jpeg"), _labels("IMG_2041.jpg: Warga bekerja"))
    assert _under(paired) == {"image0.jpeg": ("Warga bekerja", "order", "confirm")}


def test_a_photo_with_certainly_no_caption_is_asked_for_one() -> None:
    paired = pair(_photos("a.jpg", "b.jpg", "c.jpg"), _labels("Foto 1: Satu", "Foto 2: Dua"))
    assert paired.action == "ask"


def test_more_captions_than_photos_are_for_an_editor() -> None:
    paired = pair(_photos("a.jpg", "b.jpg"), _labels("Satu kata", "Dua kata", "Tiga kata"))
    assert (paired.action, len(paired.loose)) == ("editor_confirm", 1)
    assert _offered(paired) == {"a.jpg": ("Tiga kata",), "b.jpg": ("Tiga kata",)}


def test_namesakes_are_for_an_editor() -> None:
    paired = pair(_photos("IMG_1.jpg", "IMG_1.jpg"), _labels("IMG_1.jpg: Satu", "img_1.jpg: Dua"))
    assert paired.action == "editor_confirm"


def test_the_same_caption_in_document_and_mail_is_one() -> None:
    labels = [*_labels("Foto 1: Satu kata", "Foto 2: Dua kata")]
    again = [Label(key=x.key, text=x.text.upper() + ".", source="body") for x in labels]
    paired = pair(_photos("a.jpg", "b.jpg"), [*labels, *again])
    assert (paired.action, paired.loose, paired.orphans) == ("editor_confirm", (), ())
    assert _offered(paired) == {}


def test_a_photo_s_own_caption_fills_a_gap() -> None:
    photos = _photos("a.jpg")
    paired = pair(photos, [], {photos[0].sha256: "Warga bekerja bakti di desa"})
    assert paired.photos[0].caption is not None
    assert (paired.photos[0].caption.source, paired.action) == ("metadata", "editor_confirm")


def test_a_video_needs_no_caption_beside_photos() -> None:
    photos = [*_photos("a.jpg"), builders.photo(name="b.mp4", kind="mp4", caption=None)]
    assert pair(photos, _labels("a.jpg: Warga bekerja")).action == "auto"


def test_no_photos_need_nothing() -> None:
    assert pair([], []).action == "auto"


def test_captions_of_photos_that_are_only_in_the_document_miss_no_file() -> None:
    paired = pair([], _labels("Foto 1: Satu", "Foto 2: Dua"))
    assert (paired.orphans, len(paired.loose)) == ((), 2)


@pytest.mark.parametrize(
    ("key", "number"), [("Foto 2", 2), ("2", 2), ("Gambar 02.", 2), ("IMG_2.jpg", None), ("", None)]
)
def test_the_number_in_a_key(key: str, number: int | None) -> None:
    assert key_number(key) == number


_NAMES = st.sampled_from(
    [
        "IMG_1.jpg",
        "IMG_2.jpg",
        "img 1.png",
        "Foto 1.jpg",
        "foto (1).jpg",
        "foto.jpg",
        "2.jpg",
        "rapat warga.jpg",
        "a.mp4",
    ]
)
_KEYS = st.sampled_from(
    ["", "Foto 1", "Foto 2", "Foto 9", "IMG_1.jpg", "img-2", "rapat warga.jpg", "2"]
)
_TEXTS = st.sampled_from(["Satu", "Rapat warga", "Lurah", "Warga desa", "Dua", "Tiga"])


@settings(deadline=None)  # a busy machine is no fault
@given(st.lists(_NAMES, max_size=6), st.lists(st.tuples(_KEYS, _TEXTS), max_size=8))
def test_no_caption_is_used_twice_and_none_is_lost(
    names: list[str], told: list[tuple[str, str]]
) -> None:
    labels = [Label(key=key, text=f"{text} {i}") for i, (key, text) in enumerate(told)]
    paired = pair(_photos(*names), labels)
    used = [p.caption.text for p in paired.photos if p.caption and p.caption.evidence != "shared"]
    assert len(used) == len(set(used))
    assert [photo.name for photo in paired.photos] == names
    assert {*used} | {x.text for x in paired.orphans} | {x.text for x in paired.loose} <= {
        x.text for x in labels
    }
    if paired.action == "auto":
        assert all(
            p.caption and p.caption.action == "auto"
            for p in paired.photos
            if p.kind != "mp4" or not names
        )


@settings(deadline=None)
@given(st.permutations(["IMG_1.jpg", "IMG_2.jpg", "IMG_3.jpg"]))
def test_a_file_name_wins_in_any_order(names: list[str]) -> None:
    paired = pair(
        _photos(*names), [Label(key=f"IMG_{n}.jpg", text=f"IMG_{n}.jpg") for n in (1, 2, 3)]
    )
    assert all(photo.caption and photo.caption.text == photo.name for photo in paired.photos)


@pytest.mark.parametrize(
    ("written", "names"),
    [
        (
            "Foto 1.jpg: Warga menata saluran.\nFoto 2.jpg: Lurah memberi sambutan.",
            ("Foto 1.jpg", "Foto 2.jpg"),
        ),
        (
            "Foto 1.jpg: Warga menata saluran.\nFoto 2.jpg: Lurah memberi sambutan.",
            ("1.jpg", "2.jpg"),
        ),
        (
            "1.jpg: Warga menata saluran.\n2.jpg: Lurah memberi sambutan.",
            ("Foto 1.jpg", "Foto 2.jpg"),
        ),
    ],
)
def test_a_file_called_with_or_without_the_word_photo_is_the_same_file(
    written: str, names: tuple[str, ...]
) -> None:
    found = pair(_photos(*names), find_labels(written, "body"))
    assert [p.caption.text for p in found.photos if p.caption] == [
        "Warga menata saluran.",
        "Lurah memberi sambutan.",
    ]
    assert found.action == "auto"
