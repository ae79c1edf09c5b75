"""Every value of an answer made such that pages, letters and the store can hold it: texts cleaned
and cut, numbers and lists within bounds. Pure.

What a reading of ours gives comes back as it is, but for a text or a list that is too long; what no
reading of ours gives is refused.
"""

import math
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from desk.sandbox.protocol import ProtocolError
from redaksi.arrival import Listed, Listing, Mail
from redaksi.likeness import LENGTH
from redaksi.model import (
    Assessment,
    Document,
    Examination,
    Other,
    Photo,
    Picture,
    Run,
    Share,
    Submission,
)
from redaksi.text import clean

MOST_TEXT = 20_000  # characters of one text
MOST_ITEMS = 20_000  # of one list: as many paragraphs has a document at most
MOST_FACTS = 100
MOST_KEY = 100  # characters: a finding told with another one is not told within a thousand
MOST_NUMBER = 2**31 - 1  # what an INTEGER column holds
MOST_SIZE = 2**53  # bytes
MOST_NAME = 200  # characters of a name within an archive

# what is longer is cut: the rest of so many findings says nothing new
MOST_OF: Mapping[tuple[type, str], int] = {
    (Assessment, "findings"): 2000,
    (Examination, "assessments"): 200,
    (Examination, "others"): 4000,
    (Submission, "documents"): 4000,
    (Submission, "photos"): 4000,
    (Submission, "others"): 4000,
    (Submission, "unread"): 2000,
    (Document, "pictures"): 4000,
    (Listing, "entries"): 200,
}
_LAID_OUT = frozenset({(Mail, "text"), (Mail, "own"), (Examination, "written"), (Run, "text")})
# undecoded, as written; those of the header's own reading stand in their place
_RAW = frozenset({(Mail, "headers")})
_SHA256 = re.compile(r"[0-9a-f]{64}")
_KIND = re.compile(r"[a-z0-9._-]{0,40}")
_LIKENESS = re.compile(rf"[0-9a-f]{{{LENGTH}}}")
T = TypeVar("T", bound=Struct)
Change = Callable[[Any], Any]


def bound(struct: T) -> T:
    """The same, cleaned and bounded; the very same where nothing had to be. Raises ProtocolError
    for what no reading gives: a number that is none, a negative one, a thing of another kind."""
    kind = type(struct)
    changed: dict[str, Any] = {}
    for name, change in _plan_of(kind):
        value = getattr(struct, name)
        better = change(value)
        if better is not value:
            changed[name] = better
    return msgspec.structs.replace(struct, **changed) if changed else struct


def _plan_of(kind: type[Struct]) -> tuple[tuple[str, Change], ...]:
    """What is done with each field of a Struct."""
    known = _PLANS.get(kind)
    if known is None:
        fields = (name for name in kind.__struct_fields__ if (kind, name) not in _RAW)
        known = _PLANS[kind] = tuple((name, _change_of(kind, name)) for name in fields)
    return known


_PLANS: dict[type[Struct], tuple[tuple[str, Change], ...]] = {}


def _change_of(kind: type[Struct], name: str) -> Change:
    change = _FIELDS.get((kind, name))
    if change is not None:
        return change
    most = MOST_OF.get((kind, name))
    return _bound_any if most is None else lambda value: _bound_list(value, most)


def _bound_any(value: Any) -> Any:
    change = _CHANGES.get(type(value))
    if change is not None:
        return change(value)
    if isinstance(value, Struct):
        return bound(value)
    return value  # an enum's member, which decoding has checked


def _bound_text(value: str) -> str:
    return clean.text(value, MOST_TEXT)


def _bound_words(value: str) -> str:
    if len(value) <= MOST_TEXT and value.isprintable():
        return value
    return clean.words(value, MOST_TEXT)


def _bound_number(value: int) -> int:
    if value < 0:
        raise ProtocolError("negative")
    return value if value <= MOST_NUMBER else MOST_NUMBER


def _bound_size(value: int) -> int:
    if not 0 <= value <= MOST_SIZE:
        raise ProtocolError("size")
    return value


def _bound_fraction(value: float) -> float:
    if not math.isfinite(value):
        raise ProtocolError("not finite")
    return value


def _bound_list(values: tuple[Any, ...], most: int = MOST_ITEMS) -> tuple[Any, ...]:
    kept = values if len(values) <= most else values[:most]
    better = [_bound_any(value) for value in kept]
    same = kept is values and all(map(_is, better, values))
    return values if same else tuple(better)


def _keep(value: Any) -> Any:
    return value


def _is(one: object, other: object) -> bool:
    return one is other


def _bound_facts(values: dict[str, Any]) -> dict[str, Any]:
    if len(values) > MOST_FACTS or any(len(key) > MOST_KEY for key in values):
        raise ProtocolError("facts")
    better = {_bound_words(key): _bound_any(value) for key, value in values.items()}
    return values if better == values else better


def _bound_name(value: str) -> str:
    """A file's name is a name: no path, nothing that a file system or shell minds."""
    name = clean.file_name(value)
    return value if name == value else name


def _bound_listed(value: str) -> str:
    """A name within an archive: it is shown, never used."""
    name = clean.line(value, MOST_NAME)
    return value if name == value else name


def _check_kind(value: str) -> str:
    if not _KIND.fullmatch(value):
        raise ProtocolError("kind of file")
    return value


def _check_sha256(value: str) -> str:
    if not _SHA256.fullmatch(value):
        raise ProtocolError("no SHA-256")
    return value


def _check_sha256_if_known(value: str) -> str:
    return _check_sha256(value) if value else value


def _check_likeness(value: str) -> str:
    if value and not _LIKENESS.fullmatch(value):
        raise ProtocolError("likeness")
    return value


def _check_share(value: float) -> float:
    if not 0 <= value <= 1:
        raise ProtocolError("share")
    return value


def _bound_moment(value: str) -> str:
    """When a photo says that it was taken; "" for what is no moment."""
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return ""
    return value


_CHANGES: Mapping[type, Change] = {
    str: _bound_words,
    bool: _keep,
    type(None): _keep,
    int: _bound_number,
    float: _bound_fraction,
    tuple: _bound_list,
    dict: _bound_facts,
}
_FIELDS: Mapping[tuple[type, str], Change] = {
    **{(kind, "name"): _bound_name for kind in (Document, Photo, Other, Picture)},
    **{(kind, "kind"): _check_kind for kind in (Document, Photo, Other, Picture)},
    **{(kind, "sha256"): _check_sha256 for kind in (Document, Photo, Other)},
    **{(kind, "size"): _bound_size for kind in (Document, Photo, Other, Listed)},
    **{(kind, "likeness"): _check_likeness for kind in (Photo, Picture)},
    **{(Share, name): _check_share for name in Share.__struct_fields__},
    **dict.fromkeys(_LAID_OUT, _bound_text),
    (Picture, "sha256"): _check_sha256_if_known,
    (Listed, "name"): _bound_listed,
    (Photo, "captured"): _bound_moment,
}
