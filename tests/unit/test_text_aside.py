"""Text in boxes and notes: an editor looks where it would turn the verdict, and only there."""

import pytest
from msgspec.structs import replace

from ingest.read.doubts.text_aside import doubt_text_aside
from redaksi.decide import decide
from redaksi.limits import Limits
from redaksi.model import Submission
from redaksi.reasons import ReasonCode
from tests.builders import document


@pytest.mark.parametrize(
    ("characters", "aside", "is_doubted"),
    [
        (2400, {}, False),
        (2400, {"textbox": 100}, False),
        (2400, {"textbox": 101}, True),
        (2500, {"textbox": 1}, True),
        (2400, {"textbox": 60, "note": 60}, True),
        (2600, {"textbox": 900}, False),  # too long as it is
        (500, {"textbox": 620}, True),  # most of the text stands in a box
        (0, {"textbox": 1900}, True),
        (700, {"note": 690}, False),
        (40, {"textbox": 300}, False),
    ],
)
def test_what_would_turn_the_verdict_is_an_editors(
    characters: int, aside: dict[str, int], is_doubted: bool
) -> None:
    article = document(characters=characters, characters_aside=aside)
    found = doubt_text_aside(Submission(documents=(article,)), Limits())
    assert found.doubts == (("text-aside",) if is_doubted else ())


def test_an_article_in_a_box_is_not_called_empty() -> None:
    article = document(characters=0, characters_aside={"textbox": 1900})
    verdict, reason = decide(doubt_text_aside(Submission(documents=(article,)), Limits()), ())
    assert (verdict, reason.code) == ("review", ReasonCode.DOUBTS)


def test_the_configured_length_counts_and_what_is_not_read_does_not() -> None:
    article = document(characters=900, characters_aside={"textbox": 200})
    limits = replace(Limits(), rules={"length": {"max_characters": 1000}})
    assert doubt_text_aside(Submission(documents=(article,)), limits).doubts == ("text-aside",)
    unread = document(characters=0, readable=False)
    assert doubt_text_aside(Submission(documents=(unread,)), limits).doubts == ()
    assert doubt_text_aside(Submission(), limits).doubts == ()
