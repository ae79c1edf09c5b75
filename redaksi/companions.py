"""Files that mail programs add by themselves: they hold neither article nor photo, and of a mail
with nothing else it is true that nothing was attached."""

from redaksi.model import Other, Submission
from redaksi.reasons import ReasonCode

COMPANIONS = frozenset(
    {
        ReasonCode.CALENDAR,
        ReasonCode.CONTACT_CARD,
        ReasonCode.VCARD,
        ReasonCode.SMIME_SIGNATURE,
        ReasonCode.PGP_SIGNATURE,
        ReasonCode.PGP_KEY,
        ReasonCode.PGP_VERSION,
        ReasonCode.DELIVERY_STATUS,
        ReasonCode.DISPOSITION_NOTIFICATION,
        ReasonCode.FEEDBACK_REPORT,
        ReasonCode.RETURNED_HEADER,
        ReasonCode.RETURNED_MAIL,
        ReasonCode.FORWARDED_MAIL,  # its own files stand beside it
        ReasonCode.UNPACKED_ARCHIVE,  # so do these two's
        ReasonCode.UNPACKED_WINMAIL,
        ReasonCode.SMIME_OPENED,
        ReasonCode.RESOURCE_FORK,
        ReasonCode.MAIL_FRAGMENT,
        ReasonCode.OFFICE_LOCK_FILE,
        ReasonCode.SIGNATURE_LOGO,
        ReasonCode.SMALL_INLINE_PICTURE,
        ReasonCode.SYSTEM_FILE,
        ReasonCode.IDENTICAL_COPY,
    }
)


# Companions that somebody may have attached himself: named where nothing else came.
_NAMED = frozenset(
    {
        ReasonCode.CALENDAR,
        ReasonCode.CONTACT_CARD,
        ReasonCode.VCARD,
        ReasonCode.PGP_KEY,
        ReasonCode.FORWARDED_MAIL,
        ReasonCode.UNPACKED_ARCHIVE,
        ReasonCode.UNPACKED_WINMAIL,
        ReasonCode.OFFICE_LOCK_FILE,
    }
)


def find_came(submission: Submission) -> tuple[Other, ...]:
    """What a letter names that says what is lacking: what was attached; where there is nothing,
    calendars, cards, and mails and archives in which nothing else lay."""
    return find_brought(submission) or tuple(
        other for other in submission.others if other.why.code in _NAMED
    )


def find_brought(submission: Submission) -> tuple[Other, ...]:
    """What its sender attached that is neither document nor photo."""
    return tuple(other for other in submission.others if other.why.code not in COMPANIONS)
