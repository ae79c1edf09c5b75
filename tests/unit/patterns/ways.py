"""In how many ways a pattern matches a text: asked of the standard library's own parse of it. Two ways
under a star double with each round, and a text that fails at its end costs them all."""

import importlib
import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

_parser = importlib.import_module("re._parser")
_MOST = importlib.import_module("re._constants").MAXREPEAT

MANY = 20  # repetitions from which a bound is none
_LENGTH = 6  # characters in which two ways part
_CLASSES = 12
_SAMPLES = "a Z0\n\t\r.,:;-_=/\\<>()[]{}\"'*+@#&|é字\u00a0\u2003😀"
_SINGLE = frozenset({"LITERAL", "NOT_LITERAL", "ANY", "IN"})
_REPEATS = frozenset({"MAX_REPEAT", "MIN_REPEAT"})
_CATEGORIES: dict[str, Callable[[str], bool]] = {
    "CATEGORY_DIGIT": str.isdigit,
    "CATEGORY_SPACE": str.isspace,
    "CATEGORY_WORD": lambda char: char.isalnum() or char == "_",
}

Node = tuple[Any, Any]
Nodes = Sequence[Node]


def parse(pattern: str | bytes, flags: int) -> Nodes:
    """The tree of a pattern."""
    text = pattern if isinstance(pattern, str) else pattern.decode("latin-1")
    return list(_parser.parse(text, flags & ~0x20 if isinstance(pattern, bytes) else flags))


def find_ambiguous(nodes: Nodes) -> Iterator[str]:
    """The words that a repetition without a bound matches in two ways, the first of each."""
    for node in _walk(nodes):
        if node[0].name in _REPEATS and _is_many(node[1][1]):
            body = list(node[1][2])
            if len(body) > 1 or body[0][0].name not in _SINGLE:
                yield from itertools.islice(_find_words(body), 1)


def pick_words(nodes: Nodes) -> list[str]:
    """Characters that the pattern tells apart, and the words it spells."""
    spelled = [
        "".join(chr(node[1]) for node in group)
        for sequence in _sequences(nodes)
        for is_word, group in itertools.groupby(sequence, lambda node: node[0].name == "LITERAL")
        if is_word
    ]
    return list(dict.fromkeys([*_pick_characters(nodes), *spelled]))


def _is_many(most: Any) -> bool:
    return most is _MOST or most >= MANY


def _find_words(body: Nodes) -> Iterator[str]:
    characters = _pick_characters(body)[:_CLASSES]
    for size in (1, 2, 3):
        for letters in itertools.product(characters, repeat=size):
            text = ("".join(letters) * _LENGTH)[: _LENGTH - _LENGTH % size]
            if _counts_two(body, text, size):
                yield "".join(letters)


def _counts_two(body: Nodes, text: str, size: int) -> bool:
    """Whether the repeated body comes to a whole number of words in two ways."""
    ways = Counter({0: 1})
    for at in range(len(text)):
        for end, count in _match(body, text, at).items() if ways[at] else ():
            if end > at:
                ways[end] += ways[at] * count
    return any(ways[at] > 1 for at in range(size, len(text) + 1, size))


def _match(nodes: Nodes, text: str, at: int) -> Counter[int]:
    """Where the nodes end that begin at `at`, and in how many ways each."""
    ends = Counter({at: 1})
    for node in nodes:
        following: Counter[int] = Counter()
        for place, count in ends.items():
            for end, ways in _match_node(node, text, place).items():
                following[end] += count * ways
        ends = following
    return ends


def _match_node(node: Node, text: str, at: int) -> Counter[int]:
    name, value = node[0].name, node[1]
    if name in _SINGLE:
        return Counter({at + 1: 1}) if at < len(text) and _is_in(node, text[at]) else Counter()
    if name == "SUBPATTERN":
        return _match(list(value[3]), text, at)
    if name == "BRANCH":
        return sum((_match(list(each), text, at) for each in value[1]), Counter())
    if name in _REPEATS:
        return _match_repeat(value, text, at)
    if name in ("ATOMIC_GROUP", "POSSESSIVE_REPEAT"):  # gives nothing back
        found = (
            _match(list(value), text, at)
            if name == "ATOMIC_GROUP"
            else _match_repeat(value, text, at)
        )
        return Counter({max(found): 1}) if found else found
    if name in ("ASSERT", "ASSERT_NOT"):
        return Counter({at: 1} if _is_beside(value, text, at) == (name == "ASSERT") else {})
    if name == "AT" and value.name in ("AT_END", "AT_END_STRING") and at < len(text):
        return Counter()
    return Counter({at: 1})  # of other places and references: as if they were so


def _is_beside(value: Any, text: str, at: int) -> bool:
    """Whether what is looked ahead or back for stands there."""
    direction, body = value[0], list(value[1])
    if direction > 0:
        return bool(_match(body, text, at))
    return any(at in _match(body, text, start) for start in range(at + 1))


def _match_repeat(value: Any, text: str, at: int) -> Counter[int]:
    least, most, body = value
    found: Counter[int] = Counter({at: 1}) if least == 0 else Counter()
    ends = Counter({at: 1})
    for times in range(1, len(text) + least + 1):
        if most is not _MOST and times > most:
            break
        following: Counter[int] = Counter()
        for place, count in ends.items():
            for end, ways in _match(list(body), text, place).items():
                if end > place or times <= least:
                    following[end] += count * ways
        ends = following
        if times >= least:
            found += ends
    return found


def _is_in(node: Node, char: str) -> bool:
    name, value = node[0].name, node[1]
    if name == "ANY":
        return char != "\n"
    if name in ("LITERAL", "NOT_LITERAL"):
        return bool(_is_same(char, value) == (name == "LITERAL"))
    negate: bool = value[0][0].name == "NEGATE"
    return any(_is_one_of(each, char) for each in value[negate:]) != negate


def _is_same(char: str, code: int) -> bool:
    """Of any case: in doubt a pattern is one that minds none."""
    return char.casefold() == chr(code).casefold()


def _is_one_of(member: Node, char: str) -> bool:
    name, value = member[0].name, member[1]
    if name == "RANGE":
        return any(
            value[0] <= ord(each) <= value[1]
            for each in (char.lower(), char.upper())
            if len(each) == 1
        )
    if name == "LITERAL":
        return _is_same(char, value)
    negate: bool = "_NOT_" in value.name
    return _CATEGORIES[value.name.replace("NOT_", "")](char) != negate


def _pick_characters(nodes: Nodes) -> list[str]:
    """One character of each kind that the pattern tells apart."""
    singles = [node for node in _walk(nodes) if node[0].name in _SINGLE]
    literals = [chr(node[1]) for node in singles if node[0].name == "LITERAL"]
    kinds: dict[tuple[bool, ...], str] = {}
    for char in dict.fromkeys([*literals, *_SAMPLES]):
        kind = tuple(_is_in(node, char) for node in singles)
        if any(kind):
            kinds.setdefault(kind, char)
    return list(kinds.values())


def _sequences(nodes: Nodes) -> Iterator[Nodes]:
    """The nodes, and all that stands within them, as sequences."""
    yield nodes
    for name, value in ((node[0].name, node[1]) for node in nodes):
        if name == "SUBPATTERN":
            yield from _sequences(list(value[3]))
        elif name == "BRANCH":
            for each in value[1]:
                yield from _sequences(list(each))
        elif name in _REPEATS or name == "POSSESSIVE_REPEAT":
            yield from _sequences(list(value[2]))
        elif name in ("ASSERT", "ASSERT_NOT"):
            yield from _sequences(list(value[1]))
        elif name == "ATOMIC_GROUP":
            yield from _sequences(list(value))


def _walk(nodes: Nodes) -> Iterator[Node]:
    for sequence in _sequences(nodes):
        yield from sequence
