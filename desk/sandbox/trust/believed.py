"""What the worker believes of a reading's answer: about its own mail, whatever can be held, said
and found again; of its files, those that came (confinement.md, "What the host believes"). Pure.

Whatever no reading of ours gives is a ProtocolError.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TypeVar

from msgspec.structs import replace

from desk.sandbox.protocol import Announced, Derived, ProtocolError
from desk.sandbox.trust.bounded import bound
from redaksi import catalog
from redaksi.model import (
    Document,
    Examination,
    Finding,
    Language,
    Other,
    Photo,
)
from redaksi.reasons import Reason
from validators.registry import BY_CODE
from validators.words import say

_LANGUAGES: tuple[Language, ...] = ("id", "en")
_SENTENCE = '{"section"'  # redaksi.catalog.stored: what is said in its place
_File = Document | Photo | Other
_T = TypeVar("_T")


def believe(
    examination: Examination,
    source: str,
    files: Sequence[Announced] | None = None,
    known: Collection[str] | None = None,
) -> Examination:
    """The same where a reading of ours gave it. `files`: those that came; None where none were
    asked for, then `known` are those that may be listed (None = any). Raises ProtocolError."""
    believed = bound(replace(examination, source=source))
    if "failed" in (believed.decision, *(each.decision for each in believed.assessments)):
        raise ProtocolError("failed")  # a verdict on ourselves
    for finding in (finding for each in believed.assessments for finding in each.findings):
        check_finding(finding)
    for reason in list_reasons(believed):
        check_reason(reason)
    if files is not None:
        match_files(believed, files)
    elif known is not None and not set(known) >= {file.sha256 for file in list_files(believed)}:
        raise ProtocolError("a file of another mail")
    return believed


def believe_derived(answer: Derived, files: Sequence[Announced], sha256: str) -> Reason | None:
    """Why no picture of the photo `sha256` came; None where one did. Raises ProtocolError where
    it is another one's, or both or neither were given."""
    if answer.reason is None:
        if [file.original for file in files] != [sha256]:
            raise ProtocolError("no picture of this photo")
        return None
    reason = bound(answer).reason
    if files or reason is None:
        raise ProtocolError("a picture beside the reason for none")
    check_reason(reason)
    return reason


def check_finding(finding: Finding) -> None:
    """Raise ProtocolError unless a rule of ours finds so, in words of every language."""
    rule = BY_CODE.get(finding.code)
    if rule is None or rule.name != finding.rule:
        raise ProtocolError("no rule")
    for language in _LANGUAGES:
        _try_to_say("finding", say, finding, language)


def check_reason(reason: Reason) -> None:
    """Raise ProtocolError unless its sentence can be said in every language."""
    if any(fact.startswith(_SENTENCE) for fact in reason.facts.values()):
        raise ProtocolError("a sentence in a fact")
    for language in _LANGUAGES:
        _try_to_say("reason", _say_reason, reason, language)


def _say_reason(reason: Reason, language: Language) -> str:
    return catalog.load(language).say("reasons", reason.code, **reason.facts)


def _try_to_say(what: str, words: Callable[[_T, Language], object], said: _T, to: Language) -> None:
    try:
        words(said, to)
    except Exception as error:  # noqa: BLE001 - facts that an attacker chose meet a template here
        raise ProtocolError(f"{what}: {type(error).__name__}") from None


def list_reasons(examination: Examination) -> Iterator[Reason]:
    """Every reason that an answer gives."""
    yield from filter(None, (examination.reason, examination.answer and examination.answer.reason))
    yield from (other.why for other in examination.others)
    for judged in examination.assessments:
        submission = judged.submission
        yield from filter(None, [judged.reason])
        yield from (other.why for other in submission.others)
        yield from (document.refused for document in submission.documents if document.refused)
        yield from (photo.damage for photo in submission.photos if photo.damage)


def list_files(examination: Examination) -> Iterator[_File]:
    """Every file that an answer lists."""
    yield from examination.others
    for judged in examination.assessments:
        submission = judged.submission
        yield from submission.documents
        yield from submission.photos
        yield from submission.others


def match_files(examination: Examination, files: Sequence[Announced]) -> None:
    """Raise ProtocolError unless each file that an answer lists came, and nothing that belongs to
    none. Pictures taken out of documents may be left out."""
    listed = {file.sha256: file.size for file in list_files(examination)}
    known = listed.keys() | set(_list_inside(examination))
    came = {file.sha256: file.size for file in files if file.role == "original"}
    if not known >= {file.original for file in files}:
        raise ProtocolError("a file that is not listed")
    if not came.keys() >= listed.keys():
        raise ProtocolError("a file that did not come")
    if any(listed.get(sha256, size) != size for sha256, size in came.items()):
        raise ProtocolError("a file's size")


def _list_inside(examination: Examination) -> Iterator[str]:
    """Pictures of documents, which are taken out for an editor."""
    for judged in examination.assessments:
        submission = judged.submission
        within = (document.pictures for document in submission.documents)
        for pictures in (submission.pictures, *within):
            yield from (picture.sha256 for picture in pictures if picture.sha256)
