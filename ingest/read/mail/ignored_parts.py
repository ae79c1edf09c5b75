"""Why a byte stream of a mail is neither document nor photo: by its media type, its kind, or its
place in the text."""

import re

from ingest.read.photo import pixels

LOGO = 200  # pixels: a picture shown in the text with a side below this is a signature's logo
_SMALL = 10_000  # octets of such a picture when its header does not tell its size
_OUTLOOK_IMAGE = re.compile(r"image\d{3}\.(?:png|jpe?g|gif|bmp|emz|wmz)", re.IGNORECASE)
_LOCK_FILE = re.compile(
    r"~\$.+|\.~lock\..+#"
)  # Word's and LibreOffice's note that someone has the document open
_LOCK_SIZE = 1024  # octets; Word's are 162
_LOGO_KINDS = frozenset({"jpeg", "png", "gif", "bmp", "webp", "svg"})
_TYPES = {  # media type -> why it is neither document nor photo
    "text/calendar": "calendar",
    "application/ics": "calendar",
    "text/vcard": "contact card",
    "text/x-vcard": "contact card",
    "text/directory": "contact card",
    "application/pkcs7-signature": "S/MIME signature",
    "application/x-pkcs7-signature": "S/MIME signature",
    "application/pgp-signature": "PGP signature",
    "application/pgp-keys": "PGP key",
    "application/pgp-encrypted": "PGP version",
    "message/delivery-status": "delivery status",
    "message/global-delivery-status": "delivery status",
    "message/disposition-notification": "disposition notification",
    "message/feedback-report": "feedback report",
    "text/rfc822-headers": "returned header",
    "message/rfc822-headers": "returned header",
    "message/external-body": "external body",
    "message/partial": "partial message",
    "application/applefile": "resource fork",
    "text/x-moz-deleted": "deleted attachment",
}
_KINDS = {"calendar": "calendar", "vcard": "contact card"}


def of_type(media_type: str) -> str:
    """The word for parts of this media type, "" for those that are judged."""
    return _TYPES.get(media_type, "")


def of_kind(kind: str) -> str:
    """The word for files of this kind (`ingest.read.files.sniff`), "" for those that are judged."""
    return _KINDS.get(kind, "")


def lock_file(name: str, octets: bytes) -> str:
    """The word for what an office program lays beside an open document, "" for all else."""
    return "office lock file" if len(octets) <= _LOCK_SIZE and _LOCK_FILE.fullmatch(name) else ""


def logo(name: str, kind: str, octets: bytes, *, shown: bool) -> str:
    """A picture of the sender's signature: small, and shown in the text by its Content-ID or
    named as Outlook does."""
    if kind not in _LOGO_KINDS or not (shown or _OUTLOOK_IMAGE.fullmatch(name)):
        return ""
    width, height = pixels.read_size(octets)
    small = min(width, height) < LOGO if width and height else len(octets) < _SMALL or kind == "svg"
    return "signature logo" if small else ""
