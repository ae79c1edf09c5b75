"""A submission as a row of the index."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from desk.app import App, count_working_days
from desk.domain.attention import OF_TARGETS
from desk.presentation.attention import sentences_of
from desk.presentation.labels import badge_of, group_of
from desk.presentation.letter_standing import count_returns, standing_of
from desk.presentation.publication.decided import describe_publication
from desk.presentation.publication.standing import badges_under_way, commands_of
from desk.presentation.reasons import explain_rule, in_words
from desk.store.outbound.outbox_queries import WAITS_FOR_WORD
from desk.store.submissions.review_queue import QueueRow
from desk.store.submissions.row_parts import CHOSEN
from publisher.site.pages import Badge, Entry, View
from redaksi import catalog
from redaksi.model import Finding, Language
from redaksi.states import OPEN, WAITS_FOR_CONTRIBUTOR, WAITS_FOR_EDITOR, State
from redaksi.text import clean
from redaksi.text.locale import format_day
from redaksi.text.places import shorten_province
from validators.words import say

_MAY_BE_LATE: frozenset[State] = WAITS_FOR_EDITOR | {"received"}
_MOST_DAYS = 100  # back to where a first day in time is looked for


def make_entry(row: QueueRow, app: App, now: datetime) -> Entry:
    """A row of the index."""
    language = app.config.language
    findings = ordered(row.findings, row)
    dateline = next((d.dateline for d in row.documents if d.dateline), "")
    title = row.title or next((d.name for d in row.documents), "") or row.mail_subject
    waited = count_working_days(app, row.received_at, now)
    standing = places(row, app.config.publish.targets[0].id)
    shown = (place for place, photo in enumerate(row.photos, 1) if photo.width and photo.intact)
    picture = next(shown, 0)
    return Entry(
        number=row.number,
        tab=standing[0][0],
        places=standing,
        group=group_of(row),
        state=row.state,
        title=clean.line(title, 160) or catalog.load(language).say("mark", "untitled"),
        contributor=clean.line(row.contributor or row.address, 80),
        place=clean.line(shorten_province(row.province) or dateline or row.province, 40),
        received=row.received_at,
        updated=row.updated_at,
        badges=tuple(badges_of(row, findings, language)),
        reason=_emptied_text(row, app) or reason_text(row, language),
        publication=_publication_text(row, app, title),
        summary=tuple(say(finding, language).title for finding in findings),
        photos=len(row.photos),
        thumbnail=row.photos[picture - 1].sha256 if picture else "",
        picture=picture,
        revision=row.latest_revision,
        locked=bool(row.documents) and not any(d.readable for d in row.documents),
        late=row.state in _MAY_BE_LATE and waited > app.config.queue.sla_days,
        stamp=str(row.stamp),
    )


def _publication_text(row: QueueRow, app: App, title: str) -> str:
    """What was decided of its publication, but a headline that is its title, and where it stands."""
    facts = describe_publication(row, app.config.language, app.config.zone)
    return " · ".join(clean.line(fact.text, 160) for fact in facts if fact.text != title)


def places(row: QueueRow, leading: str) -> tuple[tuple[View, datetime], ...]:
    """The views it stands in, its own first, and where in their order: what
    desk.store.submissions.queue_filter and desk.store.publications.lists ask the store.
    `leading`: the target whose word it is that an article is published."""
    since, state, received = row.attention.since, row.state, row.received_at
    if state == "not_a_submission":
        return (("mails", received),)
    found: list[tuple[View, datetime]] = []
    if since is not None:
        found.append(("action", since))
    elif state in WAITS_FOR_CONTRIBUTOR:
        found.append(("waiting", row.updated_at))
    if state == "scheduled" and row.publish_at is not None:
        found.append(("scheduled", row.publish_at))
    if since is not None or state in OPEN:
        found.append(("active", received))
    return (*(found or [("archive", received)]), *_published(row, leading))


def _published(row: QueueRow, leading: str) -> Iterator[tuple[View, datetime]]:
    """Since when it stands where readers see it; where nobody knows, by when it came."""
    for each in row.publications:
        if each.target == leading and each.is_there:
            yield ("published", each.since) if each.since else ("unlinked", row.received_at)


def hidden(row: QueueRow) -> Entry:
    """A mail that is no submission: where it stands, without a page of its own."""
    return Entry(
        number=row.number,
        tab="mails",
        places=places(row, ""),
        group="",
        state=row.state,
        title="",
        contributor="",
        place="",
        received=row.received_at,
        updated=row.updated_at,
        badges=(),
    )


def first_day_in_time(app: App, now: datetime) -> date:
    """What was received before this day waits longer than `queue.sla_days`."""
    zone = app.config.zone
    day = now.astimezone(zone)
    for _ in range(_MOST_DAYS):
        if count_working_days(app, day, now) > app.config.queue.sla_days:
            break
        day -= timedelta(days=1)
    return day.date() + timedelta(days=1)


def ordered(findings: Sequence[Finding], row: QueueRow) -> tuple[Finding, ...]:
    """Mandatory ones first. Of what was never opened nothing was found: what a rule missed there
    is no finding."""
    return (
        ()
        if row.state == "quarantined"
        else tuple(sorted(findings, key=lambda f: f.severity != "must"))
    )


def badges_of(row: QueueRow, findings: Sequence[Finding], language: Language) -> Iterator[Badge]:
    """The marks of a row: its state, what was found and came, what an editor is to do."""
    words = catalog.load(language)
    musts = sum(f.severity == "must" for f in findings)
    if row.state != "revising" or not musts:  # the findings are why it is being mended
        yield badge_of(row, language)
    if musts:
        icon = "warn" if row.state == "revising" else ""
        yield Badge(text=words.say("mark", "findings", n=musts), tone="warn", icon=icon)
    if len(findings) > musts:
        yield Badge(text=words.say("mark", "advice", n=len(findings) - musts))
    for text, _ in sentences_of(row, language):
        yield Badge(text=text, tone="warn", icon="mail")
    yield from badges_under_way(row, language)
    if (untold := standing_of(row)) in ("leaves", "none"):
        yield Badge(text=words.say("mark", f"letter_{untold}"), tone="warn", icon="mail")
    if row.photos:
        yield Badge(text=words.say("mark", "photos", n=len(row.photos)))
    if row.latest_revision > 1:
        yield Badge(text=words.say("mark", "try", n=row.latest_revision))
    if row.state in OPEN and _has_pair_to_confirm(row):
        yield Badge(text=words.say("mark", "captions"), tone="info")


def _has_pair_to_confirm(row: QueueRow) -> bool:
    """Whether a caption's pairing is unsure and no editor settled it; others may lack one
    besides."""
    actions = [photo.caption_action for photo in row.photos]
    is_settled = bool(actions) and all(action in ("auto", CHOSEN) for action in actions)
    return "confirm" in actions or (row.caption_action == "editor_confirm" and not is_settled)


def _emptied_text(row: QueueRow, app: App) -> str:
    """That its data went, and when; "" while it is there."""
    if row.emptied_at is None:
        return ""
    language = app.config.language
    day = format_day(row.emptied_at.astimezone(app.config.zone).date(), language)
    return catalog.load(language).say("mark", "emptied", day=day)


def reason_text(row: QueueRow, language: Language) -> str:
    """Why an editor sees it, where the findings do not say it."""
    sentences = [sentence for _, sentence in sentences_of(row, language)]
    because = _why_it_stands_there(row, language)
    return ". ".join([*sentences, because] if because else sentences)


def _why_it_stands_there(row: QueueRow, language: Language) -> str:
    words = catalog.load(language)
    if (untold := standing_of(row)) in ("leaves", "none"):
        return words.say("untold", untold)
    if row.state not in ("review", "failed", "quarantined"):
        return ""
    if row.state == "review" and (because := explain_rule(row.answer_rule, language)):
        return because
    if row.state == "review" and row.decision in ("revise", "incomplete"):
        returns = count_returns(row)
        return words.say("mark", "returned", n=returns) if returns else ""
    reason = in_words(row.reason, language)
    return (
        f"{reason} ({', '.join(row.attention.candidates)})" if row.attention.candidates else reason
    )


def commands(row: QueueRow) -> tuple[str, ...]:
    """What an editor can run about what is told of it."""
    if row.emptied_at is not None:
        return tuple(commands_of(row))
    if row.state == "review" and row.attention.candidates:
        return tuple(f"redaksi pair {row.number} {number}" for number in row.attention.candidates)
    verbs = [
        f"redaksi letters send {letter.id}"
        for letter in row.letters
        if letter.state in WAITS_FOR_WORD
    ]
    flags = frozenset(row.attention.flags) - {"letter"}
    if "withdrawal" in flags:
        verbs.append(f"redaksi decide {row.number} withdraw")
    verbs += [verb for verb in commands_of(row) if verb not in verbs]
    flags -= OF_TARGETS
    if row.state == "scheduled" and flags:
        verbs.append(
            f"redaksi decide {row.number} schedule --on … --revision {row.latest_revision}"
        )
    if flags:
        verbs.append(f"redaksi decide {row.number} seen")
    return tuple(verbs)
