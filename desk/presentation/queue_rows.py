"""A submission as a row of the index."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from desk.app import App, working_days
from desk.presentation.attention import said
from desk.presentation.labels import badge_of, group_of
from desk.presentation.reasons import SHOWN, in_words
from desk.store.submissions.review_queue import QueueRow
from publisher.site.pages import Badge, Entry, Tab
from redaksi import catalog
from redaksi.model import Finding, Language
from redaksi.states import State
from redaksi.text import clean
from validators.words import say

TABS: dict[State, Tab] = {
    "received": "action", "review": "action", "failed": "action", "quarantined": "action",
    "revising": "waiting", "incomplete": "waiting", "noted": "waiting",
}  # fmt: skip


def entry(row: QueueRow, app: App, now: datetime, *, letter: bool = False) -> Entry:
    """A row of the index; `letter`: one of its letters waits for an editor."""
    language = app.config.language
    findings = ordered(row.findings, row)
    place = next((d.dateline for d in row.documents if d.dateline), row.province)
    title = row.title or next((d.name for d in row.documents), "") or row.mail_subject
    waited = working_days(app, row.received_at, now)
    return Entry(
        number=row.number,
        tab="action" if row.attention.flags else TABS.get(row.state, "other"),
        group=group_of(row),
        state=row.state,
        title=clean.line(title, 160) or catalog.load(language).say("mark", "untitled"),
        contributor=clean.line(row.contributor or row.address, 80),
        place=clean.line(place, 40),
        received=row.received_at,
        updated=row.updated_at,
        badges=tuple(_badges(row, findings, language, letter=letter)),
        reason=why(row, language),
        summary=tuple(say(finding, language).title for finding in findings),
        photos=len(row.photos),
        thumbnail=next((p.sha256 for p in row.photos if p.width and p.intact), ""),
        locked=bool(row.documents) and not any(d.readable for d in row.documents),
        late=TABS.get(row.state) == "action" and waited > app.config.queue.sla_days,
        stamp=f"{row.stamp}-{letter:d}",
    )


def ordered(findings: Sequence[Finding], row: QueueRow) -> tuple[Finding, ...]:
    """Mandatory ones first. Of what was never opened nothing was found: what a rule missed there
    is no finding."""
    return (
        ()
        if row.state == "quarantined"
        else tuple(sorted(findings, key=lambda f: f.severity != "must"))
    )


def _badges(
    row: QueueRow, findings: Sequence[Finding], language: Language, *, letter: bool = False
) -> Iterator[Badge]:
    words = catalog.load(language)
    musts = sum(f.severity == "must" for f in findings)
    if row.state != "revising" or not musts:  # the findings are why it is being mended
        yield badge_of(row, language)
    if musts:
        icon = "warn" if row.state == "revising" else ""
        yield Badge(text=words.say("mark", "findings", n=musts), tone="warn", icon=icon)
    if len(findings) > musts:
        yield Badge(text=words.say("mark", "advice", n=len(findings) - musts))
    for text, _ in said(row, language):
        yield Badge(text=text, tone="warn", icon="mail")
    if row.photos:
        yield Badge(text=words.say("mark", "photos", n=len(row.photos)))
    if row.latest_revision > 1:
        yield Badge(text=words.say("mark", "try", n=row.latest_revision))
    if row.state == "review" and row.caption_action == "editor_confirm":
        yield Badge(text=words.say("mark", "captions"), tone="info")
    if letter:
        yield Badge(text=words.say("mark", "letter"), tone="warn", icon="mail")


def why(row: QueueRow, language: Language) -> str:
    """Why an editor sees it, where the findings do not say it."""
    if words := said(row, language):
        return ". ".join(sentence for _, sentence in words)
    if row.state not in ("review", "failed", "quarantined"):
        return ""
    if row.state == "review" and row.answer_rule in SHOWN:
        return SHOWN[row.answer_rule][language]
    if row.state == "review" and row.decision in ("revise", "incomplete"):
        return catalog.load(language).say("mark", "returned", n=row.returns) if row.returns else ""
    told = in_words(row.reason, language)
    return f"{told} ({', '.join(row.attention.candidates)})" if row.attention.candidates else told


def commands(row: QueueRow) -> tuple[str, ...]:
    """What an editor can run about what is told of it."""
    if row.state == "review" and row.attention.candidates:
        return tuple(f"redaksi pair {row.number} {number}" for number in row.attention.candidates)
    told = []
    if "withdrawal" in row.attention.flags:
        told.append(f"redaksi decide {row.number} withdraw")
    if row.state == "scheduled" and row.attention.flags:
        told.append(f"redaksi decide {row.number} schedule --on … --revision {row.latest_revision}")
    if row.attention.flags:
        told.append(f"redaksi decide {row.number} seen")
    return tuple(told)
