"""What a rule is. A rule observes; `redaksi.decide` judges; `say` puts an observation into
words."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec import Struct, field

from redaksi.model import Language, Place, Severity, Submission


class Observed(Struct, frozen=True, kw_only=True):
    """One thing a rule saw: the file it is about ("" for the whole submission), facts, and places
    if any.

    The fact `case` chooses among a rule's `variants`; all other facts fill the sentences.
    """

    subject: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    places: tuple[Place, ...] = ()


class Words(Struct, frozen=True, kw_only=True):
    """A finding told to people: what it is, what was found, what is asked, how to mend it.

    In a Rule these are templates over the finding's facts and `{subject}`. `{count:n}` groups
    thousands as the language does, `{lines:d}` writes its decimal sign, `{kind:k}` names a kind of
    file, `{names:or}` and `{names:and}` list values parted by "|", `{types:kor}` kinds,
    `{services:links}` links, `{what:dand}` decimals, `{share:p}` a part of the text. A part in [square brackets] is left out
    when a fact in it is empty or 0. Out of `say` they are finished sentences.
    """

    title: str
    found: str
    rule: str
    fix: str


class Example(Struct, frozen=True, kw_only=True):
    """A submission the rule is tested with and documented by: `says` are the subjects it must
    observe."""

    what: str  # one English line
    submission: Submission
    says: tuple[str, ...] = ()


class Rule(Struct, frozen=True, kw_only=True):
    """One rule: docs/rules.md, the config keys and the example tests follow from it.

    `section` is its table in config.toml (`[rules.<section>]`), whose keys are `level` and the
    fields of `limits`; `limits` is a frozen Struct with the defaults, handed to `check` as
    configured.
    """

    code: str  # N naskah, F foto, K keterangan, P pesan; never reused
    name: str
    section: str
    severity: Severity
    check: Callable[[Submission, Any], Iterator[Observed]]
    message: Mapping[Language, Words]
    examples: tuple[Example, ...]
    limits: Struct | None = None
    variants: Mapping[str, Mapping[Language, Words]] = field(default_factory=dict)
    # Rules of one aspect tell the same place (without places: the same file) only once, the earlier
    # code first.
    aspect: str = ""
    is_tidied: bool = False  # the tidied copy of a document has nothing of it left
