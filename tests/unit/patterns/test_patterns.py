"""A law for regular expressions, for strangers write what they match: no repetition without a bound
matches a word in two ways (which makes it exponential), and none is slow on its own words, pumped."""

import re
from time import process_time

import pytest

from ingest.read.captions.grammar import chat
from ingest.read.captions.matching import hand_numbers
from ingest.read.document.roles import byline
from tests.unit.patterns.patterns import find_patterns
from tests.unit.patterns.ways import find_ambiguous, parse, pick_words

LENGTH = 3_000  # characters
SECONDS = 2.0  # of processor: a quadratic pattern takes a tenth of it, a cubic one minutes
_WORDS = 30  # of each pattern


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?:a+)+", r"(?:a|a)*", r"(?:a|b|ab)*", r"(?:\w+\s?)*", r"(?:[^x]|.y?)*", r"(?:\r\n|\r|\n)+",
        r"(?:a{1,3}){2,90}", r"x(?P<all>(?:\s*,?\s*)+)$", r"(?:(?=a)a+)*",
    ],
)  # fmt: skip
def test_two_ways_are_found(pattern: str) -> None:
    assert list(find_ambiguous(parse(pattern, 0)))


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?:a+b)*", r"(?:\w+\s)*", r"[ab]*", r"(?:a|b)*", r'(?:[^"\\]|\\.)*', r"(?:\r\n|\r(?!\n)|\n)+",
        r"(?:a|b|ab){0,3}", r"(?>a+)*b", r"(?:(?<!a)a)*", r"(?:a*+b)+",
    ],
)  # fmt: skip
def test_one_way_is_none(pattern: str) -> None:
    assert not list(find_ambiguous(parse(pattern, 0)))


def test_no_pattern_matches_in_two_ways() -> None:
    found = find_patterns()
    assert len(found) > 500  # they were found at all
    ambiguous = {
        name: words
        for name, pattern in found.items()
        if (words := list(find_ambiguous(parse(pattern.pattern, pattern.flags))))
    }
    assert ambiguous == {}


def test_no_pattern_is_slow_on_its_own_words() -> None:
    slow: dict[str, tuple[str, float]] = {}
    for name, pattern in find_patterns().items():
        for word in pick_words(parse(pattern.pattern, pattern.flags))[:_WORDS]:
            seconds = _measure(pattern, word)
            if seconds > SECONDS:
                slow[name] = (word, round(seconds, 1))
    assert slow == {}


@pytest.mark.parametrize(
    ("pattern", "word"),
    [
        (hand_numbers._COUNTED, "_"),
        (hand_numbers._COUNTED, " 1"),
        (hand_numbers._ZERO, "_"),
        (hand_numbers._ZERO, " 0"),
        (chat._ATTACHED, " "),
        (chat._ATTACHED, "a.jpg"),
        (byline._SEPARATOR, " "),
        (byline._SEPARATOR, " /"),
    ],
)
def test_what_is_looked_for_anywhere_is_linear(pattern: re.Pattern[str], word: str) -> None:
    """A search begins anew at each character: the first took more than half a minute for 1,000."""
    begun = process_time()
    for _ in pattern.finditer(word * 20 * LENGTH + "\0!"):
        pass
    assert process_time() - begun < SECONDS


def _measure(pattern: re.Pattern[str] | re.Pattern[bytes], word: str) -> float:
    """Processor time of matching the word, pumped, from its beginning, with an end that fits nothing."""
    text = (word * LENGTH)[:LENGTH] + "\0!"
    begun = process_time()
    subject = text if isinstance(pattern.pattern, str) else text.encode("latin-1", "replace")
    pattern.fullmatch(subject)  # type: ignore[arg-type]
    return process_time() - begun
