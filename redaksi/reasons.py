"""Why something is as it is: a code with facts, never a sentence. Pure.

The edge says it in the reader's language (redaksi/catalog, table [reasons]); what a server said goes
along as the fact `line`.
"""

import json
from collections.abc import Mapping

from msgspec import Struct

from redaksi.reason_codes import ReasonCode as ReasonCode  # noqa: PLC0414 - imported from here

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
# what nobody looked into: an editor does
UNJUDGED = frozenset(
    {
        ReasonCode.BUDGET,
        ReasonCode.READER_ERROR,
        ReasonCode.READER_DIED,
        ReasonCode.NO_DECODER,
    }
)
# archives made to attack: they unpack past every bound, or share compressed bytes; too many files
# are none
BOMBS = frozenset(
    {
        ReasonCode.ARCHIVE_SIZE_LIMIT,
        ReasonCode.ARCHIVE_RATIO_LIMIT,
        ReasonCode.ENTRIES_OVERLAP,
    }
)
# why an attached mail is made to attack: past the limits for which a whole mail is refused
HOSTILE_MAILS = frozenset(
    {
        ReasonCode.HEADER_LIMIT,
        ReasonCode.HEADER_FIELD_LIMIT,
        ReasonCode.PART_HEADER_LIMIT,
        ReasonCode.PART_HEADER_FIELD_LIMIT,
        ReasonCode.PART_HEADERS_LIMIT,
        ReasonCode.PARTS_LIMIT,
        ReasonCode.PARTS_DEPTH_LIMIT,
        ReasonCode.BOUNDARIES_LIMIT,
    }
)
ATTACKS = BOMBS | HOSTILE_MAILS  # why a file that was made to attack stays closed
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
