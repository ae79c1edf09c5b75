"""Fills a store fast: the submissions of the frozen 0.1 store, cloned to any number, on either
database. Real findings, photos, letters and histories; 70 % published."""

import gzip
import hashlib
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from msgspec import Struct, structs
from sqlalchemy import Table, func, select, text

from desk.store import Store, Transaction, open_store
from desk.store.columns import Base
from desk.store.submissions.frozen import freeze, thaw
from redaksi.likeness import LENGTH
from redaksi.model import Assessment
from redaksi.states import WAITS_FOR_CONTRIBUTOR, WAITS_FOR_EDITOR, State

FROZEN = Path(__file__).parent / "frozen/store.sqlite.sql.gz"
SETTLED: Mapping[State, int] = {"published": 70, "declined": 8, "expired": 6, "withdrawn": 2}
OPEN: Mapping[State, int] = {
    "review": 10, "revising": 9, "incomplete": 2, "noted": 2, "scheduled": 3, "failed": 1, "quarantined": 1,
}  # fmt: skip
OPEN_SHARE = 0.14
APART = timedelta(minutes=30)  # 48 a day
BATCH = 250
Row = dict[str, Any]
TABLES: Mapping[str, Table] = Base.metadata.tables


class Template(Struct, frozen=True, kw_only=True):
    """One submission of the frozen store, with everything that hangs on it."""

    submission: Row
    mails: Sequence[Row]
    tries: Sequence[Row]
    parts: Mapping[str, Sequence[Row]]  # by table: those with a try_id
    captions: Sequence[Row]
    events: Sequence[Row]
    letters: Sequence[Row]


def fill(store: Store, count: int, now: datetime, *, prolific: int = 0) -> None:
    """Write `count` submissions, the newest received just before `now`; `prolific` of them are of
    one sender, sender@filler.example."""
    templates = _templates()
    states = [*islice(cycle(_spread(SETTLED)), round(count * (1 - OPEN_SHARE)))]
    states += islice(cycle(_spread(OPEN)), count - len(states))
    with store.begin() as tx:
        _sender(tx, 1, "sender@filler.example", now)
    for begin in range(0, count, BATCH):
        clone = _Clone(now=now, count=count, prolific=prolific)
        for index in range(begin, min(begin + BATCH, count)):
            clone.add(index, templates[index % len(templates)], states[index])
        with store.begin() as tx:
            clone.write(tx)
    with store.begin() as tx:
        _continue_sequences(tx)
        tx.execute(text("ANALYZE"))  # what PostgreSQL does by itself, only later


class _Clone:
    """Rows of some submissions, with ids that no other clone has."""

    def __init__(self, *, now: datetime, count: int, prolific: int) -> None:
        self.now, self.count = now, count
        self.every = count // prolific if prolific else 0
        self.rows: dict[str, list[Row]] = defaultdict(list)

    def add(self, index: int, template: Template, state: State) -> None:
        number = index + 1
        person = 1 if self.every and index % self.every == 0 else 2 + index // 4
        received = self.now - APART * (self.count - index)
        shift = received - template.submission["received_at"]
        ids = {row["id"]: 1_000 * number + i for i, row in enumerate(template.mails)}
        tries = {row["id"]: 100 * number + i for i, row in enumerate(template.tries)}
        if index % 4 == 0:
            self._person(2 + index // 4, received)
        mails = [*ids.values()]
        for row in template.mails:
            self._put("mail", row, shift, id=ids[row["id"]], **_unique(number, ids[row["id"]]))
        called = received + timedelta(hours=1) if state in WAITS_FOR_EDITOR else None
        self._put(
            "submission", template.submission, shift,
            id=number, number=f"W-2026-{number:05d}", mail_id=mails[0], position=0, state=state,
            person_id=person, address_id=person, left=None, attention_since=called,
            updated_at=received + timedelta(hours=2),
            publish_at=self.now + timedelta(days=number % 9) if state == "scheduled" else None,
            received_at=received,
        )  # fmt: skip
        self._hang(template, number, shift, ids, tries)
        self._letters(template, number, state, shift, tries)

    def _person(self, person: int, at: datetime) -> None:
        self.rows["person"].append(
            {"id": person, "name": f"Kontributor {person}", "language": "id", "created_at": at}
        )
        self.rows["address"].append(
            {"id": person, "person_id": person, "address": f"k{person}@filler.example", "created_at": at}
        )  # fmt: skip

    def _hang(
        self, template: Template, number: int, shift: timedelta, ids: dict[int, int],
        tries: dict[int, int],
    ) -> None:  # fmt: skip
        first = next(iter(ids.values()))
        for place, row in enumerate(template.tries):
            mail = ids.get(row["mail_id"], first)
            self._put(
                "try", row, shift, id=tries[row["id"]], submission_id=number, mail_id=mail,
                position=place,
            )  # fmt: skip
        photos: dict[int, int] = {}
        for name, rows in template.parts.items():
            for i, row in enumerate(rows):
                changes: Row = {"try_id": tries[row["try_id"]]}
                if "id" in row:
                    changes["id"] = 1_000 * number + i
                if name == "photo":
                    photos[row["id"]] = changes["id"]
                    changes["likeness"] = _hash_picture(f"{changes['id']}")
                self._put(name, row, shift, **changes)
        for row in template.captions:
            self._put("caption", row, shift, photo_id=photos[row["photo_id"]])
        for i, row in enumerate(template.events):
            mail = ids.get(row["mail_id"] or 0, first)
            self._put(
                "event", row, shift, id=1_000 * number + i, submission_id=number, mail_id=mail
            )

    def _letters(
        self, template: Template, number: int, state: State, shift: timedelta,
        tries: dict[int, int],
    ) -> None:  # fmt: skip
        waits = state in WAITS_FOR_CONTRIBUTOR
        for i, row in enumerate(template.letters):
            one = 100 * number + i
            changes: Row = {"id": one, "submission_id": number, "once": f"filler:{one}"}
            changes |= {"message_id": f"<letter.{one}@filler>", "mail_id": None}
            changes["try_id"] = tries.get(row["try_id"] or 0)
            if waits:  # nobody was asked yet: an editor has not sent it
                changes |= {"state": "draft", "sent_at": None, "sending_at": None}
            content = row["content"]
            self._put("outbox", row, shift, **changes)
            self.rows["letter_content"].append({"outbox_id": one, "content": content})

    def _put(self, table: str, row: Row, shift: timedelta, **changes: Any) -> None:
        moved = {
            name: value + shift if isinstance(value, datetime) else value
            for name, value in row.items()
            if name != "content"
        }
        self.rows[table].append(moved | changes)

    def write(self, tx: Transaction) -> None:
        for table in Base.metadata.sorted_tables:
            if rows := self.rows.get(table.name):
                tx.execute(table.insert(), rows)


def _unique(number: int, one: int) -> Row:
    blob = hashlib.sha256(f"{one}".encode()).hexdigest()
    return {
        "identity": f"filler:{one}", "blob": blob, "message_id": f"<{one}@filler>",
        "mailbox_id": "warta", "subject": f"Warta {number}",
    }  # fmt: skip


def _picture(judged: Assessment) -> Assessment:
    """What 0.1 judged had no hashes of the kind that is compared today."""
    photos = tuple(
        structs.replace(photo, likeness=_hash_picture(photo.sha256))
        for photo in judged.submission.photos
    )
    return structs.replace(judged, submission=structs.replace(judged.submission, photos=photos))


def _hash_picture(seed: str) -> str:
    """As of a picture like no other."""
    return hashlib.sha256(seed.encode()).hexdigest()[:LENGTH]


def _spread(shares: Mapping[State, int]) -> list[State]:
    """The states as often as their shares say, mixed."""
    named = [state for state, share in shares.items() for _ in range(share)]
    return [named[(i * 37) % len(named)] for i in range(len(named))]


def _sender(tx: Transaction, person: int, address: str, now: datetime) -> None:
    tx.execute(TABLES["person"].insert(), [{"id": person, "name": "Pengirim", "language": "id", "created_at": now}])  # fmt: skip
    tx.execute(TABLES["address"].insert(), [{"id": person, "person_id": person, "address": address, "created_at": now}])  # fmt: skip


def _continue_sequences(tx: Transaction) -> None:
    if tx.get_bind().dialect.name == "sqlite":
        return
    for table in Base.metadata.sorted_tables:
        if "id" in table.c and table.c["id"].type.python_type is int:
            newest = tx.scalar(select(func.max(table.c["id"])))
            sequence = f"pg_get_serial_sequence('\"{table.name}\"', 'id')"
            if newest and tx.scalar(text(f"SELECT {sequence}")):
                tx.execute(text(f"SELECT setval({sequence}, {newest})"))


@cache
def _templates() -> tuple[Template, ...]:
    """Read once: the frozen store must be migrated first."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "redaksi.db"
        with sqlite3.connect(path) as connection:
            connection.executescript(gzip.decompress(FROZEN.read_bytes()).decode())
        connection.close()
        store = open_store(f"sqlite:///{path}")
        with store.read() as tx:
            found = tuple(_read(tx))
        store.close()
    return found


def _read(tx: Transaction) -> Iterator[Template]:
    for submission in _rows(tx, "submission", TABLES["submission"].c.state != "not_a_submission"):
        one = submission["id"]
        tries = _rows(tx, "try", TABLES["try"].c.submission_id == one)
        ids = [row["id"] for row in tries]
        parts = {
            name: _rows(tx, name, TABLES[name].c.try_id.in_(ids))
            for name in ("document", "photo", "finding", "examination")
        }
        for row in parts["examination"]:
            row["judged"] = freeze(_picture(thaw(row["judged"])))
        photos = [row["id"] for row in parts["photo"]]
        mails = {row["mail_id"] for row in tries} | {submission["mail_id"]}
        letters = _rows(tx, "outbox", TABLES["outbox"].c.submission_id == one)
        for letter in letters:
            (found,) = _rows(tx, "letter_content", TABLES["letter_content"].c.outbox_id == letter["id"])  # fmt: skip
            letter["content"] = found["content"]
        yield Template(
            submission=submission,
            mails=_rows(tx, "mail", TABLES["mail"].c.id.in_(mails)),
            tries=tries,
            parts=parts,
            captions=_rows(tx, "caption", TABLES["caption"].c.photo_id.in_(photos)),
            events=_rows(tx, "event", TABLES["event"].c.submission_id == one),
            letters=letters,
        )


def _rows(tx: Transaction, table: str, wanted: Any) -> list[Row]:
    found = select(TABLES[table]).where(wanted).order_by(*TABLES[table].primary_key.columns)
    return [dict(row) for row in tx.execute(found).mappings()]
