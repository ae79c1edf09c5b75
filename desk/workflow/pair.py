"""An editor knows which submission a stray mail belongs to: it becomes that submission's next
try."""

from collections.abc import Callable

from msgspec import Struct

from desk.app import App
from desk.domain.actor import name_actor
from desk.presentation.reasons import in_words
from desk.sandbox.pool import Examiner
from desk.sandbox.trust.agreed import NOT_READ, AgreedExaminer
from desk.store import Transaction, events
from desk.store.inbound import mails
from desk.store.inbound.mails import MailRow
from desk.store.people import contributors
from desk.store.submissions import submission_rows, threads, tries
from desk.store.submissions.threads import Thread
from desk.workflow.assign_thread import merge_into
from desk.workflow.process_mail import make_filing, versions, write_down
from desk.workflow.reading.bounds import bounds_of
from desk.workflow.reading.read_mail import examine_at_once
from desk.workflow.submission_letters import supersede
from redaksi.errors import IllegalMove
from redaksi.model import Examination
from redaksi.reasons import Reason
from redaksi.states import State, find_transition


class Paired(Struct, frozen=True, kw_only=True):
    """What the submission is now. `latest_revision` says whether the mail was a try of it or only
    a word about it."""

    state: State
    latest_revision: int
    unjudged: tuple[Reason, ...] = ()  # why something of both was left unexamined


def pair(
    app: App,
    sandbox: Examiner,
    number: str,
    into: str,
    *,
    editor: str = "",
    account: int | None = None,
    same_person: bool = False,
    within: Callable[[Transaction], None] = lambda _: None,
) -> Paired:
    """The mail filed as `number` is a try of `into`. `same_person`: its sender is `into`'s
    contributor, henceforth too. `within`: what else is written in the transaction.

    Where the look at both together kills the child they are looked at with less.

    Raises IllegalMove when it cannot be, and says why; Crashed when the mail's header kills a
    child; StoreError when another try of `into` came in the meantime.
    """
    stray, target, row = find_pair(app, number, into)
    bounds = bounds_of(app, row)
    reader, examination = examine_at_once(app, sandbox, row, bounds)
    assignment = merge_into(app, reader, row, examination, bounds, target, "editor", sure=True)
    if assignment.into is None:
        why = NOT_READ if is_given_up(reader) else assignment.examination.reason
        reason = in_words(why, app.config.language)
        raise IllegalMove("not_together", number=number, into=into, reason=reason)
    who = name_actor(editor, account)
    with app.store.begin() as tx:
        paired = events.Happened(
            at=app.clock(), actor=who, what="pair", mail_id=row.id, facts={"with": target.number}
        )
        submission_rows.move(
            tx, stray.id, "pair", "editor", paired, seen_revision=stray.latest_revision
        )
        supersede(tx, stray.id, app.clock())
        if same_person:
            _one_person(tx, stray, target)
        write_down(
            tx,
            app,
            row,
            assignment,
            make_filing(app, row, assignment, versions(bounds), again=True),
        )
        within(tx)
        now = threads.get(tx, target.id)
        return Paired(
            state=now.state,
            latest_revision=now.latest_revision,
            unjudged=list_unjudged(assignment.examination),
        )


def is_given_up(reader: Examiner) -> bool:
    """Whether it came down to the mail's header, so that nothing can be said of its files."""
    return isinstance(reader, AgreedExaminer) and reader.rung.header_only


def list_unjudged(examination: Examination) -> tuple[Reason, ...]:
    """Why something of what was read is unjudged, each reason once."""
    every = (each for judged in examination.assessments for each in judged.submission.unjudged)
    return tuple({str(each): each for each in every}.values())


def find_pair(app: App, number: str, into: str) -> tuple[Thread, Thread, MailRow]:
    """The stray, what it is to be a try of, and its mail. Raises IllegalMove where the two cannot
    be paired, whatever is in them."""
    with app.store.read() as tx:
        ids = {one: submission_rows.id_of(tx, one) for one in (number, into)}
        missing = [one for one, found in ids.items() if found is None]
        if missing:
            raise IllegalMove("no_submission", number=missing[0])
        if number == into:
            raise IllegalMove("same_submission")
        stray, target = (threads.get(tx, found) for found in ids.values() if found is not None)
        find_transition(stray.state, "pair", "editor")
        tried = tries.mails_of(tx, stray.id)  # examined again it is the same mail still
        if len(tried) != 1:
            raise IllegalMove("not_stray", number=number, n=stray.latest_revision)
        return stray, target, mails.get(tx, tried[0])


def _one_person(tx: Transaction, stray: Thread, target: Thread) -> None:
    if stray.address_id is None or target.person_id is None:
        raise IllegalMove("no_known_sender")
    contributors.mark_same_person(tx, stray.address_id, target.person_id)
