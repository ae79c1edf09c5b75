"""Every word of a mail, and every word an editor types, as a payload: the desk must show it as
text. Planted past the readers, so that nothing they clean protects a page."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import msgspec
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page
from sqlalchemy import select, update

from desk.store import Store, Transaction
from desk.store.submissions.frozen import freeze, thaw
from desk.store.tables import (
    Account,
    Address,
    Caption,
    Claim,
    Decision,
    DecisionDraft,
    Document,
    Examination,
    Mail,
    Outbox,
    Person,
    Photo,
    PhotoChoice,
    Revision,
    Submission,
)
from redaksi.model import Assessment
from tests.chromium import enter
from tests.desk_web import Browser
from tests.filler import fill
from tests.postoffice import MONDAY

# fields of an examination that hold words of a mail
_WORDS = frozenset({"name", "title", "text", "dateline", "found", "where"})
# fields of the forms of a submission
TYPED = (
    "judul",
    "rubrik",
    "tanggal",
    "pukul",
    "tautan",
    "alasan",
    "sebab",
    "catatan",
    "permintaan",
    "teks",
    "artikel",
)
LISTS = ("tindakan", "menunggu", "terjadwal", "aktif")


def plant(store: Store, payloads: Sequence[str], reader: int) -> list[str]:
    """A submission a payload, all of its words that payload; their numbers. `reader`: the account
    that will look at them."""
    fill(store, len(payloads), MONDAY)
    with store.begin() as tx:
        ids = list(tx.scalars(select(Submission.id).order_by(Submission.id)))
        for submission_id, payload in zip(ids, payloads, strict=True):
            _plant_rows(tx, submission_id, payload)
            _plant_examinations(tx, submission_id, payload)
            _plant_typed(tx, submission_id, payload, reader)
        return list(tx.scalars(select(Submission.number).order_by(Submission.id)))


def _plant_rows(tx: Transaction, submission_id: int, payload: str) -> None:
    row = tx.get_one(Submission, submission_id)
    row.title, row.headline, row.category, row.province = payload, payload, payload, payload
    if row.state == "published":
        row.state = "review"
    for table, key in ((Person, row.person_id), (Address, row.address_id)):
        if key is not None:
            field = {"name": payload} if table is Person else {"address": f"{key}{payload}"}
            tx.execute(update(table).where(table.id == key).values(**field))
    tries = select(Revision.id).where(Revision.submission_id == submission_id)
    mails = select(Revision.mail_id).where(Revision.submission_id == submission_id)
    photos = select(Photo.id).where(Photo.revision_id.in_(tries))
    for statement in (
        update(Mail).where(Mail.id.in_(mails)).values(subject=payload, written=payload),
        update(Document)
        .where(Document.revision_id.in_(tries))
        .values(name=payload, title=payload, dateline=payload, byline_name=payload),
        update(Caption).where(Caption.photo_id.in_(photos)).values(text=payload),
        update(Photo).where(Photo.revision_id.in_(tries)).values(name=payload),
        update(Outbox)
        .where(Outbox.submission_id == submission_id)
        .values(
            subject=payload, text=payload, source=payload, to_address=payload, last_error=payload
        ),
    ):
        tx.execute(statement)


def _plant_typed(tx: Transaction, submission_id: int, payload: str, reader: int) -> None:
    """What editors typed: a colleague of that name holds it and has decided, of each photo stands
    what was chosen, and `reader` has left every field of a form unsent."""
    row, now = tx.get_one(Submission, submission_id), MONDAY
    colleague = Account(
        login=f"{submission_id}@example.org",
        name=payload,
        sign=payload,
        initials="AB",
        role="editor",
        password_hash="",
        created_at=now,
    )
    tx.add(colleague)
    tx.flush()
    tx.merge(
        Claim(
            submission_id=submission_id,
            account_id=colleague.id,
            since=now,
            until=now + timedelta(days=9_999),
        )
    )
    words = dict.fromkeys(("headline", "category", "url", "reason", "note"), payload)
    tx.add(
        Decision(
            event_id=-submission_id,
            submission_id=submission_id,
            account_id=colleague.id,
            editor=payload,
            initials="AB",
            revision=row.latest_revision,
            event="note",
            at=now,
            remarks=[{"text": payload}],
            overrides=[{"code": "N4", "subject": payload, "reason": payload}],
            **words,
        )
    )
    tries = select(Revision.id).where(Revision.submission_id == submission_id)
    for sha256 in set(tx.scalars(select(Photo.sha256).where(Photo.revision_id.in_(tries)))):
        tx.merge(
            PhotoChoice(
                submission_id=submission_id,
                sha256=sha256,
                caption=payload,
                credit=payload,
                alt=payload,
                at=now,
            )
        )
    fields = {name: [payload, payload] for name in TYPED}
    for scope in ("decision", "photos", "edition"):
        draft = {"revision": row.latest_revision, "seq": 1, "saved_at": now, "fields": fields}
        key = {"account_id": reader, "submission_id": submission_id, "scope": scope}
        tx.merge(DecisionDraft(**key, **draft))


def _plant_examinations(tx: Transaction, submission_id: int, payload: str) -> None:
    wanted = (
        select(Examination)
        .join(Revision, Revision.id == Examination.revision_id)
        .where(Revision.submission_id == submission_id)
    )
    for row in tx.scalars(wanted):
        plain = _infect(msgspec.to_builtins(thaw(row.judged)), payload)
        row.judged = freeze(msgspec.convert(plain, Assessment))


def _infect(value: Any, payload: str, key: str = "") -> Any:
    if isinstance(value, str):
        return payload if key in _WORDS and value else value
    if isinstance(value, dict):
        return {name: _infect(each, payload, name) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_infect(each, payload, key) for each in value]
    return value


class Watch:
    """What a page must not do: open a dialog, ask another host, run into an error."""

    def __init__(self, page: Page, base: str) -> None:
        self.deeds: list[str] = []
        page.on("dialog", self._dismiss)
        page.on("request", lambda asked: self._look(asked.url, base))

    def _dismiss(self, dialog: Any) -> None:
        self.deeds.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _look(self, url: str, base: str) -> None:
        if not url.startswith((base, "data:", "about:")):
            self.deeds.append(f"request {url}")


@contextmanager
def watched(
    chromium: Chromium, nina: Browser, *, with_policy: bool
) -> Iterator[tuple[Page, Watch]]:
    """A page that she is signed in with; `with_policy`: the Content-Security-Policy holds."""
    context = chromium.new_context(bypass_csp=not with_policy)
    page = enter(context, nina)
    try:
        yield page, Watch(page, nina.base)
    finally:
        context.close()


def visit_all(
    page: Page,
    base: str,
    numbers: Sequence[str],
    payloads: Sequence[str],
    parts: Sequence[str] = ("",),
) -> int:
    """Every page that shows such words, and those that show what was asked; how many."""
    paths = [f"/antrean?tampilan={name}" for name in LISTS]
    paths += ["/surat", "/akun/semua", "/jadwal", "/terbit", "/status", "/surel", "/arsip"]
    paths += [f"/kiriman/{number}{part}" for number in numbers for part in parts]
    for payload in payloads:
        word = quote(payload[:400])
        paths += [f"/cari?q={word}", f"/antrean?provinsi={word}", f"/kiriman/{word[:60]}"]
    for path in paths:
        answer = page.goto(base + path)
        assert answer is not None and answer.status in (200, 404), path
        page.evaluate("document.querySelectorAll('a, button, summary').length")
    return len(paths)
