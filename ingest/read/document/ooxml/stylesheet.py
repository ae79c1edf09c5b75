"""The styles part, taken apart a style at a time.

A template brings 160 styles in 350 KB, a text uses five of them: parsing them all costs more than
the rest of a reading. So the part is cut at its w:style elements, and one is parsed when it is
asked for. Where the markup leaves any doubt about the cuts (comments, CDATA, another prefix, other
quotes) it is parsed whole.
"""

import re

from lxml import etree

from ingest.read.document.ooxml.names import VAL, W
from ingest.read.document.ooxml.package import parse_tree

_SMALL = 32 * 1024  # bytes below which the whole tree is as cheap
_HEAD = re.compile(rb"\s*(?:<\?xml[^>]*\?>)?\s*(<w:styles(?:\s[^<>]*)?>)")
_CLOSE = b"</w:styles>"
_OPEN = re.compile(rb"<w:style\s([^<>]*)>")
_END = b"</w:style>"
_ID = re.compile(rb'\bw:styleId="([^"&]*)"')
_ATTRIBUTE = re.compile(rb'\bw:(type|default)="(\w*)"')
_NAMED_NORMAL = re.compile(rb'<w:name\s+w:val="[Nn]ormal"\s*/>')
_TRUE = frozenset((b"1", b"true", b"on"))


class StyleSheet:
    """The styles of a document by id, and its defaults. `default` is the default style's id by
    kind of style."""

    def __init__(self, content: bytes | None, name: str) -> None:
        self.name = name
        self.default: dict[str, str] = {}
        self.document: etree._Element | None = None  # w:docDefaults
        self._elements: dict[str, etree._Element] = {}
        self._content = self._head = b""
        self._cuts: dict[str, tuple[int, int]] = {}
        if content is not None and not self._cut(content):
            self.default.clear()
            self._cuts.clear()
            self._index(parse_tree(content, name))
        if "paragraph" not in self.default and (normal := self._find_normal()):
            self.default["paragraph"] = normal

    def find_element(self, identifier: str) -> "etree._Element | None":
        """The w:style of that id; of two, the first."""
        found = self._elements.get(identifier)
        if found is None and identifier in self._cuts:
            start, end = self._cuts[identifier]
            found = self._elements[identifier] = self._alone(self._content[start:end])
        return found

    def _find_normal(self) -> str:
        """The id of the paragraph style called Normal, which writers forget to flag as the
        default; "" when there is none."""
        likely = [
            identifier
            for identifier, (start, end) in self._cuts.items()
            if _NAMED_NORMAL.search(self._content, start, end)
        ]
        for identifier in likely or list(self._elements):
            element = self.find_element(identifier)
            if element is not None and _is_normal(element):
                return identifier
        return ""

    def _index(self, root: "etree._Element") -> None:
        self.document = root.find(W + "docDefaults")
        for element in root.iterchildren(W + "style"):
            self._elements.setdefault(element.get(W + "styleId", ""), element)
            if element.get(W + "default", "").encode() in _TRUE:
                self.default.setdefault(
                    element.get(W + "type", "paragraph"), element.get(W + "styleId", "")
                )

    def _cut(self, content: bytes) -> bool:
        """Cuts the part at its styles; False when it must be parsed whole."""
        head = _HEAD.match(content)
        if (
            len(content) < _SMALL
            or head is None
            or b"<!" in content
            or not content.rstrip().endswith(_CLOSE)
        ):
            return False
        openings = list(_OPEN.finditer(content))
        ends = [opening.start() for opening in openings[1:]] + [len(content)]
        for opening, end in zip(openings, ends, strict=True):
            close = content.rfind(_END, opening.end(), end)
            identifier = _ID.search(opening[1])
            if close < 0 or identifier is None:
                return False
            name = identifier[1].decode("utf-8", "replace")
            self._cuts.setdefault(name, (opening.start(), close + len(_END)))
            if b"w:default=" in opening[1]:
                stated = dict(_ATTRIBUTE.findall(opening[1]))
                if stated.get(b"default") in _TRUE:
                    self.default.setdefault(stated.get(b"type", b"paragraph").decode(), name)
        self._content, self._head = content, head[1]
        self.document = self._defaults(
            content[head.end() : openings[0].start() if openings else len(content)]
        )
        return True

    def _defaults(self, before: bytes) -> "etree._Element | None":
        start, end = before.find(b"<w:docDefaults>"), before.find(b"</w:docDefaults>")
        if start < 0 or end < start:
            return None
        return self._alone(before[start : end + len(b"</w:docDefaults>")])

    def _alone(self, element: bytes) -> "etree._Element":
        return parse_tree(self._head + element + _CLOSE, self.name)[0]


def _is_normal(style: "etree._Element") -> bool:
    name = style.find(W + "name")
    called = style.get(W + "styleId", "") if name is None else name.get(VAL, "")
    return style.get(W + "type", "paragraph") == "paragraph" and called.casefold() == "normal"
