"""What a pass would file and answer, with nothing stored, told or sent: `redaksi poll
--dry-run`."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from desk.app import App
from desk.inbound.accounts import imap_account
from desk.inbound.folders import folders_key, name_folder, select_folder
from desk.sandbox.host import Crashed, Request, Sandbox, sandbox_limits_of
from desk.sandbox.trust.agreed import AgreedExaminer
from desk.store.inbound import ledger
from ingest.fetch.listing import Listed
from ingest.fetch.mailbox import Mailbox, open_mailbox
from redaksi.config.schema import Mailbox as Box
from redaksi.config.schema import make_limits
from redaksi.model import Examination
from redaksi.reasons import ReasonCode, explain


class FolderSeen(Struct, frozen=True, kw_only=True):
    """A folder, before its mails: `count` new ones since the watermark `mark`."""

    host: str
    folder: str
    count: int
    mark: int


class MailSeen(Struct, frozen=True, kw_only=True):
    """A mail and what would become of it; `examination` None: too large to be fetched."""

    uid: int
    size: int
    examination: Examination | None


def preview(app: App) -> Iterator[FolderSeen | MailSeen]:
    """Each folder, then each of its new mails."""
    with Sandbox(sandbox_limits_of(app.config.sandbox)) as sandbox:
        for box in app.config.mailbox:
            with open_mailbox(imap_account(app, box)) as mailbox:
                for folder in box.folders:
                    if name := name_folder(mailbox, folder):
                        yield from _folder(app, box, mailbox, name, sandbox)


def _folder(
    app: App, box: Box, mailbox: Mailbox, folder: str, sandbox: Sandbox
) -> Iterator[FolderSeen | MailSeen]:
    selected = select_folder(folders_key(box.id), mailbox, folder)
    with app.store.read() as tx:
        mark = ledger.watermark(tx, box.id, folder, selected.uidvalidity)
    listed = mailbox.new(folder, mark, box.since)
    yield FolderSeen(host=box.host, folder=folder, count=len(listed), mark=mark)
    with tempfile.TemporaryDirectory() as spool:
        for mail in listed:
            fetched = mail.size <= app.config.safety.max_message
            examined = _examined(app, box, mailbox, mail, sandbox, Path(spool)) if fetched else None
            yield MailSeen(uid=mail.uid, size=mail.size, examination=examined)


def _examined(
    app: App, box: Box, mailbox: Mailbox, listed: Listed, sandbox: Sandbox, spool: Path
) -> Examination:
    fetched = mailbox.fetch(listed.uid, listed.size, spool)
    try:
        bounds = make_limits(app.config, box)
        request = Request(source=str(listed.uid), limits=bounds, mail=fetched.path)
        reader = AgreedExaminer(sandbox, fetched.path, bounds, at_once=True)
        return reader.read(request).examination
    except Crashed as error:
        return Examination(
            source=str(listed.uid),
            mail=None,
            mail_kind=None,
            assessments=(),
            others=(),
            decision="failed",
            answer=None,
            reason=explain(ReasonCode.EXAMINATION_ENDED, line=error),
        )
    finally:
        fetched.path.unlink(missing_ok=True)
