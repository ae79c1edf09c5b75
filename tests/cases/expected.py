"""How an entry of a case's expected.json is compared with what `redaksi check --json` prints.

An entry names what must be so; what it leaves out is not looked at. A case that an editor looks at
("review") is silent, so that nothing is asked of its letter.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Plain = Mapping[str, Any]
Compare = Callable[[Any, Plain], Iterator[str]]


def find_differences(entry: Plain, found: Plain) -> list[str]:
    """What is not as the entry says, a line each. Raises KeyError for a key nobody knows."""
    asked = {key: value for key, value in entry.items() if key not in ("why", "seconds")}
    return [line for key, value in asked.items() for line in COMPARE[key](value, found)]


def is_part(expected: object, found: object) -> bool:
    """Whether `found` holds what `expected` says; {"any": [...]} is met by any of its members."""
    if not isinstance(expected, dict):
        return expected == found
    if "any" in expected:
        return any(is_part(option, found) for option in expected["any"])
    return isinstance(found, dict) and all(
        is_part(value, found.get(key)) for key, value in expected.items()
    )


def _names(found: Plain, key: str) -> list[str]:
    return [each["name"] for each in found[key]]


def _answer(found: Plain) -> Plain:
    return found["answer"] or {}


def _captions(found: Plain) -> dict[str, Plain]:
    return {photo["name"]: photo["caption"] or {} for photo in found["photos"]}


def _musts(found: Plain) -> list[str]:
    return [f"{f['rule']}({f['subject']})" for f in found["findings"] if f["severity"] == "must"]


def _expect(what: str, *, right: bool) -> Iterator[str]:
    if not right:
        yield what


def _decision(allowed: list[str], found: Plain) -> Iterator[str]:
    yield from _expect(f"decision {found['decision']}", right=found["decision"] in allowed)


def _send(asked: bool | None, found: Plain) -> Iterator[str]:
    sent = bool(_answer(found).get("send"))
    right = asked is None or found["decision"] == "review" or sent == asked
    yield from _expect(f"send {sent}: {_answer(found).get('reason')}", right=right)


def _letter(allowed: list[str], found: Plain) -> Iterator[str]:
    letter = _answer(found).get("letter")
    yield from _expect(f"letter {letter}", right=found["decision"] == "review" or letter in allowed)


def _letter_not(forbidden: list[str], found: Plain) -> Iterator[str]:
    letter = _answer(found).get("letter")
    yield from _expect(f"letter {letter}", right=letter not in forbidden)


def _to(address: str, found: Plain) -> Iterator[str]:
    yield from _expect(f"to {_answer(found).get('to')}", right=_answer(found).get("to") == address)


def _findings(expected: list[str], found: Plain) -> Iterator[str]:
    yield from _expect(f"must {_musts(found)}", right=sorted(expected) == sorted(_musts(found)))


def _must_findings(rules: list[str], found: Plain) -> Iterator[str]:
    told = {finding["rule"] for finding in found["findings"]}
    yield from (f"no finding {rule}" for rule in rules if rule not in told)


def _forbid(rules: list[str], found: Plain) -> Iterator[str]:
    for finding in found["findings"]:
        if finding["rule"] in rules and finding["severity"] in ("must", "tidy"):
            yield f"told {finding['rule']}({finding['subject']})"


def _files(key: str) -> Compare:
    def compare(expected: list[str], found: Plain) -> Iterator[str]:
        names = _names(found, key)
        yield from _expect(f"{key} {names}", right=sorted(expected) == sorted(names))

    return compare


def _count(key: str) -> Compare:
    def compare(expected: int, found: Plain) -> Iterator[str]:
        count = len(found[key])
        yield from _expect(f"{count} {key}", right=count == expected)

    return compare


def _not_photos(names: list[str], found: Plain) -> Iterator[str]:
    yield from (f"taken for a photo: {name}" for name in names if name in _names(found, "photos"))


def _caption_texts(expected: Plain, found: Plain) -> Iterator[str]:
    captions = _captions(found)
    for name, text in expected.items():
        got = captions.get(name, {}).get("text")
        yield from _expect(f"caption of {name}: {got!r}", right=got == text)


def _no_wrong_pair(expected: Plain, found: Plain) -> Iterator[str]:
    captions = _captions(found)
    for name, text in expected.items():
        caption = captions.get(name, {})
        wrong = caption.get("text") != text and caption.get("action") == "auto"
        yield from _expect(f"certain and wrong, {name}: {caption.get('text')!r}", right=not wrong)


def _captions_in_order(expected: list[str], found: Plain) -> Iterator[str]:
    got = [(photo["caption"] or {}).get("text") for photo in found["photos"]]
    yield from _expect(f"captions {got}", right=got == expected)


def _photos_of(expected: Mapping[str, list[str]], found: Plain) -> Iterator[str]:
    shared_out = {s["document"]: sorted(s["photos"]) for s in found["submissions"]}
    for document, names in expected.items():
        got = shared_out.get(document)
        yield from _expect(f"photos of {document}: {got}", right=got == sorted(names))


def _readable(asked: bool, found: Plain) -> Iterator[str]:
    all_read = all(document["readable"] for document in found["documents"])
    yield from _expect("unreadable", right=all_read or not asked)


def _clean_names(asked: bool, found: Plain) -> Iterator[str]:
    names = "".join(_names(found, "documents") + _names(found, "photos"))
    clean = all(character.isprintable() for character in names)
    yield from _expect("a control character in a name", right=clean or not asked)


def _title(expected: str, found: Plain) -> Iterator[str]:
    titles = [document["title"] for document in found["documents"]][:1]
    yield from _expect(f"title {titles}", right=titles == [expected])


def _characters(least: int, found: Plain) -> Iterator[str]:
    counts = [document["characters"] for document in found["documents"]]
    yield from _expect(f"characters {counts}", right=sum(counts) >= least)


COMPARE: Mapping[str, Compare] = {
    "decision": _decision,
    "send": _send,
    "letter": _letter,
    "letter_not": _letter_not,
    "to": _to,
    "findings": _findings,
    "must_findings": _must_findings,
    "forbid": _forbid,
    "docs": _files("documents"),
    "photos": _files("photos"),
    "ndocs": _count("documents"),
    "nphotos": _count("photos"),
    "nsub": _count("submissions"),
    "not_photos": _not_photos,
    "captions": _caption_texts,
    "captions_any": _caption_texts,
    "captions_not_wrong_auto": _no_wrong_pair,
    "captions_seq": _captions_in_order,
    "sub_photos": _photos_of,
    "readable": _readable,
    "clean_names": _clean_names,
    "title": _title,
    "characters_at_least": _characters,
}
