"""Where a decision leads; claims and drafts of those who decide."""

import re
from html import unescape

import pytest

from desk.store.editors import accounts, claims
from desk.store.submissions.queue_filter import Key
from desk.web.list_query import write_key
from desk.workflow import decisions
from desk.workflow.deciding.undo import undo
from redaksi.errors import StoreError
from tests.desk_office import (
    HOSTILE,
    NUMBER,
    Office,
    decide,
    office,
    read,
)
from tests.desk_submissions import take_in
from tests.desk_web import add_account, press_on, signed_in

__all__ = ["office"]


# ── where it leads ──────────────────────────────────────────────────────────────────────────────────


def test_a_decision_leads_to_the_next_of_the_list_and_at_its_end_to_the_list(
    office: Office,
) -> None:
    for uid in (2, 3):
        office.on.later(minutes=5)
        take_in(office.on, uid=uid)
    row = re.compile(r'href="(/kiriman/W-2026-000(\d)\?dari=[^"]+)"')
    links = row.findall(unescape(office.nina.get("/antrean?tampilan=tindakan").text))
    address = next(where for where, number in links if number == "2")
    visited = []
    for place in ("2 dari 3", "2 dari 2", "1 dari 1"):
        page = office.nina.get(address)
        visited.append(address[:20])
        assert place in page.text
        where = address.partition("?")[0]
        fields = {**read(page).fields, "keputusan": "tolak", "sebab": "Sudah pernah dimuat."}
        path = f"{where}/putuskan"
        answer = press_on(office.nina, office.nina.post(path, fields), path)
        assert answer.status == 303
        address = answer.location
    assert [where[-1] for where in visited] == ["2", "3", "1"]
    assert address.startswith("/antrean?tampilan=tindakan")
    assert "Selesai. Tidak ada lagi di daftar ini." in office.nina.get(address).text


def test_a_row_that_moves_in_its_list_is_not_the_next(office: Office) -> None:
    office.on.later(minutes=5)
    take_in(office.on, uid=2)
    dari = f"tampilan=aktif&setelah={write_key(Key(at=office.on.now, id=2))}"
    fields = {**office.open("/kiriman/W-2026-0002").fields, "dari": dari, "keputusan": "dibaca"}
    answer = office.nina.post("/kiriman/W-2026-0002/putuskan", fields)
    assert answer.location.startswith(f"/kiriman/{NUMBER}?dari=")


# ── who works at it ─────────────────────────────────────────────────────────────────────────────────


def test_a_claim_is_taken_shown_and_given_back(office: Office) -> None:
    dari = "tampilan=tindakan"
    answer = office.nina.post(f"/kiriman/{NUMBER}/ambil", {"dari": dari})
    assert answer.location == f"/kiriman/{NUMBER}?dari=tampilan%3Dtindakan"
    assert "Anda memegang naskah ini." in office.nina.get(f"/kiriman/{NUMBER}").text
    seen = office.budi.get(f"/kiriman/{NUMBER}").text
    assert "Nina Razad memegang naskah ini sejak 09.00." in seen
    office.budi.post(f"/kiriman/{NUMBER}/ambil")
    assert "Nina Razad memegang naskah ini" in office.budi.get(f"/kiriman/{NUMBER}").text
    office.nina.post(f"/kiriman/{NUMBER}/lepas")
    with office.on.app.store.read() as tx:
        assert claims.holders(tx, [1], office.on.now) == {}


def test_who_reads_alone_sees_no_form(office: Office) -> None:
    add_account(office.on.app, "baca@example.org", "reader")
    page = read(signed_in(office.nina.base, "baca@example.org").get(f"/kiriman/{NUMBER}"))
    assert page.fields == {}


def test_a_draft_that_was_kept_is_there_again_and_goes_with_the_decision(office: Office) -> None:
    fields = {**office.open().fields, "keputusan": "tolak", "sebab": "Sudah pernah dimuat."}
    assert office.nina.post(f"/kiriman/{NUMBER}/konsep", fields).status == 303
    again = office.open().fields
    assert again["sebab"][-1].strip() == "Sudah pernah dimuat."
    assert office.send(again).status == 303
    assert office.open().fields["sebab"][-1].strip() == ""


def test_what_was_typed_is_there_again_when_the_decision_is_taken_back(office: Office) -> None:
    assert office.send(keputusan="tolak", sebab="Sudah pernah dimuat.").status == 303
    assert office.open().fields["sebab"][-1].strip() == ""
    (kept,) = office.decisions()
    with office.on.app.store.read() as tx:
        nina = accounts.get(tx, 1)
    assert nina is not None
    undo(office.on.app, kept.id, nina)
    fields = office.open().fields
    assert (fields["keputusan"], fields["sebab"][-1].strip()) == (["tolak"], "Sudah pernah dimuat.")


def test_a_double_click_leaves_no_draft(office: Office) -> None:
    fields = office.open().fields
    for _ in range(2):
        office.send(fields, keputusan="dibaca", catatan="Terima kasih.")
    assert office.open().fields["catatan"][-1].strip() == ""


def test_a_busy_database_brings_the_page_back_as_it_was_typed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise StoreError("newer_try_again", number=NUMBER)

    fields = office.open().fields
    monkeypatch.setattr(decisions, "decide_within", refuse)
    answer = office.send(fields, keputusan="tolak", sebab="Sudah pernah dimuat.")
    assert answer.status == 503
    assert "Basis data sedang sibuk; yang Anda ketik masih ada. Coba lagi." in answer.text
    assert read(answer).fields["sebab"][-1].strip() == "Sudah pernah dimuat."


def test_what_was_typed_is_shown_where_it_is_no_submission_any_more(office: Office) -> None:
    fields = office.open().fields
    decide(office, "discard")
    answer = office.send(fields, keputusan="catatan", permintaan=["Tambahkan nama.", HOSTILE])
    assert answer.status == 409
    assert "Tambahkan nama." in answer.text
    assert HOSTILE in unescape(answer.text)
    assert "<script>alert" not in answer.text
