"""What an editor, a contributor's BATAL, the clock or the publisher decides: one transaction
each, letter included."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

import msgspec
from msgspec import Struct

from desk.app import App
from desk.domain.moments import word_moment
from desk.domain.overrides import Override, Overrides
from desk.outbound.enqueue import (
    Shown,
    choose_automatic_policy,
    choose_editor_policy,
    write,
)
from desk.store import Transaction, events
from desk.store.inbound.mails import MailRow
from desk.store.outbound import outbox
from desk.store.publications import editions, photo_choices, rows, undoing
from desk.store.publications.decisions import StoredDecision
from desk.store.publications.editions import StoredEdition
from desk.store.publications.rows import Row
from desk.store.submissions import accepted, submission_rows, threads
from desk.store.submissions.about.whole import check_whole_of
from desk.workflow.deciding.check import check_asks, check_decision, find_overrides
from desk.workflow.deciding.decided_letter import context_of_decision
from desk.workflow.deciding.decision import Decision as Decision  # noqa: PLC0414 - callers name it decisions.Decision
from desk.workflow.deciding.keep import keep_decision
from desk.workflow.deciding.seen import check_seen
from desk.workflow.deciding.sign import actor_of, sign
from desk.workflow.publishing import plan
from desk.workflow.publishing.elsewhere import answer_elsewhere, is_elsewhere, is_known
from desk.workflow.publishing.make_edition import make_edition
from desk.workflow.publishing.plan import name_leading
from desk.workflow.publishing.settle import tell_corrected
from desk.workflow.retention.day import name_day
from desk.workflow.submission_letters import (
    LETTERS,
    context_of_submission,
    count_events,
    is_asked_back,
    key_of_published,
    refer,
    supersede,
)
from publisher.articles.edition import Amendments
from publisher.articles.photos import choose_photos
from publisher.letters.letter_context import LetterKind
from redaksi.arrival import Mail
from redaksi.errors import IllegalMove
from redaksi.model import Finding
from redaksi.states import Event, State


class Resolved(Struct, frozen=True, kw_only=True):
    """What came of it."""

    state: State
    letter_id: int | None
    is_repeated: bool = False  # it was decided before; nothing happened now


def decide(app: App, number: str, decision: Decision) -> Resolved:
    """Let an editor's decision happen; what an account sends twice happens once. Raises IllegalMove
    when it cannot, and says why; StaleRevision, StaleVersion when the editor saw another one,
    LetterChanged when its letter is not what was shown any more."""
    with app.store.begin() as tx:
        return decide_within(tx, app, number, decision)


def decide_within(tx: Transaction, app: App, number: str, decision: Decision) -> Resolved:
    """The same, in a transaction of the caller's."""
    decision = check_decision(app, decision)
    found = submission_rows.id_of(tx, number)
    if found is None:
        raise IllegalMove("no_submission", number=number)
    submission_rows.lock(tx, found)
    repeated = check_seen(tx, app, found, decision)
    if repeated is not None:
        state = threads.get(tx, found).state
        return Resolved(state=state, letter_id=repeated.letter_id, is_repeated=True)
    decision = sign(tx, decision)
    before = threads.get(tx, found).state
    stored = rows.of_submission(tx, found)
    if is_elsewhere(app, before, stored, decision):
        answer_elsewhere(tx, app, found, decision, actor_of(decision))
        return Resolved(state=before, letter_id=None)
    if _says_nothing_new(app, before, stored, decision):
        return Resolved(state=before, letter_id=None)
    event = _event(before, decision)
    check_whole_of(tx, found, event)
    check_asks(tx, found, decision)
    overrides = find_overrides(tx, found, before, decision)
    kept = StoredDecision(
        event_id=0,
        event=event,
        at=app.clock(),
        overrides=tuple(_override(finding, decision) for finding in overrides),
        before=undoing.look_before(tx, found),
    )
    happened = events.Happened(
        at=app.clock(),
        actor=actor_of(decision),
        what=event,
        facts=_facts(tx, found, event, decision),
    )
    row = submission_rows.move(tx, found, event, "editor", happened)
    kept = msgspec.structs.replace(kept, event_id=events.newest_of(tx, found))
    scheduled_silently = before == "scheduled" and not accepted.tells_published(tx, found)
    is_silent = decision.silent or (event == "publish" and scheduled_silently)
    letters = outbox.states_of(tx, found)
    # before what is decided writes any
    dropped = supersede(tx, found, app.clock()) if event != "seen" else frozenset()
    _apply(tx, app, found, before, event, decision, dropped)
    due = LETTERS.get(row.letter)
    if event == "publish" and "published" in dropped:
        due = "published"  # with another address
    letter = (
        None
        if is_silent
        else _letter(tx, app, found, due, decision, _list_aside(decision, overrides))
    )
    if letter is None and decision.letter is not None and not is_silent:
        raise IllegalMove("letter_not_due")  # a letter was shown, and none would go
    kept = msgspec.structs.replace(kept, letter_id=letter)
    keep_decision(tx, app, found, decision, kept, letters)
    return Resolved(state=threads.get(tx, found).state, letter_id=letter)


def _override(finding: Finding, decision: Decision) -> dict[str, str]:
    return {"code": finding.code, "subject": finding.subject, "reason": decision.reason.strip()}


def take_back(
    tx: Transaction, app: App, submission_id: int, row: MailRow, mail: Mail | None = None
) -> None:
    """BATAL, in the mail `row`: withdrawn at once, or, where it may be in print, an editor's to
    confirm."""
    happened = events.Happened(at=app.clock(), actor="contributor", what="withdraw", mail_id=row.id)
    moved = submission_rows.move(tx, submission_id, "withdraw", "contributor", happened)
    supersede(tx, submission_id, app.clock())
    context = context_of_submission(tx, app, submission_id)
    kind = LETTERS.get(moved.letter)
    if kind is None or context is None or app.config.reply.mode == "off":
        return
    if mail is not None and mail.message_id:
        before = (*context.references, context.message_id)
        context = msgspec.structs.replace(context, references=before, message_id=mail.message_id)
    purge = name_day(app, "withdrawn", app.clock())
    context = msgspec.structs.replace(context, purge=purge, asked_back=True)
    idempotency_key = f"submission:{submission_id}:withdrawn:{count_events(tx, submission_id)}"
    write(
        tx,
        app,
        kind,
        context,
        refer(tx, submission_id, idempotency_key),
        choose_automatic_policy(app, junk=row.junk),
    )


def _event(state: State, decision: Decision) -> Event:
    """What may be in print is withdrawn by an event of its own; what is published is taken down."""
    if decision.event != "withdraw":
        return decision.event
    if state == "published":
        return "take_down"
    return "confirm_withdrawal" if state == "scheduled" else "withdraw"


def _says_nothing_new(app: App, before: State, stored: Sequence[Row], decision: Decision) -> bool:
    """Whether an editor repeats where it stands."""
    changes = decision.headline or decision.category or decision.body or decision.captions
    if decision.event != "publish" or before != "published" or changes:
        return False
    return is_known(stored, name_leading(app, stored), decision.url)


def _apply(
    tx: Transaction,
    app: App,
    submission_id: int,
    before: State,
    event: Event,
    decision: Decision,
    dropped: frozenset[str],
) -> None:
    """What it means for publication."""
    actor = actor_of(decision)
    if event == "schedule" and decision.publish_at is not None:
        accepted.accept(
            tx,
            submission_id,
            decision.publish_at,
            decision.headline,
            decision.category,
            tells=decision.tell or not decision.silent,
            embargo=decision.embargo,
        )
        _check_embargo(tx, app, submission_id, decision.publish_at)
        edition = _make_edition(tx, app, submission_id, decision)
        plan.plan(tx, app, edition, _find_due(app, decision, decision.publish_at), actor)
    elif event == "publish":
        _put_online(tx, app, submission_id, decision)
        if before == "published":
            was_dropped = "corrected" in dropped
            tell_corrected(tx, app, submission_id, was_dropped=was_dropped)
    elif event == "take_down":
        plan.cancel(tx, app, submission_id, actor)
    elif event == "taken_down":
        plan.record_down(tx, app, submission_id, actor, decision.target)
    elif event == "reopen":
        accepted.open_again(tx, submission_id)
    elif before == "scheduled" and threads.get(tx, submission_id).state != "scheduled":
        accepted.accept(tx, submission_id, None)
        plan.cancel(tx, app, submission_id, actor)


def _find_due(app: App, decision: Decision, when: datetime) -> datetime:
    """When it is to stand. The minute that a letter told may have passed while it was read; what is
    decided can be taken back all the same."""
    return when if decision.letter is None else max(when, app.clock() + app.config.reply.undo)


def _check_embargo(tx: Transaction, app: App, submission_id: int, when: datetime) -> None:
    until = accepted.get_accepted(tx, submission_id).embargo_until
    if until is not None and when < until:
        raise IllegalMove("embargoed", when=word_moment(until, app.config.zone))


def _make_edition(
    tx: Transaction, app: App, submission_id: int, decision: Decision
) -> StoredEdition:
    _choose_captions(tx, app, submission_id, decision)
    amendments = Amendments(
        headline=decision.headline or None,
        category=decision.category or None,
        body=decision.body or None,
    )
    return make_edition(
        tx,
        app,
        submission_id,
        amendments,
        editor=decision.editor,
        initials=decision.initials,
    )


def _choose_captions(tx: Transaction, app: App, submission_id: int, decision: Decision) -> None:
    """Captions stay chosen: the next edition has them too."""
    if not decision.captions:
        return
    judged = threads.at_revision(
        tx, submission_id, accepted.get_accepted(tx, submission_id).revision
    )
    photos = choose_photos(judged.submission, Amendments())[0] if judged is not None else ()
    for place, caption in decision.captions:
        if not 1 <= place <= len(photos):
            raise IllegalMove("no_such_photo", n=place, most=len(photos))
        sha256 = photos[place - 1].sha256
        photo_choices.choose_caption(tx, submission_id, sha256, caption, app.clock())


def _put_online(tx: Transaction, app: App, submission_id: int, decision: Decision) -> None:
    """An editor says where it stands. What cannot be made an edition of stands all the same."""
    accepted.put_online(tx, submission_id, decision.url, decision.headline, decision.category)
    edition = editions.newest(tx, submission_id)
    if edition is None:
        with suppress(IllegalMove):
            edition = _make_edition(tx, app, submission_id, decision)
    actor = actor_of(decision)
    plan.record_given(tx, app, submission_id, edition, decision.url, actor)


def _letter(
    tx: Transaction,
    app: App,
    submission_id: int,
    kind: LetterKind | None,
    decision: Decision,
    aside: Overrides,
) -> int | None:
    if kind is None or app.config.reply.mode == "off":
        return None
    purge = name_day(app, "withdrawn", app.clock())
    context = context_of_decision(tx, app, submission_id, kind, decision, aside=aside, purge=purge)
    if context is None:
        return None
    occasion = f"submission:{submission_id}:{kind}:{count_events(tx, submission_id)}"
    if kind == "published":
        occasion = key_of_published(tx, submission_id)
    return write(
        tx,
        app,
        kind,
        context,
        refer(tx, submission_id, occasion),
        choose_editor_policy(app),
        shown_of(decision),
    )


def _list_aside(decision: Decision, overrides: Sequence[Finding]) -> Overrides:
    """What is set aside with it."""
    chosen = {*decision.unasked, *((each.code, each.subject) for each in overrides)}
    return tuple(Override(code=code, subject=subject) for code, subject in sorted(chosen))


def shown_of(decision: Decision) -> Shown | None:
    """The letter as the editor saw it; None where nobody was shown it."""
    if decision.letter is None:
        return None
    return Shown(text=decision.letter, account_id=decision.account)


def _facts(
    tx: Transaction, submission_id: int, event: Event, decision: Decision
) -> dict[str, object]:
    """Whose withdrawal it is, where an editor confirms one: the contributor's, or nobody's but the
    editor's; and that an editor said where it stands or that it is down, looked at or not."""
    if event in ("publish", "taken_down"):
        return {"given": True, **({"unchecked": True} if decision.unchecked else {})}
    return {"asked_back": is_asked_back(tx, submission_id)} if event == "confirm_withdrawal" else {}
