"""A stored mail is examined in the sandbox and filed: submission, try, findings and letter in one transaction."""

import hashlib
import shutil
import tempfile
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path

import msgspec

from desk.correspondence import LETTERS, occasion
from desk.office import Office
from desk.sandbox import Crashed, Sandbox
from desk.store import Transaction, keys, mails, outbox, submissions, work
from desk.store.mails import MailRow
from desk.store.submissions import Filed, FiledSubmission, Filing, Versions
from desk.store.work import Job
from publisher.letters.compose import compose
from publisher.letters.stationery import Key, Stationery
from redaksi.config import limits
from redaksi.decide import letter_for
from redaksi.errors import AlreadyFiled, StoreError
from redaksi.log import logger
from redaksi.model import Answer, Examination, Limits
from validators.registry import rulebook

log = logger("filing")


def examine_and_file(office: Office, sandbox: Sandbox, job: Job) -> None:
    """One job, to the end. Raises Crashed when the child died, StoreError when disk or database refuse."""
    folder = Path(tempfile.mkdtemp(dir=office.spool))
    try:
        with office.store.read() as tx:
            row = mails.get(tx, job.mail_id)
        bounds = limits(office.config, office.mailbox(row.mailbox))
        examination = _examine(office, sandbox, row, bounds, folder)
        _keep(office, folder)
        _file(office, job, row, examination, versions(bounds))
    except OSError as error:
        raise StoreError(str(error)) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _examine(office: Office, sandbox: Sandbox, row: MailRow, bounds: Limits, folder: Path) -> Examination:
    if row.blob is None:
        return Examination(
            source=row.source_text, mail=None, mail_kind=None, judged=(), others=(), decision="review", answer=None,
            reason=f"{row.size >> 20} MB, more than safety.max_message: not downloaded",
        )  # fmt: skip
    return sandbox.examine_mail(office.store.blobs.path(row.blob), row.source_text, bounds, keep=folder)


def _file(office: Office, job: Job, row: MailRow, examination: Examination, made_with: Versions) -> None:
    """Submission, try, findings, events, letter and the end of the job in one transaction."""
    now = office.clock().astimezone(office.config.zone)
    filing = Filing(
        mail_id=row.id, examination=examination, versions=made_with, now=now,
        language=office.config.language, max_returns=office.config.reply.max_auto_returns,
    )  # fmt: skip
    try:
        with office.store.begin() as tx:
            filed = submissions.file(tx, filing)
            for one in filed.submissions:
                _write(tx, office, row, examination, filed, one, now)
            work.done(tx, job, office.clock())
    except AlreadyFiled:
        with office.store.begin() as tx:
            work.done(tx, job, office.clock())
        return
    for one in filed.submissions:
        log.info("mail.filed", mail=row.id, ref=one.number, state=one.state, verdict=one.verdict)


def _keep(office: Office, folder: Path) -> None:
    """Blobs for the files' bytes; thumbnails beside them."""
    for file in folder.iterdir():
        if file.suffix == ".jpg":
            target = office.thumbnails / file.name[:2] / file.name
            target.parent.mkdir(mode=0o700, exist_ok=True)
            shutil.move(file, target)
        else:
            try:
                office.store.blobs.adopt(file, file.name)
            except ValueError as error:  # the child left something that is not what its name says
                raise Crashed(str(error)) from error


def _write(
    tx: Transaction, office: Office, row: MailRow, examination: Examination, filed: Filed, one: FiledSubmission,
    now: datetime,
) -> None:  # fmt: skip
    """Compose the letter that is due and put it into the outbox, bytes and Message-ID included."""
    answer, mail = examination.answer, examination.mail
    if office.config.reply.mode == "off" or not one.letter or not answer or not answer.letter or mail is None:
        return
    judged = examination.judged[one.position]
    kind = next(
        (k for k in LETTERS if k == letter_for(judged.decision, judged.submission, judged.findings)), None
    )
    if kind is None:
        return
    told = occasion(
        judged, mail, to=answer.to, language=filed.language, number=one.number, try_number=one.try_number,
        received=row.received_at, sla_days=office.config.queue.sla_days,
    )  # fmt: skip
    key = keys.current_key(tx, now)
    letter = compose(kind, told, stationery(office, row.mailbox, Key(id=key.id, secret=key.secret), now))
    state, why = _whether_by_itself(tx, office, answer)
    outbox.enqueue(
        tx,
        outbox.Letter(
            kind=kind, language=filed.language, mailbox=row.mailbox, to=letter.to, message_id=letter.message_id,
            key_id=key.id, subject=letter.subject, text=letter.text, content=letter.raw, at=now, state=state, why=why,
            submission_id=one.id, try_id=one.try_id, mail_id=row.id,
        ),
    )  # fmt: skip


def _whether_by_itself(tx: Transaction, office: Office, answer: Answer) -> tuple[outbox.LetterState, str]:
    """Draft, held or queued: answering.md, rows 10 to 12."""
    reply, now = office.config.reply, office.clock()
    if reply.mode == "draft":
        return "draft", "reply.mode is draft"
    if not answer.send:
        return "draft", answer.reason
    if outbox.count_to(tx, answer.to, now - timedelta(days=1)) >= reply.per_sender_per_day:
        return "held", "reply.per_sender_per_day is reached"
    if outbox.count_all(tx, now - timedelta(hours=1)) >= reply.per_hour:
        return "held", "reply.per_hour is reached"
    return "queued", ""


def stationery(office: Office, mailbox: str, key: Key, now: datetime) -> Stationery:
    """Who writes, on what, and when."""
    address = office.writes_as(mailbox)
    longer, shorter = rulebook(office.config.rules).pixels
    return Stationery(
        templates=office.templates,
        address=address,
        name=office.config.reply.name,
        sign=office.config.reply.sign,
        domain=address.rpartition("@")[2],
        key=key,
        now=now,
        photo_pixels=(longer, shorter),
    )


def versions(bounds: Limits) -> Versions:
    """Fingerprints of what an examination is made with."""
    installed = version("redaksi")
    told = msgspec.json.encode(bounds, order="deterministic")
    return Versions(rules=installed, config=hashlib.sha256(told).hexdigest()[:16], readers=installed)
