"""Categories and tags of a WordPress: categories are found by their exact name and never made; tags
are made."""

import html
from collections.abc import Iterator, Sequence

from msgspec import Struct

from publisher.targets.target import Refused
from publisher.targets.wp_rest import Params, Reply, Rest, Stop

_A_PAGE, _MOST_PAGES = 100, 20


class Term(Struct, frozen=True, kw_only=True):
    """A category or tag; its name comes with entities."""

    id: int
    name: str = ""


def find_category(rest: Rest, name: str) -> tuple[int, ...]:
    """The category of exactly this name; none for none. Raises Stop(no_category)."""
    if not name:
        return ()
    for term in _list_categories(rest):
        if html.unescape(term.name).strip() == name.strip():
            return (term.id,)
    raise Stop(Refused(code="no_category", detail=name[:80]))


def list_category_names(rest: Rest) -> Iterator[str]:
    """The names of all categories, as people read them."""
    return (html.unescape(term.name).strip() for term in _list_categories(rest))


def _list_categories(rest: Rest) -> Iterator[Term]:
    """Every category; searching for one would not find a name with an "&" in it."""
    for page in range(1, _MOST_PAGES + 1):
        params: Params = {"per_page": _A_PAGE, "page": page, "_fields": "id,name"}
        terms = rest.get("wp/v2/categories", params).read(tuple[Term, ...])
        yield from terms
        if len(terms) < _A_PAGE:
            return


def make_tags(rest: Rest, names: Sequence[str]) -> tuple[int, ...]:
    """The tags of these names, made where they are not there. One that we may not make, and nobody
    has made, is left out: it is no reason to keep an article from its readers."""
    found = (_make_tag(rest, name) for name in names)
    return tuple(dict.fromkeys(each for each in found if each))


def _make_tag(rest: Rest, name: str) -> int:
    reply = rest.post("wp/v2/tags", {"name": name})
    if reply.code == "term_exists":
        return _find_existing(reply) or _find_tag(rest, name)
    if reply.code == "rest_cannot_create":
        return _find_tag(rest, name)
    return reply.read(Term).id


def _find_existing(reply: Reply) -> int:
    """The id in WordPress's "there is such a term": a number, or one in digits."""
    facts = reply.trouble.data if reply.trouble else None
    written = str(facts.get("term_id")) if isinstance(facts, dict) else ""
    return int(written) if written.isdecimal() else 0


def _find_tag(rest: Rest, name: str) -> int:
    params: Params = {"search": name, "per_page": _A_PAGE, "_fields": "id,name"}
    for term in rest.get("wp/v2/tags", params).read(tuple[Term, ...]):
        if html.unescape(term.name).casefold() == name.casefold():
            return term.id
    return 0
