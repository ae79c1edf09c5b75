"""Files that came by another way than mail (WhatsApp, a link, by hand), made one mail of: it is written
by us, no file is opened, and whatever was typed is text. From here on it is a mail like any other.

Who sent it is the form's word, which nobody vouches for. That it was taken in stands in the columns
`taken_in_by` and `channel`, never in a header: a header can be written by anybody.
"""

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from email.header import Header
from email.utils import encode_rfc2231, format_datetime
from typing import Literal, get_args

from msgspec import Struct

from desk.app import App, require_room
from desk.inbound.poll import own_mailbox
from desk.jobs.job_queue import EXAMINE
from desk.store.inbound import ledger, mails, own_mailboxes
from desk.store.submissions import submission_rows
from desk.store.submissions.about.whole import check_whole_of
from redaksi.catalog import Sentence
from redaksi.config.schema import address_of
from redaksi.errors import RedaksiError
from redaksi.states import takes_revision
from redaksi.text import clean

Channel = Literal["whatsapp", "link", "person", "other"]
SOURCE = "take-in"  # before a form's id: what makes a second press the same mail
# as the form and its address say it
CHANNELS: Mapping[str, Channel] = {
    "whatsapp": "whatsapp",
    "tautan": "link",
    "tatap-muka": "person",
    "lain": "other",
}
MB = 1024 * 1024
_FORM = re.compile(r"[0-9a-f]{16,64}", re.ASCII)
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,190}", re.ASCII)
_LINE = 76  # characters of base64 in a line (RFC 2045, 6.8)
_NAME, _TEXT = 200, 100_000  # characters of a name, and of what was written


class TakenFile(Struct, frozen=True, kw_only=True):
    """A file as it was handed in. `name`: whatever the browser said."""

    name: str
    content: bytes


class Taken(Struct, frozen=True, kw_only=True):
    """What was handed in. `form`: the form's id; `number`: the submission it belongs to, "" where
    nobody said; `account`: who took it in, None at the command line."""

    form: str
    channel: Channel | Literal[""]  # "": what no form of ours offers
    files: tuple[TakenFile, ...] = ()
    text: str = ""
    name: str = ""
    address: str = ""
    number: str = ""
    account: int | None = None


class TakenIn(Struct, frozen=True, kw_only=True):
    """What became of it. `is_new`: False for a second press."""

    mail_id: int
    is_new: bool


def take_in(app: App, taken: Taken) -> TakenIn:
    """File it as a mail that waits to be examined. Raises RedaksiError for what cannot be taken,
    StoreError."""
    if (before := find_taken(app, taken)) is not None:
        return TakenIn(mail_id=before, is_new=False)
    check(app, taken)
    box, now = app.config.mailbox[0], app.clock()
    raw = write_mail(taken, address_of(box), now)
    most = app.config.safety.max_message
    if len(raw) > most:
        raise RedaksiError("take_in_too_big", size=_round_up(len(raw)), most=most // MB)
    require_room(app)
    sha256 = app.blobs.put(raw)
    with app.store.begin() as tx:
        own_mailboxes.remember(tx, own_mailbox(app, box), now)  # no pass may have come before
        arrived = ledger.take_in(
            tx, box.id, sha256, len(raw), "import", _name(taken), now, identity=_name(taken)
        )
        if arrived.new:
            into = submission_rows.id_of(tx, taken.number) if taken.number else None
            mails.mark_taken_in(tx, arrived.mail_id, taken.account, taken.channel, into)
            app.jobs.defer(tx, EXAMINE, str(arrived.mail_id), not_before=now)
    return TakenIn(mail_id=arrived.mail_id, is_new=arrived.new)


def check(app: App, taken: Taken) -> None:
    """Raise RedaksiError for what cannot be taken in."""
    if not _FORM.fullmatch(taken.form):
        raise RedaksiError("take_in_no_form")
    if not taken.files and not taken.text.strip():
        raise RedaksiError("take_in_nothing")
    if taken.address and not _ADDRESS.fullmatch(taken.address):
        raise RedaksiError("take_in_no_address", value=clean.line(taken.address, 80))
    if taken.channel not in get_args(Channel):
        raise RedaksiError("take_in_no_channel")
    if taken.number:
        _check_takes_more(app, taken.number)
    size, most = sum(len(file.content) for file in taken.files), app.config.safety.max_message
    if size > most:
        raise RedaksiError("take_in_too_big", size=_round_up(size), most=most // MB)


def find_taken(app: App, taken: Taken) -> int | None:
    """The mail that a form became when it was pressed before."""
    with app.store.read() as tx:
        return mails.find_identity(tx, app.config.mailbox[0].id, _name(taken))


def _check_takes_more(app: App, number: str) -> None:
    """Raise RedaksiError unless a revision can be added to the submission of this number."""
    with app.store.read() as tx:
        found = submission_rows.id_of(tx, number)
        if found is None:
            raise RedaksiError("no_submission", number=clean.line(number, 40))
        check_whole_of(tx, found)
        state = submission_rows.get_stand(tx, found).state
    if not takes_revision(state):
        named = Sentence(section="state", key=state)
        raise RedaksiError("take_in_takes_none", number=number, state=named)


def _round_up(size: int) -> int:
    return -(-size // MB)


def _name(taken: Taken) -> str:
    return f"{SOURCE}:{taken.form}"


# ── the mail ──────────────────────────────────────────────────────────────────────────────────────


def write_mail(taken: Taken, to: str, now: datetime) -> bytes:
    """The mail (RFC 5322, 2045, 2231): what was written, and the files as attachments, byte for byte.
    Without an address there is no From: nobody can be written to."""
    boundary = hashlib.sha256(f"{SOURCE}\n{taken.form}".encode()).hexdigest()[:40]
    head = [*_write_head(taken, to, now), f'Content-Type: multipart/mixed; boundary="{boundary}"']
    parts = [_write_text(taken.text), *map(_write_file, taken.files)]
    lines = ["\r\n".join(head).encode("ascii"), b""]
    for part in parts:
        lines += [f"--{boundary}".encode(), part]
    return b"\r\n".join([*lines, f"--{boundary}--".encode(), b""])


def _write_head(taken: Taken, to: str, now: datetime) -> Iterator[str]:
    name = clean.line(taken.name, _NAME)
    if taken.address:
        yield f"From: {_encode(name)} <{taken.address}>" if name else f"From: {taken.address}"
    yield f"To: {to}"
    yield f"Subject: {_encode(clean.line(taken.text, 80) or 'Kiriman')}"
    yield f"Date: {format_datetime(now)}"
    yield f"Message-ID: <{SOURCE}.{taken.form}@{to.rpartition('@')[2]}>"
    yield "MIME-Version: 1.0"


def _encode(words: str) -> str:
    """Encoded words (RFC 2047), always: no character of it is a mark of the header's."""
    return Header(words.encode("utf-8", "replace").decode(), "utf-8", maxlinelen=75).encode(
        linesep="\r\n"
    )


def _write_text(text: str) -> bytes:
    body = text[:_TEXT].replace("\r\n", "\n").replace("\n", "\r\n")
    head = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return head.encode() + _in_lines(body.encode("utf-8", "replace"))


def _write_file(file: TakenFile) -> bytes:
    bare = file.name.replace("\\", "/").rpartition("/")[2]
    name = clean.line(bare, _NAME).encode("utf-8", "replace").decode() or "berkas"
    head = (
        "Content-Type: application/octet-stream\r\n"
        f"Content-Disposition: attachment; filename*={encode_rfc2231(name, 'utf-8')}\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\n"
    )
    return head.encode("ascii") + _in_lines(file.content)


def _in_lines(content: bytes) -> bytes:
    encoded = base64.b64encode(content)
    return b"\r\n".join(encoded[at : at + _LINE] for at in range(0, len(encoded), _LINE))
