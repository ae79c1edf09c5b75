"""Makes entries and pages of the queue."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import structs

from desk.presentation.publication.calendar import bounds_of, make_month
from desk.store.publications.lists import Planned
from publisher.site.pages import (
    Badge,
    Entry,
    FindingView,
    Frame,
    Line,
    Original,
    Page,
    Passed,
    SentLetter,
    Shot,
    Step,
)
from publisher.site.publication import PublishedRow, Weeks
from publisher.site.queue import News, Source
from publisher.site.queue import publish as write
from publisher.site.site_state import History, load

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
SHA = "ab" * 32


def entry(**changes: object) -> Entry:
    """An article that is ready for review; keywords change it."""
    values: dict[str, object] = {
        "number": "W-2026-0143",
        "tab": "action",
        "group": "ready",
        "state": "review",
        "title": "Warga Siantan Hulu Bangun Saluran Air Secara Gotong Royong",
        "contributor": "Rahmawati",
        "place": "Kalbar",
        "received": NOW - timedelta(minutes=20),
        "updated": NOW - timedelta(minutes=10),
        "stamp": "1",
        "photos": 1,
        "thumbnail": SHA,
        "badges": (Badge(text="Siap ditinjau", tone="ok", icon="check"), Badge(text="1 foto")),
    }
    values |= changes
    values.setdefault("places", ((values["tab"], values["received"]),))
    return Entry(**values)  # type: ignore[arg-type]


def publish(
    folder: Path,
    frame: Frame,
    rows: Sequence[Entry],
    passed: Sequence[Passed],
    page_of: Callable[[str], Page | None],
    *,
    whole: bool = True,
    history: History = History(),  # noqa: B008 - frozen
    stands: Mapping[int, PublishedRow] = {},
    planned: Sequence[Planned] = (),
) -> int:
    """Publish these rows (`whole`: there are no others); `passed`: mails that nobody examined
    yet."""
    changed: dict[int, Entry | None] = {int(one.number[-4:]): one for one in rows}
    news = News(before=load(folder), changed=changed, waiting=passed, whole=whole, history=history)
    settled: dict[int, Entry] = {one: row for one, row in changed.items() if row is not None}

    def with_thumbnails(number: str) -> Page | None:
        shown = page_of(number)
        return shown and _with_thumbnails(shown, frame)

    source = Source(
        entries=lambda _: settled,
        passed=lambda _: {},
        page=with_thumbnails,
        published=lambda ids: {one: stands[one] for one in ids if one in stands},
        newest=lambda: tuple(stands.values()),
        months=lambda names: {name: month_of(name, planned) for name in names},
    )
    return write(folder, frame, news, source)


def month_of(name: str, planned: Sequence[Planned] = ()) -> Weeks:
    """A month as the desk makes it."""
    year, month = map(int, name.split("-"))
    zone = ZoneInfo("Asia/Jakarta")
    begin, end = bounds_of(year, month, zone)
    return make_month([one for one in planned if begin <= one.at < end], year, month, zone=zone)


def _with_thumbnails(shown: Page, frame: Frame) -> Page:
    """Each photo's thumbnail lies beside the blob."""
    shots = (
        structs.replace(shot, thumbnail=frame.blobs / SHA[:2] / f"{SHA}.jpg")
        for shot in shown.shots
    )
    return structs.replace(shown, shots=tuple(shots))


def page(one: Entry, **changes: object) -> Page:
    """Its page, with one finding in the second paragraph."""
    told = FindingView(
        index=1,
        severity="must",
        title="Jenis huruf",
        found="Calibri 11",
        rule="Times New Roman 12",
        fix="Ctrl+A",
        subject="Warta.docx",
        anchor="p2",
    )
    values: dict[str, object] = {
        "entry": one,
        "address": "rahmawati@kontributor.example",
        "byline": "Rahmawati",
        "mail_subject": "Warta",
        "missing": "",
        "characters": 2310,
        "most_characters": 2500,
        "pages": 1.4,
        "document": Original(name="Warta.docx", kind="docx", sha256=SHA, download="naskah.docx"),
        "lines": (
            Line(number=1, role="title", spans=(("Warga Siantan Hulu", ""),)),
            Line(
                number=2,
                role="body",
                spans=(("Ketua BKM", "wrong"), (" rahasia", "hidden")),
                told=((1, "Calibri 11"),),
            ),
        ),
        "findings": (told,),
        "shots": (
            Shot(
                index=1,
                name="IMG_1.jpg",
                kind="jpeg",
                size="1600 × 1200",
                caption="Warga",
                sha256=SHA,
                caption_from="dari naskah, menurut nama berkasnya",
                download="foto-1.jpg",
            ),
        ),
        "others": (),
        "history": (Step(at=NOW, text="Surel diterima", tone="ok"),),
        "letters": (
            SentLetter(
                kind="revise",
                state="konsep",
                to="rahmawati@kontributor.example",
                subject="Re: Warta",
                text="Yth. Ibu",
                at=NOW,
                command="redaksi letters send 1",
            ),
        ),
        "mails": (Original(name="Surel asli", kind="eml", sha256=SHA, download="surel-asli.eml"),),
    }
    return Page(**(values | changes))  # type: ignore[arg-type]
