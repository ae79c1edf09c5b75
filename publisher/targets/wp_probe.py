"""Whether we could publish at a WordPress: what is wrong, as codes with facts. Reads only."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from msgspec import Struct

from publisher.targets.target import Refused
from publisher.targets.wp_rest import Reply, Rest, Stop, parse_json
from publisher.targets.wp_terms import list_category_names

ProbeCode = Literal[
    "wp_blocked",       # the address is none that we may speak to
    "wp_unreachable",
    "wp_untrusted",     # the certificate is not that of the name, or nobody vouches for it
    "wp_moved",         # the site sends us on, and a POST follows nobody
    "wp_no_rest",
    "wp_no_passwords",  # application passwords are switched off
    "wp_login",
    "wp_lacks",         # rights
    "wp_no_category",
]  # fmt: skip
NEEDS = ("publish_posts", "upload_files", "edit_published_posts")


class Flaw(Struct, frozen=True, kw_only=True):
    """Something that somebody must mend."""

    code: ProbeCode
    facts: Mapping[str, object] = {}


class Me(Struct, frozen=True, kw_only=True):
    """Who we are there, and what we may."""

    capabilities: Mapping[str, Any] = {}


def probe(rest: Rest, categories: Sequence[str]) -> tuple[Flaw, ...]:
    """All that keeps us from publishing there; what hides everything behind it comes alone."""
    try:
        flaw = _find_flaw_of_site(rest.get(""))
        if flaw:
            return (flaw,)
        me = rest.get("wp/v2/users/me", {"context": "edit", "_fields": "id,capabilities"})
        if me.status in (401, 403):
            return (Flaw(code="wp_login", facts={"detail": f"HTTP {me.status} {me.code}".strip()}),)
        return (*_find_lacking(me.read(Me)), *_find_missing(rest, categories))
    except Stop as stop:
        return (_explain(stop),)


def _find_flaw_of_site(home: Reply) -> Flaw | None:
    """Of the REST API's own first page."""
    onward = home.response.headers.get("location", "")
    if 300 <= home.status < 400 and onward:
        return Flaw(code="wp_moved", facts={"onward": onward[:200]})
    if home.status >= 500:
        return Flaw(code="wp_unreachable", facts={"detail": f"HTTP {home.status}"})
    try:
        page = parse_json(home.response.body) if home.status == 200 else None
    except ValueError:
        page = None
    spaces = page.get("namespaces") if isinstance(page, dict) else None
    if not isinstance(page, dict) or not isinstance(spaces, list) or "wp/v2" not in spaces:
        return Flaw(code="wp_no_rest", facts={"detail": f"HTTP {home.status} {home.code}".strip()})
    ways = page.get("authentication")
    if not isinstance(ways, dict) or "application-passwords" not in ways:
        return Flaw(code="wp_no_passwords")
    return None


def _find_lacking(me: Me) -> Iterator[Flaw]:
    lacking = [need for need in NEEDS if not me.capabilities.get(need)]
    if lacking:
        yield Flaw(code="wp_lacks", facts={"rights": ", ".join(lacking)})


def _find_missing(rest: Rest, categories: Sequence[str]) -> Iterator[Flaw]:
    there = set(list_category_names(rest))
    missing = [name for name in categories if name.strip() not in there]
    if missing:
        yield Flaw(code="wp_no_category", facts={"names": ", ".join(missing)})


def _explain(stop: Stop) -> Flaw:
    outcome = stop.outcome
    facts = {"detail": outcome.detail or outcome.code}
    if isinstance(outcome, Refused):
        return Flaw(
            code="wp_blocked" if outcome.code == "blocked_address" else "wp_no_rest", facts=facts
        )
    is_untrusted = "CERTIFICATE_VERIFY_FAILED" in outcome.detail
    return Flaw(code="wp_untrusted" if is_untrusted else "wp_unreachable", facts=facts)
