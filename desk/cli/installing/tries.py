"""What an answer is worth: a login, the folders, the relay, and our border's name as the newest
mails bear it. Nothing is taken in, nothing is sent, nothing is marked."""

import re
import socket
from collections import Counter

from msgspec import Struct

from desk.inbound.folders import folders_key, name_folder, select_folder
from ingest.fetch.listing import Account
from ingest.fetch.mailbox import Mailbox, open_mailbox
from publisher.smtp.session import Sent, SmtpServer, check
from redaksi.catalog.stored import thaw
from redaksi.config.schema import Mailbox as Box
from redaksi.errors import ServerError
from redaksi.sender_policy.authentication import parse

NEWEST = 5  # mails whose border is looked at
PROBE_SECONDS = 4.0
_FOLDED = re.compile(r"\r?\n[ \t]+")
_FIELD = "authentication-results:"


class Border(Struct, frozen=True, kw_only=True):
    """The name that the topmost Authentication-Results of the newest mails bear; "" where they
    do not agree on one."""

    name: str = ""
    seen: int = 0  # mails that bear it
    mails: int = 0  # that were looked at


def is_listening(host: str, port: int) -> bool:
    """Whether somebody takes a connection there."""
    try:
        with socket.create_connection((host, port), PROBE_SECONDS):
            return True
    except OSError:
        return False


def try_mailbox(account: Account, box: Box) -> Border:
    """Log in, open every folder. Raises LoginRefused, Unreachable, ServerError with their
    remedy."""
    with open_mailbox(account) as opened:
        border = Border()
        for folder in box.folders:
            real = name_folder(opened, folder)
            if not real:
                continue  # a special use may be missing
            select_folder(folders_key(box.id), opened, real)
            if real.upper() == "INBOX":
                border = _look_at_newest(opened, real)
        return border


def _look_at_newest(opened: Mailbox, folder: str) -> Border:
    uids = opened.all_uids(folder)[-NEWEST:]
    names = [find_border(opened.header(uid)) for uid in uids]
    counts = Counter(name for name in names if name)
    if len(counts) != 1:
        return Border(mails=len(uids))
    name, seen = counts.most_common(1)[0]
    return Border(name=name, seen=seen, mails=len(uids))


def find_border(header: bytes) -> str:
    """What the topmost Authentication-Results says who wrote it (RFC 8601, 2.5); "" without one.
    Those below may be the sender's."""
    for line in _FOLDED.sub(" ", header.decode("latin-1")).split("\n"):
        if line.lower().startswith(_FIELD):
            found = parse(line[len(_FIELD) :].strip())
            return found.authserv_id if found else ""
    return ""


def try_relay(server: SmtpServer, writes_as: str) -> None:
    """Log in at the relay. Raises LoginRefused and ServerError with their remedy."""
    outcome = check(server, writes_as)
    if not isinstance(outcome, Sent):
        raise ServerError("smtp", host=server.host, port=server.port, reply=thaw(outcome.reply))
