"""The list of photos for who sets an article by hand."""

from msgspec import structs

from publisher.articles.photo_list import list_photos, name_photo_files
from tests.editions import make_edition, make_words

SLUG = "gotong-royong-menata-bantaran-sungai-kapuas-w-2026-0143"


def test_photos_are_named_by_the_article_in_its_order() -> None:
    assert name_photo_files(make_edition(photos=2)) == (f"1-{SLUG}.jpg", f"2-{SLUG}.jpg")
    assert name_photo_files(make_edition(photos=0)) == ()


def test_beside_each_file_stands_what_belongs_to_it() -> None:
    bare = structs.replace(make_words(2), credit="", alt="")
    edition = make_edition(photos=2)
    edition = structs.replace(edition, photos=(edition.photos[0], bare))
    assert list_photos(edition) == (
        "Gotong royong menata bantaran Sungai Kapuas\n"
        "Penulis: Inayatullah, Sub-Prof Komunikasi\n"
        "Program Kotaku Provinsi Kalimantan Barat\n"
        "\n"
        f"1-{SLUG}.jpg\n"
        "Keterangan: Warga RW 01 mengangkat batu di tepi sungai.\n"
        "Kredit: Foto: Inayatullah/Redaksi Warta\n"
        "Fotografer: Inayatullah\n"
        "Teks alternatif: Warga RW 01 mengangkat batu di tepi sungai.\n"
        "\n"
        f"2-{SLUG}.jpg\n"
        "Keterangan: Warga RW 02 mengangkat batu di tepi sungai.\n"
        "Fotografer: Inayatullah\n"
    )
