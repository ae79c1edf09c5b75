"""Sample letters: what templates are tried with at start and what `redaksi letters preview`
shows."""

from datetime import date, datetime, timedelta, timezone
from typing import Any

import msgspec

from publisher.letters.letter_context import (
    Digest,
    FindingText,
    LetterContext,
    LetterKind,
    Remark,
    Waiting,
)
from publisher.letters.stationery import Key, Stationery, Templates
from redaksi.model import Language

_WIB = timezone(timedelta(hours=7), "WIB")
_RECEIVED = datetime(2026, 11, 23, 14, 5, tzinfo=_WIB)
_FINDINGS: dict[Language, tuple[FindingText, ...]] = {
    "id": (
        FindingText(
            title="Foto IMG_2041.jpg terlalu kecil",
            found="foto berukuran 800 × 600 piksel",
            rule="foto paling kecil 1024 × 768 piksel",
            fix="Kirim berkas asli dari ponsel atau kamera. Di WhatsApp, kirim sebagai Dokumen agar tidak diperkecil.",
        ),
        FindingText(
            title="Jenis atau ukuran huruf belum seragam",
            found="3 dari 9 paragraf memakai Calibri 11, antara lain paragraf 4: “Ketua BKM Harapan Jaya, Suryadi, …”",
            rule="seluruh naskah memakai Times New Roman ukuran 12",
            fix="Blok bagian yang hurufnya lain, lalu pilih Times New Roman ukuran 12 pada Beranda (Home) > Font. Di HP: "
            "sentuh lama teksnya, geser sampai akhir bagian itu, lalu ubah di tab Beranda (Home) atau ikon A.",
        ),
        FindingText(
            title="Keterangan foto IMG_2043.jpg belum ada",
            found="tidak ada keterangan untuk foto ini di dokumen maupun di badan surel",
            rule="setiap foto disertai keterangan",
            fix="Tulis di akhir dokumen: IMG_2043.jpg: lalu keterangannya dalam satu kalimat.",
        ),
    ),
    "en": (
        FindingText(
            title="Photo IMG_2041.jpg is too small",
            found="the photo measures 800 × 600 pixels",
            rule="photos measure at least 1024 × 768 pixels",
            fix="Send the original file from the phone or camera. In WhatsApp, send it as a Document.",
        ),
        FindingText(
            title="Font or size is not uniform",
            found="3 of 9 paragraphs use Calibri 11, among them paragraph 4: “Ketua BKM Harapan Jaya, Suryadi, …”",
            rule="the whole text is set in Times New Roman, size 12",
            fix="Select the part that is in another font, then choose Times New Roman, size 12, under Home > Font. On a "
            "phone: touch and hold the text, drag to the end of that part, then change it on the Home tab or by the A "
            "icon.",
        ),
        FindingText(
            title="Photo IMG_2043.jpg has no caption",
            found="there is no caption for this photo in the document or in the e-mail",
            rule="every photo comes with a caption",
            fix="At the end of the document write IMG_2043.jpg: and then the caption in one sentence.",
        ),
    ),
}
_UNREADABLE: dict[Language, tuple[FindingText, ...]] = {
    "id": (
        FindingText(
            title="Warta_SiantanHulu.docx tidak dapat dibuka",
            found="dokumen dikunci dengan kata sandi",
            rule="naskah berupa dokumen Word yang dapat dibuka",
            fix="Buka di Word, pilih File > Info > Proteksi Dokumen (Protect Document) > Enkripsikan dengan Kata "
            "Sandi (Encrypt with Password), kosongkan kata sandinya, simpan, lalu kirim ulang. Mohon jangan mengirim "
            "kata sandi lewat surel.",
        ),
    ),
    "en": (
        FindingText(
            title="Warta_SiantanHulu.docx could not be opened",
            found="the document is locked with a password",
            rule="the text is a Word document that can be opened",
            fix="Open it in Word, choose File > Info > Protect Document > Encrypt with Password, clear the password, "
            "save, and send it again. Please do not e-mail the password.",
        ),
    ),
}


_OTHERWISE: dict[LetterKind, tuple[dict[str, Any], ...]] = {
    "accepted": ({"unopened": ("foto.rar",), "links": ()}, {"photos": 0, "links": ()}),
    "revise": (
        {"document": "", "title": ""},
        {"title": ""},
        {"returned": True},
        {"returned": True, "findings": (), "remarks": (Remark(ask="Sebutkan nama dusunnya."),)},
    ),
    "nothing-attached": ({"links": (), "others": "daftar.xlsx"}, {"links": ()}),
    "scheduled": ({"moved": True},),
    "reminder": ({"noted": True, "findings": ()}, {"document": "", "empty": True}),
    "closed": ({"document": "", "empty": True},),
    "withdrawn": (
        {"asked_back": True},
        {"was_published": True},
        {"was_published": True, "asked_back": True},
        {"was_published": True, "asked_back": True, "headline": "", "title": ""},
        {"was_published": True, "headline": "", "title": ""},
    ),
    "notes": ({"document": "", "title": "", "photos": 0},),
    "partly-fixed": ({"new": 1}, {"asked_for": 2, "new": 1}, {"asked_for": 9}),
}


def stationery(templates: Templates, language: Language) -> Stationery:
    """Stationery that mentions everything there is to mention."""
    return Stationery(
        templates=templates,
        address="redaksi@redaksi.example.org",
        name="Redaksi Warta",
        sign="Redaksi Warta" if language == "id" else "The Warta editors",
        domain="redaksi.example.org",
        key=Key(id="k1", secret=b"a sample key, never a real one"),
        now=_RECEIVED,
        check_url="https://redaksi.example.org/periksa",
        guide_url="https://redaksi.example.org/panduan",
        merge=True,
        plus=True,
        withdraw=True,
    )


def letter_contexts(kind: LetterKind, language: Language) -> tuple[LetterContext, ...]:
    """A full occasion for the letter, the barest one it can have, and those that word it
    differently."""
    full = _full(language)
    if kind == "unreadable":
        full = msgspec.structs.replace(
            full, findings=_UNREADABLE[language], fine=(), replaces_photo=False
        )
    if kind == "partly-fixed":
        full = msgspec.structs.replace(
            full, try_number=2, findings=full.findings[1:2], asked_for=3, replaces_photo=False
        )
    bare = msgspec.structs.replace(
        full,
        name="",
        subject="",
        title="",
        document="",
        photos=0,
        characters=0,
        received=None,
        sla_days=0,
        findings=full.findings[:1],
        notes=(),
        fine=(),
        fixed=full.fixed[:1],
        links=(),
        deadline=None,
        expires=None,
        asked=None,
        purge=None,
        byline="",
        category="",
        editor="",
        note="",
        url="",
        references=(),
        message_id="",
        digest=Digest(),
    )
    return (
        full,
        bare,
        *(msgspec.structs.replace(full, **differs) for differs in _OTHERWISE.get(kind, ())),
    )


def _full(language: Language) -> LetterContext:
    indonesian = language == "id"
    title = "Warga Siantan Hulu Bangun Saluran Air Secara Gotong Royong"
    return LetterContext(
        language=language,
        to="rahmawati@kontributor.example.net",
        name="Rahmawati",
        subject="Naskah Warta Siantan Hulu",
        message_id="<CAF1d2e3@mail.kontributor.example.net>",
        references=("<CAF0a1b2@mail.kontributor.example.net>",),
        number="W-2026-0143",
        title=title,
        document="Warta_SiantanHulu.docx",
        characters=2310,
        photos=4,
        received=_RECEIVED,
        sla_days=3,
        findings=_FINDINGS[language],
        notes=(
            FindingText(
                title="Foto IMG_2044.heic kami ubah menjadi JPEG",
                fix="Berkas aslinya tetap kami simpan.",
            ),
            FindingText(
                title="Nama penulis belum tercantum",
                fix="Tulis Penulis: nama dan peran pada akhir naskah.",
            ),
        )
        if indonesian
        else (
            FindingText(
                title="Photo IMG_2044.heic was converted to JPEG", fix="We keep the original file."
            ),
            FindingText(
                title="There is no byline",
                fix="Write Penulis: name and role at the end of the text.",
            ),
        ),
        replaces_photo=True,
        fine=("document", "length", "spacing"),
        fixed=("Foto IMG_2041.jpg terlalu kecil", "Naskah terlalu panjang")
        if indonesian
        else ("Photo IMG_2041.jpg is too small", "The text is too long"),
        links=("Google Drive (drive.google.com)",),
        deadline=date(2026, 12, 7),
        asked=date(2026, 11, 23),
        expires=date(2026, 12, 21),
        purge=date(2027, 3, 21),
        headline="Gotong Royong Siantan Hulu: 240 Meter Saluran Air Rampung",
        publish_at=datetime(2026, 11, 26, 9, 0, tzinfo=_WIB),
        category="Warta",
        byline="Rahmawati, Fasilitator Sosial, Tim 04 Kota Pontianak",
        editor="Nina Razad",
        note="Kutipan Ibu Lurah sangat kuat. Terima kasih."
        if indonesian
        else "The quotation from the village head is strong. Thank you.",
        remarks=(
            Remark(
                title="Sumber angka" if indonesian else "Source of a figure",
                quote="biaya mencapai Rp84 juta",
                ask="sebutkan sumber dana dan siapa yang menyampaikan angka ini."
                if indonesian
                else "name the source of the money and who gave this figure.",
            ),
            Remark(
                title="Tanggal kegiatan" if indonesian else "Date of the event",
                ask="tuliskan hari dan tanggal kegiatan pada paragraf pertama."
                if indonesian
                else "give the day and the date in the first paragraph.",
            ),
        ),
        reason="Kegiatan serupa di kelurahan yang sama sudah kami muat pada 12 November 2026."
        if indonesian
        else "We published a similar event in the same village on 12 November 2026.",
        url="https://www.example.org/warta/gotong-royong-siantan-hulu",
        digest=Digest(
            ready=7,
            oldest_days=2,
            late=1,
            wrote=1,
            asking=1,
            failed=1,
            letters=2,
            waiting=9,
            expiring=1,
            today=1,
            problems=2,
            items=(
                Waiting(
                    tag="Kalbar",
                    title=title,
                    by="Rahmawati, Tim 04 Kota Pontianak",
                    state="percobaan 2, semua temuan beres"
                    if indonesian
                    else "try 2, all findings fixed",
                    url="https://redaksi.example.org/n/W-2026-0143",
                ),
            ),
        ),
    )
