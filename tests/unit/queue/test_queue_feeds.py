"""The queue for programs: queue.json, and an Atom feed as RFC 4287 asks."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from msgspec import structs

from publisher.site.feed import EPOCH, MOST, atom, plain_queue
from publisher.site.pages import Frame, Passed
from tests.unit.queue.queue_pages import NOW, entry, publish

NS = {"a": "http://www.w3.org/2005/Atom"}
FRAME = Frame(language="id", zone="Asia/Jakarta", now=NOW, polled=NOW)
TWO = (entry(), entry(number="W-2026-0144", updated=NOW))


def feed(frame: Frame = FRAME) -> ElementTree.Element:
    return ElementTree.fromstring(atom(TWO, frame))


def text(parent: ElementTree.Element, path: str) -> str:
    found = parent.findtext(path, namespaces=NS)
    assert found
    return found


def test_a_feed_has_id_title_updated_author_and_a_link_to_itself() -> None:
    one = feed(structs.replace(FRAME, base_url="https://redaksi.example/antrean/"))
    assert text(one, "a:id") == "urn:redaksi:queue"
    assert text(one, "a:title") == "Antrean Redaksi"
    assert text(one, "a:author/a:name") == "Redaksi"
    links = {link.get("rel"): link.get("href") for link in one.findall("a:link", NS)}
    assert links["self"] == "https://redaksi.example/antrean/feed.atom"


def test_the_feed_changed_when_its_newest_entry_did() -> None:
    assert datetime.fromisoformat(text(feed(), "a:updated")) == NOW
    empty = ElementTree.fromstring(atom((), FRAME))
    assert datetime.fromisoformat(text(empty, "a:updated")) == EPOCH


def test_every_entry_has_its_own_lasting_id_and_an_instant_with_a_zone() -> None:
    here, there = feed(), feed(structs.replace(FRAME, base_url="https://elsewhere.example"))
    ids = [text(item, "a:id") for item in here.findall("a:entry", NS)]
    assert ids == ["urn:redaksi:W-2026-0144", "urn:redaksi:W-2026-0143"]
    assert ids == [text(item, "a:id") for item in there.findall("a:entry", NS)]
    for item in here.findall("a:entry", NS):
        assert datetime.fromisoformat(text(item, "a:updated")).tzinfo is not None
        link = item.find("a:link", NS)
        assert link is not None
        assert link.get("rel") == "alternate"


def test_an_entry_says_its_state() -> None:
    item = feed().find("a:entry", NS)
    assert item is not None
    assert text(item, "a:title").startswith("Siap ditinjau: ")


@pytest.mark.parametrize("strange", ["\x00", "\x1b", "\ud800", "\ufffe", "<b>&amp;"])
def test_whatever_a_title_holds_the_feed_stays_xml(strange: str) -> None:
    one = ElementTree.fromstring(atom((entry(title=f"Warta{strange}"),), FRAME).encode())
    assert "Warta" in text(one, "a:entry/a:title")


def test_a_long_queue_keeps_a_short_feed() -> None:
    many = [
        entry(number=f"W-2026-{n:04d}", updated=NOW - timedelta(hours=n)) for n in range(MOST + 20)
    ]
    assert len(ElementTree.fromstring(atom(many, FRAME)).findall("a:entry", NS)) == MOST


def test_the_queue_as_plain_values() -> None:
    passed = Passed(
        received=NOW, sender="a", subject="b", outcome="bukan kiriman", reason="balasan otomatis"
    )
    told = json.loads(plain_queue(TWO, [passed]))
    first = told["submissions"][0]
    assert told["schema"] == 1
    assert (first["number"], first["state"], first["page"]) == (
        "W-2026-0143",
        "review",
        "W-2026-0143/index.html",
    )
    assert datetime.fromisoformat(first["received"]) == NOW - timedelta(minutes=20)
    assert told["others"][0]["reason"] == "balasan otomatis"


def test_half_a_character_in_a_title_stops_nothing(tmp_path: Path) -> None:
    publish(tmp_path, FRAME, [entry(title="Warta \ud800")], [], lambda _: None)
    assert "Warta" in (tmp_path / "index.html").read_text()
    assert json.loads((tmp_path / "queue.json").read_text())
