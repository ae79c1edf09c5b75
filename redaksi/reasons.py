"""Why something is as it is: a code with facts, never a sentence. Pure.

The edge says it in the reader's language (redaksi/catalog, table [reasons]); what a server said goes
along as the fact `line`.
"""

import json
from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct


class ReasonCode(StrEnum):
    """Every reason there is. Codes are stored: none is renamed, none reused."""

    # verdicts (redaksi.decide)
    EVERY_RULE_MET = "every_rule_met"
    HOSTILE_DOCUMENT = "hostile_document"
    HOSTILE_ARCHIVE = "hostile_archive"
    NO_DOCUMENT = "no_document"
    UNREADABLE_DOCUMENT = "unreadable_document"
    DOCUMENT_NOT_JUDGED = "document_not_judged"
    DOCUMENT_WITHOUT_TEXT = "document_without_text"
    DOUBTS = "doubts"
    MUSTS = "musts"
    CAPTIONS_TO_CONFIRM = "captions_to_confirm"
    NOT_UNDERSTOOD = "not_understood"
    PHOTO_NOT_JUDGED = "photo_not_judged"

    # a mail that is no try, and one that never came whole
    MESSAGE = "message"
    RESENT = "resent"
    WITHDRAWN = "withdrawn"
    NOT_DOWNLOADED = "not_downloaded"
    STAND_IN = "stand_in"
    NEW_UIDS = "new_uids"
    GONE_FROM_SERVER = "gone_from_server"
    KNOWN_ALREADY = "known_already"

    # limits on a whole mail
    MESSAGE_LIMIT = "message_limit"
    HEADER_LIMIT = "header_limit"
    HEADER_FIELD_LIMIT = "header_field_limit"
    PART_HEADER_LIMIT = "part_header_limit"
    PART_HEADER_FIELD_LIMIT = "part_header_field_limit"
    PART_HEADERS_LIMIT = "part_headers_limit"
    BOUNDARIES_LIMIT = "boundaries_limit"
    PARTS_LIMIT = "parts_limit"
    PARTS_DEPTH_LIMIT = "parts_depth_limit"
    ATTACHMENTS_LIMIT = "attachments_limit"
    MEMORY_LIMIT = "memory_limit"
    TIME_LIMIT = "time_limit"

    # our own faults, and a server's
    EXAMINATION_STOPPED = "examination_stopped"
    WORKER_DIED = "worker_died"
    READINGS_DIFFER = "readings_differ"
    SERVER_GAVE_NOTHING = "server_gave_nothing"
    LETTER_UNWRITABLE = "letter_unwritable"
    UNKNOWN = "unknown"

    # who gets a letter (redaksi.sender_policy)
    OWN_LOOP_HEADER = "own_loop_header"
    TOO_MANY_HOPS = "too_many_hops"
    FROM_OURSELVES = "from_ourselves"
    FROM_FIELDS = "from_fields"
    FROM_MAILBOXES = "from_mailboxes"
    FROM_NOT_PLAIN = "from_not_plain"
    FROM_DOMAIN_LITERAL = "from_domain_literal"
    FROM_WITHOUT_DOT = "from_without_dot"
    DELIVERY_REPORT = "delivery_report"
    READ_RECEIPT = "read_receipt"
    COMPLAINT = "complaint"
    FAILED_RECIPIENTS = "failed_recipients"
    FROM_MAIL_SYSTEM = "from_mail_system"
    CALENDAR_METHOD = "calendar_method"
    AUTO_SUBMITTED = "auto_submitted"
    RESPONSE_SUPPRESSED = "response_suppressed"
    RESPONDER_FIELD = "responder_field"
    PRECEDENCE_JUNK = "precedence_junk"
    REVERSE_PATH_EMPTY = "reverse_path_empty"
    LIST_FIELD = "list_field"
    PRECEDENCE_LIST = "precedence_list"
    PRECEDENCE_BULK = "precedence_bulk"
    FROM_NO_REPLY = "from_no_reply"
    FROM_LIST_ADDRESS = "from_list_address"
    SHARE_NOTICE = "share_notice"
    OUT_OF_OFFICE_SUBJECT = "out_of_office_subject"
    NOT_CHECKED_BY_BORDER = "not_checked_by_border"
    DMARC_FAIL = "dmarc_fail"
    NO_AUTHSERV_ID = "no_authserv_id"
    DMARC_UNSURE = "dmarc_unsure"
    DMARC_PASS = "dmarc_pass"  # noqa: S105
    FROM_JUNK_FOLDER = "from_junk_folder"
    NO_RULE = "no_rule"

    # letters (desk.domain.rate_limit, desk.outbound)
    REPLY_DRAFT = "reply_draft"
    REPLY_OFF = "reply_off"
    REPLY_WAS_OFF = "reply_was_off"
    WAITED_A_WEEK = "waited_a_week"
    SENDER_LIMIT = "sender_limit"
    HOUR_LIMIT = "hour_limit"
    DOMAIN_LIMIT = "domain_limit"
    KIND_LIMIT = "kind_limit"
    LIMIT_PASSED = "limit_passed"
    TOO_LATE = "too_late"
    ASKED_THIS_ADDRESS = "asked_this_address"
    ASKED_THIS_DOMAIN = "asked_this_domain"
    OTHER_MAIL_UNREAD = "other_mail_unread"
    OTHER_MAIL_BRINGS = "other_mail_brings"
    MOVED_ON = "moved_on"
    IN_SENT_FOLDER = "in_sent_folder"
    NOT_IN_SENT_YET = "not_in_sent_yet"
    NOT_IN_SENT = "not_in_sent"
    NO_SENT_FOLDER = "no_sent_folder"
    CUT_OFF = "cut_off"
    SENT_NOT_ASKED = "sent_not_asked"
    TWO_DAYS_DEFERRED = "two_days_deferred"

    # files that stand aside: neither document nor photo
    CALENDAR = "calendar"
    CONTACT_CARD = "contact_card"
    VCARD = "vcard"
    SMIME_SIGNATURE = "smime_signature"
    PGP_SIGNATURE = "pgp_signature"
    PGP_KEY = "pgp_key"
    PGP_VERSION = "pgp_version"
    DELIVERY_STATUS = "delivery_status"
    DISPOSITION_NOTIFICATION = "disposition_notification"
    FEEDBACK_REPORT = "feedback_report"
    RETURNED_HEADER = "returned_header"
    RETURNED_MAIL = "returned_mail"
    FORWARDED_MAIL = "forwarded_mail"
    EXTERNAL_BODY = "external_body"
    PARTIAL_MESSAGE = "partial_message"
    RESOURCE_FORK = "resource_fork"
    DELETED_ATTACHMENT = "deleted_attachment"
    MAIL_FRAGMENT = "mail_fragment"
    OFFICE_LOCK_FILE = "office_lock_file"
    SIGNATURE_LOGO = "signature_logo"
    SMALL_INLINE_PICTURE = "small_inline_picture"
    PICTURE_BELOW_SIGNATURE = "picture_below_signature"
    PICTURE_IN_QUOTATION = "picture_in_quotation"
    PICTURE_NAMED_LOGO = "picture_named_logo"
    PICTURE_OF_PAPER = "picture_of_paper"
    PICTURE_SHOWN_SMALL = "picture_shown_small"
    PICTURE_DRAWN = "picture_drawn"
    SMALLER_COPY = "smaller_copy"
    BESIDE_ITS_PHOTO = "beside_its_photo"
    BESIDE_PHOTOS = "beside_photos"
    SYSTEM_FILE = "system_file"
    UNPACKED_ARCHIVE = "unpacked_archive"
    UNPACKED_WINMAIL = "unpacked_winmail"
    SMIME_OPENED = "smime_opened"
    SPREADSHEET = "spreadsheet"
    PRESENTATION = "presentation"
    OFFICE_FILE = "office_file"
    AUDIO = "audio"
    ARCHIVE = "archive"
    WINMAIL = "winmail"
    MAIL = "mail"
    TEXT_FILE = "text_file"
    EMPTY_FILE = "empty_file"
    DRAWING = "drawing"
    NEITHER = "neither"
    CAPTIONS_FILE = "captions_file"
    CAPTIONS_DOCUMENT = "captions_document"
    PHOTOS_DOCUMENT = "photos_document"
    LETTER_OR_FORM = "letter_or_form"
    SHORT_TEXT = "short_text"
    UNREADABLE_BESIDE = "unreadable_beside"
    UNJUDGED_BESIDE = "unjudged_beside"
    DOCUMENT_BESIDE = "document_beside"
    COPY_BESIDE_WORD = "copy_beside_word"
    COPY_BESIDE_DOCUMENT = "copy_beside_document"
    IDENTICAL_COPY = "identical_copy"
    SAME_TEXT = "same_text"

    # files that are not opened
    FILE_LIMIT = "file_limit"
    SMIME_WRAPPED = "smime_wrapped"
    SMIME_ENCRYPTED = "smime_encrypted"
    PGP_ENCRYPTED = "pgp_encrypted"
    ARCHIVE_KIND = "archive_kind"
    ARCHIVE_DEPTH = "archive_depth"
    ARCHIVE_EMPTY = "archive_empty"
    ARCHIVE_DAMAGED = "archive_damaged"
    ARCHIVE_ENCRYPTED = "archive_encrypted"
    ARCHIVE_METHOD = "archive_method"
    ARCHIVE_FILES_LIMIT = "archive_files_limit"
    ARCHIVE_SIZE_LIMIT = "archive_size_limit"
    ARCHIVE_RATIO_LIMIT = "archive_ratio_limit"
    DAMAGED_IN_ARCHIVE = "damaged_in_archive"
    FORWARDS_DEPTH = "forwards_depth"
    WINMAIL_DEPTH = "winmail_depth"
    WINMAIL_UNSIGNED = "winmail_unsigned"
    WINMAIL_CUT = "winmail_cut"
    WINMAIL_ATTRIBUTES_LIMIT = "winmail_attributes_limit"
    WINMAIL_FILES_LIMIT = "winmail_files_limit"
    WINMAIL_EMPTY = "winmail_empty"

    # documents that cannot be read
    DOCUMENT_ENCRYPTED = "document_encrypted"
    FILE_EMPTY = "file_empty"
    FILE_BROKEN = "file_broken"
    DOCUMENT_PROTECTED = "document_protected"
    PROTECTED_MAIL = "protected_mail"
    GOOGLE_LINK = "google_link"
    SHORTCUT = "shortcut"
    DOWNLOAD_UNFINISHED = "download_unfinished"
    TEMPORARY_FILE = "temporary_file"
    NOT_WORD = "not_word"
    OLD_WORD = "old_word"
    NOT_ZIP = "not_zip"
    PACKAGE_ENTRIES_LIMIT = "package_entries_limit"
    PACKAGE_SIZE_LIMIT = "package_size_limit"
    ENTRIES_OVERLAP = "entries_overlap"
    ENTRY_BEHIND_FILE = "entry_behind_file"
    ENTRIES_ENCRYPTED = "entries_encrypted"
    ENTRY_METHOD = "entry_method"
    ENTRY_DAMAGED = "entry_damaged"
    ELEMENTS_LIMIT = "elements_limit"
    PART_PARAGRAPHS_LIMIT = "part_paragraphs_limit"
    PART_RATIO_LIMIT = "part_ratio_limit"
    DOCUMENT_TYPE = "document_type"
    PART_NESTING = "part_nesting"
    NOT_WELL_FORMED = "not_well_formed"
    NOT_PARSED = "not_parsed"
    ENCODING_ODD = "encoding_odd"
    ENCODING_WRONG = "encoding_wrong"
    MAIN_PART_MISSING = "main_part_missing"
    MAIN_PART_ODD = "main_part_odd"
    MAIN_PART_UNNAMED = "main_part_unnamed"
    NO_OFFICE_DOCUMENT = "no_office_document"
    ELEMENTS_DEPTH_LIMIT = "elements_depth_limit"
    BLOCKS_DEPTH_LIMIT = "blocks_depth_limit"
    PARAGRAPHS_LIMIT = "paragraphs_limit"
    CHARACTERS_LIMIT = "characters_limit"
    STYLES_CIRCLE = "styles_circle"
    STYLES_CHAIN_LIMIT = "styles_chain_limit"
    NO_WORD_STREAM = "no_word_stream"
    NOT_COMPOUND = "not_compound"
    SECTOR_SIZES = "sector_sizes"
    SECTORS_EXCEED_FILE = "sectors_exceed_file"
    DIRECTORY_CIRCLE = "directory_circle"
    STREAM_CUT = "stream_cut"
    STREAM_EXCEEDS_FILE = "stream_exceeds_file"
    SECTORS_CIRCLE = "sectors_circle"
    SECTORS_ENDLESS = "sectors_endless"
    TABLE_OF_TABLES = "table_of_tables"
    ALLOCATION_TABLE = "allocation_table"
    STRUCTURE_CUT = "structure_cut"
    STRUCTURE_OUTSIDE = "structure_outside"
    TABLE_STREAM_MISSING = "table_stream_missing"
    INFORMATION_BLOCK_CUT = "information_block_cut"
    INFORMATION_BLOCK_CONTRADICTS = "information_block_contradicts"
    DOCUMENT_START = "document_start"
    BIN_TABLE = "bin_table"
    NO_STYLESHEET = "no_stylesheet"
    NO_PIECE_TABLE = "no_piece_table"
    PIECE_TABLE_CONTRADICTS = "piece_table_contradicts"
    PIECE_TABLE_SHORT = "piece_table_short"
    PIECES_OUT_OF_ORDER = "pieces_out_of_order"
    PIECE_OUTSIDE = "piece_outside"

    # photos that are not intact
    ALL_ZEROS = "all_zeros"
    NOT_A_PICTURE = "not_a_picture"
    PICTURE_CUT = "picture_cut"
    PICTURE_DAMAGED = "picture_damaged"
    PICTURE_NOT_BEGUN = "picture_not_begun"
    PICTURE_SIZELESS = "picture_sizeless"
    PICTURE_INTERRUPTED = "picture_interrupted"
    ZEROS_AFTER = "zeros_after"
    PNG_HEADER_MISSING = "png_header_missing"
    PNG_HEADER_ODD = "png_header_odd"
    PNG_PICTURE_MISSING = "png_picture_missing"
    PNG_CHECKSUM = "png_checksum"
    PNG_CORRUPT = "png_corrupt"
    PNG_CUT = "png_cut"
    NOT_DECODED = "not_decoded"
    TOO_MANY_PIXELS = "too_many_pixels"
    NO_DECODER = "no_decoder"
    NOTHING_TO_REFORMAT = "nothing_to_reformat"


# why a picture is no photo of the submission: it came with the mail program or the quotation
ORNAMENTS = frozenset(
    {
        ReasonCode.SIGNATURE_LOGO,
        ReasonCode.SMALL_INLINE_PICTURE,
        ReasonCode.PICTURE_BELOW_SIGNATURE,
        ReasonCode.PICTURE_IN_QUOTATION,
        ReasonCode.PICTURE_NAMED_LOGO,
        ReasonCode.PICTURE_SHOWN_SMALL,
        ReasonCode.PICTURE_DRAWN,
    }
)
PICTURES_ASIDE = ORNAMENTS | {
    ReasonCode.PICTURE_OF_PAPER,
    ReasonCode.SMALLER_COPY,
    ReasonCode.BESIDE_ITS_PHOTO,
    ReasonCode.BESIDE_PHOTOS,
}


class Reason(Struct, frozen=True):
    """A code, and what its sentence has to name."""

    code: ReasonCode
    facts: Mapping[str, str] = {}

    def __str__(self) -> str:
        """For the log, and as columns keep it: the code; behind it the facts, where it has any."""
        if not self.facts:
            return self.code.value
        return f"{self.code.value} {json.dumps(dict(self.facts), sort_keys=True)}"


def explain(code: ReasonCode, /, **facts: object) -> Reason:
    """A reason with its facts as text."""
    return Reason(code, {name: str(fact) for name, fact in facts.items()})


def read_reason(text: str) -> Reason | None:
    """What `str(reason)` was made of; None for "". A line that is none comes back as UNKNOWN with
    the line as its fact."""
    if not text:
        return None
    word, space, facts = text.partition(" ")
    if space and not facts.startswith("{"):
        return Reason(ReasonCode.UNKNOWN, {"line": text})
    try:
        return Reason(ReasonCode(word), json.loads(facts) if facts else {})
    except ValueError:
        return Reason(ReasonCode.UNKNOWN, {"line": text})


def code_of(reason: Reason | None) -> ReasonCode | None:
    """Its code; None where there is no reason."""
    return reason.code if reason is not None else None


def text_of(reason: Reason | None) -> str:
    """What `read_reason` reads; "" for none."""
    return "" if reason is None else str(reason)
