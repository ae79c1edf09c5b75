"""Parts to Files: named, typed by content, counted once; wrappers (forwards, zip, winmail.dat)
entered."""

import hashlib
from collections.abc import Callable

from msgspec.structs import replace

from ingest.read.budget import Budget
from ingest.read.files import archive, sniff, tnef
from ingest.read.files.mail_file import split_mails
from ingest.read.mail import charset, headers, quoted
from ingest.read.mail.bodies import REPORT, Body, Room, find_body, is_fragment
from ingest.read.mail.body_part import Raw, make_loader
from ingest.read.mail.ignored_parts import find_by_kind, find_by_type, find_logo, lock_file
from ingest.read.mail.item import (
    Forward,
    Item,
    ask_mended,
    cut,
    find_refusal,
    mail_aside,
    make_unique,
    take_fork,
)
from ingest.read.mail.message import MESSAGES, Part
from ingest.read.mail.shown_pictures import find_shown
from ingest.read.mail.transport import cms
from ingest.read.mail.transport.hidden_parts import take_apart
from redaksi.arrival import File
from redaksi.errors import Hostile, Unreadable
from redaksi.limits import MB, Safety
from redaksi.reasons import Reason, ReasonCode, code_of, explain
from redaksi.text import clean

_MAX_FORWARDS = 5  # mails in mails that are entered, deep
_MOST_FORWARDS = 20  # and in all
HELD = 16 * MB  # of decoded octets a parcel holds on to; what is beyond is decoded at each call
_MOST_TNEF = 10  # winmail.dat that are unpacked
_FORWARDED = explain(ReasonCode.FORWARDED_MAIL)
_LONGEST_PATH = 400  # characters of a path within an archive


class Shelf:
    """Files of one parcel as they are found, and what is left of its bounds."""

    def __init__(self, safety: Safety, budget: Budget) -> None:
        self.safety = safety
        self.budget = budget
        self.files: list[File] = []
        self.forwards: list[Forward] = []
        self.refused: Reason | None = None
        self.parts = 0
        self.mended = ""  # the line at which a broken mail was taken apart
        self.headers = 0  # octets of header blocks, over all mails in mails
        self.words = Room()
        self.room = archive.make_room(safety)
        self._names: set[str] = set()
        self._attachments = 0
        self._unnamed = 0
        self._tnefs = 0
        self._held = 0

    # ── a mail's parts ────────────────────────────────────────────────────────────────────────────

    def put_mail(self, raw: Raw, root: Part, words: Body, item: Item) -> None:
        """Every leaf under `root` that is not words; `item` says what the mail itself lies in."""
        report = root.type.word == REPORT
        waiting = [root]
        while waiting:
            part = waiting.pop()
            self.parts += 1
            if id(part) in words.parts:
                continue
            if part.children and part.type.word in MESSAGES:
                self._message(raw, part, item, returned=report)
            elif part.children:
                waiting.extend(reversed(part.children))
            else:
                self._leaf(raw, part, item, returned=report)

    def _message(self, raw: Raw, part: Part, item: Item, *, returned: bool) -> None:
        """A message/rfc822 whose parts lie open: the mail itself is one File, its parts are
        others."""
        deep = self._too_deep(item)
        aside = mail_aside(returned=returned, deep=deep)
        here = self._item(raw, part, replace(item, pictures={}), aside)
        octets = here.load()
        refused = explain(ReasonCode.FORWARDS_DEPTH) if deep and not aside else None
        file = self._file(here, octets, "mail", refused)
        self.files.append(file)
        if code_of(aside) is ReasonCode.FORWARDED_MAIL:
            self._enter(raw, part.children[0], file.name, item)

    def _too_deep(self, item: Item, more: int = 0) -> bool:
        return item.forwards >= _MAX_FORWARDS or len(self.forwards) + more >= _MOST_FORWARDS

    def _enter(self, raw: Raw, root: Part, name: str, item: Item) -> None:
        words = find_body(raw, root, self.words)
        sender = quoted.parse_person(charset.decode_words(headers.find_first(root.fields, "from")))
        reply = bool(root.first("in-reply-to"))
        pictures = find_shown(words.markups, reply=reply, forward=not reply)
        self.forwards.append(
            Forward(
                author=sender,
                body=words,
                trimmed=quoted.trim(words.text, reply=reply, forward=not reply),
            )
        )
        inner = Item(
            name=name,
            load=item.load,
            origin="forwarded",
            container=name,
            pictures=pictures,
            forwards=item.forwards + 1,
            mended=item.mended,
        )
        self.put_mail(raw, root, words, inner)

    def _leaf(self, raw: Raw, part: Part, item: Item, *, returned: bool) -> None:
        aside = find_by_type(part.type.word)
        if code_of(aside) is ReasonCode.PARTIAL_MESSAGE:
            number = clean.line(part.type.parameters.get("number", "1"), 5)
            aside = explain(ReasonCode.PARTIAL_MESSAGE, number=number)
        if returned and part.type.word in MESSAGES:
            aside = explain(ReasonCode.RETURNED_MAIL)
        self.put(self._item(raw, part, item, aside))

    def _item(self, raw: Raw, part: Part, item: Item, aside: Reason | None) -> Item:
        disposition = part.disposition
        name = headers.find_filename(disposition, part.type)
        if name and part.type.word == "application/applefile":
            # as macOS names it; the name itself is its photo's or document's (RFC 1740)
            name = f"._{name}"
        identity = charset.decode_field(part.first("content-id")).strip().strip("<>")
        shown = item.pictures.get(identity.lower()) if identity else None
        if not aside and is_fragment(part, name):
            aside = explain(ReasonCode.MAIL_FRAGMENT)
        return Item(
            name=name,
            load=make_loader(raw, part.start, part.end, part.transfer),
            origin=item.origin,
            declared=clean.line(part.type.word, 100),
            content_id=clean.line(identity, 200),
            container=item.container,
            aside=aside,
            inline=shown is not None
            or (disposition.word == "inline" and part.type.word.startswith("image/")),
            shown=shown,
            forwards=item.forwards,
            mended=ask_mended(raw, part, item),
        )

    # ── one byte stream ───────────────────────────────────────────────────────────────────────────

    def put(self, item: Item, octets: bytes | None = None) -> None:
        """Make a File of a byte stream (`octets`, where they are at hand), and open it when it
        is a wrapper."""
        octets = item.load() if octets is None else octets
        item, octets = take_fork(item, octets)
        kind = sniff.detect_kind(octets[: sniff.HEAD], lambda: octets, item.name)
        if item.aside and kind == "mail":  # a returned header, a part of a mail
            kind = "text"
        is_message = item.declared in MESSAGES and kind in sniff.TEXTS | {"unknown"}
        if is_message or kind == "mail":
            self._encoded_message(item, octets)
            return
        wrapped, signed = cms.unwrap(octets)
        if signed is not None and not self._too_deep(item):
            self._signed(item, octets, signed)
            return
        is_locked = wrapped == "locked" or cms.is_wrapper(item.declared, item.name)
        refused = find_refusal(octets, kind, self.safety, is_locked=is_locked)
        file = self._file(item, octets, kind, refused)
        if kind == "zip" and not refused and not self.refused:
            self._zip(item, file, octets)
        elif kind == "tnef" and not refused:
            self._tnef(item, file, octets)
        else:
            self.files.append(file)

    def _file(self, item: Item, octets: bytes, kind: str, refused: Reason | None = None) -> File:
        aside = (
            item.aside
            or find_by_kind(kind)
            or lock_file(item.name, octets)
            or find_logo(item.name, kind, octets, item.shown)
        )
        self._count(item, aside)
        self.budget.keep(len(octets))
        photo = kind in sniff.PHOTOS
        return File(
            name=self._named(item.name, kind),
            kind=kind,
            size=len(octets),
            sha256=hashlib.sha256(octets).hexdigest(),
            load=self._hold(item.load, octets),
            origin="inline" if item.inline and photo and item.origin == "attached" else item.origin,
            declared=item.declared,
            content_id=item.content_id,
            shown=item.shown,
            container=item.container,
            aside=aside,
            refused=refused,
            mended=item.mended,
        )

    def _hold(self, load: Callable[[], bytes], octets: bytes) -> Callable[[], bytes]:
        """What a File calls: its octets where they fit into HELD, so that a part is decoded once."""
        if self._held + len(octets) > HELD:
            return load
        self._held += len(octets)
        return lambda: octets

    def _count(self, item: Item, aside: Reason | None) -> None:
        if aside or item.depth:
            return
        self._attachments += 1
        if self._attachments > self.safety.max_attachments and not self.refused:
            self.refused = explain(ReasonCode.ATTACHMENTS_LIMIT, most=self.safety.max_attachments)

    def _named(self, given: str, kind: str) -> str:
        """A clean name that no other file of the parcel has; made up when there was none."""
        name = clean.file_name(given, "") if given else ""
        if not name:
            self._unnamed += 1
            name = f"lampiran-{self._unnamed}.{sniff.extension_of(kind)}"
        return make_unique(name, self._names)

    # ── wrappers ──────────────────────────────────────────────────────────────────────────────────

    def _signed(self, item: Item, octets: bytes, signed: bytes) -> None:
        """What is wrapped in a signature: a mail, or a file ("naskah.docx.p7m")."""
        opened = explain(ReasonCode.SMIME_OPENED)
        if cms.is_entity(signed):
            self._encoded_message(item, octets, signed, opened)
            return
        file = self._file(replace(item, aside=item.aside or opened), octets, "unknown")
        self.files.append(file)
        name = item.name[:-4] if item.name.lower().endswith((".p7m", ".p7s")) else item.name
        inner = replace(item, name=name, load=lambda: signed, declared="", container=file.name)
        self.put(replace(inner, forwards=item.forwards + 1), signed)

    def _encoded_message(
        self,
        item: Item,
        octets: bytes,
        within: bytes | None = None,
        why: Reason = _FORWARDED,
    ) -> None:
        """A mail attached in base64, or as a file in .eml; or the one `within` a signature."""
        messages = split_mails(octets) if within is None else (within,)
        opened: list[tuple[bytes, Part]] = []
        refused: Reason | None = None
        for message in messages:
            inner = take_apart(
                message, self.safety, parts=self.parts, depth=item.forwards, headers=self.headers
            )
            self.headers = max(self.headers, inner.headers)
            self.mended = self.mended or inner.mended
            is_over = self._too_deep(item, len(opened))
            refused = explain(ReasonCode.FORWARDS_DEPTH) if is_over else inner.refused
            if refused or inner.root is None:
                break
            opened.append((message, inner.root))
        if refused or item.aside:
            self.files.append(self._file(item, octets, "mail", None if item.aside else refused))
            return
        item = replace(item, aside=why)
        file = self._file(item, octets, "mail")
        self.files.append(file)
        for message, root in opened:
            self._enter(message, root, file.name, item)

    def _zip(self, item: Item, file: File, octets: bytes) -> None:
        if item.depth >= self.safety.max_archive_depth:
            self.files.append(replace(file, refused=explain(ReasonCode.ARCHIVE_DEPTH)))
            return
        try:
            found = archive.read_entries(octets, self.safety, self.room)
        except Unreadable as fault:
            self.files.append(replace(file, refused=fault.reason))
            return
        if archive.is_hollow(found):
            self.files.append(replace(file, refused=explain(ReasonCode.ARCHIVE_EMPTY)))
            return
        self.files.append(replace(file, aside=file.aside or explain(ReasonCode.UNPACKED_ARCHIVE)))
        for member in archive.walk_members(octets, item.load, found, self.safety.max_attachment):
            inner = Item(
                name=member.name,
                load=member.load,
                origin="archive",
                container=f"{file.name}/{member.name[:_LONGEST_PATH].rpartition('/')[0]}".rstrip(
                    "/"
                ),
                aside=explain(ReasonCode.SYSTEM_FILE) if member.system else None,
                depth=item.depth + 1,
                forwards=item.forwards,
                mended=item.mended,
            )
            if member.octets is None:
                self.files.append(self._unseen(inner, member))
            else:
                self.put(inner, member.octets)

    def _unseen(self, item: Item, member: archive.Member) -> File:
        """A member that was not looked at."""
        self.budget.keep(member.size)
        return File(
            name=self._named(item.name, "unknown"),
            kind="unknown",
            size=member.size,
            sha256=member.sha256,
            load=item.load,
            origin=item.origin,
            container=item.container,
            refused=member.refused,
            mended=item.mended,
        )

    def _tnef(self, item: Item, file: File, octets: bytes) -> None:
        try:
            self._tnefs += 1
            found = tnef.unpack_attachments(octets) if self._tnefs <= _MOST_TNEF else ()
            if self._tnefs > _MOST_TNEF or len(found) > self.room.files:
                raise Hostile(
                    "tnef", ReasonCode.WINMAIL_FILES_LIMIT, most=self.safety.max_archive_files
                )
        except Unreadable as fault:
            self.files.append(replace(file, refused=fault.reason))
            return
        self.room.files -= len(found)
        why = ReasonCode.UNPACKED_WINMAIL if found else ReasonCode.WINMAIL_EMPTY
        self.files.append(replace(file, aside=explain(why)))
        for each in found:
            inner = Item(
                name=each.name,
                load=cut(item.load, each.start, each.end),
                origin=item.origin,
                declared=clean.line(each.media_type, 100),
                content_id=clean.line(each.content_id, 200),
                container=file.name,
                depth=item.depth + 1,
                forwards=item.forwards,
                mended=item.mended,
            )
            if item.depth < self.safety.max_archive_depth:
                self.put(inner, octets[each.start : each.end])
            else:
                self.files.append(
                    self._file(inner, inner.load(), "tnef", explain(ReasonCode.WINMAIL_DEPTH))
                )
