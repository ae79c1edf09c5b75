"""desk.domain.places: the province a submission is from; none where nothing says so beyond doubt,
and none where two are named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.places.named import FORMER, Named, find_common_province, read_place
from desk.domain.places.province import Letter, find_province_of_submission
from redaksi.model import Assessment, Document, Paragraph, Person, Run, Submission, Verdict
from redaksi.text.places import PROVINCES

KALBAR, JATENG = "Kalimantan Barat", "Jawa Tengah"


def assess(
    *body: str,
    dateline: str = "",
    post: str = "",
    label: str = "",
    decision: Verdict = "accept",
) -> Assessment:
    """An article of these paragraphs; `post`: what its author is."""
    paragraphs = [Paragraph(runs=(Run(text=text, font="", size=12.0),)) for text in body]
    if label:
        runs = (Run(text=label, font="", size=12.0),)
        paragraphs.append(Paragraph(runs=runs, role="label"))
    document = Document(
        name="naskah.docx",
        kind="docx",
        sha256="0" * 64,
        dateline=dateline,
        byline=Person(name="Siti Rahma", role=post) if post else None,
        paragraphs=tuple(paragraphs),
    )
    submission = Submission(documents=(document,))
    return Assessment(submission=submission, findings=(), decision=decision, reason=None)


@pytest.mark.parametrize(
    ("dateline", "province"),
    [
        ("Kalbar", KALBAR),
        ("Kalimantan Barat", KALBAR),
        ("Prov. Kalimantan Barat", KALBAR),
        ("PONTIANAK", KALBAR),
        ("Kab. Kubu Raya", KALBAR),
        ("Kabupaten Sambas, Kalimantan Barat", KALBAR),
        ("DI Yogyakarta", "DI Yogyakarta"),
        ("D.I. Yogyakarta", "DI Yogyakarta"),
        ("DIY", "DI Yogyakarta"),
        ("Sleman, DIY", "DI Yogyakarta"),
        ("Sleman, Yogyakarta", "DI Yogyakarta"),
        ("DKI Jakarta", "DKI Jakarta"),
        ("Jakarta Timur", "DKI Jakarta"),
        ("NAD", "Aceh"),
        ("Nanggroe Aceh Darussalam", "Aceh"),
        ("Sumatra Utara", "Sumatera Utara"),
        ("Kepri", "Kepulauan Riau"),
        ("Riau", "Riau"),
        ("Babel", "Kepulauan Bangka Belitung"),
        ("N.T.T.", "Nusa Tenggara Timur"),
        ("Maluku Utara", "Maluku Utara"),
        ("Papua", "Papua"),
        ("Papua Barat", "Papua Barat"),
        ("Papua Barat Daya", "Papua Barat Daya"),
        ("Banjar, Kalsel", "Kalimantan Selatan"),  # there is a Kota Banjar in Jawa Barat
        ("Kabupaten Banjar", "Kalimantan Selatan"),
        ("Banjar", ""),
        ("Merauke, Papua", "Papua Selatan"),  # until 2022 it was Papua
        ("Sorong, Papua Barat", "Papua Barat Daya"),
        ("Sorong, Papua", "Papua Barat Daya"),
        ("Serang, Jawa Barat", "Banten"),
        ("Tarakan, Kaltim", "Kalimantan Utara"),
        ("Mamuju, Sulsel", "Sulawesi Barat"),
        ("Pontianak, Jateng", ""),
        ("Kalbar, Kalteng", ""),
        ("Kalbar dan Kalteng", ""),
        ("Papua, Papua Barat", ""),
        ("Kubu Raya, Semarang", ""),
        ("Pontianak dan Singkawang", KALBAR),
        ("Siantan Hulu", ""),
        ("Nusa Tenggara", ""),
        ("Jawa", ""),
        ("", ""),
    ],
)
def test_a_dateline_says_where(dateline: str, province: str) -> None:
    assert find_province_of_submission(assess("Warga hadir.", dateline=dateline)) == province


@pytest.mark.parametrize(
    ("body", "province"),
    [
        (("Warga bekerja bersama-sama.[Kalbar]",), KALBAR),
        (("Warga hadir.", "Mereka senang. (Jateng)"), JATENG),
        (("[Kalbar] Warga membersihkan saluran.",), KALBAR),
        (("[Sambas, Kalimantan Barat] Warga membersihkan saluran.",), KALBAR),
        (("Pontianak, 12/11 – Warga membersihkan saluran.",), KALBAR),
        (("Banjar, Kalsel – Warga membersihkan saluran.",), "Kalimantan Selatan"),
        (("Pontianak – Warga hadir.", "Selesai.[Kalbar]"), KALBAR),
        (("Semarang – Warga hadir.", "Selesai.[Kalbar]"), ""),
        (("Warga Kabupaten Sambas belajar ke Kota Surakarta, Jawa Tengah.",), ""),
        (("Peserta dari Kalimantan Barat dan Jawa Tengah hadir.",), ""),
        (("Kegiatan didukung lembaga setempat (BKM).",), ""),
    ],
)
def test_what_an_article_opens_or_ends_with_says_where(
    body: tuple[str, ...], province: str
) -> None:
    assert find_province_of_submission(assess(*body)) == province


@pytest.mark.parametrize(
    ("post", "province"),
    [
        ("Sub-Prof Komunikasi, Program Kotaku Provinsi Kalimantan Barat", KALBAR),
        ("Faskel Sosial, OSP 2 Kalbar", KALBAR),
        ("Askot Jambi", "Jambi"),
        ("Fasilitator Sosial, Aceh", "Aceh"),
        ("Askot Kab. Sambas", KALBAR),
        ("Fasilitator Kelurahan Siantan Hulu Kota Pontianak", KALBAR),
        ("OSP 6 Yogyakarta", "DI Yogyakarta"),
        ("TA Kelembagaan, KMW D.I. Yogyakarta", "DI Yogyakarta"),
        ("Korkot Kota Sorong, Papua Barat", "Papua Barat Daya"),
        ("Kotaku Kepulauan Riau", "Kepulauan Riau"),
        ("KMW Prov. Papua Barat Daya", "Papua Barat Daya"),
        ("Konsultan Manajemen Pusat, Jakarta", ""),
        ("KMP Provinsi DKI Jakarta", "DKI Jakarta"),
        ("Mahasiswa KKN Universitas Sumatera Utara", ""),
        ("Faskel Desa Bali", ""),
        ("Warga Kampung Bali", ""),
        ("Alumni OSP Jateng", ""),
        ("Konsultan, Papua Nugini", ""),
        ("OSP 2 Kalbar dan Kalteng", ""),
        ("Fasilitator Sosial", ""),
    ],
)
def test_what_an_author_is_says_where(post: str, province: str) -> None:
    assert find_province_of_submission(assess("Warga hadir.", post=post)) == province


@pytest.mark.parametrize(
    ("sender", "province"),
    [
        ("KMW Kalbar", KALBAR),
        ("Kotaku Jateng", JATENG),
        ("Humas Kotaku Provinsi Aceh", "Aceh"),
        ("Kotaku Aceh", "Aceh"),
        ("OSP 1 Riau", "Riau"),
        ("Bali Sutrisno", ""),  # people are called so
        ("Aceh Setiawan", ""),
        ("Jakarta Kotaku", ""),
        ("Nad Rahma", ""),
        ("Yogyakarta Rahma", ""),
        ("Siti Rahma", ""),
    ],
)
def test_a_senders_name_says_where(sender: str, province: str) -> None:
    assert find_province_of_submission(assess("Warga hadir."), senders=[sender]) == province


@pytest.mark.parametrize(
    ("subject", "written", "province"),
    [
        ("[Kalbar] Warga membersihkan saluran", "", KALBAR),
        ("Re: [W-2026-0143] Naskah", "", ""),
        ("Studi banding ke Jawa Tengah", "", ""),
        ("", "Yth. Redaksi\n\nProvinsi: Kalimantan Barat\nTerlampir naskahnya.", KALBAR),
        ("", "Wilayah : Kab. Sambas, Kalbar", KALBAR),
        ("", "Asal naskah: Jawa Tengah", JATENG),
        ("", "Wilayah: Kalbar, Kalteng", ""),
        ("", "Terlampir.\n\nSalam,\nSiti Rahma\nAskot Kota Pontianak, OSP 2 Kalbar", KALBAR),
        ("", "Terima kasih\nBudi\nKMW Jateng\nJl. Kalimantan Barat No. 3, Semarang", JATENG),
        ("", "Kami kirimkan kunjungan warga ke Jawa Tengah.", ""),
        ("", "Salam,\nBudi\nUniversitas Negeri Papua, Manokwari", ""),
        # below his last farewell, in the lines of a signature, and short
        (
            "",
            "Terima kasih\nOSP 3 Jateng sudah mendampingi.\n\nHormat kami,\nSiti\nOSP 2 Kalbar",
            KALBAR,
        ),
        ("", "Salam,\nSiti\nb\nc\nd\ne\nf\nOSP 2 Kalbar", ""),
        ("", f"Salam,\nSiti\nCatatan OSP 2 Kalbar: {'kata ' * 20}", ""),
        ("", "Foto 1: Warga Kota Semarang, Jawa Tengah, menata taman", ""),
    ],
)
def test_what_a_sender_writes_of_himself_says_where(
    subject: str, written: str, province: str
) -> None:
    letters = [Letter(subject, written)]
    assert find_province_of_submission(assess("Warga hadir."), letters) == province


@pytest.mark.parametrize(
    ("judged", "sender", "province"),
    [
        (assess("Warga.", dateline="Sambas", post="OSP 2 Kalbar"), "KMW Kalbar", KALBAR),
        (assess("Warga.", dateline="Banjar", post="OSP 7 Kalsel"), "", "Kalimantan Selatan"),
        (assess("Warga.", dateline="Kalbar", post="OSP 3 Jateng"), "", ""),
        (assess("Warga.", dateline="Kalbar"), "Kotaku Jateng", ""),
        (assess("Warga.", dateline="Banjar", post="OSP 3 Jateng"), "", ""),
        (assess("Warga.", label="Provinsi: Kalimantan Barat"), "", KALBAR),
        (assess("Warga.", label="[Kalbar]"), "", KALBAR),
        (assess("Warga.", label="Kalbar"), "", ""),
        (assess("Warga.", label=f"[Kalbar] {'kata ' * 30}"), "", ""),
        (assess("Warga.", label="Dokumentasi panitia.[Jateng]"), "", ""),
        (assess("Warga.", dateline="Kalbar", decision="quarantine"), "KMW Kalbar", ""),
        (assess("Warga.", dateline="Kalbar", decision="ignore"), "KMW Kalbar", ""),
    ],
)
def test_all_that_speaks_must_agree(judged: Assessment, sender: str, province: str) -> None:
    assert find_province_of_submission(judged, senders=[sender]) == province


def test_every_province_is_found_by_each_of_its_spellings() -> None:
    for province, (_, short, others) in PROVINCES.items():
        for spelling in (province, short, *others):
            shown = spelling.upper() if len(spelling) == 3 else spelling
            assert find_common_province(read_place(shown)) == province, spelling


@pytest.mark.parametrize(
    ("province", "part"), [("Riau", "Kepulauan Riau"), ("Maluku", "Maluku Utara")]
)
def test_a_place_in_the_province_that_is_named_lies_in_no_part_of_it(
    province: str, part: str
) -> None:
    homes = (frozenset({province, part}),)
    assert find_common_province(Named(frozenset({province}), homes)) == province


def test_what_a_province_was_part_of_is_one() -> None:
    assert {*FORMER, *FORMER.values()} <= set(PROVINCES)


names = st.sampled_from(sorted(PROVINCES))
homes = st.lists(st.frozensets(names, min_size=1, max_size=3), max_size=3)


@given(st.frozensets(names, max_size=2), homes)
def test_another_sign_never_finds_another_province(
    provinces: frozenset[str], places: list[frozenset[str]]
) -> None:
    """It may leave none, and of what was written under an older name say which part it is."""
    before = find_common_province(Named(provinces, tuple(places)))
    for more in sorted(PROVINCES):
        after = find_common_province(Named(provinces | {more}, tuple(places)))
        assert not before or after in ("", before) or provinces == frozenset()
    for more in sorted(PROVINCES):
        after = find_common_province(Named(provinces, (*places, frozenset({more}))))
        old = {FORMER.get(after), FORMER.get(FORMER.get(after, ""))}
        assert not before or after in ("", before) or before in old
