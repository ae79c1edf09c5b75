"""Mistakes of the targets of publication that no key shows alone."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from redaksi.config.fields import Mistake, explain_key, make_mistake
from redaksi.config.publish import PublishTarget, TargetKind
from redaksi.config.schema import Config

NEEDS: dict[TargetKind, tuple[str, ...]] = {
    "copy": (),
    "folder": ("folder",),
    "webhook": ("url", "secret"),
    "wordpress": ("url", "user", "password"),
}
_HERE = ("127.0.0.1", "::1", "localhost")


def find_target_mistakes(config: Config) -> Iterator[Mistake]:
    """Each with its key: ids that are not one target's, and what a kind of target needs."""
    targets = config.publish.targets
    ids = [target.id for target in targets]
    for twice in sorted({each for each in ids if ids.count(each) > 1}):
        meaning = explain_key(PublishTarget, "id")
        yield make_mistake("publish.target.id", "same_target_ids", id=twice, meaning=meaning)
    for target in targets:
        yield from _lacking(target)
        yield from _addresses(target)
        if target.kind == "webhook" and not config.web.base_url:
            yield make_mistake("web.base_url", "webhook_needs_base_url", id=target.id)


def _lacking(target: PublishTarget) -> Iterator[Mistake]:
    for key in NEEDS[target.kind]:
        if not getattr(target, key):
            where = f"publish.target.{target.id}.{key}"
            yield make_mistake(
                where, "missing", where=where, meaning=explain_key(PublishTarget, key)
            )


def _addresses(target: PublishTarget) -> Iterator[Mistake]:
    for key in ("url", "base_url"):
        value = getattr(target, key)
        if value and not _is_site(value, clear=target.private or key == "base_url"):
            where = f"publish.target.{target.id}.{key}"
            meaning = explain_key(PublishTarget, key)
            yield make_mistake(where, "no_site", where=where, value=value, meaning=meaning)


def _is_site(value: str, *, clear: bool) -> bool:
    """Whether it is an address of a site: https, or http where that may be (`clear`) and on this
    machine."""
    try:
        parts = urlsplit(value)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return False
    allowed = ("https", "http") if clear or host in _HERE else ("https",)
    return parts.scheme in allowed and bool(host) and "@" not in parts.netloc
