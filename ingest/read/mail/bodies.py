"""Which parts of a mail are its author's words, and what they say; everything else is a file."""

import re

import msgspec
from msgspec import Struct

from ingest.read.files import sniff
from ingest.read.mail import alternatives, charset, headers, html_layout, html_text
from ingest.read.mail.body_part import Raw, decode_octets
from ingest.read.mail.message import MESSAGES, Part, walk_leaves

_BODIES = frozenset(
    {
        "text/plain",
        "text/html",
        "text/enriched",
        "text/richtext",
        "text/watch-html",
        "text/x-amp-html",
    }
)
_SHOWN = frozenset({"text/plain", "text/html"})
_READABLE = frozenset({"text", "html", "empty", "svg", "wordml"})
# Exchange, for text behind a picture
_FRAGMENT = re.compile(r"ATT\d{4,6}\.(?:txt|html?|c)", re.IGNORECASE)
MOST = 1 << 20  # octets of one body that are read
_MOST_BARE = 1 << 16  # and where nothing else is read

SIGNED = "multipart/signed"
REPORT = "multipart/report"
ALTERNATIVE = "multipart/alternative"
MIXED = "multipart/mixed"
# the line that a phone's mail program adds below everything
_SENT_FROM = re.compile(
    r"\s*(?:sent from|dikirim dari|terkirim dari)\b[^\n]{0,80}\s*", re.IGNORECASE
)


class Body(Struct, frozen=True, kw_only=True):
    """The words of a mail. `parts` are the ids of the parts they came from; `linked` are its
    texts, all alternatives, with the addresses of their links written out; `markups` the
    HTML that shows pictures of the mail by their Content-ID; `embedded` how many pictures are
    written into it; `cut`: they go on beyond what was read."""

    text: str = ""
    # with rows, lists and pictures as the HTML has them (html_layout); the plain text without HTML
    layout: str = ""
    linked: tuple[str, ...] = ()
    parts: frozenset[int] = frozenset()
    markups: tuple[str, ...] = ()
    embedded: int = 0
    cut: bool = False


class Room(Struct, kw_only=True):
    """How many octets of text are still read of a parcel; texts beyond it are words too, but
    unread."""

    left: int = 2 * MOST


def find_body(raw: Raw, part: Part, room: Room) -> Body:
    """The words under `part`: every nameless text in order, of alternatives the plain one unless
    it is empty or a stub of the other."""
    word = part.type.word
    if not part.children:
        return _leaf(raw, part, room)
    if word in MESSAGES:
        return Body()
    if word == REPORT:
        return find_body(raw, part.children[0], room)
    found = [find_body(raw, child, room) for child in part.children]
    if word == ALTERNATIVE:
        return _alternative(part, found)
    return _sequence(_mark_pictures(part, found) if word == MIXED else found)


def find_bare_body(raw: Raw, root: Part) -> Body:
    """The words as `find_body` finds their parts, but the plain texts alone are read, as they
    stand."""
    leaves = [leaf for leaf in walk_leaves(root) if is_body(raw, leaf)]
    texts = (_decode_plain(raw, leaf) for leaf in leaves if leaf.type.word == "text/plain")
    return Body(text="\n\n".join(texts), parts=frozenset(map(id, leaves)))


def _decode_plain(raw: Raw, part: Part) -> str:
    end = min(part.end, part.start + _MOST_BARE)
    octets = decode_octets(raw, part.start, end, part.transfer)
    return charset.decode_text(octets, part.type.parameters.get("charset", ""))


def _mark_pictures(part: Part, found: list[Body]) -> list[Body]:
    """Apple's Mail cuts its text at the pictures that stand in it: where words of the author go on
    below one, all are marked."""
    names = [_name_shown(child, body) for child, body in zip(part.children, found, strict=True)]
    first = next((at for at, name in enumerate(names) if name), len(names))
    if not any(map(_has_words, found[first:])):
        return found
    return [
        Body(layout=f"[image: {name}]") if name else body
        for name, body in zip(names, found, strict=True)
    ]


def _name_shown(part: Part, body: Body) -> str:
    """The name of a picture that is shown where it stands, "" for anything else."""
    if body.parts or part.disposition.word != "inline" or not part.type.word.startswith("image/"):
        return ""
    return headers.find_filename(part.disposition, part.type)


def _has_words(body: Body) -> bool:
    return bool(body.text.strip()) and _SENT_FROM.fullmatch(body.text) is None


def _sequence(found: list[Body]) -> Body:
    if len(found) == 1:
        return found[0]
    return Body(
        text="\n\n".join(each.text for each in found if each.text),
        layout="\n\n".join(each.layout for each in found if each.layout),
        linked=tuple(text for each in found for text in each.linked),
        parts=frozenset().union(*(each.parts for each in found)),
        markups=tuple(markup for each in found for markup in each.markups),
        embedded=sum(each.embedded for each in found),
        cut=any(each.cut for each in found),
    )


def _alternative(part: Part, found: list[Body]) -> Body:
    """RFC 2046 5.1.4. Plain text is what its author typed; some mailers leave it empty and mean
    the HTML."""
    both = _sequence(found)
    worded = [each for each in found if each.text.strip()]
    typed = [
        child.type.word == "text/plain" and bool(each.text.strip())
        for child, each in zip(part.children, found, strict=True)
    ]
    plain = next((each for each, is_plain in zip(found, typed, strict=True) if is_plain), None)
    rich = next((each for each in worded if each is not plain), None)
    chosen = plain or (worded[0] if worded else Body())
    if plain and rich and alternatives.is_stub(plain.text, rich.text):
        chosen = rich
    whole = rich is not None and alternatives.is_whole(rich.text, chosen.text)
    layout = rich.layout if rich and whole else chosen.layout
    return msgspec.structs.replace(both, text=chosen.text, layout=layout, cut=chosen.cut)


def _leaf(raw: Raw, part: Part, room: Room) -> Body:
    if not is_body(raw, part):
        return Body()
    octets, cut = _read_octets(raw, part, max(0, min(MOST, room.left)))
    room.left -= len(octets)
    text = charset.decode_text(octets, part.type.parameters.get("charset", ""))
    here = frozenset({id(part)})
    if part.type.word == "text/html" or (part.type.word not in _SHOWN and "<" in text):
        if part.type.word not in _SHOWN:
            # rich text, AMP, watch: another rendering of what is there anyway
            return Body(parts=here)
        if cut and text.rfind("<") > text.rfind(">"):
            text = text[: text.rfind("<")]  # the rest of a tag, a picture's octets, is no word
        words, is_long = html_text.render(text, html_text.Page(links=False))
        layout, is_wide = html_layout.lay_out(text)
        linked = html_text.extract_text(text, links=True) if "http" in text else words
        markups = (text,) if "cid:" in text.lower() else ()
        embedded = html_text.count_embedded(text)
        return Body(
            text=words,
            layout=layout,
            linked=(linked,),
            parts=here,
            markups=markups,
            embedded=embedded,
            cut=cut or is_long or is_wide,
        )
    text = _flowed(text) if part.type.parameters.get("format", "").lower() == "flowed" else text
    return Body(text=text, layout=text, linked=(text,), parts=here, cut=cut)


def _read_octets(raw: Raw, part: Part, most: int) -> tuple[bytes, bool]:
    """At most so many octets of a leaf, and whether there are more."""
    end = min(part.end, part.start + 2 * most)
    octets = decode_octets(raw, part.start, end, part.transfer)
    return octets[:most], end < part.end or len(octets) > most


def is_body(raw: Raw, part: Part) -> bool:
    """Whether a leaf is words of the mail: nameless text, not marked as an attachment, and text
    by its bytes."""
    if part.type.word not in _BODIES and not part.type.word.startswith("multipart/"):
        return False
    if part.disposition.word == "attachment" or headers.find_filename(part.disposition, part.type):
        return False
    head = decode_octets(
        raw, part.start, min(part.end, part.start + 2 * sniff.HEAD), part.transfer
    )[: sniff.HEAD]
    kind = sniff.detect_kind(head)
    wide = part.type.parameters.get("charset", "").lower().startswith(("utf-16", "utf-32"))
    return kind in _READABLE or (kind == "unknown" and (wide or b"\0" not in head))


def is_fragment(part: Part, name: str) -> bool:
    """Whether a named text is a piece of the mail's own text that Exchange cut off and named."""
    return (
        part.type.word in _SHOWN
        and _FRAGMENT.fullmatch(name) is not None
        and part.end - part.start < 20_000
    )


def _flowed(text: str) -> str:
    """RFC 3676: a line that ends in a space goes on in the next one (but for the signature's "--
    ")."""
    pieces: list[str] = []
    open_ = False
    for line in re.split(r"\r\n|\n", text):
        stuffed = line[1:] if line.startswith(" ") else line
        if pieces and not (open_ and not stuffed.startswith(">")):
            pieces.append("\n")
        pieces.append(stuffed)
        open_ = stuffed.endswith(" ") and stuffed != "-- " and not stuffed.startswith(">")
    return "".join(pieces)
