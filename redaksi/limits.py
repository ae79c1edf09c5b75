"""What bends an examination: the readers' caps, who we are, and the rules' sections as
configured."""

from collections.abc import Mapping
from typing import Literal, get_args

from msgspec import Struct, field

MB = 1024 * 1024
_BEFORE_HEADER = 1024  # octets: a mark, blank lines, and some beyond the limit, which show it


Decoder = Literal["jpeg", "png", "tiff", "gif", "bmp", "webp", "avif", "heic"]
DECODERS: tuple[Decoder, ...] = get_args(Decoder)
# what people look at of a picture: pixels of the longer side, bytes
SCREEN, THUMBNAIL = 1600, 480
MOST_SCREEN, MOST_THUMBNAIL = 2 * MB, 96 * 1024
# what readers get: with its words (publisher.articles.photo_words) no more than 2 MB
MOST_PUBLISHED = 2 * MB - 64 * 1024


class Safety(Struct, frozen=True, kw_only=True):
    """What the readers refuse. Sizes in bytes."""

    max_message: int = 40 * MB
    max_header: int = 256 * 1024  # the whole header block
    max_field: int = 64 * 1024  # one header field
    max_parts: int = 500
    max_depth: int = 50
    max_attachments: int = 60
    max_attachment: int = 30 * MB
    max_archive_files: int = 200
    max_archive_depth: int = 2
    max_unpacked: int = 200 * MB  # of one document or archive
    max_ratio: int = 250  # unpacked to packed, of one entry above 1 MB
    max_paragraphs: int = 20_000
    max_elements: int = 2_000_000
    # PNG and TIFF above it are asked for smaller; JPEG is decoded scaled
    max_pixels: int = 60_000_000
    # decoded of one mail, JPEG at the scale it is decoded at; photos beyond it are left unjudged
    mail_pixels: int = 500_000_000
    # kinds of pictures that are opened; of any other a photo is kept and shown, unjudged
    decoders: tuple[Decoder, ...] = DECODERS

    @property
    def header_prefix(self) -> int:
        """Octets in which a mail's header lies: its most, behind what may stand before it."""
        return self.max_header + _BEFORE_HEADER


class Identity(Struct, frozen=True, kw_only=True):
    """Who we are, as far as answering needs it."""

    addresses: tuple[str, ...] = ()
    # our border's name in Authentication-Results (RFC 8601); "" = every letter waits
    authserv_id: str = ""
    # an editor took the mail in: no border saw it, and its sender is the form's word
    is_taken_in: bool = False


class Limits(Struct, frozen=True, kw_only=True):
    """All that bends an examination: readers' caps, who we are, and the rules' sections as
    configured."""

    safety: Safety = Safety()
    identity: Identity = Identity()
    # section -> keys set by config.toml
    rules: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
