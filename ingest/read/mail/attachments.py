"""Parts to Files: named, typed by content, counted once; wrappers (forwards, zip, winmail.dat)
entered."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from ingest.read.budget import Budget, close
from ingest.read.files import sniff
from ingest.read.files.mail_file import split_mails
from ingest.read.files.make_file import FileMaker
from ingest.read.files.unpack import OPENERS, Bounds, Within
from ingest.read.guarded import read_guarded
from ingest.read.mail import charset, headers, quoted
from ingest.read.mail.bodies import REPORT, Body, Room, find_bare_body, find_body, is_fragment
from ingest.read.mail.body_part import Raw, make_loader
from ingest.read.mail.ignored_parts import find_by_type
from ingest.read.mail.item import (
    Forward,
    Item,
    ask_mended,
    find_refusal,
    mail_aside,
    take_fork,
)
from ingest.read.mail.message import MESSAGES, Part
from ingest.read.mail.shown_pictures import find_shown
from ingest.read.mail.transport import cms
from ingest.read.mail.transport.hidden_parts import take_apart
from redaksi.arrival import File, Shown
from redaksi.limits import MB, Safety
from redaksi.reasons import Reason, ReasonCode, code_of, explain
from redaksi.text import clean

_MAX_FORWARDS = 5  # mails in mails that are entered, deep
_MOST_FORWARDS = 20  # and in all
HELD = 16 * MB  # of decoded octets a parcel holds on to; what is beyond is decoded at each call
_FORWARDED = explain(ReasonCode.FORWARDED_MAIL)

Words = tuple[Body, Mapping[str, Shown]]


class Shelf:
    """Files of one parcel as they are found, and what is left of its bounds."""

    def __init__(self, safety: Safety, budget: Budget) -> None:
        self.safety = safety
        self.budget = budget
        self.files: list[File] = []
        self.forwards: list[Forward] = []
        self.maker = FileMaker(budget, HELD)
        self.parts = 0
        self.mended = ""  # the line at which a broken mail was taken apart
        self.headers = 0  # octets of header blocks, over all mails in mails
        self.words = Room()
        self.bounds = Bounds(safety, budget)

    # ── a mail's parts ────────────────────────────────────────────────────────────────────────────

    def read_body(self, raw: Raw, root: Part, *, reply: bool, forward: bool) -> Words:
        """The words of the mail itself, and which pictures its HTML shows where."""
        if self.budget.bare:
            return find_bare_body(raw, root), {}

        def read() -> Words:
            words = self._find_body(raw, root)
            return words, find_shown(words.markups, reply=reply, forward=forward)

        return read_guarded("body", self.budget, read, lambda _: (Body(), {}))

    def _find_body(self, raw: Raw, root: Part) -> Body:
        """The words under `root`; those that go on beyond what is read are nowhere."""
        words = find_body(raw, root, self.words)
        if words.cut:
            self.budget.exceed("text")
        return words

    def put_mail(self, raw: Raw, root: Part, words: Body, item: Item) -> None:
        """Every leaf under `root` that is not words; `item` says what the mail itself lies in."""
        report = root.type.word == REPORT
        waiting = [root]
        while waiting:
            part = waiting.pop()
            self.parts += 1
            if id(part) in words.parts:
                continue
            if part.children and part.type.word not in MESSAGES:
                waiting.extend(reversed(part.children))
            else:
                self._put_part(raw, part, item, returned=report)

    def _put_part(self, raw: Raw, part: Part, item: Item, *, returned: bool) -> None:
        """A mail that lies open, or a leaf; kept closed where its own header cannot be read."""
        at = len(self.files)

        def read() -> None:
            put = self._message if part.children else self._leaf
            put(raw, part, item, returned=returned)

        def load() -> bytes:
            return make_loader(raw, part.start, part.end, part.transfer)()

        def fail(reason: Reason) -> None:
            if len(self.files) == at:
                within = Item(name="", load=load, origin=item.origin, container=item.container)
                self.files.append(self.maker.close_unread(within, reason))

        read_guarded("file", self.budget, read, fail)

    def _message(self, raw: Raw, part: Part, item: Item, *, returned: bool) -> None:
        """A message/rfc822 whose parts lie open: the mail itself is one File, its parts are
        others."""
        deep = self._too_deep(item)
        aside = mail_aside(returned=returned, deep=deep)
        here = self._item(raw, part, replace(item, pictures={}), aside)
        octets = here.load()
        refused = explain(ReasonCode.FORWARDS_DEPTH) if deep and not aside else None
        file = self.maker.make(here, octets, "mail", refused)
        if code_of(aside) is not ReasonCode.FORWARDED_MAIL:
            self.files.append(file)
            return
        self._enter_all(file, [(raw, part.children[0])], item, len(octets))

    def _too_deep(self, item: Item, more: int = 0) -> bool:
        return item.forwards >= _MAX_FORWARDS or len(self.forwards) + more >= _MOST_FORWARDS

    def _enter_all(
        self, file: File, mails: Sequence[tuple[Raw, Part]], item: Item, octets: int
    ) -> None:
        """The `mails` that lie in `file`, of so many octets; it stays closed as a zip does."""
        left = self._leave()
        if left is None and not self.budget.may_unpack(octets):
            left = self.budget.exceed("kept")
        if left is not None:
            self.files.append(replace(close(file, left), aside=None))
            return
        at = len(self.files)
        self.files.append(file)

        def enter() -> None:
            for raw, root in mails:
                self._enter(raw, root, file.name, item)

        def fail(reason: Reason) -> None:
            self.files[at] = replace(close(file, reason), aside=None)

        read_guarded("mail", self.budget, enter, fail)

    def _enter(self, raw: Raw, root: Part, name: str, item: Item) -> None:
        words = self._find_body(raw, root)
        sender = quoted.parse_person(charset.decode_words(headers.find_first(root.fields, "from")))
        reply = bool(root.first("in-reply-to"))
        pictures = find_shown(words.markups, reply=reply, forward=not reply)
        trimmed = quoted.trim(words.text, reply=reply, forward=not reply)
        if trimmed.cut:
            self.budget.exceed("text")
        self.forwards.append(Forward(author=sender, body=words, trimmed=trimmed))
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
        at = len(self.files)

        def read() -> None:
            self._put(item, item.load() if octets is None else octets)

        def fail(reason: Reason) -> None:
            if len(self.files) == at:  # its reader failed before anything of it was kept
                self.files.append(self.maker.close_unread(item, reason))

        read_guarded("file", self.budget, read, fail)

    def _put(self, item: Item, octets: bytes) -> None:
        if self.budget.bare:
            kind = sniff.detect_kind(octets[: sniff.HEAD], None, item.name)
            self.files.append(self.maker.make(item, octets, kind, self.budget.exceed("attempt")))
            return
        item, octets = take_fork(item, octets)
        kind = sniff.detect_kind(octets[: sniff.HEAD], lambda: octets, item.name)
        if item.aside and kind == "mail":  # a returned header, a part of a mail
            kind = "text"
        is_message = item.declared in MESSAGES and kind in sniff.TEXTS | {"unknown"}
        if is_message or kind == "mail":
            self._encoded_message(item, octets)
            return
        unwrapped = _unwrap(octets, self.budget)
        if isinstance(unwrapped, Reason):
            self.files.append(self.maker.make(item, octets, kind, unwrapped))
            return
        wrapped, signed = unwrapped
        if signed is not None and not self._too_deep(item):
            self._signed(item, octets, signed)
            return
        is_locked = wrapped == "locked" or cms.is_wrapper(item.declared, item.name)
        refused = find_refusal(octets, kind, self.safety, is_locked=is_locked)
        file = self.maker.make(item, octets, kind, refused)
        is_open = kind in OPENERS and not refused and not (kind == "zip" and self.maker.refused)
        if not is_open:
            self.files.append(file)
        elif left := self._leave():
            self.files.append(close(file, left))
        else:
            self._open(item, file, octets)

    def _leave(self) -> Reason | None:
        """Why no further wrapper is opened; None while it may be."""
        if self.budget.bare:
            return self.budget.exceed("attempt")
        return self.budget.exceed("processor") if self.budget.is_late() else None

    # ── wrappers ──────────────────────────────────────────────────────────────────────────────────

    def _signed(self, item: Item, octets: bytes, signed: bytes) -> None:
        """What is wrapped in a signature: a mail, or a file ("naskah.docx.p7m")."""
        opened = explain(ReasonCode.SMIME_OPENED)
        if cms.is_entity(signed):
            self._encoded_message(item, octets, signed, opened)
            return
        if not self.budget.may_unpack(len(signed)):
            closed = self.budget.exceed("kept")
            self.files.append(self.maker.make(item, octets, "unknown", closed))
            return
        file = self.maker.make(replace(item, aside=item.aside or opened), octets, "unknown")
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
        opened: list[tuple[Raw, Part]] = []
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
            self.files.append(
                self.maker.make(item, octets, "mail", None if item.aside else refused)
            )
            return
        item = replace(item, aside=why)
        self._enter_all(self.maker.make(item, octets, "mail"), opened, item, len(octets))

    def _open(self, item: Item, file: File, octets: bytes) -> None:
        """A zip or winmail.dat: it stays closed when the reading's budget or a bound of the parcel
        asks for it, or its reader fails."""
        reader, opener = OPENERS[file.kind]
        at = len(self.files)
        self.files.append(file)

        def unpack() -> None:
            self.files[at], within = opener(item, file, octets, self.bounds)
            for each in within:
                self._put_within(each)

        def fail(reason: Reason) -> None:
            self.files[at] = close(file, reason)

        read_guarded(reader, self.budget, unpack, fail)

    def _put_within(self, within: Within) -> None:
        if within.octets is None:
            self.files.append(self.maker.make_unseen(within))
        elif within.refused:
            file = self.maker.make(within.item, within.octets, within.kind, within.refused)
            self.files.append(file)
        else:
            self.put(within.item, within.octets)


def _unwrap(octets: bytes, budget: Budget) -> tuple[cms.Kind, bytes | None] | Reason:
    """How a byte stream is wrapped in a signature and what lies in it; why that is not known."""

    def read() -> tuple[cms.Kind, bytes | None] | Reason:
        return cms.unwrap(octets)

    return read_guarded("smime", budget, read, lambda reason: reason)
