"""What moves a submission at a target. Every move is put on record with how many of the submission's
targets call an editor after it.

planned ─► due ─► delivering ─► checking ─► standing ─► (due …) ─► down
   │        ▲          │            └─► failed (not seen)
   ▼        └──────────┤ not now
cancelled              └─► asking · failed
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select

from desk.domain.attention import OF_TARGETS
from desk.domain.publications import PublicationState
from desk.store import attention, events
from desk.store.engine import Transaction
from desk.store.publications.rows import BEFORE_TARGETS, Row, count, read_row
from desk.store.tables import Attention, Publication
from publisher.targets.target import Known

# ── what is wanted ────────────────────────────────────────────────────────────────────────────────


def plan(
    tx: Transaction,
    submission_id: int,
    target: str,
    edition_id: int,
    when: datetime,
    now: datetime,
) -> None:
    """This edition is to stand at a target from `when` on, or at once where something stands."""
    row = _made(tx, submission_id, target)
    is_there = row.standing_edition_id is not None
    _forget_standing(row)
    row.wanted, row.edition_id, row.overwrite = "up", edition_id, False
    _begin_anew(row, "due" if is_there else "planned", now if is_there else when)
    tx.flush()


def correct(tx: Transaction, row_id: int, edition_id: int, now: datetime, *, tell: bool) -> None:
    """Another edition is to stand; where nobody knows what stands, an editor mends it."""
    row = tx.get_one(Publication, row_id)
    unknown = _is_unknown(row)
    row.wanted, row.edition_id, row.tell, row.overwrite = "up", edition_id, tell, False
    if row.state != "planned":  # its hour stays
        _begin_anew(row, "asking" if unknown else "due", None if unknown else now)
        row.error_code = BEFORE_TARGETS if unknown else ""
    tx.flush()


def take_down(tx: Transaction, row_id: int, now: datetime) -> None:
    """Nothing is to stand there; what nobody knows the edition of, an editor takes down. What may
    just have been made to stand is asked for; what was never asked to is planned no more."""
    row = tx.get_one(Publication, row_id)
    unknown = _is_unknown(row)
    row.wanted, row.tell = "down", False
    if unknown:
        _begin_anew(row, "asking", None)
        row.error_code = BEFORE_TARGETS
    elif row.standing_edition_id is None and row.first_attempt_at is None:
        _settle(row, "cancelled")
    else:
        _begin_anew(row, "due", now)
    tx.flush()


def retry(tx: Transaction, row_id: int, *, when: datetime, overwrite: bool = False) -> None:
    """Somebody mended what was wrong, or wants it now."""
    row = tx.get_one(Publication, row_id)
    row.overwrite = overwrite
    _begin_anew(row, "due", when)
    tx.flush()


def leave(tx: Transaction, row_id: int, version: str) -> None:
    """What was changed there stays as it is."""
    row = tx.get_one(Publication, row_id)
    row.edition_id, row.external_version = row.standing_edition_id, version
    _settle(row, "standing")


# ── what is ───────────────────────────────────────────────────────────────────────────────────────


def hold(tx: Transaction, row_id: int, code: str) -> None:
    """Its hour has come and something keeps it: an editor lets it go."""
    row = tx.get_one(Publication, row_id)
    row.state, row.next_at, row.error_code = "planned", None, code
    tx.flush()


def begin(tx: Transaction, row_id: int, now: datetime) -> Row:
    """The attempt is counted; commit before a byte goes out."""
    row = tx.get_one(Publication, row_id)
    row.state, row.next_at = "delivering", now
    if not row.attempts or row.first_attempt_at is None:
        row.first_attempt_at = now
    row.attempts += 1
    tx.flush()
    return read_row(row)


def put_off(tx: Transaction, row_id: int, when: datetime, code: str, detail: str = "") -> None:
    """Not now; again at `when`."""
    row = tx.get_one(Publication, row_id)
    row.state, row.next_at, row.error_code, row.last_error = "due", when, code, detail
    tx.flush()


def mark_failed(tx: Transaction, row_id: int, code: str, detail: str = "") -> None:
    """Not without a person."""
    row = tx.get_one(Publication, row_id)
    row.state, row.next_at, row.error_code, row.last_error = "failed", None, code, detail
    tx.flush()


def mark_asking(tx: Transaction, row_id: int) -> None:
    """An editor does it by hand and says so."""
    row = tx.get_one(Publication, row_id)
    row.state, row.next_at, row.error_code, row.last_error = "asking", None, "", ""
    tx.flush()


def mark_delivered(tx: Transaction, row_id: int, edition_id: int | None, known: Known) -> None:
    """The target took this edition (None: it took it down); what it told is kept."""
    row = tx.get_one(Publication, row_id)
    row.standing_edition_id = edition_id
    if edition_id is not None or not row.url:  # gone must be what readers saw, wherever that was
        row.url = known.url or row.url
    _keep_known(row, known)
    tx.flush()


def mark_made_beside(tx: Transaction, row_id: int, known: Known) -> None:
    """The target made it although an editor said meanwhile where it stands: taking down asks for
    both."""
    row = tx.get_one(Publication, row_id)
    _keep_known(row, known)
    tx.flush()


def mark_checking(tx: Transaction, row_id: int, now: datetime, when: datetime) -> None:
    """Its page is looked at next at `when`; `checked_at` holds when it was delivered."""
    row = tx.get_one(Publication, row_id)
    if row.state != "checking":
        row.checked_at = now
    row.state, row.next_at, row.error_code, row.last_error = "checking", when, "", ""
    tx.flush()


def mark_standing(tx: Transaction, row_id: int, now: datetime) -> None:
    """What should be there is there, and was seen."""
    row = tx.get_one(Publication, row_id)
    row.first_standing_at, row.checked_at = row.first_standing_at or now, now
    _settle(row, "standing")
    tx.flush()


def mark_given(
    tx: Transaction,
    submission_id: int,
    target: str,
    edition_id: int | None,
    url: str,
    now: datetime,
) -> int:
    """An editor says that it stands at `url`."""
    row = _made(tx, submission_id, target)
    _forget_standing(row)
    row.wanted, row.url = "up", url
    row.edition_id = row.standing_edition_id = edition_id
    row.first_standing_at, row.checked_at = row.first_standing_at or now, now
    _settle(row, "standing")
    tx.flush()
    return row.id


def mark_down(tx: Transaction, row_id: int, now: datetime) -> None:
    """Nothing of it is seen there any more."""
    row = tx.get_one(Publication, row_id)
    row.standing_edition_id, row.checked_at = None, now
    row.first_attempt_at = None
    _settle(row, "down")
    tx.flush()


def mark_unmade(tx: Transaction, submission_id: int, target: str, code: str) -> None:
    """Nothing could be made of it that a target would take."""
    row = _made(tx, submission_id, target)
    _begin_anew(row, "failed", None)
    row.error_code = code
    tx.flush()


def put_on_record(
    tx: Transaction,
    submission_id: int,
    what: str,
    actor: str,
    now: datetime,
    facts: Mapping[str, Any],
) -> None:
    """What happened at a target, and how many of the submission's targets call an editor now."""
    calls = count(tx, Publication.submission_id == submission_id)
    happened = events.Happened(
        at=now,
        actor=actor,
        what=f"publication {what}",
        submission_id=submission_id,
        facts={**facts, **calls},
    )
    events.record(tx, happened)


def put_calls_on_record(
    tx: Transaction, submission_id: int, what: str, actor: str, now: datetime
) -> None:
    """Put on record whom its targets call, where that changed: the decision itself says the
    rest."""
    is_flag = and_(Attention.submission_id == submission_id, Attention.flag.in_(OF_TARGETS))
    flags = set(tx.scalars(select(Attention.flag).where(is_flag)))
    calls = count(tx, Publication.submission_id == submission_id)
    if (bool(calls["asking"]), bool(calls["failed"])) != (
        "asking" in flags,
        "publish_failed" in flags,
    ):
        put_on_record(tx, submission_id, what, actor, now, {})


def lock(tx: Transaction, submission_id: int) -> None:
    """Nobody else's until the transaction ends: a submission is locked before its rows."""
    attention.lock(tx, submission_id)


def _keep_known(row: Publication, known: Known) -> None:
    row.external_id, row.external_version = known.external_id, known.version
    row.media = {sha256: {"id": one.id, "url": one.url} for sha256, one in known.media.items()}


def _begin_anew(row: Publication, state: PublicationState, when: datetime | None) -> None:
    """`first_attempt_at` stays: something may stand since."""
    row.state, row.next_at, row.attempts = state, when, 0
    row.error_code, row.last_error = "", ""


def _forget_standing(row: Publication) -> None:
    """What was taken down stands anew, if it does."""
    if row.state == "down":
        row.first_standing_at = None


def _is_unknown(row: Publication) -> bool:
    """Whether something stands there that we did not bring."""
    is_given = row.state == "standing" or row.error_code == BEFORE_TARGETS
    return is_given and row.standing_edition_id is None


def _settle(row: Publication, state: PublicationState) -> None:
    _begin_anew(row, state, None)
    row.overwrite = False


def _made(tx: Transaction, submission_id: int, target: str) -> Publication:
    wanted = and_(Publication.submission_id == submission_id, Publication.target == target)
    row = tx.scalars(select(Publication).where(wanted)).first()
    if row is None:
        row = Publication(
            submission_id=submission_id, target=target, wanted="up", state="planned", media={}
        )
        tx.add(row)
        tx.flush()
    return row
