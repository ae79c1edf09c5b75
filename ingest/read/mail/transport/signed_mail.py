"""A mail that lies whole in its own signature (RFC 8551, 3.5.2): what is within is the mail."""

from msgspec.structs import replace

from ingest.read.mail.body_part import Raw, decode_octets
from ingest.read.mail.headers import find_filename
from ingest.read.mail.message import Part, Split
from ingest.read.mail.transport import cms
from ingest.read.mail.transport.hidden_parts import take_apart
from redaksi.limits import Safety

_MOST_LAYERS = 3  # signed, and signed again by a gateway


def open_signed(raw: Raw, taken: Split, safety: Safety) -> tuple[Raw, Split]:
    """The octets and the tree of what was signed, under the header it came with; those given for
    any other mail."""
    for _ in range(_MOST_LAYERS):
        signed = _read_signed(raw, taken.root)
        if signed is None:
            break
        inner = take_apart(signed, safety, headers=taken.headers)
        raw = signed
        taken = replace(inner, header=taken.header, mended=taken.mended or inner.mended)
    return raw, taken


def _read_signed(raw: Raw, root: Part | None) -> bytes | None:
    if root is None or root.children:
        return None
    if not cms.is_wrapper(root.type.word, find_filename(root.disposition, root.type)):
        return None
    _, signed = cms.unwrap(decode_octets(raw, root.start, root.end, root.transfer))
    return signed if signed is not None and cms.is_entity(signed) else None
