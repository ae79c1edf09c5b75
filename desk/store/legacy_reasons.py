"""The sentences 0.1 stored as reasons, and the codes they stand for.

Events refuse UPDATE and stored examinations stay as they are: what they say is translated here. This
is the one file that knows our own old sentences; no verdict hangs on it.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from redaksi.reasons import Reason, ReasonCode, explain, read_reason

_PLAIN: Mapping[str, Reason] = {
    "the worker died at every attempt": explain(ReasonCode.WORKER_DIED),
    "every rule met": explain(ReasonCode.EVERY_RULE_MET),
    "hostile document": explain(ReasonCode.HOSTILE_DOCUMENT),
    "hostile archive": explain(ReasonCode.HOSTILE_ARCHIVE),
    "no document": explain(ReasonCode.NO_DOCUMENT),
    "document not judged": explain(ReasonCode.DOCUMENT_NOT_JUDGED),
    "document without text": explain(ReasonCode.DOCUMENT_WITHOUT_TEXT),
    "captions to confirm": explain(ReasonCode.CAPTIONS_TO_CONFIRM),
    "photo not judged": explain(ReasonCode.PHOTO_NOT_JUDGED),
    "message": explain(ReasonCode.MESSAGE),
    "resent": explain(ReasonCode.RESENT),
    "withdrawn": explain(ReasonCode.WITHDRAWN),
    "the folder has new UIDs": explain(ReasonCode.NEW_UIDS),
    "gone before the server would give it": explain(ReasonCode.GONE_FROM_SERVER),
    "the same as a mail we have": explain(ReasonCode.KNOWN_ALREADY),
    "broke the limit on memory": explain(ReasonCode.MEMORY_LIMIT),
    "it carries our own loop header": explain(ReasonCode.OWN_LOOP_HEADER),
    "From is one of our own addresses": explain(ReasonCode.FROM_OURSELVES),
    "From is not plainly one mailbox": explain(ReasonCode.FROM_NOT_PLAIN),
    "From has a domain literal": explain(ReasonCode.FROM_DOMAIN_LITERAL),
    "the domain of From has no dot": explain(ReasonCode.FROM_WITHOUT_DOT),
    "X-Failed-Recipients": explain(ReasonCode.FAILED_RECIPIENTS),
    "From is a mail system": explain(ReasonCode.FROM_MAIL_SYSTEM),
    "text/calendar with a method": explain(ReasonCode.CALENDAR_METHOD),
    "Auto-Submitted is not no": explain(ReasonCode.AUTO_SUBMITTED),
    "X-Auto-Response-Suppress": explain(ReasonCode.RESPONSE_SUPPRESSED),
    "X-Autoreply": explain(ReasonCode.RESPONDER_FIELD, field="X-Autoreply"),
    "X-Autorespond": explain(ReasonCode.RESPONDER_FIELD, field="X-Autorespond"),
    "X-BoxTrapper": explain(ReasonCode.RESPONDER_FIELD, field="X-BoxTrapper"),
    "Precedence junk or auto_reply": explain(ReasonCode.PRECEDENCE_JUNK),
    "the reverse-path is empty": explain(ReasonCode.REVERSE_PATH_EMPTY),
    "a List field": explain(ReasonCode.LIST_FIELD),
    "Precedence list": explain(ReasonCode.PRECEDENCE_LIST),
    "Precedence bulk": explain(ReasonCode.PRECEDENCE_BULK),
    "From is a no-reply address": explain(ReasonCode.FROM_NO_REPLY),
    "From is a list's own address": explain(ReasonCode.FROM_LIST_ADDRESS),
    "an out-of-office subject, a reply, nothing attached": explain(ReasonCode.OUT_OF_OFFICE_SUBJECT),
    "no Authentication-Results of our border": explain(ReasonCode.NOT_CHECKED_BY_BORDER),
    "our border says dmarc=fail": explain(ReasonCode.DMARC_FAIL),
    "mailbox.authserv_id is not set": explain(ReasonCode.NO_AUTHSERV_ID),
    "our border does not say dmarc=pass": explain(ReasonCode.DMARC_UNSURE),
    "our border says dmarc=pass": explain(ReasonCode.DMARC_PASS),
    "no row of the table decides": explain(ReasonCode.NO_RULE),
    "reply.mode is draft": explain(ReasonCode.REPLY_DRAFT),
    "reply.mode is off": explain(ReasonCode.REPLY_OFF),
    "reply.mode was off for more than two days": explain(ReasonCode.REPLY_WAS_OFF),
    "it waited for more than seven days": explain(ReasonCode.WAITED_A_WEEK),
    "reply.per_sender_per_day is reached": explain(ReasonCode.SENDER_LIMIT),
    "reply.per_hour is reached": explain(ReasonCode.HOUR_LIMIT),
    "the limit has passed": explain(ReasonCode.LIMIT_PASSED),
    "it is no longer worth sending": explain(ReasonCode.TOO_LATE),
    "what is missing was asked of this address within a day": explain(ReasonCode.ASKED_THIS_ADDRESS),
    "what is missing was asked of this domain three times within a day": explain(ReasonCode.ASKED_THIS_DOMAIN),
    "found in the Sent folder": explain(ReasonCode.IN_SENT_FOLDER),
    "not in the Sent folder yet": explain(ReasonCode.NOT_IN_SENT_YET),
    "not in the Sent folder": explain(ReasonCode.NOT_IN_SENT),
    "cut off while sending; no Sent folder to ask": explain(ReasonCode.NO_SENT_FOLDER),
    "calendar": explain(ReasonCode.CALENDAR),
    "contact card": explain(ReasonCode.CONTACT_CARD),
    "vCard": explain(ReasonCode.VCARD),
    "S/MIME signature": explain(ReasonCode.SMIME_SIGNATURE),
    "PGP signature": explain(ReasonCode.PGP_SIGNATURE),
    "PGP key": explain(ReasonCode.PGP_KEY),
    "PGP version": explain(ReasonCode.PGP_VERSION),
    "delivery status": explain(ReasonCode.DELIVERY_STATUS),
    "disposition notification": explain(ReasonCode.DISPOSITION_NOTIFICATION),
    "feedback report": explain(ReasonCode.FEEDBACK_REPORT),
    "returned header": explain(ReasonCode.RETURNED_HEADER),
    "returned mail": explain(ReasonCode.RETURNED_MAIL),
    "forwarded mail": explain(ReasonCode.FORWARDED_MAIL),
    "external body": explain(ReasonCode.EXTERNAL_BODY),
    "partial message": explain(ReasonCode.PARTIAL_MESSAGE),
    "resource fork": explain(ReasonCode.RESOURCE_FORK),
    "deleted attachment": explain(ReasonCode.DELETED_ATTACHMENT),
    "fragment of the mail's text": explain(ReasonCode.MAIL_FRAGMENT),
    "office lock file": explain(ReasonCode.OFFICE_LOCK_FILE),
    "signature logo": explain(ReasonCode.SIGNATURE_LOGO),
    "small inline picture": explain(ReasonCode.SMALL_INLINE_PICTURE),
    "system file": explain(ReasonCode.SYSTEM_FILE),
    "unpacked archive": explain(ReasonCode.UNPACKED_ARCHIVE),
    "unpacked winmail.dat": explain(ReasonCode.UNPACKED_WINMAIL),
    "spreadsheet": explain(ReasonCode.SPREADSHEET),
    "presentation": explain(ReasonCode.PRESENTATION),
    "audio": explain(ReasonCode.AUDIO),
    "archive": explain(ReasonCode.ARCHIVE),
    "winmail.dat": explain(ReasonCode.WINMAIL),
    "mail": explain(ReasonCode.MAIL),
    "text file": explain(ReasonCode.TEXT_FILE),
    "empty file": explain(ReasonCode.EMPTY_FILE),
    "drawing": explain(ReasonCode.DRAWING),
    "neither document nor photo": explain(ReasonCode.NEITHER),
    "captions file": explain(ReasonCode.CAPTIONS_FILE),
    "captions document": explain(ReasonCode.CAPTIONS_DOCUMENT),
    "letter or form beside the article": explain(ReasonCode.LETTER_OR_FORM),
    "short text beside the article": explain(ReasonCode.SHORT_TEXT),
    "unreadable document beside the article": explain(ReasonCode.UNREADABLE_BESIDE),
    "unjudged document beside the article": explain(ReasonCode.UNJUDGED_BESIDE),
    "document beside the article": explain(ReasonCode.DOCUMENT_BESIDE),
    "S/MIME wrapped mail": explain(ReasonCode.SMIME_WRAPPED),
    "PGP encrypted": explain(ReasonCode.PGP_ENCRYPTED),
    "archive nested too deep": explain(ReasonCode.ARCHIVE_DEPTH),
    "damaged archive": explain(ReasonCode.ARCHIVE_DAMAGED),
    "encrypted archive": explain(ReasonCode.ARCHIVE_ENCRYPTED),
    "damaged in its archive": explain(ReasonCode.DAMAGED_IN_ARCHIVE),
    "too many forwarded mails in each other": explain(ReasonCode.FORWARDS_DEPTH),
    "nested too deep": explain(ReasonCode.WINMAIL_DEPTH),
    "winmail.dat: no TNEF signature": explain(ReasonCode.WINMAIL_UNSIGNED),
    "winmail.dat: an attribute runs past the end": explain(ReasonCode.WINMAIL_CUT),
    "the document is encrypted with a password": explain(ReasonCode.DOCUMENT_ENCRYPTED),
    "the file is empty": explain(ReasonCode.FILE_EMPTY),
    "the file is broken": explain(ReasonCode.FILE_BROKEN),
    "a PDF, not a Word document": explain(ReasonCode.NOT_WORD, kind="pdf"),
    "Rich Text Format, not a Word document": explain(ReasonCode.NOT_WORD, kind="rtf"),
    "an OpenDocument text, not a Word document": explain(ReasonCode.NOT_WORD, kind="odt"),
    "a web page (HTML), not a Word document": explain(ReasonCode.NOT_WORD, kind="html"),
    "a saved web page (MHTML), not a Word document": explain(ReasonCode.NOT_WORD, kind="mhtml"),
    "a Word 2003 XML document": explain(ReasonCode.NOT_WORD, kind="wordml"),
    "a WordPerfect document": explain(ReasonCode.NOT_WORD, kind="wordperfect"),
    "plain text, not a Word document": explain(ReasonCode.NOT_WORD, kind="text"),
    "a document of Word 95 or older": explain(ReasonCode.OLD_WORD),
    "a document of Word 6": explain(ReasonCode.OLD_WORD, kind="word6"),
    "a document of Word 2": explain(ReasonCode.OLD_WORD, kind="word2"),
    "a document of Word 2 or older": explain(ReasonCode.OLD_WORD),
    "not a zip file: it does not begin as one": explain(ReasonCode.NOT_ZIP),
    "zip entries overlap": explain(ReasonCode.ENTRIES_OVERLAP),
    "a zip entry ends behind the file": explain(ReasonCode.ENTRY_BEHIND_FILE),
    "the zip entries are encrypted": explain(ReasonCode.ENTRIES_ENCRYPTED),
    "the package does not say which part is the document": explain(ReasonCode.MAIN_PART_UNNAMED),
    "a zip file without an office document": explain(ReasonCode.NO_OFFICE_DOCUMENT),
    "styles are based on one another in a circle": explain(ReasonCode.STYLES_CIRCLE),
    "a compound file without a Word document": explain(ReasonCode.NO_WORD_STREAM),
    "not a compound file": explain(ReasonCode.NOT_COMPOUND),
    "the header's sector sizes are not those of a compound file": explain(ReasonCode.SECTOR_SIZES),
    "the header names more sectors than the file has": explain(ReasonCode.SECTORS_EXCEED_FILE),
    "the directory goes round in circles": explain(ReasonCode.DIRECTORY_CIRCLE),
    "the table of tables goes round in circles, or out of the file": explain(ReasonCode.TABLE_OF_TABLES),
    "the allocation table lies outside the file, or in itself": explain(ReasonCode.ALLOCATION_TABLE),
    "the table stream is missing": explain(ReasonCode.TABLE_STREAM_MISSING),
    "the file information block is cut short": explain(ReasonCode.INFORMATION_BLOCK_CUT),
    "the file information block contradicts itself": explain(ReasonCode.INFORMATION_BLOCK_CONTRADICTS),
    "a bin table is missing, or out of order": explain(ReasonCode.BIN_TABLE),
    "the document has no stylesheet": explain(ReasonCode.NO_STYLESHEET),
    "the document has no piece table": explain(ReasonCode.NO_PIECE_TABLE),
    "the piece table contradicts itself": explain(ReasonCode.PIECE_TABLE_CONTRADICTS),
    "the piece table does not cover the text": explain(ReasonCode.PIECE_TABLE_SHORT),
    "the pieces of the text are out of order": explain(ReasonCode.PIECES_OUT_OF_ORDER),
    "a piece of the text lies outside the file": explain(ReasonCode.PIECE_OUTSIDE),
    "the file holds nothing but zeros": explain(ReasonCode.ALL_ZEROS),
    "the file does not begin as a picture does": explain(ReasonCode.NOT_A_PICTURE),
    "the file ends before the picture does": explain(ReasonCode.PICTURE_CUT),
    "the file ends before the picture begins": explain(ReasonCode.PICTURE_NOT_BEGUN),
    "the header gives no size": explain(ReasonCode.PICTURE_SIZELESS),
    "the header (IHDR) is missing or cut off": explain(ReasonCode.PNG_HEADER_MISSING),
    "the header (IHDR) is not that of a picture": explain(ReasonCode.PNG_HEADER_ODD),
    "the picture itself (IDAT) is missing": explain(ReasonCode.PNG_PICTURE_MISSING),
    "the picture does not decode": explain(ReasonCode.NOT_DECODED),
    "no size, or too many pixels to decode": explain(ReasonCode.TOO_MANY_PIXELS),
    "no decoder for it": explain(ReasonCode.NO_DECODER),
    "not read, so there is nothing to tidy": explain(ReasonCode.NOTHING_TO_REFORMAT),
}  # fmt: skip
# The first that fits; its groups are the facts.
_PATTERNS: tuple[tuple[re.Pattern[str], ReasonCode], ...] = tuple(
    (re.compile(pattern, re.DOTALL), code)
    for pattern, code in (
        (r"unreadable document: (?P<kind>.*)", ReasonCode.UNREADABLE_DOCUMENT),
        (r"(?P<size>\d+) MB, more than safety\.max_message: not downloaded", ReasonCode.NOT_DOWNLOADED),
        (r"message over (?P<most>\d+) MB", ReasonCode.MESSAGE_LIMIT),
        (r"header block over (?P<most>\d+) KB", ReasonCode.HEADER_LIMIT),
        (r"header field over (?P<most>\d+) KB", ReasonCode.HEADER_FIELD_LIMIT),
        (r"header block over (?P<most>\d+) KB in a part", ReasonCode.PART_HEADER_LIMIT),
        (r"header field over (?P<most>\d+) KB in a part", ReasonCode.PART_HEADER_FIELD_LIMIT),
        (r"headers of parts over (?P<most>\d+) KB", ReasonCode.PART_HEADERS_LIMIT),
        (r"lines like boundaries over (?P<most>\d+)", ReasonCode.BOUNDARIES_LIMIT),
        (r"parts over (?P<most>\d+)", ReasonCode.PARTS_LIMIT),
        (r"parts nested over (?P<most>\d+) deep", ReasonCode.PARTS_DEPTH_LIMIT),
        (r"attachments over (?P<most>\d+)", ReasonCode.ATTACHMENTS_LIMIT),
        (r"broke the limit on (?P<limit>.*)", ReasonCode.TIME_LIMIT),
        (r"(?P<line>the child .*)", ReasonCode.EXAMINATION_STOPPED),
        (r"the server gives nothing for this mail: (?P<line>.*)", ReasonCode.SERVER_GAVE_NOTHING),
        (r"more than (?P<most>\d+) Received fields", ReasonCode.TOO_MANY_HOPS),
        (r"(?P<count>\d+) From fields", ReasonCode.FROM_FIELDS),
        (r"From names (?P<count>\d+) mailboxes", ReasonCode.FROM_MAILBOXES),
        (r"a (?P<report>(?:global-)?delivery-status) report", ReasonCode.DELIVERY_REPORT),
        (r"a (?P<report>(?:global-)?disposition-notification) report", ReasonCode.READ_RECEIPT),
        (r"a (?P<report>(?:global-)?feedback-report) report", ReasonCode.COMPLAINT),
        (r"cut off (?P<times>\d+) times, never in the Sent folder", ReasonCode.CUT_OFF),
        (r"Sent: (?P<line>.*)", ReasonCode.SENT_NOT_ASKED),
        (r"two days of: (?P<line>.*)", ReasonCode.TWO_DAYS_DEFERRED),
        (r"(?P<kind>\S+) copy beside the Word document", ReasonCode.COPY_BESIDE_WORD),
        (r"(?P<kind>\S+) copy beside the document", ReasonCode.COPY_BESIDE_DOCUMENT),
        (r"identical copy of (?P<name>.*)", ReasonCode.IDENTICAL_COPY),
        (r"same text as (?P<name>.*)", ReasonCode.SAME_TEXT),
        (r"over (?P<most>\d+) MB", ReasonCode.FILE_LIMIT),
        (r"(?P<kind>rar|7z|gz) archive", ReasonCode.ARCHIVE_KIND),
        (r"compression method (?P<method>\d+) is not opened", ReasonCode.ARCHIVE_METHOD),
        (r"more than (?P<most>\d+) files in archives", ReasonCode.ARCHIVE_FILES_LIMIT),
        (r"zip bomb: unpacks to over (?P<most>\d+) MB", ReasonCode.ARCHIVE_SIZE_LIMIT),
        (r"zip bomb: a file unpacks to over (?P<most>\d+) times its size", ReasonCode.ARCHIVE_RATIO_LIMIT),
        (r"winmail\.dat: more than (?P<most>\d+) attributes", ReasonCode.WINMAIL_ATTRIBUTES_LIMIT),
        (r"winmail\.dat: more than (?P<most>\d+) files in archives", ReasonCode.WINMAIL_FILES_LIMIT),
        (r"(?P<kind>\S+): not a Word document", ReasonCode.NOT_WORD),
        (r"a document of Word 95 or older \(nFib (?P<version>\d+)\)", ReasonCode.OLD_WORD),
        (r"not a zip file: (?P<line>.*)", ReasonCode.NOT_ZIP),
        (r"(?P<count>\d+) entries in the package", ReasonCode.PACKAGE_ENTRIES_LIMIT),
        (r"the package unpacks to more than (?P<most>\d+) MB", ReasonCode.PACKAGE_SIZE_LIMIT),
        (r"zip entry (?P<part>.*) is compressed by no method of packages", ReasonCode.ENTRY_METHOD),
        (r"zip entry (?P<part>.*?): (?P<line>.*)", ReasonCode.ENTRY_DAMAGED),
        (r"(?P<part>.*) holds more than (?P<most>\d+) elements", ReasonCode.ELEMENTS_LIMIT),
        (r"(?P<part>.*) holds more than (?P<most>\d+) paragraphs", ReasonCode.PART_PARAGRAPHS_LIMIT),
        (r"(?P<part>.*) unpacks to (?P<times>\d+) times its size", ReasonCode.PART_RATIO_LIMIT),
        (r"(?P<part>.*) carries a document type or entities", ReasonCode.DOCUMENT_TYPE),
        (r"(?P<part>.*) nests elements too deeply", ReasonCode.PART_NESTING),
        (r"(?P<part>.*) is not well-formed XML: (?P<line>.*)", ReasonCode.NOT_WELL_FORMED),
        (r"(?P<part>.*) cannot be parsed: (?P<line>.*)", ReasonCode.NOT_PARSED),
        (r"(?P<part>.*) is in an encoding that packages do not use", ReasonCode.ENCODING_ODD),
        (r"(?P<part>\S+) is not (?P<encoding>UTF-16|[a-z][a-z0-9._-]*)", ReasonCode.ENCODING_WRONG),
        (r"the main part (?P<part>.*) is missing", ReasonCode.MAIN_PART_MISSING),
        (r"the main part is a (?P<root>.*)", ReasonCode.MAIN_PART_ODD),
        (r"elements nest more than (?P<most>\d+) deep", ReasonCode.ELEMENTS_DEPTH_LIMIT),
        (r"blocks nest more than (?P<most>\d+) deep", ReasonCode.BLOCKS_DEPTH_LIMIT),
        (r"more than (?P<most>\d+) paragraphs", ReasonCode.PARAGRAPHS_LIMIT),
        (r"more than (?P<most>\d+) characters", ReasonCode.CHARACTERS_LIMIT),
        (r"a style is based on more than (?P<most>\d+) others", ReasonCode.STYLES_CHAIN_LIMIT),
        (r"not a compound file: (?P<line>.*)", ReasonCode.NOT_COMPOUND),
        (r"the stream (?P<stream>.*) is cut short", ReasonCode.STREAM_CUT),
        (r"(?:the stream )?(?P<stream>.*) is larger than the file", ReasonCode.STREAM_EXCEEDS_FILE),
        (r"the sectors of (?P<stream>.*) go round in circles", ReasonCode.SECTORS_CIRCLE),
        (r"the sectors of (?P<stream>.*) have no end", ReasonCode.SECTORS_ENDLESS),
        (r"a structure of the document is cut short: (?P<line>.*)", ReasonCode.STRUCTURE_CUT),
        (r"structure (?P<structure>\d+) of the file information block lies outside the file", ReasonCode.STRUCTURE_OUTSIDE),
        (r"the document does not begin as one \((?P<magic>0x[0-9a-f]+)\)", ReasonCode.DOCUMENT_START),
        (r"the picture is interrupted after (?P<share>\d+) % of the file", ReasonCode.PICTURE_INTERRUPTED),
        (r"the file holds only zeros after (?P<share>\d+) % of it", ReasonCode.ZEROS_AFTER),
        (r"the checksum of (?P<chunk>\w+) differs: the file was changed on its way", ReasonCode.PNG_CHECKSUM),
        (r"the compressed picture is corrupt after (?P<share>\d+) % of it", ReasonCode.PNG_CORRUPT),
        (r"the file ends after (?P<share>\d+) % of the picture", ReasonCode.PNG_CUT),
        (r"the picture does not decode \((?P<line>.*)\)", ReasonCode.NOT_DECODED),
    )
)  # fmt: skip
_DOUBTS = frozenset(
    {
        "needs-matching",
        "photos-not-paired",
        "several-articles",
        "several-documents",
        "several-versions",
        "documents-not-judged",
        "document-set-aside",
        "photos-shared-out",
        "file-not-opened",
    }
)
_RULES = frozenset(
    {
        "photo-missing", "photo-too-small", "photo-format", "photo-broken", "photo-in-document", "photo-converted",
        "photo-also-in-document", "photo-too-large", "caption-missing", "caption-orphan", "document-missing",
        "document-not-word", "document-unreadable", "one-document", "text-too-long", "font", "size", "spacing",
        "byline-missing", "link-instead-of-files", "attachment-refused",
    }
)  # fmt: skip


def translate(text: str) -> Reason | None:
    """A stored reason, whichever release wrote it; None for "". A line nobody knows is UNKNOWN,
    the line its fact."""
    known = read_reason(text)
    if known is None or known.code is not ReasonCode.UNKNOWN or known.facts.get("line") != text:
        return known
    if text in _PLAIN:
        return _PLAIN[text]
    words = set(text.split(", "))
    if words <= _DOUBTS:
        return explain(ReasonCode.DOUBTS, doubts=text)
    if words <= _RULES:
        return explain(ReasonCode.MUSTS, rules=text)
    return next((found for found in _matches(text)), known)


def _matches(text: str) -> Iterator[Reason]:
    for pattern, code in _PATTERNS:
        if found := pattern.fullmatch(text):
            yield Reason(code, found.groupdict())


def translate_parts(assessment: dict[str, Any]) -> dict[str, Any]:
    """A stored examination with its reasons as today's."""
    submission = dict(assessment.get("submission", {}))
    for field, parts in (("refused", "documents"), ("damage", "photos"), ("why", "others")):
        if parts in submission:
            submission[parts] = [_with_reason(part, field) for part in submission[parts]]
    return _with_reason({**assessment, "submission": submission}, "reason")


def translate_others(others: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A mail's other files with their reasons as today's."""
    return [_with_reason(other, "why") for other in others]


def _with_reason(owner: dict[str, Any], field: str) -> dict[str, Any]:
    if not isinstance(owner.get(field), str):
        return owner
    reason = translate(owner[field])
    return {**owner, field: msgspec.to_builtins(reason)}
