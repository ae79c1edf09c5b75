"""A form that is no decision: what is wrong is said where it is put right, and what was typed stays."""

from datetime import timedelta
from html import unescape
from typing import Any

import msgspec
import pytest

from desk.store.editors import accounts
from desk.workflow import decisions
from desk.workflow.decisions import Decision
from tests.desk_office import (
    HOSTILE,
    NUMBER,
    SAYS,
    SCHEDULE,
    Office,
    decide,
    office,
    read,
)
from tests.desk_submissions import assess, small_photo, take_in
from tests.postoffice import MONDAY

__all__ = ["office"]


# ── what is refused ─────────────────────────────────────────────────────────────────────────────────


LONG = "a" * 501


@pytest.mark.parametrize(
    ("typed", "text", "field"),
    [
        ({"keputusan": ""}, "Pilih keputusannya.", "keputusan"),
        ({"keputusan": "buka"}, "tidak dapat diambil dalam keadaan ini", "keputusan"),
        ({"keputusan": "jadwalkan", "judul": " "}, "Judul tayang masih kosong.", "judul"),
        ({**SCHEDULE, "judul": "a" * 141}, "Judul tayang terlalu panjang: 141 dari 140", "judul"),
        ({"keputusan": "jadwalkan"}, "Isi tanggal dan pukul tayang", "tanggal"),
        ({**SCHEDULE, "tanggal": "26/11/2026"}, "26/11/2026 09:00” tidak terbaca", "tanggal"),
        (
            {**SCHEDULE, "tanggal": "2026-11-20"},
            "Tanggal tayang Jumat, 20 November 2026, pukul 09.00 WIB sudah lewat. Pilih waktu lain, "
            "Sekarang, atau catat sudah tayang dengan tautannya.",
            "tanggal",
        ),
        ({**SCHEDULE, "tanggal": "2028-11-20"}, "lebih dari 400 hari lagi", "tanggal"),
        ({"keputusan": "tayang"}, "Tulis tautannya.", "tautan"),
        ({"keputusan": "tayang", "tautan": "warta"}, "alamat web yang lengkap", "tautan"),
        ({"keputusan": "tayang", "tautan": "https://a@b.example/"}, "nama pengguna", "tautan"),
        ({"keputusan": "catatan"}, "Tulis sekurangnya satu hal yang diminta.", "permintaan-1"),
        ({"keputusan": "catatan", "permintaan": "ya"}, "Tulis 5 sampai 500 karakter", "permintaan-1"),
        ({"keputusan": "catatan", "permintaan": LONG}, "Tulis 5 sampai 500 karakter", "permintaan-1"),
        ({**SCHEDULE, "alasan": "a" * 301}, "Alasan terlalu panjang: 301 dari 300", "alasan"),
        ({"keputusan": "tolak", "sebab": LONG}, "Sebab terlalu panjang: 501 dari 500", "sebab"),
    ],
)  # fmt: skip
def test_what_is_refused_says_why_where_it_is_put_right(
    office: Office, typed: dict[str, Any], text: str, field: str
) -> None:
    answer = office.send(catatan="Yang saya ketik.", **typed)
    page = read(answer)
    assert answer.status == 422
    assert text in unescape(answer.text)
    assert SAYS in answer.text
    assert field in page.linked & page.ids
    assert f"salah-{field}" in page.described & page.ids
    assert page.fields["catatan"][-1].strip() == "Yang saya ketik."
    assert office.decisions() == []


def test_a_takedown_says_why(office: Office) -> None:
    decide(office, "publish", url="https://warta.example/x", unchecked=True)
    answer = office.send(keputusan="turunkan", sebab="ya")
    assert (answer.status, "Tulis sebab penurunannya" in answer.text) == (422, True)


def test_a_page_where_the_headline_is_not_seen_is_taken_at_the_editors_word_alone(
    office: Office,
) -> None:
    typed = {"keputusan": "tayang", "tautan": "http://127.0.0.1:9/x"}
    answer = office.send(**typed)
    assert answer.status == 422
    assert "Judul tidak ditemukan di alamat itu" in answer.text
    assert office.send(read(answer).fields, tetap_catat="on").status == 303
    assert office.state() == "published"


def test_what_another_holds_is_decided_when_it_is_ticked(office: Office) -> None:
    office.budi.post(f"/kiriman/{NUMBER}/ambil")
    answer = office.send(keputusan="dibaca")
    assert answer.status == 422
    assert (
        "Budi Prasetyo memegang naskah ini sejak 09.00. Centang untuk tetap memutuskan."
        in answer.text
    )
    assert office.send(read(answer).fields, tetap="on").status == 303


def test_hostile_text_stays_text_in_every_field(office: Office) -> None:
    office.on.later(minutes=5)
    take_in(office.on, assess(photos=(small_photo(HOSTILE),), title=HOSTILE), uid=2, into=1)
    before = office.open()
    names = [
        "keputusan", "judul", "tanggal", "pukul", "tautan", "rubrik", "temuan", "permintaan", "catatan",
        "alasan", "sebab", "surat", "ditawarkan", "tetap", "sejak", "dari", "seq",
    ]  # fmt: skip
    answer = office.send(before.fields, **dict.fromkeys(names, HOSTILE))
    page = read(answer)
    assert answer.status == 422
    assert (page.scripts, "x" in page.ids) == (before.scripts, False)
    for name in ("judul", "tautan", "catatan", "alasan", "sebab"):
        assert page.fields[name][-1].strip("\n") == HOSTILE
    assert HOSTILE in [text.strip("\n") for text in page.fields["permintaan"]]


# ── the date, in words ──────────────────────────────────────────────────────────────────────────────


def test_a_date_is_said_in_both_zones_with_what_else_is_due(office: Office) -> None:
    with office.on.app.store.begin() as tx:
        nina = accounts.get(tx, 1)
        assert nina is not None
        accounts.change(tx, msgspec.structs.replace(nina, zone="Asia/Jayapura"))
    take_in(office.on, uid=2)
    decisions.decide(
        office.on.app,
        "W-2026-0002",
        Decision(event="schedule", publish_at=MONDAY + timedelta(days=3)),
    )
    answer = office.send(**SCHEDULE, lihat="1")
    assert answer.status == 200
    assert (
        "Kamis, 26 November 2026, pukul 09.00 WIT = Kamis, 26 November 2026, pukul 07.00 WIB; "
        "hari itu ada 1 naskah lain" in answer.text
    )
    assert office.decisions() == []
    assert office.send(read(answer).fields).status == 303
    (kept,) = office.decisions()
    assert kept.publish_at is not None
    assert kept.publish_at.isoformat() == "2026-11-26T00:00:00+00:00"
