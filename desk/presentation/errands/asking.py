"""What the worker does with a submission because an editor asked: what may be asked, what is under
way, and why something could not be done."""

from collections.abc import Iterable

from msgspec import Struct

from desk.app import App
from desk.domain.attention import ASKED_FAILED
from desk.presentation.errands.closing import is_closed
from desk.presentation.labels import event_text
from desk.presentation.stored_lines import text_in_words
from desk.store import Transaction, events
from desk.store.events import Happened
from desk.store.submissions.review_queue import QueueRow, SubmissionPage
from desk.workflow.asked.ask import Asked, read_asked
from desk.workflow.asked.tidy import is_tidied
from desk.workflow.replay import TAKES_AGAIN
from redaksi import catalog
from redaksi.model import Language
from redaksi.states import TRANSITIONS


class Asking(Struct, frozen=True, kw_only=True):
    """`running`, `failed`: sentences, "" where nothing is. `into`: what it is being paired with;
    `candidates`: what it may be part of; `tidied`: whether the document's copy is here."""

    running: str = ""
    into: str = ""
    failed: str = ""
    may_examine: bool = False
    may_pair: bool = False
    candidates: tuple[str, ...] = ()
    may_tidy: bool = False
    may_open: bool = False  # files that the virus scanner could not look into
    tidied: bool = False
    unsigned: bool = False  # the original carries a digital signature, which no copy keeps


def describe_asking(app: App, found: SubmissionPage, *, has_copy: bool = False) -> Asking:
    """`has_copy`: whether the document's tidied copy is here."""
    row, judged, language = found.row, found.judged, app.config.language
    may_be_tidied = judged is not None and is_tidied(judged) and row.state != "quarantined"
    document = judged.submission.document if judged else None
    asked = read_asked(row.asked) if row.asked else None
    # what has had several mails is no stray; the worker looks closer
    is_stray = (row.state, "pair") in TRANSITIONS and len(found.mails) < 2
    if row.emptied_at is not None:
        return Asking()
    return Asking(
        running=_say_running(asked, language),
        into=asked.into if asked else "",
        failed=_say_failed(row, found.events, language),
        may_examine=row.state in TAKES_AGAIN,
        may_pair=is_stray,
        candidates=row.attention.candidates,
        may_tidy=may_be_tidied and not has_copy,
        may_open=is_closed(found) and row.state != "quarantined",
        tidied=may_be_tidied and has_copy,
        unsigned=document is not None and "digital-signature" in document.notes,
    )


def describe_all(
    tx: Transaction, rows: Iterable[QueueRow], language: Language
) -> dict[int, Asking]:
    """The same of mails that are no submission, by id; one query where something failed."""
    shown = {row.id: row for row in rows}
    running = {row.id: read_asked(row.asked) for row in shown.values() if row.asked}
    calling = {row.attention.flags["pairing"].event_id for row in shown.values() if _calls(row)}
    happened = events.by_id(tx, calling)
    return {
        number: Asking(
            running=_say_running(running.get(number), language),
            into=running[number].into if number in running else "",
            failed=_say_failed(row, happened, language),
            candidates=row.attention.candidates,
        )
        for number, row in shown.items()
    }


def say_failure(happened: Happened, language: Language) -> tuple[str, ...]:
    """Why it could not be done, for the history; () for what did not fail."""
    if happened.what not in ASKED_FAILED:
        return ()
    return (text_in_words(happened.reason, language),)


def _say_running(asked: Asked | None, language: Language) -> str:
    if asked is None:
        return ""
    return catalog.load(language).say("desk.asked.running", asked.what, into=asked.into)


def _say_failed(row: QueueRow, happened: Iterable[Happened], language: Language) -> str:
    """The newest, for each says the same of it."""
    if not _calls(row):
        return ""
    failed = [each for each in happened if each.submission_id == row.id]
    failed = [each for each in failed if each.what in ASKED_FAILED]
    if not failed:
        return ""
    last = failed[-1]
    return f"{event_text(last.what, last.facts, language)}: {' '.join(say_failure(last, language))}"


def _calls(row: QueueRow) -> bool:
    return "pairing" in row.attention.flags
