"""A person's data as mails, files and one JSON, in a folder of its own: what he may ask for by law
(UU 27/2022, Articles 7 and 13). The names of the files are ours; nothing of anybody else is in them
but what he wrote himself.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfileobj
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import select

from desk.app import App
from desk.blobs.blob_store import BlobStore
from desk.domain.people.redact import redact
from desk.store import Transaction
from desk.store.people.addresses import spellings
from desk.store.tables import Document, Mail, Photo, Revision, Submission
from desk.workflow.people import record
from desk.workflow.people.find import Belongings, find_belongings
from redaksi.errors import BlobMissing, RedaksiError, StoreError
from redaksi.fault import name_fault

DATA = "data.json"  # written last: an export without it did not end
_ENDING = re.compile(r"[a-z0-9]{1,5}", re.ASCII)


class Exported(Struct, frozen=True, kw_only=True):
    """How much was written."""

    submissions: int
    mails: int
    files: int
    bytes: int
    missing: int = 0  # files that are named and no longer there


def export(app: App, key: str, folder: Path) -> Exported:
    """Write everything of whoever has this address into `folder`, which is made, or empty.

    Raises RedaksiError where it is not empty, or nothing is known of him; StoreError when the disk
    refuses, then without data.json.
    """
    try:
        with app.store.read() as tx:
            found = find_belongings(tx, app.blobs, app.spool, key)
            if found.is_empty:
                raise RedaksiError("nobody_known")
            _make_folder(folder)
            return _write_all(tx, app.blobs, found, folder)
    except OSError as error:
        raise StoreError("files", fault=name_fault(error)) from error


def _make_folder(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if next(folder.iterdir(), None) is not None:
        raise RedaksiError("export_folder_full", path=folder)
    folder.chmod(0o700)


def _write_all(tx: Transaction, blobs: BlobStore, found: Belongings, folder: Path) -> Exported:
    writer = _Writer(blobs, folder)
    mails = {mail_id: writer.copy_mail(tx, mail_id) for mail_id in found.written}
    for path, sha256 in _list_files(tx, found):
        writer.copy(sha256, path)
    letters = (record.describe_letter(tx, letter_id) for letter_id in found.letters)
    whole = {
        "format": record.FORMAT,
        "person": record.describe_person(tx, found),
        "submissions": [
            record.describe_submission(tx, submission_id, writer.paths)
            for submission_id in found.submissions
        ],
        "mails": [record.describe_mail(tx, mail_id, path) for mail_id, path in mails.items()],
        "letters": [letter for letter in letters if letter is not None],
    }
    own = {spelt for key in found.whose.keys for spelt in spellings(key)}
    writer.write(DATA, _encode(redact(whole, own, record.list_editors(tx))))
    return Exported(
        submissions=len(found.submissions),
        mails=sum(path is not None for path in mails.values()),
        files=len(writer.paths) - sum(path is not None for path in mails.values()),
        bytes=writer.bytes,
        missing=writer.missing,
    )


def _encode(whole: Any) -> bytes:
    return msgspec.json.format(msgspec.json.encode(whole), indent=2) + b"\n"


def _list_files(tx: Transaction, found: Belongings) -> Iterator[tuple[str, str]]:
    """Each document and photo of his submissions that a mail of his was the first to bring: where it
    is written, and its SHA-256."""
    for table, word in ((Document, "document"), (Photo, "photo")):
        rows = tx.execute(
            select(
                Submission.number,
                Revision.number,
                Revision.mail_id,
                table.position,
                table.kind,
                table.sha256,
            )
            .join(Revision, Revision.id == table.revision_id)
            .join(Submission, Submission.id == Revision.submission_id)
            .where(Revision.submission_id.in_(found.submissions), table.sha256 != "")
            .order_by(Submission.id, Revision.number, table.position)
        )
        seen: set[tuple[str, str]] = set()
        for number, revision, mail_id, position, kind, sha256 in rows:
            is_first = (number, sha256) not in seen
            seen.add((number, sha256))
            if is_first and mail_id in found.written:
                ending = f".{kind}" if _ENDING.fullmatch(kind) else ""
                yield f"files/{number}/{revision}-{word}-{position + 1}{ending}", sha256


class _Writer:
    """Writes files of the export, each once, for its owner alone."""

    def __init__(self, blobs: BlobStore, folder: Path) -> None:
        self._blobs, self._folder = blobs, folder
        self.paths: dict[str, str] = {}
        self.bytes = self.missing = 0

    def copy_mail(self, tx: Transaction, mail_id: int) -> str | None:
        """The mail as it came; None where its bytes are not here."""
        blob = tx.get_one(Mail, mail_id).blob
        return None if blob is None else self.copy(blob, f"mails/{mail_id:06d}.eml")

    def copy(self, sha256: str, path: str) -> str | None:
        """A blob under its name; the one it has already where it was written before."""
        if sha256 in self.paths:
            return self.paths[sha256]
        try:
            with self._blobs.open(sha256) as stream, self._create(path) as out:
                copyfileobj(stream, out)
                self.bytes += out.tell()
        except BlobMissing:
            self.missing += 1
            return None
        self.paths[sha256] = path
        return path

    def write(self, path: str, content: bytes) -> None:
        """Bytes of ours."""
        with self._create(path) as out:
            out.write(content)
        self.bytes += len(content)

    def _create(self, path: str) -> Any:
        final = self._folder / path
        for above in (final.parent.parent, final.parent):
            above.mkdir(mode=0o700, exist_ok=True)
        return os.fdopen(os.open(final, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
