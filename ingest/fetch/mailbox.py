"""What is said over IMAP (RFC 3501, on IMAPClient), and nowhere else; `connection` only opens the
line.

Reads with EXAMINE and BODY.PEEK[] only: the seen flag is the editors', never ours. What the server
holds for us (a keyword, a label) is a hint; the ledger is the truth.
"""

import imaplib
import random
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime
from pathlib import Path

from imapclient import IMAPClient

from ingest.fetch.answers import Fields, ask_uidvalidity, fetch_items, fetch_mail, search_uids
from ingest.fetch.connection import (
    connect,
    hang_up,
    log_in,
    mapped,
    name_faults,
    refuse_clear_text,
)
from ingest.fetch.describe import BATCH, describe
from ingest.fetch.idle import idle
from ingest.fetch.imaplib_hooks import attach_literals, tells_of_mail
from ingest.fetch.listing import Account, Listed, Selected, listed_as, split_search
from ingest.fetch.literals import Elsewhere
from ingest.fetch.spool import PIECE, Fetched, Spool, find_whole, spooling
from redaksi.errors import Gone, LoginRefused, ServerError, Throttled, Unreachable

# bytes above which a mail is fetched in pieces, so that a cut costs one piece
_WHOLE = 10 * 1024 * 1024
# bytes of a mail above which a server is not believed, unless it listed it so
_MOST = 128 * 1024 * 1024
_ONE_BY_ONE = 8  # mails whose presence is asked for one by one: a search every server understands


@contextmanager
def open_mailbox(account: Account) -> Iterator["Mailbox"]:
    """Connect, log in, yield the mailbox, log out.

    Raises LoginRefused (with the server's own line and the remedy), Unreachable, Throttled,
    ServerError, and ConfigError when a password would cross a network in the clear.
    """
    refuse_clear_text(account)
    client = connect(account)
    try:
        log_in(client, account)
        yield Mailbox(account, client)
    except BaseException:
        hang_up(client)  # a LOGOUT would wait for the rest of whatever broke off
        raise
    try:
        client.logout()
    except (imaplib.IMAP4.error, OSError):
        hang_up(client)


class Mailbox:
    """An open, logged-in connection. Every method raises Unreachable, Throttled or ServerError."""

    def __init__(self, account: Account, client: IMAPClient) -> None:
        self._account = account
        self._client = client
        self._literals = attach_literals(client)
        self._writable = False
        self.selected: Selected | None = None
        with self._named():
            offered = {bytes(word).upper() for word in client.capabilities()}
        self.gmail = b"X-GM-EXT-1" in offered
        self._gmails = ["X-GM-MSGID"] if self.gmail else []
        self.idles = b"IDLE" in offered

    # ── reading ───────────────────────────────────────────────────────────────────────────────────

    def select(self, folder: str, *, writable: bool = False) -> Selected:
        """Open `folder`, read-only unless `writable`. New mails are seen from here on."""
        self.selected = None
        with self._named():
            answer = self._client.select_folder(folder, readonly=not writable)
        self._writable = writable
        self.selected = Selected(
            folder=folder,
            uidvalidity=answer[b"UIDVALIDITY"]
            if isinstance(answer.get(b"UIDVALIDITY"), int)
            else self._ask_uidvalidity(folder),
            uidnext=answer.get(b"UIDNEXT", 0),
            exists=answer.get(b"EXISTS", 0),
        )
        return self.selected

    def _ask_uidvalidity(self, folder: str) -> int:
        """What some servers tell in STATUS alone. A folder without any cannot be read: its UIDs may
        name other mails tomorrow (RFC 3501, 2.3.1.1)."""
        told: int | None = None
        try:
            with self._named():
                told = ask_uidvalidity(self._client, folder)
        except Unreachable:
            raise
        except ServerError:
            pass
        if told is None:
            raise ServerError("no_uidvalidity", host=self._account.host, folder=folder)
        return told

    def new(self, folder: str, after_uid: int, since: date | None = None) -> list[Listed]:
        """The mails of `folder` above the watermark `after_uid` and not received before `since`,
        lowest UID first."""
        return self.listed(self.new_uids(folder, after_uid, since))

    def new_uids(self, folder: str, after_uid: int, since: date | None = None) -> list[int]:
        """The UIDs in `folder` above `after_uid`, ascending, not received before `since`."""
        if self.selected is None or self.selected.folder != folder:
            self.select(folder)
        assert self.selected is not None
        found: set[int] = set()
        with self._named():
            self._client.noop()
            for criteria in split_search(after_uid, self.selected.exists, since):
                found |= search_uids(self._client, criteria)
        return sorted(uid for uid in found if uid > after_uid)

    def all_uids(self, folder: str, since: date | None = None) -> list[int]:
        """Every UID in `folder`, ascending, for reconciliation with the ledger."""
        return self.new_uids(folder, 0, since)

    def listed(self, uids: Sequence[int]) -> list[Listed]:
        """Size, date and identity of `uids` of the selected folder, in batches; the expunged are
        left out."""
        told = describe(self._ask, uids)
        sized = {uid: fields for uid, fields in told.found.items() if b"RFC822.SIZE" in fields}
        unsized = [uid for uid in uids if uid not in sized]
        listed = [listed_as(uid, fields) for uid, fields in sized.items()]
        # listed without its size rather than passed over
        listed += [Listed(uid=uid, size=0) for uid in self.still_there(unsized)]
        below = told.below
        return sorted(
            (mail for mail in listed if below is None or mail.uid < below), key=lambda m: m.uid
        )

    def still_there(self, uids: Sequence[int]) -> set[int]:
        """Those of `uids` that the selected folder holds now."""
        found: set[int] = set()
        step = BATCH if len(uids) > _ONE_BY_ONE else 1
        for start in range(0, len(uids), step):
            asked = ",".join(map(str, uids[start : start + step]))
            with self._named():
                found |= search_uids(self._client, ["UID", asked])
        return found.intersection(uids)

    def _ask(self, uids: Sequence[int]) -> tuple[Mapping[int, Fields], ServerError | None]:
        wanted = ["RFC822.SIZE", "INTERNALDATE", "BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)]"]
        with self._named():
            answer = fetch_items(self._client, uids, [*wanted, *self._gmails])
        if answer.refusal is None:
            return answer.found, None
        try:
            with mapped(self._account):
                raise answer.refusal
        except (LoginRefused, Throttled):
            hang_up(self._client)
            raise
        except ServerError as refusal:
            return answer.found, refusal

    def fetch(self, uid: int, size: int, into: Path, *, but: str = "") -> Fetched:
        """Download mail `uid` of the selected folder to a file in the folder `into`; the seen flag
        stays.

        `size` is what `Listed` told. After a cut the next call goes on where the last one broke
        off; a whole download that nobody forgot is not asked for again, unless its SHA-256 is
        `but`. Raises Gone when the mail is no longer there, StoreError when the disk refuses.
        """
        here = self.selected
        if here is None:
            raise ServerError("fetch_before_select")
        key = f"{self._account.id}-{here.folder}-{here.uidvalidity}-{uid}"
        if (found := find_whole(into, key, size, but)) is not None:
            return found
        with spooling(into, key) as spool:
            try:
                self._download(uid, size, spool)
            except Unreachable:
                raise
            except ServerError:
                # NO: some servers refuse what another session expunged (RFC 2180, 4.1)
                if self._exists(uid):
                    raise
                spool.drop()
                raise self._gone(uid) from None
            return spool.finish()

    def header(self, uid: int, most: int = 65_536) -> bytes:
        """The first `most` bytes of a mail's header, for one too big to be taken in; b"" when
        there are none."""
        with self._named():
            fields = fetch_mail(self._client, uid, f"BODY.PEEK[HEADER]<0.{most}>")
        return next(
            (
                v
                for k, v in fields.items()
                if k.startswith(b"BODY[HEADER]") and isinstance(v, bytes)
            ),
            b"",
        )

    def find_message_id(self, folder: str, message_id: str) -> bool:
        """Whether `folder` holds a mail with exactly this Message-ID."""
        self.select(folder)
        with self._named():
            uids = self._client.search(["HEADER", "Message-ID", message_id])
        return any(mail.message_id == message_id for mail in self.listed(sorted(uids)[-100:]))

    def special(self, use: str) -> str:
        r"""The folder of a special use (RFC 6154), "\\Sent" or "\\Junk", whatever its language;
        "" when unknown."""
        wanted = use.lower().encode()
        listed = self._list_folders()
        return next((name for flags, name in listed if wanted in flags), "")

    def names(self) -> list[str]:
        """Every folder that can be opened, as config.toml would name it."""
        return [name for flags, name in self._list_folders() if b"\\noselect" not in flags]

    def _list_folders(self) -> list[tuple[list[bytes], str]]:
        """Flags in lower case, and name."""
        with self._named():
            folders = self._client.list_folders()
        return [([flag.lower() for flag in flags], str(name)) for flags, _, name in folders]

    # ── telling ───────────────────────────────────────────────────────────────────────────────────

    def tell(self, folder: str, uids: Sequence[int], mark: str) -> bool:
        """Mark mails as filed: a Gmail label where there are labels, else a keyword. Only a hint
        for people.

        Returns False where the server refuses or would drop it.
        """
        kept = True
        try:
            if self.selected is None or self.selected.folder != folder or not self._writable:
                self.select(folder, writable=True)
            for start in range(0, len(uids), BATCH):
                kept = self._mark(uids[start : start + BATCH], mark) and kept
        except Unreachable:
            raise
        except ServerError:
            return False
        return kept

    def _mark(self, uids: Sequence[int], mark: str) -> bool:
        with self._named():
            if self.gmail:
                self._client.add_gmail_labels(uids, [mark], silent=True)
                return True
            keyword = re.sub(r"[^A-Za-z0-9._-]", "-", mark).encode()
            self._client.add_flags(uids, [keyword], silent=True)
            flags = self._client.get_flags(uids)
        return all(keyword.lower() in [flag.lower() for flag in kept] for kept in flags.values())

    def append(
        self,
        folder: str,
        raw: bytes,
        *,
        flags: Sequence[str] = (),
        internaldate: datetime | None = None,
    ) -> None:
        """Put a mail into `folder`, which is made when it is missing (the demo's and the tests'
        way in)."""
        with self._named():
            if not self._client.folder_exists(folder):
                self._client.create_folder(folder)
            self._client.append(folder, raw, flags, internaldate)

    # ── waiting ───────────────────────────────────────────────────────────────────────────────────

    def wait(self, seconds: float, stop: Callable[[], bool] = lambda: False) -> bool:
        """Wait for a new mail in the selected folder (IDLE, RFC 2177), `seconds` at most; True when
        one came.

        The IDLE is renewed every 5 to 9 minutes, before routers forget the connection. `stop` is
        asked every second. Where IDLE is not offered it only waits.
        """
        until = time.monotonic() + seconds
        with self._named():
            _, answers = self._client.noop()
        if tells_of_mail(answers):
            return True
        while (left := until - time.monotonic()) > 0 and not stop():
            if not self.idles:
                time.sleep(min(1.0, left))
                continue
            span = min(left, random.uniform(300, 540))  # noqa: S311  spread, not secrecy
            with self._named():
                if idle(self._client, span, stop, self._account.read_timeout):
                    return True
        return False

    # ── within ────────────────────────────────────────────────────────────────────────────────────
    def _exists(self, uid: int) -> bool:
        return bool(self.still_there([uid]))

    def _gone(self, uid: int) -> Gone:
        return Gone("gone", uid=uid)

    def _download(self, uid: int, size: int, spool: Spool) -> None:
        most = max(2 * size, _MOST)  # RFC822.SIZE is an estimate on some servers
        if spool.size == 0 and size <= _WHOLE:
            self._piece(uid, "BODY.PEEK[]", spool, most)
            return
        while spool.size <= most:
            before = spool.size
            self._piece(uid, f"BODY.PEEK[]<{before}.{PIECE}>", spool, most)
            got = spool.size - before
            if got == 0 or (got < PIECE and spool.size >= size):
                return
        raise ServerError("larger_than_listed", uid=uid)

    def _piece(self, uid: int, what: str, spool: Spool, most: int) -> None:
        before = spool.size
        with self._named(), self._literals.into(spool, most):
            fields = fetch_mail(self._client, uid, what)
        bodies = {key: value for key, value in fields.items() if key.startswith(b"BODY[]")}
        for key, body in bodies.items():
            # the whole mail again would be a wrong mail
            if before and key != f"BODY[]<{before}>".encode():
                spool.drop()
                raise ServerError("no_pieces", host=self._account.host)
            if isinstance(body, int):  # a quoted string of digits
                spool.write(str(body).encode())
            elif isinstance(body, bytes) and not isinstance(body, Elsewhere):
                spool.write(body)
        if not bodies or not spool.size:
            if self._exists(uid):
                raise ServerError("nothing_given", host=self._account.host, uid=uid)
            spool.drop()
            raise self._gone(uid)

    def _named(self) -> AbstractContextManager[None]:
        return name_faults(self._account, self._client)
