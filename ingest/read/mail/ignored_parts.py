"""Why a byte stream of a mail is neither document nor photo: by its media type, its kind, or its
place in the text."""

import re

from ingest.read.photo import pixels
from redaksi.arrival import Shown
from redaksi.reasons import Reason, ReasonCode, explain

LOGO = 200  # pixels: a picture shown in the text with a side below this is a signature's logo
_PHOTO = 400  # pixels of the shorter side: a picture below that may be no more than a signature's
_SMALL = 10_000  # octets of such a picture when its header does not tell its size
_OUTLOOK_IMAGE = re.compile(r"image\d{3}\.(?:png|jpe?g|gif|bmp|emz|wmz)", re.IGNORECASE)
# Word's and LibreOffice's note that someone has the document open
_LOCK_FILE = re.compile(r"~\$.+|\.~lock\..+#")
_LOCK_SIZE = 1024  # octets; Word's are 162
_LOGO_KINDS = frozenset({"jpeg", "png", "gif", "bmp", "webp", "svg"})
_TYPES = {  # media type -> why it is neither document nor photo
    "text/calendar": ReasonCode.CALENDAR,
    "application/ics": ReasonCode.CALENDAR,
    "text/vcard": ReasonCode.CONTACT_CARD,
    "text/x-vcard": ReasonCode.CONTACT_CARD,
    "text/directory": ReasonCode.CONTACT_CARD,
    "application/pkcs7-signature": ReasonCode.SMIME_SIGNATURE,
    "application/x-pkcs7-signature": ReasonCode.SMIME_SIGNATURE,
    "application/pgp-signature": ReasonCode.PGP_SIGNATURE,
    "application/pgp-keys": ReasonCode.PGP_KEY,
    "application/pgp-encrypted": ReasonCode.PGP_VERSION,
    "message/delivery-status": ReasonCode.DELIVERY_STATUS,
    "message/global-delivery-status": ReasonCode.DELIVERY_STATUS,
    "message/disposition-notification": ReasonCode.DISPOSITION_NOTIFICATION,
    "message/feedback-report": ReasonCode.FEEDBACK_REPORT,
    "text/rfc822-headers": ReasonCode.RETURNED_HEADER,
    "message/rfc822-headers": ReasonCode.RETURNED_HEADER,
    "message/external-body": ReasonCode.EXTERNAL_BODY,
    "message/partial": ReasonCode.PARTIAL_MESSAGE,
    "application/applefile": ReasonCode.RESOURCE_FORK,
    "text/x-moz-deleted": ReasonCode.DELETED_ATTACHMENT,
}
_KINDS = {"calendar": ReasonCode.CALENDAR, "vcard": ReasonCode.CONTACT_CARD}


def find_by_type(media_type: str) -> Reason | None:
    """Why parts of this media type stand aside; None for those that are judged."""
    return _explain(_TYPES.get(media_type))


def find_by_kind(kind: str) -> Reason | None:
    """Why files of this kind (`ingest.read.files.sniff`) stand aside; None for those that are
    judged."""
    return _explain(_KINDS.get(kind))


def lock_file(name: str, octets: bytes) -> Reason | None:
    """The reason for what an office program lays beside an open document; None for all else."""
    is_lock = len(octets) <= _LOCK_SIZE and _LOCK_FILE.fullmatch(name)
    return explain(ReasonCode.OFFICE_LOCK_FILE) if is_lock else None


def find_logo(name: str, kind: str, octets: bytes, shown: Shown | None) -> Reason | None:
    """A picture that is no photo by its place and size alone: small and shown in the text by its
    Content-ID (or named as Outlook does), in a quotation, or small and below the signature."""
    named = _OUTLOOK_IMAGE.fullmatch(name) is not None
    if kind not in _LOGO_KINDS or not (shown or named):
        return None
    width, height = pixels.read_size(octets)
    shorter = min(width, height)
    small = shorter < LOGO if width and height else len(octets) < _SMALL or kind == "svg"
    if small:
        return explain(ReasonCode.SIGNATURE_LOGO)
    if shown is None:
        return None
    if shown.place == "quotation":
        return explain(ReasonCode.PICTURE_IN_QUOTATION)
    if not 0 < shorter < _PHOTO:
        return None
    if shown.place == "signature":
        return explain(ReasonCode.PICTURE_BELOW_SIGNATURE)
    if 0 < shown_longest(shown, width, height) < LOGO:
        return explain(ReasonCode.PICTURE_SHOWN_SMALL)
    return None


def shown_longest(shown: Shown | None, width: int, height: int) -> int:
    """The longer side as displayed, in pixels, of a picture of so many pixels; 0 when it is not
    known."""
    if shown is None or not (shown.width or shown.height):
        return 0
    if shown.width and shown.height:
        return max(shown.width, shown.height)
    if not width or not height:
        return shown.width or shown.height
    factor = shown.width / width if shown.width else shown.height / height
    return max(1, round(max(width, height) * factor))


def _explain(code: ReasonCode | None) -> Reason | None:
    return explain(code) if code is not None else None
