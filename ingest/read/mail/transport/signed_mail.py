"""A mail that lies whole in its own signature (RFC 8551, 3.5.2), or in one encoding: what is within is
the mail."""

from msgspec.structs import replace

from ingest.read.mail.body_part import TWICE, Raw, decode_octets
from ingest.read.mail.headers import find_filename
from ingest.read.mail.message import Part, Split, walk_leaves
from ingest.read.mail.transport import cms
from ingest.read.mail.transport.hidden_parts import take_apart
from redaksi.limits import Safety

_ENCODED = ("base64", TWICE, "quoted-printable")
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
    return _open_encoded(raw, taken, safety)


def _open_encoded(raw: Raw, taken: Split, safety: Safety) -> tuple[Raw, Split]:
    """A body that is encoded as a whole though parts lie in it, which RFC 2045 (6.4) forbids."""
    root = taken.root
    if root is None or root.transfer not in _ENCODED:
        return raw, taken
    if root.children and not any(_is_quoted(child) for child in root.children):
        return raw, taken
    if not root.type.word.startswith(("text/", "multipart/")):
        return raw, taken
    octets = decode_octets(raw, root.start, root.end, root.transfer)
    field = root.first("content-type")
    head = f"Content-Type: {field}\r\n\r\n" if field else "\r\n"
    body = head.encode("utf-8", "replace") + octets
    inner = take_apart(body, safety, headers=taken.headers)
    if inner.root is None or not inner.root.children:
        return raw, taken
    line = taken.mended or inner.mended or f"Content-Transfer-Encoding: {root.transfer}"
    for leaf in walk_leaves(inner.root):
        leaf.mended = True
    return body, replace(inner, header=taken.header, mended=line)


def _read_signed(raw: Raw, root: Part | None) -> bytes | None:
    if root is None or root.children:
        return None
    if not cms.is_wrapper(root.type.word, find_filename(root.disposition, root.type)):
        return None
    _, signed = cms.unwrap(decode_octets(raw, root.start, root.end, root.transfer))
    return signed if signed is not None and cms.is_entity(signed) else None


def _is_quoted(part: Part) -> bool:
    """Whether a part's own fields are in quoted-printable: the whole mail was encoded."""
    return any('=3D"' in value for _, value in part.fields)
