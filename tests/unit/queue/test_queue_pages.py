"""The generated queue: complete, atomic, and deaf to whatever a mail says."""

import json
import re
import stat
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from msgspec import structs

from publisher.site.pages import Entry, Frame, Line, Original, Passed, UnreadLine, Words
from tests.unit.queue.queue_pages import NOW, SHA, entry, page, publish

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}"


@pytest.fixture
def frame(tmp_path: Path) -> Frame:
    blobs = tmp_path / "blobs"
    (blobs / SHA[:2]).mkdir(parents=True)
    (blobs / SHA[:2] / SHA).write_bytes(b"original")
    (blobs / SHA[:2] / f"{SHA}.jpg").write_bytes(b"small")
    return Frame(language="id", zone="Asia/Jakarta", now=NOW, polled=NOW, blobs=blobs)


def test_an_editor_sees_state_contributor_waiting_time_photos_and_findings(
    tmp_path: Path, frame: Frame
) -> None:
    one = entry(summary=("Foto terlalu kecil",))
    publish(tmp_path / "q", frame, [one], [], lambda _: page(one))
    html = (tmp_path / "q/index.html").read_text()
    for told in (
        "Siap ditinjau",
        "Rahmawati",
        "sejak 23 Nov",
        "1 foto",
        "Foto terlalu kecil",
        f"W-2026-0143/k-{SHA}.jpg",
        "Kalbar",
    ):
        assert told in html


def test_a_page_shows_text_findings_photos_letter_and_history(tmp_path: Path, frame: Frame) -> None:
    one = entry()
    publish(tmp_path / "q", frame, [one], [], lambda _: page(one))
    html = (tmp_path / "q/W-2026-0143/index.html").read_text()
    for told in (
        "<mark>Ketua BKM</mark>",
        'id="p2"',
        'href="#p2"',
        "2.310 / 2.500",
        "Re: Warta",
        "Surel diterima",
        "redaksi letters send 1",
        "23 Nov 2026, 14.00 WIB",
    ):
        assert told in html
    assert (tmp_path / "q/W-2026-0143/naskah.docx").read_bytes() == b"original"
    assert (tmp_path / f"q/W-2026-0143/k-{SHA}.jpg").read_bytes() == b"small"


def test_what_was_not_understood_stands_above_the_article(tmp_path: Path, frame: Frame) -> None:
    one = entry()
    line = UnreadLine(text=EVIL, where="badan surel", may_be="mungkin keterangan foto")
    whole = structs.replace(page(one), unread=(line,))
    publish(tmp_path / "q", frame, [one], [], lambda _: whole)
    html = (tmp_path / "q/W-2026-0143/index.html").read_text()
    assert html.index("Yang belum terbaca") < html.index('id="h-naskah"')
    assert "badan surel · mungkin keterangan foto" in html
    assert EVIL not in html


def test_a_photo_that_was_converted_is_offered_as_jpeg_beside_its_original(
    tmp_path: Path, frame: Frame
) -> None:
    converted = tmp_path / "converted"
    converted.write_bytes(b"converted")
    one = entry()
    whole = page(one)
    shot = structs.replace(
        whole.shots[0], kind="heic", download="foto-1.heic", converted="foto-1.jpg", jpeg=converted
    )
    publish(tmp_path / "q", frame, [one], [], lambda _: structs.replace(whole, shots=(shot,)))
    home = tmp_path / "q/W-2026-0143"
    assert ((home / "foto-1.heic").read_bytes(), (home / "foto-1.jpg").read_bytes()) == (
        b"original",
        b"converted",
    )
    html = (home / "index.html").read_text()
    assert (
        '<a href="foto-1.heic" download>Unduh asli</a> · <a href="foto-1.jpg" download>Unduh JPEG</a>'
        in html
    )


def test_a_pair_to_confirm_shows_by_what_it_was_found_and_what_else_is_offered(
    tmp_path: Path, frame: Frame
) -> None:
    one = entry()
    whole = page(one)
    shot = structs.replace(
        whole.shots[0],
        caption_from="dari naskah, menurut urutannya",
        confirm=True,
        offered=("Lurah <berpidato>",),
    )
    publish(tmp_path / "q", frame, [one], [], lambda _: structs.replace(whole, shots=(shot,)))
    html = (tmp_path / "q/W-2026-0143/index.html").read_text()
    assert "dari naskah, menurut urutannya · <b>periksa pasangannya</b>" in html
    assert '<p class="src">Mungkin juga:</p>' in html
    assert "<li>Lurah &lt;berpidato&gt;</li>" in html


def test_a_photo_is_shown_large_by_its_screen_copy(tmp_path: Path, frame: Frame) -> None:
    screen, one = tmp_path / "screen", entry()
    screen.write_bytes(b"large")
    whole = page(one)
    shot = structs.replace(whole.shots[0], screen=screen)
    publish(tmp_path / "q", frame, [one], [], lambda _: structs.replace(whole, shots=(shot,)))
    home = tmp_path / "q/W-2026-0143"
    assert (home / f"l-{SHA}.jpg").read_bytes() == b"large"
    assert f'<a href="l-{SHA}.jpg"><img' in (home / "index.html").read_text()


def test_a_photo_without_a_screen_copy_is_shown_large_as_it_came(
    tmp_path: Path, frame: Frame
) -> None:
    one = entry()
    publish(tmp_path / "q", frame, [one], [], lambda _: page(one))
    assert '<a href="foto-1.jpg"><img' in (tmp_path / "q/W-2026-0143/index.html").read_text()


def test_a_jpeg_is_offered_once(tmp_path: Path, frame: Frame) -> None:
    one = entry()
    publish(tmp_path / "q", frame, [one], [], lambda _: page(one))
    assert "Unduh JPEG" not in (tmp_path / "q/W-2026-0143/index.html").read_text()


def test_whatever_a_mail_says_is_text(tmp_path: Path, frame: Frame) -> None:
    one = entry(title=EVIL, contributor=EVIL, place=EVIL, summary=(EVIL,), reason=EVIL)
    line = Line(
        number=1,
        role="body",
        spans=((EVIL, ""), (EVIL, "wrong"), (EVIL, "hidden")),
        told=((1, EVIL),),
    )
    full = page(
        one,
        address=EVIL,
        mail_subject=EVIL,
        byline=EVIL,
        lines=(line,),
        loose=(EVIL,),
        notes=(EVIL,),
        words=(Words(at=NOW, text=EVIL),),
    )
    passed = Passed(received=NOW, sender=EVIL, subject=EVIL, outcome="ignore", reason=EVIL)
    publish(tmp_path / "q", frame, [one], [passed], lambda _: full)
    for file in (tmp_path / "q").rglob("*.html"):
        html = file.read_text()
        assert "<script" not in html
        assert "<img src=x" not in html
        spoken = re.sub(r'<meta name="stamp"[^>]*>', "", html)  # a digest may hold any figures
        assert "49" not in spoken.replace("{{ 7*7 }}", "")
        assert "default-src 'none'" in html
    ElementTree.parse(tmp_path / "q/feed.atom")
    assert json.loads((tmp_path / "q/queue.json").read_text())["submissions"][0]["title"] == EVIL


def test_only_what_changed_is_rendered_again(tmp_path: Path, frame: Frame) -> None:
    one, two = entry(), entry(number="W-2026-0144")
    pages = {e.number: page(e) for e in (one, two)}
    assert publish(tmp_path / "q", frame, [one, two], [], pages.get) == 2
    assert publish(tmp_path / "q", frame, [one, two], [], pages.get) == 0
    assert publish(tmp_path / "q", frame, [entry(stamp="2"), two], [], pages.get) == 1


def test_a_submission_that_is_gone_leaves_nothing_behind(tmp_path: Path, frame: Frame) -> None:
    one = entry()
    publish(tmp_path / "q", frame, [one], [], lambda _: page(one))
    publish(tmp_path / "q", frame, [], [], lambda _: None)
    assert not (tmp_path / "q/W-2026-0143").exists()
    assert not list((tmp_path / "q").rglob(f"*{SHA}*"))


def test_pages_are_for_their_owner_alone(tmp_path: Path, frame: Frame) -> None:
    one = entry()
    publish(tmp_path / "q", frame, [one], [], lambda _: page(one))
    assert stat.S_IMODE((tmp_path / "q").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "q/index.html").stat().st_mode) == 0o600


def test_english_on_request(tmp_path: Path, frame: Frame) -> None:
    one = entry()
    english = Frame(language="en", zone="Asia/Jakarta", now=NOW, polled=None, blobs=frame.blobs)
    publish(tmp_path / "q", english, [one], [], lambda _: page(one))
    html = (tmp_path / "q/W-2026-0143/index.html").read_text()
    assert "2,310 / 2,500" in html
    assert "23 Nov 2026, 14:00 WIB" in html


def test_a_new_try_brings_its_own_file_under_the_old_name(tmp_path: Path, frame: Frame) -> None:
    one, newer = entry(), "cd" * 32
    (frame.blobs / "cd").mkdir()
    (frame.blobs / "cd" / newer).write_bytes(b"corrected")
    publish(tmp_path / "q", frame, [one], [], lambda _: page(one))
    again = page(
        one, document=Original(name="Warta.docx", kind="docx", sha256=newer, download="naskah.docx")
    )
    publish(tmp_path / "q", frame, [entry(stamp="2")], [], lambda _: again)
    assert (tmp_path / "q/W-2026-0143/naskah.docx").read_bytes() == b"corrected"
    assert (frame.blobs / SHA[:2] / SHA).read_bytes() == b"original"


def test_another_language_reaches_pages_that_did_not_change(tmp_path: Path, frame: Frame) -> None:
    one = entry()
    publish(tmp_path / "q", frame, [one], [], lambda _: page(one))
    english = structs.replace(frame, language="en")
    assert publish(tmp_path / "q", english, [one], [], lambda _: page(one)) == 1


def test_a_view_is_one_list_in_its_own_order(tmp_path: Path, frame: Frame) -> None:
    first = entry(number="W-2026-0150", received=NOW - timedelta(days=3), reason="Terlalu besar")
    publish(tmp_path / "q", frame, [entry(), first], [], lambda _: None)
    html = (tmp_path / "q/index.html").read_text()
    assert "Terlalu besar." in html
    assert html.index("W-2026-0150") < html.index("W-2026-0143")


def test_only_what_waits_for_an_editor_is_on_the_first_page(tmp_path: Path, frame: Frame) -> None:
    rows = [entry(), entry(number="W-2026-0144", tab="waiting", group="revising", state="revising")]
    publish(tmp_path / "q", frame, rows, [], lambda _: None)
    assert "W-2026-0144" not in (tmp_path / "q/index.html").read_text()
    assert "W-2026-0144" in (tmp_path / "q/menunggu.html").read_text()


def test_one_that_waits_too_long_is_coloured(tmp_path: Path, frame: Frame) -> None:
    publish(tmp_path / "q", frame, [entry()], [], lambda _: None)
    assert "age late" not in (tmp_path / "q/index.html").read_text()
    publish(tmp_path / "q", frame, [entry(late=True)], [], lambda _: None)
    assert "age late" in (tmp_path / "q/index.html").read_text()


def test_originals_are_downloads_under_names_of_our_own(tmp_path: Path, frame: Frame) -> None:
    one = entry()
    publish(tmp_path / "q", frame, [one], [], lambda _: page(one))
    html = (tmp_path / "q/W-2026-0143/index.html").read_text()
    for name in ("naskah.docx", "foto-1.jpg", "surel-asli.eml"):
        assert f'href="{name}" download' in html
        assert (tmp_path / "q/W-2026-0143" / name).is_file()


def test_no_page_says_there_is_no_text_without_saying_why(tmp_path: Path, frame: Frame) -> None:
    one = entry()
    for missing, told in (
        ("none", "Tidak ada dokumen naskah"),
        ("unread", "tidak dapat dibuka"),
        ("unjudged", "belum dapat"),
    ):
        bare = page(one, missing=missing, lines=())
        publish(tmp_path / missing, frame, [one], [], lambda _, bare=bare: bare)  # type: ignore[misc]
        assert told in (tmp_path / missing / "W-2026-0143/index.html").read_text()


def test_each_file_that_was_not_judged_says_why(tmp_path: Path, frame: Frame) -> None:
    one = entry()
    whole = page(one, missing="unjudged", lines=())
    assert whole.document is not None
    document = structs.replace(whole.document, why="Gagal kami baca (naskah)")
    shot = structs.replace(whole.shots[0], caption="", unjudged="Pemeriksaannya terhenti")
    left = structs.replace(whole, document=document, shots=(shot,))
    publish(tmp_path, frame, [one], [], lambda _: left)
    html = (tmp_path / "W-2026-0143/index.html").read_text()
    assert "bacalah aslinya. Gagal kami baca (naskah).</p>" in html
    assert '<p class="src">Pemeriksaannya terhenti</p>' in html
    assert "Keterangannya belum ditemukan" not in html


def _many(count: int) -> list[Entry]:
    return [
        entry(number=f"W-2026-{n:04d}", received=NOW - timedelta(minutes=1000 - n), stamp=str(n))
        for n in range(1, count + 1)
    ]


def _files(folder: Path) -> dict[str, int]:
    return {file.name: file.stat().st_ino for file in folder.glob("*.html")}


def _changed(before: dict[str, int], after: dict[str, int]) -> set[str]:
    return {name for name in before | after if before.get(name) != after.get(name)}


def test_one_row_that_changed_rewrites_its_own_pages_alone(tmp_path: Path, frame: Frame) -> None:
    rows = [
        structs.replace(one, places=(("waiting", one.updated), ("active", one.received)))
        for one in _many(300)
    ]
    publish(tmp_path, frame, rows, [], lambda _: None)
    before = _files(tmp_path)
    changed = structs.replace(rows[200], title="Judul baru", stamp="new")
    publish(tmp_path, frame, [changed], [], lambda _: None, whole=False)
    rewritten = _changed(before, _files(tmp_path))
    assert len(rewritten) == 2
    assert {name.partition("-")[0] for name in rewritten} == {"menunggu", "aktif"}
    for name in rewritten:
        assert "Judul baru" in (tmp_path / name).read_text()


def test_nothing_that_changed_rewrites_nothing(tmp_path: Path, frame: Frame) -> None:
    publish(tmp_path, frame, _many(100), [], lambda _: None)
    before = {
        file: file.stat().st_ino for file in tmp_path.rglob("*.*") if file.suffix != ".msgpack"
    }
    publish(tmp_path, frame, [], [], lambda _: None, whole=False)
    assert {file: file.stat().st_ino for file in before} == before


def test_only_the_index_carries_counts_and_the_last_poll(tmp_path: Path, frame: Frame) -> None:
    rows = [structs.replace(one, places=(("action", one.received),)) for one in _many(160)]
    settled = [entry(number="W-2026-0900", tab="archive")]
    publish(tmp_path, frame, [*rows, *settled], [], lambda _: None)
    for file in tmp_path.glob("*.html"):
        html = file.read_text()
        is_index = file.name == "index.html"
        assert ("Kotak masuk terakhir diperiksa" in html) == is_index
        assert ('<span class="num">160</span>' in html) == is_index
    publish(
        tmp_path, structs.replace(frame, polled=NOW + timedelta(hours=1)), [], [], lambda _: None,
        whole=False,
    )  # fmt: skip
    assert "15.00 WIB" in (tmp_path / "index.html").read_text()


def test_every_row_of_a_view_is_on_one_page_and_the_pages_are_linked(
    tmp_path: Path, frame: Frame
) -> None:
    publish(tmp_path, frame, _many(200), [], lambda _: None)
    seen: list[str] = []
    name = "index.html"
    while name:
        html = (tmp_path / name).read_text()
        seen += re.findall(r'<span class="num">(W-2026-\d+)', html)
        found = re.search(r'<a href="([^"]+)" rel="next">', html)
        name = found[1] if found else ""
    assert seen == [f"W-2026-{n:04d}" for n in range(1, 201)]


def test_what_is_settled_is_in_the_archive_of_its_month(tmp_path: Path, frame: Frame) -> None:
    october = entry(number="W-2026-0100", tab="archive", received=NOW - timedelta(days=40))
    november = entry(number="W-2026-0143", tab="archive")
    publish(tmp_path, frame, [october, november], [], lambda _: None)
    landing = (tmp_path / "arsip.html").read_text()
    assert landing.index("November 2026") < landing.index("Oktober 2026")
    for name, number in (("arsip-2026-11", "W-2026-0143"), ("arsip-2026-10", "W-2026-0100")):
        assert f'href="{name}.html"' in landing
        assert number in (tmp_path / f"{name}.html").read_text()
    assert "W-2026-0143" not in (tmp_path / "aktif.html").read_text()


def test_queue_json_and_feed_hold_what_is_active_alone(tmp_path: Path, frame: Frame) -> None:
    active = entry(places=(("action", NOW), ("active", NOW)))
    settled = entry(number="W-2026-0900", tab="archive")
    publish(tmp_path, frame, [active, settled], [], lambda _: None)
    queue = json.loads((tmp_path / "queue.json").read_text())
    assert [one["number"] for one in queue["submissions"]] == ["W-2026-0143"]
    assert "W-2026-0900" not in (tmp_path / "feed.atom").read_text()


def test_a_row_that_leaves_a_view_is_gone_from_its_page(tmp_path: Path, frame: Frame) -> None:
    rows = _many(3)
    publish(tmp_path, frame, rows, [], lambda _: None)
    settled = structs.replace(rows[1], tab="archive", places=(("archive", rows[1].received),))
    publish(tmp_path, frame, [settled], [], lambda _: None, whole=False)
    assert "W-2026-0002" not in (tmp_path / "index.html").read_text()
    assert "W-2026-0002" in (tmp_path / "arsip-2026-11.html").read_text()


def test_pages_of_another_cut_do_not_stay_behind(tmp_path: Path, frame: Frame) -> None:
    (tmp_path / "lain.html").write_text("of an older version")
    publish(tmp_path, frame, _many(160), [], lambda _: None)
    assert not (tmp_path / "lain.html").exists()
    assert (tmp_path / "tindakan-1.html").exists()
    publish(tmp_path, frame, _many(10), [], lambda _: None)
    assert not (tmp_path / "tindakan-1.html").exists()


def test_no_dot_says_that_all_is_well(tmp_path: Path, frame: Frame) -> None:
    """A page cannot know whether somebody still polls: it tells the hour of the last time."""
    publish(tmp_path / "good", frame, [], [], lambda _: None)
    publish(
        tmp_path / "bad", structs.replace(frame, trouble="warta/INBOX: cut"), [], [], lambda _: None
    )
    assert 'class="dot' not in (tmp_path / "good" / "index.html").read_text()
    assert 'class="dot warn"' in (tmp_path / "bad" / "index.html").read_text()
