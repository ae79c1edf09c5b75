"""Who sends an invitation, an application or an invoice is not told what an article lacks."""

import pytest

from tests import builders
from tests.unit.guard.guard_mails import look, office, outcome, photo, word
from tests.unit.guard.test_guard_captions import PDF

SHORT = builders.docx("INVOICE\nTotal due 1200 USD\nPay now")
CV = builders.docx("CURRICULUM VITAE\nNama: Budi Santoso\nPendidikan: SMA 1 Pontianak")


@pytest.mark.parametrize(
    ("subject", "text", "files"),
    [
        ("Undangan", "Mengundang Bapak/Ibu. Terlampir undangan.", [("Undangan.pdf", PDF)]),
        ("Undangan pernikahan", "Mohon doa restu", [("IMG_1.jpg", photo())]),
        ("Selamat Hari Raya", "Mohon maaf lahir batin.", [("kartu.jpg", photo())]),
        ("Lamaran kerja", "Terlampir CV saya", [("CV Budi.docx", CV)]),
        ("Invoice", "Please see attached invoice", [("Invoice_8823.docx", SHORT)]),
        ("Laporan", "Terlampir", [("Daftar hadir.xlsx", office("xl/workbook.xml"))]),
        ("", "Yth. Redaksi Warta", [("Undangan_Rapat.pdf", PDF)]),
    ],
)
def test_other_business_is_an_editors(
    subject: str, text: str, files: list[tuple[str, bytes]]
) -> None:
    found = outcome(look(text, files, subject=subject))
    assert (found.decision, found.letter) == ("review", "")


@pytest.mark.parametrize(
    ("subject", "text", "files"),
    [
        ("Undangan", "Terlampir naskah kami.", [("Undangan.docx", SHORT)]),
        ("Undangan rapat warga", "Silakan.", [("Rapat.docx", word())]),
        ("Selamat pagi", "Terlampir.", [("IMG_1.jpg", photo())]),
        ("Kiriman naskah warta", "Terlampir.", [("CV Makmur.docx", word())]),
    ],
)
def test_what_may_be_an_article_is_answered(
    subject: str, text: str, files: list[tuple[str, bytes]]
) -> None:
    assert outcome(look(text, files, subject=subject)).letter != ""
