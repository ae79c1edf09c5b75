"""Quoted replies are cut off, inline forwards kept with their author's name: the habits of real
mail programs."""

import pytest

from ingest.read.mail.quoted import parse_person, trim

OWN = "Sudah saya perbaiki.\n\nFoto 1. Warga menyeberang."

REPLIES = {
    "Gmail id": "Pada Sen, 3 Feb 2025 pukul 10.12 Redaksi <r@contoh.id> menulis:\n\n> Mohon fotonya.\n>\n> Salam\n",
    "Gmail id, wrapped": "Pada Sen, 3 Feb 2025 pukul 10.12 Redaksi Contoh <\nr@contoh.id> menulis:\n\n> Mohon fotonya.\n",
    "Gmail id, tanggal": "Pada tanggal Sen, 3 Feb 2025 pukul 10.12 Redaksi <r@contoh.id> menulis:\n\n> Mohon fotonya.",
    "Gmail en": "On Mon, Feb 3, 2025 at 10:12 AM Redaksi <r@contoh.id> wrote:\n\n> Mohon fotonya.",
    "Apple id": "Pada 3 Feb 2025, pukul 10.12, Redaksi <r@contoh.id> menulis:\n\n> Mohon fotonya.\n",
    "Apple en, wrapped twice": "On 3 Feb 2025, at 10:12,\nRedaksi Contoh\n<r@contoh.id> wrote:\n> Mohon fotonya.\n",
    "Yahoo id": "Pada Senin, 3 Februari 2025 pukul 10.12.22 WIB, Redaksi <r@contoh.id> menulis:\n\nMohon fotonya.\nSalam",
    "Outlook en": "________________________________\nFrom: Redaksi <r@contoh.id>\nSent: Monday, February 3, 2025 10:12 AM\n"
    "To: Siti <siti@contoh.id>\nSubject: Re: Kiriman\n\nMohon fotonya.",
    "Outlook id": "Dari: Redaksi <r@contoh.id>\nTerkirim: 03 Februari 2025 10:12\nKepada: Siti\nPerihal: Kiriman\n\nMohon foto",
    "Outlook, bold": "*From:* Redaksi <r@contoh.id>\n*Sent:* Monday\n*To:* Siti\n*Subject:* Kiriman\n\nMohon fotonya.",
    "old Outlook": "-----Original Message-----\nFrom: Redaksi\nSent: Monday\nTo: Siti\nSubject: Kiriman\n\nMohon fotonya.",
    "Samsung id": "-------- Pesan asli --------\nDari: Redaksi <r@contoh.id>\nTanggal: 03/02/25 10:12 (GMT+07:00)\n"
    "Ke: Siti\nSubjek: Kiriman\n\nMohon fotonya.",
    "only marked": "> Mohon fotonya.\n> Salam",
}  # fmt: skip


@pytest.mark.parametrize("quotation", REPLIES.values(), ids=REPLIES.keys())
def test_a_reply_is_trimmed(quotation: str) -> None:
    assert trim(f"{OWN}\n\n{quotation}", reply=True).text == OWN


@pytest.mark.parametrize("quotation", REPLIES.values(), ids=REPLIES.keys())
def test_line_breaks_of_mails_make_no_difference(quotation: str) -> None:
    assert trim(f"{OWN}\n\n{quotation}".replace("\n", "\r\n"), reply=True).text == OWN


def test_answers_between_quoted_lines_are_kept() -> None:
    words = "On Mon, Feb 3, 2025 at 10:12 AM R <r@b.id> wrote:\n> Foto mana?\nFoto 1. Warga\n> Penulis?\nSiti"
    assert trim(words, reply=True).text == "Foto 1. Warga\nSiti"


FORWARDS = {
    "Gmail en": "---------- Forwarded message ---------\nFrom: Budi Santoso <budi@contoh.id>\nDate: Mon, Feb 3, 2025\n"
    "Subject: Naskah\nTo: <siti@contoh.id>\n\n\nFoto 1. Warga",
    "Gmail id": "---------- Pesan terusan ---------\nDari: Budi Santoso <budi@contoh.id>\nDate: Sen, 3 Feb 2025\n"
    "Subject: Naskah\nTo: <siti@contoh.id>\n\nFoto 1. Warga",
    "Apple": "Begin forwarded message:\n\n> From: Budi Santoso <budi@contoh.id>\n> Subject: Naskah\n> Date: 3 Feb 2025\n"
    "> To: siti@contoh.id\n> \n> Foto 1. Warga\n",
    "Yahoo id": "----- Pesan yang Diteruskan -----\nDari: Budi Santoso <budi@contoh.id>\nKepada: siti@contoh.id\n"
    "Terkirim: Senin\nJudul: Naskah\n\nFoto 1. Warga",
    "Outlook": "________________________________\nFrom: Budi Santoso <budi@contoh.id>\nSent: Monday\nTo: Siti\nSubject: Naskah\n\n"
    "Foto 1. Warga",
    "Thunderbird": "-------- Forwarded Message --------\nSubject: \tNaskah\nDate: \tMon, 3 Feb 2025\nFrom: \tBudi Santoso "
    "<budi@contoh.id>\nTo: \tsiti@contoh.id\n\n\nFoto 1. Warga",
}  # fmt: skip


@pytest.mark.parametrize("forwarded", FORWARDS.values(), ids=FORWARDS.keys())
def test_a_forward_is_kept_without_its_heading_and_names_its_author(forwarded: str) -> None:
    found = trim(f"Mohon dimuat.\n\n{forwarded}", forward=True)
    assert (found.text, found.forwarded_from) == ("Mohon dimuat.\n\nFoto 1. Warga", "Budi Santoso")


def test_a_forward_of_a_forward_names_the_first_author() -> None:
    inner = "---------- Forwarded message ---------\nFrom: Citra <c@d.id>\nDate: x\n\nisi"
    found = trim(
        f"---------- Forwarded message ---------\nFrom: Budi <b@c.id>\nDate: x\n\nterus\n\n{inner}"
    )
    assert (found.text, found.forwarded_from) == ("terus\n\nisi", "Citra")


@pytest.mark.parametrize(
    "words",
    [
        "Pada 2021 ia menulis:\nBuku itu laris.",
        "Pada pukul 10.30 ia menulis:\nBuku itu laris.",
        "Dari: Pontianak\nFoto 1. Warga",
        "Dari Pontianak, Siti menulis tentang banjir.",
        ">> Foto 1. Warga\n>> Foto 2. Sungai",
        "--- Foto ---\nWarga",
        "Kepada: Redaksi\nPerihal: Kiriman naskah\nDari: Siti\n\nIsi.",
    ],
)
def test_what_only_looks_like_a_quotation_stays(words: str) -> None:
    assert trim(words).text == words


def test_words_right_below_a_heading_are_not_taken_for_it() -> None:
    words = "---------- Forwarded message ---------\nFrom: Budi <b@c.id>\nTo: <a@b.id>,\n <c@d.id>\nFoto 1. Warga\nFoto 2."
    assert trim(words).text == "Foto 1. Warga\nFoto 2."


def test_controls_are_not_part_of_a_text() -> None:
    assert trim("Foto\0 1.\x1b[2J\tWarga").text == "Foto 1.[2J\tWarga"


def test_prose_of_an_article_in_a_reply_is_not_cut() -> None:
    words = "Pada pukul 10.12 ketua RT bicara.\nIa marah.\nPada 2021 ia menulis:\nbuku"
    assert trim(words, reply=True).text == words


def test_signature_tail_and_phone_taglines_are_left_out() -> None:
    assert trim("Isi.\n\nDikirim dari iPhone saya\n-- \nSiti\nKalbar").text == "Isi."


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("Budi <b@c.id>", "Budi"),
        ('"Budi, S.Pd." <b@c.id>', "Budi, S.Pd."),
        ("Budi [mailto:b@c.id]", "Budi"),
        ("b@c.id", "b@c.id"),
        ("<b@c.id>", "b@c.id"),
        ("", ""),
    ],
)
def test_a_persons_name_without_the_address(value: str, name: str) -> None:
    assert parse_person(value) == name
