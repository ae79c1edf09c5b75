"""A page of bounded length, whatever its mails hold: rows beyond it are counted, originals stay."""

from pathlib import Path

import pytest
from msgspec import structs

from publisher.site.fold import MOST, ROOMS, fold, fold_entry
from publisher.site.pages import (
    Badge,
    FindingView,
    Frame,
    Line,
    Original,
    Page,
    SentLetter,
    Shot,
    Step,
    UnreadLine,
    Words,
)
from publisher.site.render import renderer
from tests.unit.queue.queue_pages import NOW, SHA, entry, page, publish

MANY = 10_000
DEAR = "'\"<&>" * 4_000  # what weighs most once it is escaped


def row(name: str, at: int, text: str) -> object:
    """A row of that section, every word of it `text`."""
    finding = FindingView(
        index=at, severity="must", title=text, found=text, rule=text, fix="", subject=text,
        anchor=f"p{at}",
    )  # fmt: skip
    shot = Shot(
        index=at, name=text, kind="jpeg", size=text, caption=text, sha256=SHA,
        download=f"foto-{at}.jpg", thumbnail=Path("a"), screen=Path("b"), told=(finding,) * 20,
        caption_from=text, about=text, confirm=True, offered=(text,) * 20, notes=(text,) * 20,
        converted=f"foto-{at}.jpg",
    )  # fmt: skip
    original = Original(name=text, kind="zip", sha256=SHA, download=f"berkas-{at}.bin", why=text)
    made: dict[str, object] = {
        "unread": UnreadLine(text=text, where=text, may_be=text),
        "lines": Line(
            number=at, role="body", spans=((text, "hidden"), (text, "wrong")) * 300,
            told=((at, text),) * 50, wide=True, pictures=3,
        ),
        "shots": shot,
        "inside": shot,
        "loose": text,
        "words": Words(at=NOW, text=text),
        "letters": SentLetter(
            kind="revise", state=text, to=text, subject=text, text=text, at=NOW, command=text
        ),
        "findings": finding,
        "notes": text,
        "set_aside": text,
        "others": original,
        "mails": original,
        "history": Step(at=NOW, text=text, tone="warn"),
    }  # fmt: skip
    return made[name]


def filled(text: str, *names: str) -> Page:
    """A page with MANY rows in each of these sections, and none in the others."""
    rows = {name: tuple(row(name, at, text) for at in range(1, MANY + 1)) for name in names}
    return structs.replace(page(entry()), **{**dict.fromkeys(ROOMS, ()), **rows})


def weight(shown: Page) -> int:
    frame = Frame(language="id", zone="Asia/Jakarta", now=NOW, polled=NOW)
    return len(renderer(frame)("submission.html.j2", page=fold(shown)))


@pytest.mark.parametrize("text", ["", "Warga bergotong royong", DEAR])
@pytest.mark.parametrize("name", ROOMS)
def test_a_section_keeps_to_its_room(name: str, text: str) -> None:
    title = 400  # of a section that has rows
    assert weight(filled(text, name)) - weight(filled(text)) <= ROOMS[name].bytes + title


def test_a_page_keeps_to_its_length() -> None:
    long = dict.fromkeys(("address", "byline", "mail_subject"), DEAR)
    full = structs.replace(filled(DEAR, *ROOMS), commands=(DEAR,) * MANY, **long)
    busy = entry(title=DEAR, contributor=DEAR, place=DEAR, reason=DEAR)
    busy = structs.replace(busy, badges=(Badge(text=DEAR),) * MANY, summary=(DEAR,) * MANY)
    assert 500_000 < weight(structs.replace(full, entry=busy)) <= MOST


def test_what_is_folded_is_counted(tmp_path: Path) -> None:
    frame = Frame(language="id", zone="Asia/Jakarta", now=NOW, polled=NOW, blobs=tmp_path)
    shown = filled("Warga", "findings", "history")
    left = fold(shown).folded.left
    assert 0 < left["findings"] < MANY and 0 < left["history"] < MANY and not left["lines"]
    publish(tmp_path / "q", frame, [entry()], [], lambda _: shown)
    html = (tmp_path / "q/W-2026-0143/index.html").read_text()
    assert f"dan {left['findings']} lagi" in html and f"dan {left['history']} lagi" in html
    assert f">{MANY}</span>" in html  # the heading counts them all


def test_no_link_leads_to_what_is_folded_away() -> None:
    short = fold(filled("Warga", "lines", "findings", "shots"))
    numbers = {f"p{line.number}" for line in short.lines} | {f"f{s.index}" for s in short.shots}
    assert {each.anchor for each in short.findings} <= numbers | {""}
    told = {index for line in short.lines for index, _ in line.told}
    assert told <= {each.index for each in short.findings}


def test_originals_stay_linked(tmp_path: Path) -> None:
    """A folded list names the newest; every file lies beside the page."""
    blobs = tmp_path / "blobs"
    (blobs / SHA[:2]).mkdir(parents=True)
    (blobs / SHA[:2] / SHA).write_bytes(b"original")
    frame = Frame(language="id", zone="Asia/Jakarta", now=NOW, polled=NOW, blobs=blobs)
    rows = tuple(row("others", at, "x" * 500) for at in range(300))
    shown = structs.replace(page(entry()), others=rows)
    publish(tmp_path / "q", frame, [entry()], [], lambda _: shown)
    assert fold(shown).folded.left["others"] > 0
    assert len(list((tmp_path / "q/W-2026-0143").glob("berkas-*.bin"))) == 300


def test_an_ordinary_page_is_not_cut() -> None:
    whole = page(entry())
    short = fold(whole)
    assert not any(short.folded.left.values())
    assert structs.replace(short, folded=whole.folded) == whole


def test_a_row_of_the_index_is_bounded_and_counts_its_findings() -> None:
    busy = structs.replace(entry(), summary=("Foto terlalu kecil",) * MANY)
    short = fold_entry(busy)
    assert len(short.summary) + short.more == MANY and fold_entry(short) == short
    frame = Frame(language="id", zone="Asia/Jakarta", now=NOW, polled=NOW)
    loud = structs.replace(
        busy, title=DEAR, contributor=DEAR, place=DEAR, reason=DEAR, summary=(DEAR,) * 9,
        badges=(Badge(text=DEAR),) * MANY,
    )  # fmt: skip
    html = renderer(frame)(
        "queue.html.j2", tab="action", month="", entries=[fold_entry(loud)] * 75, passed=[],
        before="", after="", counts={}, index=False, absent=(),
    )  # fmt: skip
    assert len(html) <= MOST
