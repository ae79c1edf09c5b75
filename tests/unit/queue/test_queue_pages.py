"""The generated queue: complete, atomic, and deaf to whatever a mail says."""

import json
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from publisher.pages import Badge, Entry, Frame, Line, Original, Page, Passed, SentLetter, Shot, Step, Told
from publisher.queue import publish

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
SHA = "ab" * 32
EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}"


def entry(**changes: object) -> Entry:
    values: dict[str, object] = {
        "number": "W-2026-0143", "tab": "action", "state": "review",
        "title": "Warga Siantan Hulu Bangun Saluran Air Secara Gotong Royong", "contributor": "Rahmawati",
        "place": "Kalbar", "received": NOW - timedelta(minutes=20), "stamp": "1", "photos": 1, "thumbnail": SHA,
        "badges": (Badge(text="Siap ditinjau", tone="ok", icon="check"), Badge(text="1 foto")),
    }  # fmt: skip
    return Entry(**(values | changes))  # type: ignore[arg-type]


def page(one: Entry, **changes: object) -> Page:
    told = Told(index=1, severity="must", title="Jenis huruf", found="Calibri 11", rule="Times New Roman 12",
                fix="Ctrl+A", subject="Warta.docx", anchor="p2")  # fmt: skip
    values: dict[str, object] = {
        "entry": one, "address": "rahmawati@kontributor.example", "byline": "Rahmawati", "mail_subject": "Warta",
        "reason": "", "characters": 2310, "most_characters": 2500, "pages": 1.4,
        "document": Original(name="Warta.docx", kind="docx", sha256=SHA, download="naskah.docx"),
        "lines": (
            Line(number=1, role="title", spans=(("Warga Siantan Hulu", False, False),)),
            Line(number=2, role="body", spans=(("Ketua BKM", True, False), (" rahasia", False, True)), told=(told,)),
        ),
        "findings": (told,),
        "shots": (Shot(index=1, name="IMG_1.jpg", kind="jpeg", size="1600 × 1200", caption="Warga", sha256=SHA,
                       caption_source="document", thumbnail=True, download="foto-1.jpg"),),
        "others": (), "history": (Step(at=NOW, text="Surel diterima", tone="ok"),),
        "letters": (SentLetter(kind="revise", state="draf", to="rahmawati@kontributor.example", subject="Re: Warta",
                               text="Yth. Ibu", at=NOW, command="redaksi letters send 1"),),
    }  # fmt: skip
    return Page(**(values | changes))  # type: ignore[arg-type]


@pytest.fixture
def frame(tmp_path: Path) -> Frame:
    blobs = tmp_path / "blobs"
    (blobs / SHA[:2]).mkdir(parents=True)
    (blobs / SHA[:2] / SHA).write_bytes(b"original")
    (blobs / SHA[:2] / f"{SHA}.jpg").write_bytes(b"small")
    return Frame(language="id", zone="Asia/Jakarta", now=NOW, polled=NOW, blobs=blobs, thumbnails=blobs)


def test_an_editor_sees_state_contributor_waiting_time_photos_and_findings(
    tmp_path: Path, frame: Frame
) -> None:
    one = entry(summary=("Foto terlalu kecil",))
    publish(tmp_path / "q", frame, [one], [], lambda _: page(one))
    html = (tmp_path / "q/index.html").read_text()
    for told in (
        "Siap ditinjau",
        "Rahmawati",
        "20 mnt",
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
    for told in ("<mark>Ketua BKM</mark>", 'id="p2"', 'href="#p2"', "2.310 / 2.500", "Re: Warta", "Surel diterima",
                 "redaksi letters send 1", "23 Nov 2026, 14.00 WIB"):  # fmt: skip
        assert told in html
    assert (tmp_path / "q/W-2026-0143/naskah.docx").read_bytes() == b"original"
    assert (tmp_path / f"q/W-2026-0143/k-{SHA}.jpg").read_bytes() == b"small"


def test_whatever_a_mail_says_is_text(tmp_path: Path, frame: Frame) -> None:
    one = entry(title=EVIL, contributor=EVIL, place=EVIL, summary=(EVIL,))
    full = page(one, address=EVIL, reason=EVIL, mail_subject=EVIL)
    passed = Passed(received=NOW, sender=EVIL, subject=EVIL, outcome="ignore", reason=EVIL)
    publish(tmp_path / "q", frame, [one], [passed], lambda _: full)
    for file in (tmp_path / "q").rglob("*.html"):
        html = file.read_text()
        assert "<script" not in html
        assert "<img src=x" not in html
        assert "49" not in html.replace("{{ 7*7 }}", "")
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
