"""What a pass would file and answer, with nothing stored, told or sent: `redaksi poll
--dry-run`."""

import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from desk.app import App
from desk.inbound.accounts import imap_account
from desk.sandbox.host import Crashed, Sandbox, sandbox_limits_of
from desk.store.inbound import ledger
from ingest.fetch.listing import Listed
from ingest.fetch.mailbox import Mailbox, open_mailbox
from redaksi.config.schema import Mailbox as Box
from redaksi.config.schema import make_limits
from redaksi.model import Examination
from redaksi.text import clean


def preview(app: App, now: datetime) -> Iterator[str]:  # noqa: ARG001 - a dry run has a moment too
    """A line a mail: UID, verdict, who, title or subject, what a letter would be."""
    with Sandbox(sandbox_limits_of(app.config.sandbox)) as sandbox:
        for box in app.config.mailbox:
            with open_mailbox(imap_account(app, box)) as mailbox:
                for folder in box.folders:
                    if name := mailbox.special(folder) if folder.startswith("\\") else folder:
                        yield from _folder(app, box, mailbox, name, sandbox)


def _folder(app: App, box: Box, mailbox: Mailbox, folder: str, sandbox: Sandbox) -> Iterator[str]:
    selected = mailbox.select(folder)
    with app.store.read() as tx:
        mark = ledger.watermark(tx, box.id, folder, selected.uidvalidity)
    listed = mailbox.new(folder, mark, box.since)
    yield f"{box.host} {folder}  {len(listed)} surel baru sejak UID {mark}"
    with tempfile.TemporaryDirectory() as spool:
        for one in listed:
            if one.size > app.config.safety.max_message:
                yield f"{one.uid:>7}  review      {one.size >> 20} MB: tidak diunduh"
                continue
            yield _line(one, _examined(app, box, mailbox, one, sandbox, Path(spool)))


def _examined(
    app: App, box: Box, mailbox: Mailbox, listed: Listed, sandbox: Sandbox, spool: Path
) -> Examination:
    fetched = mailbox.fetch(listed.uid, listed.size, spool)
    try:
        return sandbox.examine_mail(fetched.path, str(listed.uid), make_limits(app.config, box))
    except Crashed as error:
        return Examination(
            source=str(listed.uid),
            mail=None,
            mail_kind=None,
            assessments=(),
            others=(),
            decision="failed",
            answer=None,
            reason=str(error),
        )
    finally:
        fetched.path.unlink(missing_ok=True)


def _line(listed: Listed, examination: Examination) -> str:
    mail, answer = examination.mail, examination.answer
    who = clean.line(mail.from_name or mail.from_address, 20) if mail else ""
    title = next(
        (j.submission.title for j in examination.assessments if j.submission.title),
        mail.subject if mail else "",
    )
    musts = sum(f.severity == "must" for j in examination.assessments for f in j.findings)
    told = f"{musts} temuan" if musts else examination.reason
    letter = f"surat {answer.letter}" if answer and answer.letter else "tanpa surat"
    return f"{listed.uid:>7}  {examination.decision:<10}  {who:<20}  {clean.line(title, 34):<34}  {letter}; {told}"
