"""The text of an HTML body, as plainly as a mail program would quote it. Linear in its input;
nothing is executed.

Not a parser: tags are cut, a few of them mean a line break, `blockquote` becomes "> ", scripts and
styles vanish.
"""

import html
import re
from typing import NamedTuple
from urllib.parse import unquote

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]*)([^<>]*)>|<!--|<[!?][^<>]*>")
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_CID = re.compile(r"""cid:([^"'\s>)]+)""", re.IGNORECASE)
_EMBEDDED = re.compile(r"""data:image/[\w+.-]{1,20};[^"'\s>]{0,40}?base64,""", re.IGNORECASE)
# a picture that its author sees and we do not have: left on the phone, or kept by Google
_ELSEWHERE = re.compile(
    r"""<img\b[^<>]{0,500}?\bsrc\s{0,3}=\s{0,3}["']?\s{0,3}(?:(?:blob|content|file):"""
    r"""|https://(?:drive\.google\.com/(?:uc|thumbnail)|lh\d\.googleusercontent\.com/(?!mail-sig)))""",
    re.IGNORECASE,
)
_QUOTE = re.compile(r"""["'>]""")
_ORNAMENT = 13_000  # characters of base64: a logo written into the page is smaller
_MOST_EMBEDDED = 200  # looked at
_LONG_NUMBER = re.compile(r"&#[xX]?[0-9a-fA-F]{8,};?")
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_MANY_LINES = re.compile(r"\n{3,}")
MOST_LINES = 10_000
_SKIPPED = frozenset({"script", "style", "head", "title", "template", "noscript"})
_PARAGRAPHS = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "hr", "pre"}
)
_LINES = frozenset(
    {"div", "br", "tr", "li", "section", "article", "header", "footer", "dt", "dd", "center"}
)


class Rendered(NamedTuple):
    """A page as text, and whether it goes on behind more lines than any letter has."""

    text: str
    cut: bool


def extract_text(markup: str, *, links: bool = False) -> str:
    """The text of `markup`; with `links`, each link's address in angle brackets behind it."""
    return render(markup, Page(links=links)).text


def render(markup: str, page: "Page") -> Rendered:
    """What `page` makes of `markup`."""
    walk(markup, page)
    return Rendered(page.finished(), page.cut)


def walk(markup: str, page: "Page") -> None:
    """Hand the text and the tags of `markup` to `page`, in order."""
    position = 0
    unclosed: set[str] = set()  # looked for once, never again
    while True:
        match = _TAG.search(markup, position)
        page.text(markup[position : match.start() if match else len(markup)])
        if match is None or page.full():
            page.cut = match is not None
            break
        position = match.end()
        if match[0] == "<!--":
            end = markup.find("-->", position)
            position = end + 3 if end >= 0 else len(markup)
        elif match[2]:
            name = match[2].lower()
            if name in _SKIPPED and not match[1]:
                end = -1 if name in unclosed else _closing(markup, name, position)
                position = end if end >= 0 else position
                unclosed |= {name} if end < 0 else set()
            else:
                page.tag(name, match[3], closing=bool(match[1]))


def find_cids(markup: str) -> frozenset[str]:
    """The Content-IDs that a body shows (RFC 2392), lower-case."""
    found = (html.unescape(_LONG_NUMBER.sub("", each)) for each in _CID.findall(markup))
    return frozenset(unquote(each).lower() for each in found)


def count_embedded(markup: str) -> int:
    """How many pictures a body shows that are no part of the mail: written into it as data: addresses
    (RFC 2397, ornaments not counted), left on the phone, or kept by Google."""
    elsewhere = zip(_ELSEWHERE.finditer(markup), range(_MOST_EMBEDDED), strict=False)
    count = sum(1 for _ in elsewhere)
    for match, _ in zip(_EMBEDDED.finditer(markup), range(_MOST_EMBEDDED), strict=False):
        end = match.end() + _ORNAMENT
        count += end <= len(markup) and _QUOTE.search(markup, match.end(), end) is None
    return count


def _closing(markup: str, name: str, position: int) -> int:
    match = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(markup, position)
    return match.end() if match else -1


class Page:
    """Lines as they come, and how deep in quotations they stand."""

    def __init__(self, *, links: bool) -> None:
        self.links = links
        self.lines: list[str] = []
        self.current: list[str] = []
        self.depth = 0
        self.targets: list[str] = []
        self.cut = False

    def text(self, piece: str) -> None:
        if piece:
            self.current.append(html.unescape(_LONG_NUMBER.sub("", piece)))

    def tag(self, name: str, attributes: str, *, closing: bool) -> None:
        if name in _PARAGRAPHS:
            self.break_line()
            if self.lines and self.lines[-1].strip("> "):
                self.lines.append("> " * self.depth)
            if name == "blockquote":
                self.depth = max(0, min(self.depth + (-1 if closing else 1), 5))
        elif name in _LINES:
            if self.current or name == "br":
                self.break_line(blank=name == "br")
        elif name in ("td", "th") and closing:
            self.current.append(" ")
        elif name == "a" and self.links:
            self.link(attributes, closing=closing)

    def link(self, attributes: str, *, closing: bool) -> None:
        if not closing:
            match = _HREF.search(attributes)
            target = next((group for group in match.groups() if group), "") if match else ""
            target = html.unescape(_LONG_NUMBER.sub("", target)).strip()
            self.targets = [target] if target.lower().startswith("http") else []
        elif self.targets:
            self.current.append(f" <{self.targets.pop()}> ")

    def full(self) -> bool:
        """More lines than any letter has."""
        return len(self.lines) > MOST_LINES

    def break_line(self, *, blank: bool = False) -> None:
        line = _BLANKS.sub(" ", "".join(self.current)).strip()
        self.current = []
        if line or blank:
            self.lines.append("> " * self.depth + line)

    def finished(self) -> str:
        self.break_line()
        return _MANY_LINES.sub("\n\n", "\n".join(line.rstrip() for line in self.lines)).strip()
