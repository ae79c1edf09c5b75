"""The error tree. An error's docstring says whose fault it is and what the fault means.

RedaksiError
├── ConfigError            the operator's: config.toml is wrong; every mistake is told at once
├── ServerError            a server's: IMAP or SMTP said no or nothing
│   ├── LoginRefused       the operator's: the password or token is refused
│   ├── Gone               nobody's: the mail was expunged or moved before it could be fetched
│   └── Unreachable        temporary: the wire or the server is down
│       └── Throttled      temporary: the server wants fewer requests, often for an hour
├── StoreError             ours: database or disk; fetching pauses, no mail is counted against
│   ├── BlobMissing        ours: a file the database names is not there; what needs it waits
│   └── StoreUnfit         the operator's: the database is there and not as this program needs it
├── LeaseLost              nobody's: another worker took the job or the lease over; what was done is rolled back
├── AlreadyFiled           nobody's: the mail was filed before; nothing is written twice
├── Unwritable             the operator's: a template of their own fails on what one letter has to say
├── IllegalMove            a stale page's or a bug's: the table of transitions has no such row
│   ├── Stale              nobody's: the page is older than what there is (StaleRevision, StaleVersion)
│   ├── UndoRefused        nobody's: a decision cannot be taken back any more, or not by this account
│   └── LetterChanged      nobody's: a letter tells something else by now than what was shown
└── Unreadable             the file's: it cannot be judged as it is
    └── Hostile            the file's: it breaks a limit made against attacks
"""

import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal, Self, get_args, get_origin

from redaksi import catalog
from redaksi.catalog import Language, Sentence

if TYPE_CHECKING:
    from redaksi.reasons import ReasonCode


class RedaksiError(Exception):
    """The root of every error this project raises on purpose.

    `code` is a key of the catalog's [error], `facts` fill its sentence. str() is the English one,
    for the log; `say` is for people. What a server said is a fact and stays as it came.
    """

    exit_code = 1

    def __init__(self, code: str, /, **facts: object) -> None:
        super().__init__(code)
        self.sentence = Sentence(section="error", key=code, facts=facts)

    def say(self, language: Language) -> str:
        """What happened and its remedy; a line for each thing that is wrong."""
        return catalog.load(language).render(self.sentence)

    def freeze(self, clean: Callable[[str], str] = str) -> str:
        """For a column of text: what `say_stored` says again in any language. Each fact passes
        through `clean`."""
        from redaksi.catalog.stored import freeze  # noqa: PLC0415 - json, only where it is kept

        known = catalog.load("en").knows(self.sentence.section, self.sentence.key)
        return freeze(self.sentence, clean) if known else clean(str(self))

    def __str__(self) -> str:
        return self.say("en")


class ConfigError(RedaksiError):
    """The configuration is wrong; the message lists every mistake, a line each."""

    exit_code = 2

    def __init__(self, code: str, /, **facts: object) -> None:
        super().__init__(code, **facts)
        self.sentences: tuple[Sentence, ...] = (self.sentence,)

    @classmethod
    def of(cls, mistakes: Sequence[Sentence]) -> Self:
        """The error of several mistakes, at least one."""
        error = cls(mistakes[0].key)
        error.sentence, error.sentences = mistakes[0], tuple(mistakes)
        return error

    def say(self, language: Language) -> str:
        """Every mistake, a line each."""
        words = catalog.load(language)
        return "\n".join(map(words.render, self.sentences))


class ServerError(RedaksiError):
    """A mail server answered with a refusal; the message carries its own line and the remedy."""

    exit_code = 1


class LoginRefused(ServerError):
    """The server refused the user name, password or token."""


class Unreachable(ServerError):
    """The server cannot be reached or fell silent; trying again later may help."""

    exit_code = 75


class Throttled(Unreachable):
    """The server limits us: too many connections, requests or bytes. `retry_after` is in
    seconds."""

    def __init__(self, code: str, /, retry_after: float = 3600.0, **facts: object) -> None:
        super().__init__(code, **facts)
        self.retry_after = retry_after


class Gone(ServerError):
    """A mail that was listed is no longer in its folder: an editor moved or deleted it, or a
    rule did."""


class ScannerSilent(RedaksiError):
    """The virus scanner cannot be reached, breaks off, or answers with an error: nothing is known
    of the file."""

    exit_code = 75


class StoreError(RedaksiError):
    """The database or the disk refused; our fault, never the contributor's."""

    exit_code = 75


class BlobMissing(StoreError):
    """Bytes that the database names are not among the files; nobody is blamed for it."""


class StoreUnfit(StoreError):
    """Waiting does not help: the sentence names what the operator has to do to the database."""

    exit_code = 2


class LeaseLost(RedaksiError):
    """A job or lease was taken over by another holder; the transaction that hears it must not
    commit."""


class AlreadyFiled(RedaksiError):
    """This mail (and place in it) has been filed before."""


class Unwritable(RedaksiError):
    """One letter cannot be composed; the message names the template's file and line. All others
    go on."""


class IllegalMove(RedaksiError):
    """A submission cannot go from its state where this event would take it (redaksi.states)."""


class Stale(IllegalMove):
    """Decided on a page that is older than what there is: nothing happened, look again."""


class StaleRevision(Stale):
    """Another try came since. Facts: number, `seen` and `now`, which revision each."""

    def __init__(self, **facts: object) -> None:
        super().__init__("newer_try", **facts)


class StaleVersion(Stale):
    """Something else happened since: somebody decided, or chose photos. Facts: number, `seen` and
    `now`, versions."""

    def __init__(self, **facts: object) -> None:
        super().__init__("changed_since", **facts)


class UndoRefused(IllegalMove):
    """A decision stays as it is: its letter left, something happened since, or it is another's."""


class LetterChanged(IllegalMove):
    """What a letter was composed from is another by now than when it was shown. `source`, `text` and
    `facts_hash` are those of the letter as it would be now; nothing was done."""

    def __init__(self, *, is_edited: bool, source: str, text: str, facts_hash: str) -> None:
        super().__init__("letter_changed_edited" if is_edited else "letter_changed")
        self.is_edited = is_edited
        self.source, self.text, self.facts_hash = source, text, facts_hash


class Unreadable(RedaksiError):
    """A file cannot be judged as it is.

    `kind` is what the file was taken for ("encrypted", "broken", "word95", …), `reason` the code
    and its facts. Contributors read a rule's sentence, never this one.
    """

    def __init__(self, kind: str, code: "ReasonCode", /, **facts: object) -> None:
        from redaksi.reasons import explain  # noqa: PLC0415 - only where a file is refused

        why = Sentence(section="reasons", key=code, facts=facts)
        super().__init__("unreadable", kind=kind, reason=why)
        self.kind = kind
        self.reason = explain(code, **facts)


class Hostile(Unreadable):
    """A file or mail breaks a limit made against attacks (a bomb): quarantined, not answered."""


MOST = 60  # characters of a wrong value that are shown
_KINDS = {bool: "truth", int: "whole", float: "number", str: "text", date: "date"}


def find_mismatch(where: str, value: object, hint: object, meaning: object) -> Sentence:
    """The mistake of a value that is not what `hint` wants: none of the choices, or another
    kind."""
    while get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    if isinstance(value, list) and get_origin(hint) is tuple:
        (inner, *_), values = get_args(hint), value
        if get_origin(inner) is Literal:  # of a list of choices those that are none are named
            hint, value = inner, [each for each in values if each not in get_args(inner)]
    facts: dict[str, object] = {"where": where, "value": show_value(value), "meaning": meaning}
    if get_origin(hint) is Literal:
        choices = ", ".join(f'"{choice}"' for choice in get_args(hint))
        return Sentence(section="error", key="wrong_choice", facts={**facts, "choices": choices})
    kind = _KINDS.get(hint, "list") if isinstance(hint, type) else "list"
    facts["kind"] = Sentence(section="kind", key=kind)
    return Sentence(section="error", key="wrong_kind", facts=facts)


def show_value(value: object) -> str:
    """A value as TOML writes it, cut to what helps to find it."""
    if isinstance(value, str):
        return json.dumps(value[:MOST] + ("…" if len(value) > MOST else ""), ensure_ascii=False)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return f"[{', '.join(map(show_value, value))}]"[:MOST]
    return "{…}" if isinstance(value, dict) else str(value)[:MOST]
