"""Documents as offices and villages write them, made up: what is the title, who wrote, what counts.

Each line has one letter for its role: T title, B byline, C caption, L label (shown, not counted),
"." article. So `roles` tells the characters too: those of the dots.
"""

import textwrap
from html import escape

import pytest
from msgspec import Struct

from ingest.read.document.document import read_document
from redaksi.limits import Safety
from redaksi.model import Document
from redaksi.text.counting import count
from tests.builders import file
from tests.unit.document.word_parts import SPACES, TIMES_12, package

TITLE = "Warga Siantan Hulu Bersihkan Parit Bersama"
PROSE = {
    "P1": "Puluhan warga RT 03 dan RT 04 Kelurahan Siantan Hulu bergotong royong membersihkan parit sepanjang "
    "240 meter, Minggu (15/11). Sejak pukul enam pagi mereka mengangkat sampah dan lumpur yang menyumbat aliran.",
    "P2": "Ketua BKM Harapan Jaya, Siti Rahmah, mengatakan pekerjaan itu dibiayai swadaya warga dan bantuan program. "
    "“Kami berterima kasih kepada semua pihak yang ikut turun tangan sejak pagi,” ujarnya di lokasi kegiatan.",
    "P3": "Lurah berharap kegiatan serupa dilaksanakan setiap bulan agar lingkungan tetap bersih dan sehat. Sisa "
    "pekerjaan di ujung gang akan dilanjutkan pekan depan bersama para pemuda dan petugas kebersihan kota.",
}
LETTERS = {"title": "T", "byline": "B", "caption": "C", "label": "L", "body": "."}
LOOKS = {"*": "<w:b/>", "+": '<w:sz w:val="36"/>', "~": '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri"/>'}  # fmt: skip


class Case(Struct, frozen=True):
    """`lines` in order; marks before "` " say how a line looks: * bold, ^ centred, + large, ~ in
    Calibri, | a row of a table, % a drop capital, _ a paragraph's next line. P1 to P3 are the
    article's paragraphs; W60, W72 the same three wrapped by hand, G72 with empty lines between
    them. `header`: the header's lines."""

    what: str
    lines: list[str]
    roles: str
    title: str = TITLE
    name: str = ""
    header: tuple[str, ...] = ()


def expanded(lines: list[str]) -> list[str]:
    """With the article's text, wrapped where it is to be."""
    found: list[str] = []
    for line in lines:
        if line[:1] in {"W", "G"} and line[1:].isdigit():
            for text in PROSE.values():
                found += textwrap.wrap(text, int(line[1:]))
                found += [""] if line[0] == "G" else []
        else:
            found.append(PROSE.get(line, line))
    return found


def marked_up(lines: list[str]) -> str:
    """The body of a .docx."""
    body: list[str] = []
    for line in lines:
        marks, _, text = line.rpartition("` ")
        looks = "".join(LOOKS[mark] for mark in marks if mark in LOOKS)
        run = f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
        centred = '<w:jc w:val="center"/>' if "^" in marks else ""
        frame = '<w:framePr w:dropCap="drop" w:lines="3" w:wrap="around"/>' if "%" in marks else ""
        made = f"<w:p><w:pPr>{frame}{centred}</w:pPr>{run}</w:p>"
        if "_" in marks:
            body[-1] = body[-1].removesuffix("</w:p>") + f"<w:r><w:br/></w:r>{run}</w:p>"
        elif "|" in marks:
            body.append(f"<w:tbl><w:tr><w:tc>{made}</w:tc></w:tr></w:tbl>")
        else:
            body.append(made)
    return "".join(body)


def boxed(*lines: str) -> str:
    """A paragraph that holds nothing but a text box of these lines."""
    inside = f"<w:txbxContent>{marked_up(list(lines))}</w:txbxContent>"
    return (
        f"<w:p><w:r><w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict></w:r></w:p>"
    )


def read(case: Case) -> Document:
    body = marked_up(expanded(case.lines))
    relations, extra = [], {}
    if case.header:
        body += '<w:sectPr><w:headerReference w:type="default" r:id="h"/></w:sectPr>'
        relations = [("h", "header", "h.xml")]
        extra = {"word/h.xml": f"<w:hdr {SPACES}>{marked_up(list(case.header))}</w:hdr>"}
    content = package(body, styles=TIMES_12, relations=relations, extra=extra)
    return read_document(file("Naskah.docx", content, "docx"), Safety())


T, CT, BT = TITLE, f"^*` {TITLE}", f"*` {TITLE}"
KOP = ["^*` PEMERINTAH KOTA PONTIANAK", "^*` KECAMATAN PONTIANAK UTARA", "^*` KELURAHAN SIANTAN HULU",
       "^` Jalan Khatulistiwa No. 12 Telp. (0561) 881234 Pontianak 78241"]  # fmt: skip
LONG = ("PEMERINTAH KOTA PONTIANAK DAN WARGA KELURAHAN SIANTAN HULU BERSIHKAN PARIT JALAN KHATULISTIWA "
        "GANG 12 HINGGA JALAN BUDI UTOMO MENYAMBUT HARI LINGKUNGAN")  # fmt: skip

HEADS = [
    # letterheads
    Case("a letterhead of four lines", [*KOP, CT, "P1", "P2"], "LLLLT.."),
    Case("of two lines", ["^*` BKM HARAPAN JAYA", "^` Sekretariat: Jl. Budi Utomo No. 5, HP 0812-3456-7890", CT, "P1"], "LLT."),
    Case("of two lines in small letters", ["^` BKM Harapan Jaya", "^` Jl. Budi Utomo 5 Siantan Hulu", CT, "P1"], "LLT."),
    Case("of six lines with a rule", [*KOP, "^` Email: siantanhulu@pontianak.example Website: www.contoh.example", "` ==========", CT, "P1"], "LLLLLLT."),
    Case("with a notary's deed", ["^*` BADAN KESWADAYAAN MASYARAKAT (BKM)", "^*` “HARAPAN JAYA”", "^` Akta Notaris No. 7 Tahun 2009", "^` Alamat: Gang Karya Baru, Siantan Hulu", CT, "P1"], "LLLLT."),
    Case("as a table", [f"|{line}" for line in KOP] + [CT, "P1", "P2"], "LLLLT.."),
    Case("above a plain title", [*KOP, T, "P1", "P2"], "LLLLT.."),
    Case("without a title", [*KOP, "P1", "P2"], "LLLL..", ""),
    Case("of a firm", ["^*` PT KARYA MANDIRI KONSULTAN", "^` Jl. Sudirman No. 8 Pontianak 78121", CT, "P1"], "LLT."),
    Case("of a village", ["^*` PEMERINTAH KABUPATEN KUBU RAYA", "^*` DESA SUNGAI RAYA", "^` Alamat : Jl. Adi Sucipto KM 12 Kode Pos 78391", CT, "P1"], "LLLT."),
    Case("in the header", [CT, "P1", "P2"], "T..", header=tuple(KOP)),
    Case("the title in the header", ["P1", "P2"], "..", header=(CT,)),
    Case("the title under a letterhead in the header", ["P1", "P2"], "..", header=(*KOP, CT)),
    Case("a header with a page number", ["P1", "P2"], "..", "", header=("Halaman 1",)),
    Case("in small letters, centred", ["^` Badan Keswadayaan Masyarakat", "^` Harapan Jaya", "^` Kelurahan Siantan Hulu", "^` Sekretariat: Jl. Khatulistiwa Gg. Karya No. 5", CT, "P1"], "LLLLT."),
    Case("of a team", ["^` Program Kota Tanpa Kumuh (KOTAKU)", "^` Tim 04 Kota Pontianak", "^` Jl. Khatulistiwa Gg. Karya 5, HP. 0812 3456 7890", T, "P1"], "LLLT."),
    Case("without an address", ["^*` KOTAKU", "^*` KOTA TANPA KUMUH", "^` OSP Kalimantan Barat", CT, "P1"], "LLLT."),
    Case("and a kind of text with a number", [*KOP, "^*` SIARAN PERS", "Nomor: 12/SP/2026", CT, "P1"], "LLLLLLT."),
    # headlines that name roads and offices
    Case("a road with a number", ["30 Pohon Tabebuya Ditanam di Jalan Karet Pasar Baru Timur 2", "P1"], "T.", "30 Pohon Tabebuya Ditanam di Jalan Karet Pasar Baru Timur 2"),
    Case("a road first", ["*` Jalan Karet Pasar Baru Timur 2 Kini Mulus", "P1"], "T.", "Jalan Karet Pasar Baru Timur 2 Kini Mulus"),
    Case("a road's short form", ["^*` Jl. Karet Gang 4 No. 2 Dibeton Warga", "P1"], "T.", "Jl. Karet Gang 4 No. 2 Dibeton Warga"),
    Case("an urban village", ["^*` KELURAHAN SIANTAN HULU BERSIHKAN PARIT", "^` Lurah: warga senang", "P1"], "TT.", "KELURAHAN SIANTAN HULU BERSIHKAN PARIT"),
    Case("an office", ["Dinas PUPR Pontianak Perbaiki Drainase", "P1"], "T.", "Dinas PUPR Pontianak Perbaiki Drainase"),
    Case("an office in capitals above its subtitle", ["^*` DINAS PUPR PONTIANAK PERBAIKI DRAINASE", "^` Warga RT 03 ikut mengangkat batu", "P1"], "TT.", "DINAS PUPR PONTIANAK PERBAIKI DRAINASE"),
    Case("Kotaku", ["*` Kotaku Kalbar Gelar Pelatihan di Jalan Merdeka 5", "Oleh: Sri Wahyuni", "P1"], "TB.", "Kotaku Kalbar Gelar Pelatihan di Jalan Merdeka 5", "Sri Wahyuni"),
    Case("an office and a road over two lines", ["^*` DINAS PUPR PERBAIKI DRAINASE", "^*` JALAN KARET PASAR BARU TIMUR 2", "P1"], "TT.", "DINAS PUPR PERBAIKI DRAINASE JALAN KARET PASAR BARU TIMUR 2"),
    Case("a long one in capitals", [f"^*` {LONG}", "P1", "P2"], "T..", LONG),
    Case("telephone in a headline", ["*` Warga Siantan Punya Nomor Telepon Siaga 112", "P1"], "T.", "Warga Siantan Punya Nomor Telepon Siaga 112"),
    Case("a programme over its subtitle", ["^*` PROGRAM SANITASI SIANTAN HULU", "^` Air bersih untuk semua", "P1"], "TT.", "PROGRAM SANITASI SIANTAN HULU"),
    Case("a board over its byline", ["^*` BKM HARAPAN JAYA SIANTAN HULU", "Oleh: Sri Wahyuni", "P1"], "TB.", "BKM HARAPAN JAYA SIANTAN HULU", "Sri Wahyuni"),
    Case("a mail's own lines above it", ["Dari: Sri Wahyuni", "Kepada: redaksi@contoh.example", "Perihal: Naskah berita", T, "P1"], "LLLT."),
    Case("a letter to the redaksi above it", ["Kepada Yth.", "Redaksi Warta", "di Tempat", "Dengan hormat,", "Bersama ini kami kirimkan naskah berita kegiatan warga beserta fotonya.", "Terima kasih.", CT, "P1"], "LLLLLLT."),
    Case("over bold headings of its parts", [T, "*` Latar Belakang", "P1", "*` Hasil", "P2"], "T...."),
    # lines under the title
    Case("a bare e-mail address", [CT, "sri.wahyuni@contoh.example", "P1"], "TL."),
    Case("a plain title above it", [T, "sri.wahyuni@contoh.example", "P1"], "TL."),
    Case("a telephone number", [T, "0812-3456-7890", "P1"], "TL."),
    Case("with its key", [T, "No. HP/WA: 0812 3456 7890", "P1"], "TL."),
    Case("an account", [T, "IG: @kotaku_pontianak", "P1"], "TL."),
    Case("several at once", [BT, "Email: sri@contoh.example / HP 0812-3456-7890", "P1"], "TL."),
    Case("contact above the title", ["sri@contoh.example", CT, "P1"], "LT."),
    Case("byline and contact", [CT, "Oleh: Sri Wahyuni, Fasilitator Sosial", "sri@contoh.example", "P1"], "TBL.", name="Sri Wahyuni"),
    Case("contact of an office under the title", [CT, "BKM Harapan Jaya", "sri@contoh.example", "P1"], "T.L."),
    Case("hashtags", [T, "#kotaku #pontianak", "P1"], "TL."),
    Case("a number with its name", [T, "WA +62 812-3456-7890 (Sri)", "P1"], "TL."),
    Case("a place and a dash", [CT, "PONTIANAK –", "P1"], "TL."),
    Case("a province", [CT, "Oleh: Sri Wahyuni", "Kalimantan Barat", "P1"], "TBL.", name="Sri Wahyuni"),
    Case("a name over a task", [CT, "Sri Wahyuni", "Fasilitator Sosial Tim 04", "P1"], "TBB.", name="Sri Wahyuni"),
    Case("a date", [CT, "Pontianak, 15 November 2026", "P1"], "TL."),
    Case("a date above a plain title", ["Pontianak, 15 November 2026", T, "P1"], "LT."),
    Case("a subtitle", [CT, "^` Gotong royong tiga bulan berbuah manis", "P1"], "TT."),
    Case("a title over two lines", ["^*` Warga Siantan Hulu", "^*` Bersihkan Parit Bersama", "P1"], "TT."),
    Case("a plain title that goes on below", ["Warga Siantan Hulu Bersihkan Parit", "bersama lurah dan pemuda", "P1"], "TT.", "Warga Siantan Hulu Bersihkan Parit bersama lurah dan pemuda"),
    Case("a title over two lines of one paragraph", ["^*` Warga Siantan Hulu", "^*_` Bersihkan Parit Bersama", "P1"], "TT."),
    Case("a title under the byline", ["Oleh: Sri Wahyuni", CT, "P1"], "BT.", name="Sri Wahyuni"),
    Case("a plain title under the byline", ["Penulis: Sri Wahyuni", T, "P1"], "BT.", name="Sri Wahyuni"),
    Case("a kind of text above it", ["^*` SIARAN PERS", CT, "P1"], "LT."),
    # drop capitals
    Case("a drop capital in a frame", [CT, "%+` P", PROSE["P1"][1:], "P2"], "T..."),
    Case("under a plain title", [T, "%+` P", PROSE["P1"][1:], "P2"], "T..."),
    Case("as a paragraph of its own", [CT, "+*` P", PROSE["P1"][1:], "P2"], "T..."),
    Case("without a title", ["%+` P", PROSE["P1"][1:], "P2"], "...", ""),
    Case("with the first word in capitals", [T, "%+` P", PROSE["P1"].replace("Puluhan", "ULUHAN"), "P2"], "T..."),
    Case("under the byline", [CT, "Oleh: Sri Wahyuni", "%+` P", PROSE["P1"][1:], "P2"], "TB...", name="Sri Wahyuni"),
]  # fmt: skip


def wrapped(width: int) -> int:
    return sum(len(textwrap.wrap(text, width)) for text in PROSE.values())


WRAPPED = [
    *(Case(f"wrapped at {width}", [T, f"W{width}"], "T" + "." * wrapped(width)) for width in (60, 65, 72, 75)),
    *(Case(f"with empty lines at {width}", [T, f"G{width}"], "T" + "." * wrapped(width)) for width in (60, 72)),
    Case("an empty line below each line", [T, *(each for text in PROSE.values() for line in textwrap.wrap(text, 70) for each in (line, ""))], "T" + "." * wrapped(70)),
    Case("each line indented", [T, *(f"   {line}  " for text in PROSE.values() for line in textwrap.wrap(text, 70))], "T" + "." * wrapped(70)),
    Case("under a title set apart", [CT, "W72"], "T" + "." * wrapped(72)),
    Case("under title and byline", [T, "Oleh: Sri Wahyuni", "W72"], "TB" + "." * wrapped(72), name="Sri Wahyuni"),
    Case("the byline below", [T, "W72", "Penulis: Sri Wahyuni"], "T" + "." * wrapped(72) + "B", name="Sri Wahyuni"),
    Case("a title in small letters", ["Warga Siantan Hulu bersihkan parit bersama", "W72"], "T" + "." * wrapped(72), "Warga Siantan Hulu bersihkan parit bersama"),
    Case("a title wrapped too", ["Warga Kelurahan Siantan Hulu Kecamatan Pontianak Utara Bersihkan Parit", "dan Tanam Pohon", "", "G72"], "TT" + "." * wrapped(72), "Warga Kelurahan Siantan Hulu Kecamatan Pontianak Utara Bersihkan Parit dan Tanam Pohon"),
    Case("without a title", ["W72"], "." * wrapped(72), ""),
    Case("line breaks in one paragraph", [T, "P1", *(f"_` {line}" for line in textwrap.wrap(PROSE["P2"], 72))], "T" + "." * (1 + len(textwrap.wrap(PROSE["P2"], 72)))),
]  # fmt: skip

MARKS = [
    "(foto terlampir)", "[sisipkan foto di sini]", "(lihat foto 1)", "<<foto>>",
    "[Foto 1]", "(Foto 2)", "[insert photo IMG_2041.jpg]", "Dok. Kotaku Kalbar", "(foto 1 di sini)",
    "Dokumentasi Kegiatan", "DOKUMENTASI", "[FOTO KEGIATAN]", "(Foto: terlampir)",
    "Foto kegiatan:", "(dokumentasi terlampir)", "{foto}", "Foto terlampir",
]  # fmt: skip
TAILS = [
    Case("Penulis at the end", [CT, "P1", "P2", "Penulis: Sri Wahyuni, Askot"], "T..B", name="Sri Wahyuni"),
    Case("in brackets", [CT, "P1", "P2", "(Sri Wahyuni/Humas)"], "T..B", name="Sri Wahyuni"),
    Case("Penulis without a mark", [CT, "P1", "P2", "Penulis Sri Wahyuni"], "T..B", name="Sri Wahyuni"),
    Case("text and photo by", [CT, "P1", "P2", "Naskah & foto oleh Sri Wahyuni"], "T..B", name="Sri Wahyuni"),
    Case("a sentence behind Penulis", [CT, "P1", "Penulis: jangan lupa bahwa warga yang bekerja.", "P2"], "T..."),
    Case("whom to call", [CT, "P1", "P2", "CP: Sri (0812 3456 7890)"], "T..L"),
    Case("a kind of text under the title", [CT, "SIARAN PERS", "P1", "P2"], "TL.."),
    Case("between dashes", [CT, "P1", "P2", "- Sri Wahyuni -"], "T..B", name="Sri Wahyuni"),
    Case("a sentence with Oleh", [CT, "Oleh Lurah, usulan itu diteruskan ke kecamatan.", "P1", "P2"], "T..."),
    Case("with a dash", [CT, "P1", "P2", "Penulis - Sri Wahyuni"], "T..B", name="Sri Wahyuni"),
    Case("key and name apart", [CT, "P1", "P2", "Penulis", "Sri Wahyuni"], "T..BB", name="Sri Wahyuni"),
    Case("between title and text in brackets", [CT, "^` (Oleh: Sri Wahyuni)", "P1"], "TB.", name="Sri Wahyuni"),
    Case("in a table below", [CT, "P1", "|` Penulis", "|` Sri Wahyuni"], "T.BB", name="Sri Wahyuni"),
    Case("text and photos", [CT, "P1", "Teks & foto: Sri Wahyuni"], "T.B", name="Sri Wahyuni"),
    Case("with contact and place below", [CT, "P1", "Penulis: Sri Wahyuni", "HP: 0812-3456-7890", "Pontianak, 15 November 2026"], "T.BLL", name="Sri Wahyuni"),
    Case("a list of facts at the end", [CT, "P1", "P2", *(f"Lokasi: RT {n:02} Siantan Hulu" for n in range(1, 9))], "T.........."),
    Case("fields of a form at the end", [CT, "P1", "P2", "Lokasi: Siantan Hulu", "Tanggal: 15 November 2026"], "T..LL"),
    Case("numbered headings", [CT, "P1", "*` 1. Persiapan", "P2", "*` 2. Pelaksanaan", "P3"], "T....."),
    Case("a form below", [CT, "P1", "Nama : Sri Wahyuni", "Jabatan : Fasilitator Sosial", "No HP : 0812-3456-7890"], "T.BBL", name="Sri Wahyuni"),
    Case("a form above", ["Nama: Sri Wahyuni", "Jabatan: Fasilitator", f"Judul: {T}", "Isi:", "P1"], "BBTL.", name="Sri Wahyuni"),
    Case("a name over a task below", [CT, "P1", "P2", "Sri Wahyuni", "Fasilitator Sosial"], "T..BB", name="Sri Wahyuni"),
    Case("a layout table", [f"|{CT}", "|` Oleh: Sri Wahyuni", f"|` {PROSE['P1']}", f"|` {PROSE['P2']}"], "TB..", name="Sri Wahyuni"),
    Case("an article all in a table", [f"|{CT}", *(f"|` {text}" for text in PROSE.values())], "T..."),
    Case("a signature", [CT, "P1", "P2", "Hormat kami,", "Sri Wahyuni"], "T..LB", name="Sri Wahyuni"),
]  # fmt: skip


@pytest.mark.parametrize("case", [*HEADS, *WRAPPED, *TAILS], ids=lambda case: case.what)
def test_every_line_has_its_role(case: Case) -> None:
    found = read(case)
    lines = [line.rpartition("` ")[2] for line in expanded(case.lines) if line]
    body = [text for text, role in zip(lines, case.roles, strict=True) if role == "."]
    whole = [each for each in found.paragraphs if each.number]
    told = "".join(LETTERS[each.role] * (1 + each.text.count("\n")) for each in whole)
    assert (told, found.title) == (case.roles, case.title)
    assert (found.byline.name if found.byline else "") == case.name
    assert found.characters == sum(map(count, body))


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_in_mid_article_ends_nothing(mark: str) -> None:
    lines = [CT, "Oleh: Sri Wahyuni", "P1", mark, "P2", "P3", "P1", "P2", "P3", "P1", "P2"]
    found = read(Case("", lines, ""))
    article = sum(count(PROSE.get(line, "")) for line in lines)
    assert found.title == TITLE
    assert article <= found.characters <= article + count(mark)
    assert found.captions == ()


@pytest.mark.parametrize("at", [3, 5])
def test_captions_with_prose_below_them_end_where_it_goes_on(at: int) -> None:
    captions = [
        "Keterangan foto:",
        "Foto 1. Warga mengangkat lumpur dari parit.",
        "Foto 2. Lurah memberi sambutan di gang.",
    ]
    lines = [CT, "P1", "P2", "P3", "P1", "P2", "P3"]
    lines[at:at] = captions
    found = read(Case("", lines, ""))
    assert found.characters == sum(count(PROSE.get(line, "")) for line in lines)
    assert [label.key for label in found.captions] == ["Foto 1", "Foto 2"]


@pytest.mark.parametrize(
    "block",
    [
        ["Foto 1: {}", "Foto 2: {}"],
        ["Keterangan foto:", "1. {}", "2. {}"],
        ["Keterangan foto:", "Foto 1: {}", "Foto 2: {}"],
    ],
)
def test_a_caption_is_wrapped_too_and_swallows_no_text(block: list[str]) -> None:
    caption = "Warga mengangkat lumpur dari parit di sepanjang Gang Karya bersama petugas kebersihan kota."
    lines = [part for line in block for part in textwrap.wrap(line.format(caption), 72)]
    wrapped_text = [each for text in PROSE.values() for each in textwrap.wrap(text, 72)]
    for at in (len(wrapped_text), len(textwrap.wrap(PROSE["P1"], 72))):
        whole = [T, *wrapped_text[:at], *lines, *wrapped_text[at:]]
        found = read(Case("", whole, ""))
        assert [label.text for label in found.captions] == [caption, caption]
        assert found.characters == sum(map(count, PROSE.values()))


@pytest.mark.parametrize("style", ["*` ", "^*` ", "+` "])
def test_short_lines_above_a_heading_set_apart_are_article(style: str) -> None:
    tips = [f"{n}. Buang sampah di tempatnya dan jangan ke dalam parit" for n in range(1, 13)]
    found = read(Case("", [T, *tips, f"{style}Hasil yang Diharapkan", "P1", "P2"], ""))
    assert all(each.role == "body" for each in found.paragraphs if each.text in tips)


def test_an_article_all_in_centred_sentences_is_counted() -> None:
    tips = [f"^` Warga ke-{n} membuang sampah di tempatnya dan menjaga parit" for n in range(1, 13)]
    found = read(Case("", [CT, *tips, "P1", "P2"], ""))
    assert found.title == TITLE
    assert sum(each.role != "body" for each in found.paragraphs) <= 6


def test_a_title_in_a_text_box_above_the_text_is_the_title() -> None:
    text = marked_up(list(PROSE.values()))
    for body, title in ((boxed(CT) + text, TITLE), (text + boxed(CT), ""), (boxed(T) + text, "")):
        found = read_document(file("Naskah.docx", package(body, styles=TIMES_12), "docx"), Safety())
        assert found.title == title
        assert found.characters == sum(map(count, PROSE.values()))
        assert found.characters_aside["textbox"] == (0 if title else count(TITLE))
