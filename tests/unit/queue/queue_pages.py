"""Makes entries and pages of the queue."""

from datetime import UTC, datetime, timedelta

from publisher.site.pages import (
    Badge,
    Entry,
    FindingView,
    Line,
    Original,
    Page,
    SentLetter,
    Shot,
    Step,
)

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
    return Entry(**(values | changes))  # type: ignore[arg-type]


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
                caption_source="document",
                thumbnail=True,
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
