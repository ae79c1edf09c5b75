""" "There is no document" and "nothing attached" are told only of a mail that was understood whole;
an article in the mail's own words is a submission that lacks its document."""

import pytest

from tests.unit.guard.guard_mails import ARTICLE, COVER, LETTER, look, outcome, photo
from tests.unit.guard.test_guard_captions import OLE

SIGNED = f"Warga Wonosari Bangun Saluran\n\n{ARTICLE}\n\nPenulis: Rahmawati\n"
PLACED = f"Pontianak, 15 November 2026 – {ARTICLE}"
WRAPPED = "\n".join(ARTICLE[i : i + 72] for i in range(0, len(ARTICLE), 72))
DISCLAIMER = (
    "Naskah terlampir.\n\nThis e-mail and any attachments are confidential and intended solely for the addressee. "
    + "If you are not the intended recipient please notify the sender and delete it from your system. "
    * 8
)
NEWS = ARTICLE + "\n\nBerhenti berlangganan: klik di sini."
REPLY = [("In-Reply-To", "<redaksi-1@warta.example>")]
REVIEW = ("review", "")
ASKED = ("incomplete", "revise")  # for the Word document, saying that the text stands in the mail
NOTHING = ("incomplete", "nothing-attached")
IGNORED = ("ignore", "")


@pytest.mark.parametrize(
    ("subject", "text", "right"),
    [
        ("Gotong Royong Warga Wonosari", SIGNED, REVIEW),
        ("Gotong Royong Warga Wonosari", PLACED, REVIEW),
        ("Gotong Royong Warga Wonosari", ARTICLE, REVIEW),
        ("Gotong royong", f"Yth. Redaksi,\n\nMohon dimuat.\n\n{SIGNED}", ASKED),
        ("Naskah warta Kalbar", PLACED, ASKED),
        ("Naskah warta Kalbar", SIGNED, ASKED),
        ("Naskah warta Kalbar", ARTICLE, REVIEW),
        ("Naskah warta Kalbar", WRAPPED, REVIEW),
        ("Kiriman", f"Berikut naskah kami.\n\n{ARTICLE}\n\n(Sri Wahyuni/Humas)", REVIEW),
        ("Kiriman", f"Berikut naskah kami.\n\n{ARTICLE}\n\nOleh Sri Wahyuni", ASKED),
        ("Fwd: Naskah warta Kalbar", SIGNED, REVIEW),
        ("Fwd: Gotong royong", f"---------- Forwarded message ---------\nDari: Rahma <r@k.id>\nDate: Min, 15 Nov 2026\n"
         f"Subject: Gotong royong\nTo: <budi@k.id>\n\n{ARTICLE}", REVIEW),
        ("Re: Naskah Anda", SIGNED, REVIEW),
        ("Re: Naskah belum kami terima", f"Berikut naskahnya:\n\n{ARTICLE}", REVIEW),
        ("Naskah", "Naskah terlampir.\nPenulis: Rahmawati", REVIEW),
        ("Pelatihan menulis", LETTER, REVIEW),
        ("Naskah saya", f"{LETTER}\n\nPenulis: Budi Santoso", REVIEW),
        ("Naskah saya", f"Terlampir.\n\n{LETTER}\n\n(Budi Santoso)", REVIEW),
        ("Naskah", f"Pontianak, 15 November 2026\n\n{LETTER}", REVIEW),
        # understood whole
        ("Naskah", "Naskah terlampir. Mohon dimuat.", NOTHING),
        ("Kiriman", COVER, NOTHING),
        ("Naskah & foto", "Naskah & foto terlampir. www.kotaku.pu.go.id", NOTHING),
        ("Kiriman", "Kepada Yth. Redaksi\nDengan hormat, terlampir naskah.\n\nHormat kami,\n\n(Budi Santoso)", NOTHING),
        ("Naskah", DISCLAIMER, NOTHING),
        ("Tanya", "Kapan naskah saya dimuat, ya?", IGNORED),
        ("Selamat pagi", "Semoga sehat selalu.", IGNORED),
        ("Kabar pekan ini", NEWS, IGNORED),
        ("Promo", "Jasa foto produk murah: bit.ly/fotomurah", REVIEW),
        ("Undangan", "Kami mengundang Bapak/Ibu pada rapat. Peta: bit.ly/peta", IGNORED),
    ],
)  # fmt: skip
def test_words_without_a_file(subject: str, text: str, right: tuple[str, str]) -> None:
    found = outcome(look(text, subject=subject))
    assert (found.decision, found.letter) == right


@pytest.mark.parametrize(
    ("headers", "authenticated"),
    [
        ([("List-Id", "<kabar.example>")], "dmarc=pass"),
        ([("Auto-Submitted", "auto-generated")], "dmarc=pass"),
        ([("Precedence", "bulk")], "dmarc=pass"),
        ([], "dmarc=fail"),
    ],
)
def test_machines_lists_and_forgers_hand_in_nothing_by_words(
    headers: list[tuple[str, str]], authenticated: str
) -> None:
    found = outcome(look(ARTICLE, subject="Kabar", headers=headers, authenticated=authenticated))
    assert (found.decision, found.letter) == IGNORED


def test_a_signed_article_of_a_sender_nobody_vouches_for_is_seen_by_an_editor() -> None:
    found = outcome(look(SIGNED, subject="Gotong royong", authenticated="dmarc=fail"))
    assert found.letter == ""
    assert found.decision in ("incomplete", "review")


def test_a_long_answer_in_a_conversation_is_no_submission() -> None:
    found = outcome(look(LETTER, subject="Re: Naskah Anda", headers=REPLY))
    assert (found.decision, found.letter) == IGNORED


def test_an_article_with_its_photos_in_the_mail_asks_for_the_word_document_alone() -> None:
    text = f"{SIGNED}\nIMG_1.jpg: Warga mengangkat batu fondasi.\n"
    examination = look(text, [("IMG_1.jpg", photo())], subject="Gotong royong")
    found = outcome(examination)
    assert (found.decision, found.letter, found.told) == (*ASKED, {"document-missing"})
    assert [f.facts["case"] for one in examination.assessments for f in one.findings] == ["body"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Naskah", bytes(range(256)) * 20),
        ("Surat masuk.msg", OLE),
        ("pesan.eml", b"Received: from a\r\n" + ARTICLE.encode()),
        ("berita.zzz", b"\x01\x02\x03" * 700),
    ],
)
def test_a_file_that_may_hold_text_is_not_nothing(name: str, content: bytes) -> None:
    found = outcome(look("Naskah terlampir", [(name, content)]))
    assert (found.decision, found.letter) == REVIEW
    assert ("article", "file") in found.unread


@pytest.mark.parametrize(
    "text",
    [
        "Naskah:\n=ybegin line=128 size=1000 name=artikel.docx\nkkkkkk\n=yend size=1000",
        "Naskah:\nbegin 644 artikel.docx\nM4$L#!!0````(\nend",
        "Naskah terlampir\n\nContent-Type: application/msword\nContent-Disposition: attachment; filename=a.doc\n\n",
        "Naskah\n" + ("UEsDBBQAAAAIAAAAIQCtUqWRlQEAAMoGAAATAAAAW0NvbnRlbnRfVHlwZXNdLnhtbLWV\n" * 6),
        "Siti telah mengirimi Anda email melalui mode rahasia Gmail.\nhttps://confidential-mail.google.com/msg/AbC",
        "Budi has sent you a protected message.\nhttps://outlook.office365.com/Encryption/retrieve.ashx",
    ],
)
def test_what_stands_elsewhere_or_as_a_stream_is_not_nothing(text: str) -> None:
    found = outcome(look(text, subject="Kegiatan kemarin"))
    assert (found.decision, found.letter) == REVIEW


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("pasang.exe", b"MZ\x90\x00" + bytes(500), {"document-missing", "photo-missing"}),
        ("catatan.txt", b"Isi singkat saja.", {"document-missing", "photo-missing"}),
    ],
)
def test_a_file_that_came_is_named_and_nothing_attached_is_not_said(
    name: str, content: bytes, told: set[str]
) -> None:
    examination = look("Naskah terlampir", [(name, content)])
    found = outcome(examination)
    assert (found.decision, found.letter, found.told) == ("incomplete", "revise", told)
    facts = [dict(f.facts) for one in examination.assessments for f in one.findings]
    assert any(each.get("others") == name for each in facts)


def test_hardly_a_word_in_the_document_and_the_article_in_the_mail() -> None:
    from tests.unit.guard.guard_mails import pictured  # noqa: PLC0415 - one case of it here

    found = outcome(look(SIGNED, [("Foto.docx", pictured())]))
    assert found.decision == "review"
