"""The look at the public page (publishing.md, 3.3): whether what we published stands where readers
see it, and whether what was taken down does no more.

Compared are letters and digits alone, casefolded, of the text a reader sees: sites rewrite quotes,
dashes and dots. What cannot be told is neither: it is looked at again.
"""

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Literal
from urllib.parse import unquote, urlsplit

from publisher.articles.edition import Block, Edition
from publisher.targets.http import Answer, Http, Response, find_failure
from publisher.targets.target import NotNow, Refused

Look = Literal["seen", "not_seen"]
Absence = Literal["gone", "still_there"]

MOST_PAGE = 2 * 1024 * 1024  # bytes of a page that are read
_LONGEST_SENTENCE = 200  # characters that are looked for
_UNSHOWN = ("script", "style", "template", "noscript", "textarea", "svg", "iframe")
_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9]{0,20})")
_CHARSET = re.compile(rb"charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s")


def look(http: Http, url: str, expects: Sequence[str]) -> Look | NotNow | Refused:
    """Whether the page answers 200 and shows all that is expected (`find_expected`)."""
    answer = http.get_page(url, most=MOST_PAGE)
    if not isinstance(answer, Response) or isinstance(_find_passing(answer), NotNow):
        return _find_passing(answer) or "not_seen"
    if answer.status != 200:
        return "not_seen"
    wanted = [fold(each) for each in expects]
    shown = fold(_drop_echo(read_page(answer), answer.url or url, wanted))
    is_seen = bool(wanted) and all(each and each in shown for each in wanted)
    return "seen" if is_seen else "not_seen"


def look_gone(http: Http, url: str, headline: str) -> Absence | NotNow | Refused:
    """Whether nobody sees the article there any more: 404, 410, or a whole page without its
    headline. A page that is kept from us alone (403) says nothing of readers."""
    answer = http.get_page(url, most=MOST_PAGE)
    if not isinstance(answer, Response) or isinstance(_find_passing(answer), NotNow):
        return _find_passing(answer) or "still_there"
    if answer.status in (404, 410):
        return "gone"
    if answer.status != 200 or not answer.is_whole:
        return "still_there"
    shown = fold(read_page(answer, with_title=True))
    return "still_there" if fold(headline) in shown else "gone"


def find_expected(edition: Edition, before: Edition | None = None) -> tuple[str, ...]:
    """What the page must show: the headline and, where `before` was corrected, the first sentence
    that is new in the body."""
    if before is None:
        return (edition.headline,)
    old = fold(" ".join(_read_lines(before.body)))
    for line in _read_lines(edition.body):
        for sentence in _SENTENCE_END.split(line):
            if fold(sentence) and fold(sentence) not in old:
                return (edition.headline, sentence.strip()[:_LONGEST_SENTENCE])
    return (edition.headline,)


def fold(text: str) -> str:
    """Letters and digits alone, casefolded. Sites make a times sign of the x between two digits."""
    plain = unicodedata.normalize("NFKC", text.replace("×", "x")).casefold()
    return "".join(each for each in plain if each.isalnum())


def read_page(answer: Response, *, with_title: bool = False) -> str:
    """The text a reader sees on a page: no tags, no scripts, entities decoded. Its title stands
    apart: of a page that broke off below its head, nobody reads the article."""
    unshown = _UNSHOWN if with_title else (*_UNSHOWN, "title")
    return html.unescape("".join(_read_text(_decode(answer), unshown)))


def _find_passing(answer: Answer) -> NotNow | Refused | None:
    """What is to be looked at again later, or not at all."""
    if not isinstance(answer, Response):
        return answer
    failure = find_failure(answer)
    return failure if isinstance(failure, NotNow) else None


def _drop_echo(text: str, url: str, wanted: Sequence[str]) -> str:
    """The text without those parts of its own address that would pass for what is looked for: a
    site that says 200 and "/gotong-royong not found" shows no headline."""
    for part in urlsplit(url).path.split("/"):
        if any(each and each in fold(unquote(part)) for each in wanted):
            for spelled in (part, unquote(part), part.replace("-", " ")):
                text = text.replace(spelled, " ")
    return text


def _read_lines(body: Sequence[Block]) -> Iterator[str]:
    for block in body:
        for line in block.lines:
            yield "".join(span.text for span in line)


def _read_text(marked: str, unshown: Sequence[str]) -> Iterator[str]:
    """The pieces between the tags; one pass, whatever the page holds."""
    at = 0
    while (start := marked.find("<", at)) >= 0:
        yield marked[at:start]
        at = _find_end(marked, start, unshown)
    yield marked[at:]


def _find_end(marked: str, start: int, unshown: Sequence[str]) -> int:
    """Where what begins with "<" ends: a tag, a comment, or an element that is not shown."""
    if marked.startswith("<!--", start):
        return _after(marked, "-->", start)
    name = _NAME.match(marked, start + 1)
    if name is None:
        return _after(marked, ">", start) if marked.startswith(("<!", "<?"), start) else start + 1
    tag = name[1].lower()
    if tag in unshown and not name[0].startswith("/"):
        closing = re.compile(f"</{tag}", re.IGNORECASE).search(marked, start)
        return _after(marked, ">", closing.start()) if closing else len(marked)
    return _after(marked, ">", start)


def _after(marked: str, sought: str, start: int) -> int:
    found = marked.find(sought, start)
    return len(marked) if found < 0 else found + len(sought)


def _decode(answer: Response) -> str:
    """By the charset of the header, else of the page's own first bytes (HTML, 13.2.3.2), else
    UTF-8."""
    header = answer.headers.get("content-type", "").encode("utf-8", "replace")
    found = _CHARSET.search(header) or _CHARSET.search(answer.body[:1024])
    charset = found[1].decode("ascii") if found else "utf-8"
    try:
        return answer.body.decode(charset, "replace")
    except (LookupError, UnicodeError):  # a name of no charset of texts
        return answer.body.decode("utf-8", "replace")
