"""Writes a phrasing of captioned.toml as the mail that a facilitator would send."""

import html
import io
import random
import re
import tomllib
from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache
from pathlib import Path
from typing import Literal

import docx
import msgspec
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from msgspec import Struct
from PIL import Image

from desk.demo.makers import media_type
from tests import builders

HERE = Path(__file__).parent
Carrier = Literal["plain", "html", "paragraphs", "table"]
Naming = Literal["number", "camera", "whatsapp"]
Right = Literal["auto", "confirm", "either", "unsure"]
CARRIERS: tuple[Carrier, ...] = ("plain", "html", "paragraphs", "table")
NAMINGS: tuple[Naming, ...] = ("number", "camera", "whatsapp")
CAPTIONS: list[str] = tomllib.loads((HERE / "captions.toml").read_text("utf-8"))["texts"]
ROMAN, ORDINAL = ("I", "II", "III"), ("pertama", "kedua", "ketiga")
WORD, KEYCAP = ("satu", "dua", "tiga"), ("1️⃣", "2️⃣", "3️⃣")
CAMERA = ("IMG_3018.jpg", "IMG_3021.jpg", "IMG_3024.jpg")
SCREEN = ("10.22.31", "10.22.31 (1)", "10.24.05")
TITLES = (
    "Warga Siantan Hulu Bangun Saluran Air Secara Swadaya",
    "BKM Sejahtera Gelar Rembug Warga Tahunan",
    "Dari Gang Sempit Menjadi Kampung Tangguh",
)
OPENINGS = (
    "Yth. Redaksi,\nTerlampir naskah beserta {photos} buah foto dari kelurahan kami.",
    "Assalamualaikum wr. wb.\nDengan hormat, bersama ini kami kirimkan berita kegiatan dan fotonya.",
    "Selamat siang Pak/Bu Redaksi\nMohon dimuat ya, naskah dan foto terlampir",
    "Kepada Yth.\nTim Redaksi Warta\ndi tempat\nBerikut kami sampaikan naskah untuk warta minggu ini.",
)
CLOSINGS = (
    "Demikian, atas perhatiannya kami ucapkan terima kasih.",
    "Terima kasih.",
    "Mohon konfirmasi bila sudah diterima. Terima kasih banyak 🙏",
    "Wassalamualaikum wr. wb.",
)
SIGNATURES = (
    "Salam,\nRahmawati\nFasilitator Tim 07 Pontianak",
    "Hormat kami,\nAndi Tenri\nKoordinator BKM Talise Bersatu\nHP 0812-5678-9012",
    "Suparman",
    "Salam hangat,\nNurhayati Lubis\nAskot Mandiri, Kota Medan",
)


class Phrasing(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One way of captioning; captioned.toml says what each field means."""

    id: str
    right: dict[Naming, Right]
    each: str = ""
    block: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    tail: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    head: str = ""
    photos: int = 3
    where: Literal["end", "last", "middle", "top"] = "end"
    listed: bool = False
    blank: bool = False
    lower: bool = False
    shuffle: bool = False
    leaves: tuple[str, ...] = ()
    given: tuple[int, ...] = ()


class Case(Struct, frozen=True, kw_only=True):
    """A mail, and what is right for it."""

    phrasing: Phrasing
    carrier: Carrier
    naming: Naming
    raw: bytes
    captions: dict[str, str]  # by the photo's file name

    @property
    def right(self) -> Right:
        """What is right."""
        return self.phrasing.right[self.naming]


@cache
def read_phrasings() -> tuple[Phrasing, ...]:
    """What captioned.toml holds."""
    held = tomllib.loads((HERE / "captioned.toml").read_text("utf-8"))["phrasing"]
    return msgspec.convert(held, tuple[Phrasing, ...], strict=False)


@cache
def make_photo(seed: int) -> bytes:
    """1080 x 810 pixels that look like no other seed's: soft light and shade with a grain."""
    chance = random.Random(seed)
    shade = Image.frombytes("RGB", (8, 6), chance.randbytes(8 * 6 * 3))
    grain = Image.frombytes("L", (270, 203), chance.randbytes(270 * 203)).resize((1080, 810))
    image = shade.resize((1080, 810), Image.Resampling.BICUBIC)
    out = io.BytesIO()
    Image.blend(image, grain.convert("RGB"), 0.15).save(out, "JPEG", quality=80)
    return out.getvalue()


def name_photos(naming: Naming, turn: int, photos: int) -> list[str]:
    """The files' names; the two manners of WhatsApp take turns."""
    if naming == "number":
        return [f"Foto {n}.jpg" for n in range(1, photos + 1)]
    if naming == "camera":
        return list(CAMERA[:photos])
    if turn % 2:
        return [f"WhatsApp Image 2026-11-15 at {at}.jpeg" for at in SCREEN[:photos]]
    return [f"IMG-20261115-WA{n:04}.jpg" for n in (3, 4, 7)[:photos]]


def take_captions(phrasing: Phrasing, turn: int) -> list[str]:
    """Captions in turn, no two alike in one mail."""
    chosen = [CAPTIONS[(7 * turn + 11 * n) % len(CAPTIONS)] for n in range(phrasing.photos)]
    return [lower(text) for text in chosen] if phrasing.lower else chosen


def lower(text: str) -> str:
    """As in the middle of a sentence."""
    return (text[0].lower() + text[1:]).rstrip(".")


def halve(text: str) -> tuple[str, str]:
    """A line broken by hand near its middle."""
    words = text.split()
    middle = (len(words) + 1) // 2
    return " ".join(words[:middle]), " ".join(words[middle:])


def fill(phrasing: Phrasing, names: Sequence[str], captions: Sequence[str]) -> list[str]:
    """The captions' block, an entry a photo; an entry may be of several lines, a line of cells."""
    if phrasing.block:
        words = {f"c{n}": text for n, text in enumerate(captions, 1)}
        words |= {f"l{n}": lower(text) for n, text in enumerate(captions, 1)}
        return [line.format(**words) for line in phrasing.block]
    entries = []
    for at, (name, caption) in enumerate(zip(names, captions, strict=True)):
        stem = name.rpartition(".")[0]
        first, second = halve(caption)
        words = {
            "n": str(at + 1),
            "letter": "ABC"[at],
            "roman": ROMAN[at],
            "ordinal": ORDINAL[at],
            "word": WORD[at],
            "keycap": KEYCAP[at],
            "name": name,
            "upper": name.upper(),
            "stem": stem,
            "short": re.split(r"[ _-](?=[^ _-]+(?: \(\d\))?$)", stem, maxsplit=1)[-1],
            "own": phrasing.own[at] if phrasing.own else "",
            "caption": caption,
            "half1": first,
            "half2": second,
        }
        entries.append(phrasing.each.format(**words))
    return entries


def write_case(turn: int, phrasing: Phrasing, carrier: Carrier, naming: Naming) -> Case:
    """The mail of one phrasing in one carrier, its photos named in one manner."""
    names = name_photos(naming, turn, phrasing.photos)
    captions = take_captions(phrasing, turn)
    entries = fill(phrasing, names, captions)
    given = phrasing.given or range(1, phrasing.photos + 1)
    files = [(name, make_photo(at)) for at, name in enumerate(names)]
    if phrasing.shuffle:
        files = [*files[1:], files[0]]
    in_mail = carrier in {"plain", "html"}
    document = write_document(turn, phrasing, [] if in_mail else entries, table=carrier == "table")
    if in_mail and not (carrier == "html" and phrasing.head):
        entries = [entry.replace("|", "") for entry in entries]
    elif in_mail:
        entries = [phrasing.head, *entries]
    text = write_body(turn, phrasing, entries if in_mail else [])
    attached = [("Naskah Warta.docx", document), *files]
    return Case(
        phrasing=phrasing,
        carrier=carrier,
        naming=naming,
        raw=write_mail(turn, text, attached, carrier == "html", listed=phrasing.listed),
        captions={name: captions[number - 1] for name, number in zip(names, given, strict=True)},
    )


# ── the document ──────────────────────────────────────────────────────────────────────────────────


def write_document(turn: int, phrasing: Phrasing, entries: Sequence[str], *, table: bool) -> bytes:
    """An article of 1,500 characters as the rules want it, with the captions where they stand."""
    article = builders.article_text(1500).split("\n")
    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(12)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    normal.paragraph_format.line_spacing = 1.0
    head = document.add_paragraph()
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    head.add_run(TITLES[turn % len(TITLES)]).bold = True
    places = {"top": 0, "middle": len(article) - 2, "end": len(article), "last": len(article) + 1}
    lines = [*article, "Penulis: Rahmawati, Fasilitator Tim 07 Pontianak"]
    for at, line in enumerate([*lines, ""]):
        if entries and at == places[phrasing.where]:
            add_captions(document, phrasing, entries, table=table)
        if line:
            document.add_paragraph(line)
    return builders.saved(document)


def add_captions(
    document: "docx.document.Document", phrasing: Phrasing, entries: Sequence[str], *, table: bool
) -> None:
    """The block as paragraphs, or as a table of as many columns as the entries have cells."""
    for line in phrasing.lead:
        add_line(document.add_paragraph(), line)
    if table:
        rows = [entry.split("|") for entry in ([phrasing.head] if phrasing.head else [])]
        rows += [entry.split("|") for entry in entries]
        grid = document.add_table(len(rows), max(map(len, rows)), style="Table Grid")
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                first, *rest = cell.split("\n")
                add_line(grid.cell(row, column).paragraphs[0], first)
                for line in rest:
                    add_line(grid.cell(row, column).add_paragraph(), line)
    else:
        for entry in entries:
            for at, line in enumerate(entry.replace("|", "").split("\n")):
                if phrasing.listed and at == 0:
                    text = re.sub(r"^\d\. ?", "", line)
                    add_line(document.add_paragraph(style="List Number"), text)
                else:
                    add_line(document.add_paragraph(), line)
    for line in phrasing.tail:
        add_line(document.add_paragraph(), line)


def add_line(paragraph: Paragraph, line: str) -> None:
    """The line's runs; what stands between two stars is bold."""
    for at, piece in enumerate(line.split("**")):
        if piece:
            paragraph.add_run(piece).bold = True if at % 2 else None


# ── the mail ──────────────────────────────────────────────────────────────────────────────────────


def write_body(turn: int, phrasing: Phrasing, entries: Sequence[str]) -> list[list[str]]:
    """What the mail says: paragraphs of lines. A line keeps its ** and the list's mark."""
    opening = OPENINGS[turn % len(OPENINGS)].format(photos=phrasing.photos).split("\n")
    closing = CLOSINGS[turn // 2 % len(CLOSINGS)].split("\n")
    signature = SIGNATURES[turn // 3 % len(SIGNATURES)].split("\n")
    if not entries:
        return [opening, closing, signature]
    groups = [entry.split("\n") for entry in entries]
    lines = [line for group in groups for line in group]
    block = groups if phrasing.blank else [lines]
    block = [[*phrasing.lead, *block[0]], *block[1:]]
    if phrasing.tail:
        block.append(list(phrasing.tail))
    if phrasing.where == "top":
        return [*block, opening, closing, signature]
    if phrasing.where == "last":
        return [opening, closing, signature, *block]
    return [opening, *block, closing, signature]


def write_mail(
    turn: int,
    text: Sequence[Sequence[str]],
    files: Sequence[tuple[str, bytes]],
    markup: bool,
    *,
    listed: bool = False,
) -> bytes:
    """The mail as our border hands it over. The plain part beside HTML is the same words, a
    program's stub, or not there, in turn."""
    message = EmailMessage(policy=SMTP)
    message["Authentication-Results"] = (
        "mx.warta.example; dmarc=pass header.from=kontributor.example"
    )
    message["From"] = '"Rahmawati" <rahmawati@kontributor.example>'
    message["To"] = "redaksi@warta.example"
    message["Subject"] = ("Kiriman naskah warta", "Berita dan foto", "Naskah BKM")[turn % 3]
    message["Date"] = "Mon, 23 Nov 2026 14:05:00 +0700"
    message["Message-ID"] = f"<{turn}.phrasing@kontributor.example>"
    plain = "\n\n".join("\n".join(line.replace("**", "*") for line in part) for part in text)
    plain = plain.replace("|", "")
    marked = write_html(turn, text, listed=listed)
    if not markup:
        message.set_content(plain + "\n", cte="8bit")
    elif turn % 3 == 0:
        message.set_content(marked, subtype="html", cte="base64")
    else:
        stub = "Your mail program does not show HTML.\n"
        message.set_content(plain + "\n" if turn % 3 == 1 else stub, cte="base64")
        message.add_alternative(marked, subtype="html", cte="base64")
    for name, content in files:
        main, _, sub = media_type(name).partition("/")
        message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return message.as_bytes()


def write_html(turn: int, text: Sequence[Sequence[str]], *, listed: bool) -> str:
    """As a mail program writes it: lines as <div>, as <p>, or parted by <br>, in turn; a list of
    the program's own, and a table where the lines have cells."""
    parts = []
    for part in text:
        lines = [write_line(line) for line in part]
        if any("|" in line for line in part):
            parts.append(write_table(lines))
        elif listed and any(re.match(r"\d\. ", line) for line in part):
            items = [re.sub(r"^\d\. ", "", line) for line in lines[1:]]
            parts.append(
                lines[0] + "<ol>" + "".join(f"<li>{item}</li>" for item in items) + "</ol>"
            )
        elif turn % 3 == 0:
            parts.append("".join(f"<div>{line}</div>" for line in lines) + "<div><br></div>")
        elif turn % 3 == 1:
            parts.append("".join(f'<p class="MsoNormal">{line}</p>\n' for line in lines))
        else:
            parts.append("<p>" + "<br>\n".join(lines) + "</p>")
    return f'<html><body><div dir="ltr">{"".join(parts)}</div></body></html>'


def write_line(line: str) -> str:
    """The line with its bold and its tabs."""
    bold = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", html.escape(line, quote=False))
    return bold.replace("\t", "&nbsp;&nbsp; ")


def write_table(lines: Sequence[str]) -> str:
    """A line above the table, then a row a line."""
    rows = ["".join(f"<td>{cell.strip()}</td>" for cell in line.split("|")) for line in lines[1:]]
    return f"<p>{lines[0]}</p><table border=1>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
