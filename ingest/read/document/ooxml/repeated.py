"""Run properties that stand in a document again and again, parsed once.

Most of a long document's markup is the same few w:rPr a thousand times over. They are cut out
before the document is parsed, each kind kept once, and a number is left in their place: the tree is
smaller, and a run's formatting is found by its number. A cut is an element that parses by itself,
so that comments and broken markup cannot mislead it; where that is not enough (CDATA, the attribute
itself in the document) the document stays as it is.
"""

import re
from collections.abc import Mapping

from lxml import etree

from ingest.read.document.ooxml.names import W
from ingest.read.document.ooxml.package import parse_tree
from ingest.read.document.ooxml.properties import Properties, read_run_properties
from redaksi.errors import Unreadable

NUMBER = "cut-out"  # the attribute of a w:rPr that was cut out: of no schema, in no namespace
_SMALL = 64 * 1024  # bytes below which nothing is won
_MOST = 500  # kinds; a document with more of them repeats too little
_HEAD = re.compile(rb"\s*(?:<\?xml[^>]*\?>)?\s*(<w:document(?:\s[^<>]*)?>)")
_OPEN, _END = b"<w:rPr>", b"</w:rPr>"


def cut(content: bytes, theme: Mapping[str, str]) -> tuple[bytes, dict[str, Properties]]:
    """The document without its repeated run properties, and what each of those states, by
    number."""
    head = _HEAD.match(content)
    if (
        len(content) < _SMALL
        or head is None
        or b"<![CDATA[" in content
        or NUMBER.encode() in content
    ):
        return content, {}
    numbers: dict[bytes, bytes] = {}
    stated: dict[str, Properties] = {}
    first, *pieces = content.split(_OPEN)
    kept = [first]
    for piece in pieces:
        end = piece.find(_END)
        mark = _OPEN if end < 0 else numbers.get(piece[:end])
        if mark is None:
            number = str(len(numbers))
            alone = _alone(head[1], piece[:end])
            mark = _OPEN if alone is None else f'<w:rPr {NUMBER}="{number}"/>'.encode()
            numbers[piece[:end]] = mark
            if alone is not None:
                stated[number] = read_run_properties(alone, theme)
            if len(numbers) > _MOST:
                return content, {}
        kept.append(mark)
        kept.append(piece if mark is _OPEN else piece[end + len(_END) :])
    return b"".join(kept), stated


def _alone(head: bytes, inner: bytes) -> "etree._Element | None":
    """A w:rPr by itself; None where it is no whole element, or its namespaces are declared
    further in."""
    try:
        root = parse_tree(head + _OPEN + inner + _END + b"</w:document>", "a w:rPr")
    except Unreadable:
        return None
    return root[0] if len(root) == 1 and root[0].tag == W + "rPr" else None
