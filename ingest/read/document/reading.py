"""What every reader of a Word format hands to `article`: formatting resolved, roles not yet
given."""

from msgspec import Struct

from redaksi.model import Paragraph, Picture


class Reading(Struct, frozen=True, kw_only=True):
    """A document as Word shows it.

    `paragraphs` are in reading order with effective font, size and spacing; every `role` is still
    "body" and every `number` 0. Deleted text (tracked) is absent, hidden text present with
    `hidden`.
    """

    kind: str  # docx, docm, doc, …
    paragraphs: tuple[Paragraph, ...]
    pictures: tuple[Picture, ...] = ()
    notes: tuple[str, ...] = ()  # "macros", "tracked-changes", "damaged" (formatting is lost), …
