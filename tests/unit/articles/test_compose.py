"""An edition from a revision, an editor's amendments and the facts of neither."""

from datetime import timedelta

import pytest

from publisher.articles.edition import Amendments, Byline
from publisher.articles.photos import make_alt
from publisher.articles.slug import make_slug
from redaksi.errors import IllegalMove
from redaksi.model import Assessment, Caption, Person, Submission
from redaksi.reasons import ReasonCode, explain
from tests import builders
from tests.unit.articles.editions import (
    NOW,
    PROSE,
    assess,
    assess_document,
    compose,
    paragraph,
    read_body,
    show,
)

ONE, TWO = builders.photo(name="a.jpg"), builders.photo(name="b.jpg")


def test_what_a_revision_gives() -> None:
    judged = assess(
        PROSE, photos=[ONE], title=" Warga  Bangun\nSaluran ", byline=Person(name="Rahma")
    )
    edition = compose(judged, number=1, reason="", tags=("RT", "Bank"))
    assert edition.headline == "Warga Bangun Saluran"
    assert edition.slug == "warga-bangun-saluran-w-2026-0143"
    assert edition.tags == ("Kalimantan Barat", "Kalbar", "RT")
    assert (edition.dateline, edition.province) == ("Kalbar", "Kalimantan Barat")
    assert (edition.editor, edition.category) == ("EPN", "Warta")
    assert (edition.number, edition.revision, edition.made_at) == (1, 2, NOW)
    assert read_body(edition) == f"{PROSE} [Kalbar]"


def test_what_an_editor_amends() -> None:
    amendments = Amendments(
        headline="Judul Baru",
        tags=("Air", "air", " Sanitasi, "),
        category="Cerita",
        byline=Person(name="Sri", role="Fasilitator"),
        body="### Hasil\n\nIsi **baru**.",
    )
    later = NOW + timedelta(days=1)
    edition = compose(
        assess(PROSE, paragraph("catatan", story="note")),
        amendments,
        number=2,
        slug="judul-lama-w-2026-0143",
        made_at=later,
        reason="nama salah",
    )
    assert (edition.headline, edition.slug) == ("Judul Baru", "judul-lama-w-2026-0143")
    assert (edition.tags, edition.category) == (("Air", "Sanitasi"), "Cerita")
    assert edition.byline.role == "Fasilitator"
    assert show(edition.body) == ["h3 Hasil", "p Isi *baru*. [Kalbar]"]
    assert (edition.made_at, edition.first_made_at) == (later, NOW)
    assert (edition.reason, edition.marks) == ("nama salah", ())


# ── dateline ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "read", "body"),
    [
        ("Warga hadir.[Kalbar]", "Kalbar", "Warga hadir. [Kalbar]"),
        ("Warga hadir. [KALBAR].", "KALBAR", "Warga hadir. [Kalbar]"),
        ("Warga hadir (Kalimantan Barat)", "Kalimantan Barat", "Warga hadir [Kalbar]"),
        ("[Kalbar] Warga hadir.", "Kalbar", "Warga hadir. [Kalbar]"),
        ("[Siantan] – Warga hadir.", "Siantan", "Warga hadir. [Kalbar]"),
        ("PONTIANAK (12/11) – Warga hadir.", "PONTIANAK", "Warga hadir. [Kalbar]"),
        ("Pontianak, 12 November 2026 – Warga hadir.", "Pontianak", "Warga hadir. [Kalbar]"),
        (
            "Pontianak — Kota Pontianak ramai. [Kalbar]",
            "Pontianak",
            "Kota Pontianak ramai. [Kalbar]",
        ),
        # no datelines: names, and a way from here to there
        ("BKM Harapan – Warga hadir.", "BKM Harapan", "BKM Harapan – Warga hadir. [Kalbar]"),
        ("Pontianak – Singkawang ramai.", "", "Pontianak – Singkawang ramai. [Kalbar]"),
        ("Warga hadir (RT 03).", "", "Warga hadir (RT 03). [Kalbar]"),
        ("Warga hadir.", "", "Warga hadir. [Kalbar]"),
    ],
)
def test_the_dateline_stands_once_at_the_end(text: str, read: str, body: str) -> None:
    assert read_body(compose(assess(text, dateline=read))) == body


@pytest.mark.parametrize(
    ("read", "province", "short"),
    [
        ("Kalteng", "Kalimantan Barat", "Kalteng"),  # the document's own
        ("Bandung", "", "Jabar"),  # a city of it
        ("Siantan Hulu", "Kalbar", "Kalbar"),  # a place nobody knows: the submission's
        ("", "kalbar", "Kalbar"),
        ("", "", ""),
        ("Siantan Hulu", "", ""),
    ],
)
def test_which_province_it_is_of(read: str, province: str, short: str) -> None:
    edition = compose(assess("Warga hadir.", dateline=read), province=province)
    assert edition.dateline == short
    assert read_body(edition) == (f"Warga hadir. [{short}]" if short else "Warga hadir.")


def test_without_a_province_the_text_is_as_it_was() -> None:
    text = "Siantan Hulu (12/11) – Warga hadir."
    assert read_body(compose(assess(text, dateline="Siantan Hulu"), province="")) == text


def test_a_dateline_below_a_list_is_a_line_of_its_own() -> None:
    listed = assess(PROSE, paragraph("satu", listed=True), paragraph("dua [Kalbar]", listed=True))
    assert show(compose(listed).body) == [f"p {PROSE}", "ul satu | dua", "p [Kalbar]"]


def test_a_paragraph_that_is_but_a_dateline_goes() -> None:
    assert show(compose(assess(PROSE, "[Kalbar]", dateline="Kalbar")).body) == [
        f"p {PROSE} [Kalbar]"
    ]


# ── byline ────────────────────────────────────────────────────────────────────────────────────────

PROGRAMME = "Program Kotaku Provinsi Kalimantan Barat"


@pytest.mark.parametrize(
    ("person", "province", "programme", "byline"),
    [
        (
            Person(name="Inayatullah", role="Sub-Prof Komunikasi"),
            "Kalbar",
            "Program Kotaku Provinsi {province}",
            Byline(name="Inayatullah", role="Sub-Prof Komunikasi", programme=PROGRAMME),
        ),
        (
            Person(name="Inayatullah", role="Askot, Program Kotaku Provinsi Kalbar"),  # said twice
            "Kalbar",
            "Program Kotaku Provinsi {province}",
            Byline(name="Inayatullah", role="Askot", programme=PROGRAMME),
        ),
        (
            Person(name="Sri"),
            "",
            "Program Kotaku Provinsi {province}",
            Byline(name="Sri"),  # no province, no line
        ),
        (Person(name="Sri"), "", "Program Kotaku", Byline(name="Sri", programme="Program Kotaku")),
        (None, "Kalbar", "", Byline()),
    ],
)
def test_penulis_and_programme(
    person: Person | None, province: str, programme: str, byline: Byline
) -> None:
    edition = compose(assess(PROSE, byline=person), province=province, programme=programme)
    assert edition.byline == byline


# ── photos ────────────────────────────────────────────────────────────────────────────────────────


def test_photos_are_all_that_can_be_shown_and_marked_where_not() -> None:
    broken = builders.photo(name="c.jpg", intact=False)
    edition = compose(assess(PROSE, photos=[ONE, broken, TWO, ONE]))
    assert [photo.sha256 for photo in edition.photos] == [ONE.sha256, TWO.sha256]
    assert edition.marks == ("photos-left-out",)


def test_an_editor_says_which_photos_and_in_which_order() -> None:
    named = Amendments(photos=(TWO.sha256, ONE.sha256, TWO.sha256, "0" * 64))
    edition = compose(assess(PROSE, photos=[ONE, TWO]), named)
    assert [photo.sha256 for photo in edition.photos] == [TWO.sha256, ONE.sha256]
    assert compose(assess(PROSE, photos=[ONE]), Amendments(photos=())).photos == ()


@pytest.mark.parametrize(
    ("own", "author", "given", "credit"),
    [
        ("", "Rahma", "", "Foto: Rahma/Redaksi Warta"),
        ("", "", "", "Foto: Redaksi Warta"),
        ("Budi Santoso", "Rahma", "", "Budi Santoso"),  # the original names one
        ("Budi Santoso", "Rahma", "Foto: Ani", "Foto: Ani"),
    ],
)
def test_whose_photo_it_is(own: str, author: str, given: str, credit: str) -> None:
    photo = builders.photo(byline=own)
    amended = Amendments(credits={photo.sha256: given} if given else {})
    edition = compose(assess(PROSE, photos=[photo], byline=Person(name=author)), amended)
    assert edition.photos[0].credit == credit


def test_an_alternative_text_is_the_editors_or_the_captions_first_sentence() -> None:
    photo = builders.photo(
        caption=Caption(text="Warga  bekerja. Lurah hadir.", source="body", evidence="name")
    )
    judged = assess(PROSE, photos=[photo])
    (made,) = compose(judged).photos
    assert (made.caption, made.alt, made.alt_is_caption) == (
        "Warga bekerja. Lurah hadir.",
        "Warga bekerja.",
        True,
    )
    (made,) = compose(judged, Amendments(alts={photo.sha256: "Orang bekerja"})).photos
    assert (made.alt, made.alt_is_caption) == ("Orang bekerja", False)


@pytest.mark.parametrize(
    ("caption", "alt"),
    [
        ("Kepala Balai Prov. Kalbar hadir. Warga senang.", "Kepala Balai Prov. Kalbar hadir."),
        ("Lurah H. Ahmad di Jl. Merdeka No. 5. Warga.", "Lurah H. Ahmad di Jl. Merdeka No. 5."),
        ("Tanpa titik", "Tanpa titik"),
        ("Benarkah? Ya.", "Benarkah?"),
        ("kata " * 40, ("kata " * 25).strip()[:124] + "…"),
    ],
)
def test_a_first_sentence(caption: str, alt: str) -> None:
    assert make_alt(caption.strip()) == alt
    assert len(make_alt(caption)) <= 125


# ── what an editor must mend first ────────────────────────────────────────────────────────────────

UNREADABLE = assess_document(builders.document(readable=False, title=""))
TYPED = Assessment(
    submission=Submission(title="Kiriman berita", typed=900), findings=(), decision="review"
)
NO_CAPTION = assess(PROSE, photos=[ONE, builders.photo(name="b.jpg", caption=None)])
CUT = assess(PROSE, notes=("text-cut",))
SPENT = Assessment(
    submission=builders.submission(
        documents=(builders.document(paragraphs=(paragraph(PROSE),)),),
        unjudged=(explain(ReasonCode.BUDGET, which="text"),),
    ),
    findings=(),
    decision="review",
)
TITLED = Amendments(headline="Judul")


@pytest.mark.parametrize(
    ("judged", "amendments", "code", "sentence"),
    [
        (UNREADABLE, TITLED, "nothing_to_publish", "Tidak ada naskah yang dapat ditayangkan"),
        (TYPED, TITLED, "nothing_to_publish", "Tidak ada naskah"),
        (TYPED, Amendments(), "headline_missing", "Judul tayang masih kosong"),
        (assess(PROSE), Amendments(headline=" \u200b"), "headline_missing", "Judul tayang masih"),
        (assess(PROSE), Amendments(headline="x" * 141), "headline_too_long", "141 karakter"),
        (assess(PROSE), Amendments(body=" \n"), "nothing_to_publish", "Tidak ada naskah"),
        (NO_CAPTION, Amendments(), "caption_missing", "Foto 2 belum punya keterangan"),
        (CUT, Amendments(), "text_not_whole", "terlalu panjang"),
        (SPENT, Amendments(), "text_not_whole", "terlalu panjang"),
    ],
)
def test_what_is_refused(
    judged: Assessment, amendments: Amendments, code: str, sentence: str
) -> None:
    with pytest.raises(IllegalMove) as refused:
        compose(judged, amendments)
    assert refused.value.sentence.key == code
    assert sentence in refused.value.say("id")


@pytest.mark.parametrize("judged", [UNREADABLE, TYPED, CUT, SPENT])
def test_a_body_an_editor_pastes_is_published(judged: Assessment) -> None:
    amendments = Amendments(headline="Judul", body="Isi.", photos=())
    assert read_body(compose(judged, amendments)) == "Isi. [Kalbar]"


# ── slug and tags ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("headline", "slug"),
    [
        ("Gotong Royong: Warga & Lurah!", "gotong-royong-warga-lurah-w-2026-0143"),
        ("Jum’at Bersih di Café", "jumat-bersih-di-cafe-w-2026-0143"),
        ("日本", "w-2026-0143"),
        ("kata-" * 20, "kata-kata-kata-kata-kata-kata-kata-kata-kata-kata-kata-kata-w-2026-0143"),
        ("x" * 80, "x" * 60 + "-w-2026-0143"),
    ],
)
def test_a_slug(headline: str, slug: str) -> None:
    assert make_slug(headline, "W-2026-0143") == slug


def test_tags_are_places_and_configured_words_of_the_text() -> None:
    words = ("PKP", "air bersih", "BPM", "x" * 41, "")
    text = "Pokja PKP Kota Pontianak dan Kab. Kubu Raya membahas Air  Bersih; bpm tidak."
    assert compose(assess(text), tags=words).tags == (
        "Kalimantan Barat",
        "Kalbar",
        "Kota Pontianak",
        "Kabupaten Kubu Raya",
        "PKP",
        "air bersih",
    )


def test_there_are_at_most_twelve_tags() -> None:
    words = tuple(f"kata{n}" for n in range(20))
    assert len(compose(assess(" ".join(words)), tags=words).tags) == 12
