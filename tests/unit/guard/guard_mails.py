"""Mails as the guard sees them, and what became of them."""

import io
import zipfile
from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from desk.pipeline import examine
from ingest.read.parcel import read_email
from redaksi.limits import Identity, Limits, Safety
from redaksi.model import Examination
from tests import builders

LIMITS = Limits(
    identity=Identity(addresses=("redaksi@warta.example",), authserv_id="mx.warta.example")
)
CAPTIONS = (
    "Foto 1: Warga mengangkat batu fondasi di RT 03.",
    "Foto 2: Kaum ibu menyiapkan sarapan di mushala.",
)
ARTICLE = builders.article_text(1500).replace("\n", "\n\n")
LETTER = (
    "Yth. Redaksi,\n\nBersama surel ini kami ingin menyampaikan terima kasih atas kerja sama selama ini. Kami "
    "di lapangan merasa terbantu oleh redaksi yang sabar menjawab pertanyaan kami satu demi satu. Beberapa rekan "
    "bertanya apakah ada pelatihan menulis bagi fasilitator pada tahun depan, karena banyak yang belum terbiasa. "
    "Bila memungkinkan kami ingin berkunjung ke kantor redaksi pada bulan Januari, sekalian bersilaturahmi.\n\n"
    "Kami juga ingin tahu bagaimana cara memilih judul yang menarik. Sering kali kami bingung memulai paragraf "
    "pertama, dan akhirnya naskah tidak jadi ditulis. Mohon saran dari Bapak dan Ibu redaktur, barangkali ada buku "
    "yang dapat kami baca di sela-sela pekerjaan. Atas perhatiannya kami ucapkan terima kasih.\n\nSalam hormat,\nBudi"
)
COVER = "Yth. Redaksi,\n\nTerlampir naskah dan foto. Terima kasih.\n\nSiti\n"


class Outcome(Struct, frozen=True, kw_only=True):
    """What the table tells of a mail."""

    decision: str
    letter: str  # "" = none is called for
    told: set[str]  # mandatory findings' rules
    unread: set[tuple[str, str]]  # (may_be, kind)


@cache
def word(characters: int = 1500) -> bytes:
    """An article without captions."""
    return builders.docx(
        builders.article_text(characters), title="Warga Bangun Saluran", byline="Rahmawati"
    )


@cache
def photo(seed: int = 1) -> bytes:
    return builders.jpeg(seed=seed)


@cache
def pictured(*captions: str) -> bytes:
    """A Word file that holds nothing but two photos."""
    return builders.docx(captions, pictures=(photo(7), photo(8)))


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def office(part: str) -> bytes:
    """A presentation or spreadsheet by its main part."""
    return zipped(**{"[Content_Types].xml": b"<Types/>", part: b"<x/>"})


def whole(*more: tuple[str, bytes]) -> list[tuple[str, bytes]]:
    """An article and two photos, without any caption."""
    return [("Naskah.docx", word()), ("IMG_4101.jpg", photo(1)), ("IMG_4102.jpg", photo(2)), *more]


def look(
    text: str = COVER,
    attachments: Sequence[tuple[str, bytes]] = (),
    subject: str = "Kiriman naskah warta",
    headers: Sequence[tuple[str, str]] = (),
    authenticated: str = "dmarc=pass",
) -> Examination:
    """Examine a mail."""
    raw = builders.mail(
        text=text,
        attachments=attachments,
        subject=subject,
        headers=headers,
        authenticated=authenticated,
    )
    return examine(read_email(raw, "x.eml", Safety()), LIMITS)


def outcome(examination: Examination) -> Outcome:
    return Outcome(
        decision=examination.decision,
        letter=examination.answer.letter if examination.answer else "",
        told={
            finding.rule
            for one in examination.assessments
            for finding in one.findings
            if finding.severity == "must"
        },
        unread={
            (each.may_be, each.kind)
            for one in examination.assessments
            for each in one.submission.unread
        },
    )
