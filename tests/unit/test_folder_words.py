"""The words of a folder's files: a fragment of a page, front matter that YAML reads."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.targets.folders.printed import print_fragment, print_markdown
from tests.editions import HEADLINE, make_edition

NAMES = ["foto-1.jpg", "foto-2.jpg"]
# YAML 1.2.2, 5.1: what may stand raw in a quoted text, and no break of line (5.4, and of YAML 1.1)
RAW = re.compile(
    "[ -~\u00a1-\u1fff\u2010-\u2027\u2030-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]*"
)


def read_front(text: str) -> dict[str, object]:
    """The front matter, each value read as JSON."""
    _, front, _ = text.split("---\n", 2)
    lines = [line.partition(": ") for line in front.removesuffix("\n").split("\n")]
    return {key: json.loads(value) for key, _, value in lines}


def test_the_fragment_has_all_that_a_page_shows() -> None:
    fragment = print_fragment(make_edition(), NAMES)
    assert fragment.startswith(f'<article lang="id">\n<h1>{HEADLINE}</h1>\n<p>Warga bekerja ')
    assert fragment.endswith("</article>\n")
    assert [name for name in NAMES if f'src="{name}"' not in fragment] == []
    assert "Inayatullah" in fragment and "EPN" in fragment


def test_the_front_matter() -> None:
    text = print_markdown(make_edition(2), NAMES)
    front = read_front(text)
    assert (front["title"], front["number"], front["version"]) == (HEADLINE, "W-2026-0143", 2)
    assert (front["date"], front["modified"]) == ("2026-11-26T09:30:00Z", "2026-11-26T10:30:00Z")
    assert front["tags"] == ["Kalimantan Barat", "Kalbar"]
    assert "embargo" not in front
    photos = front["photos"]
    assert isinstance(photos, list) and [each["file"] for each in photos] == NAMES
    assert text.split("---\n", 2)[2].startswith("\nWarga bekerja **bersama**.")


@pytest.mark.parametrize(
    "text", ['"', "\\", "---", "a: b", "# x", "<script>", "é “x” — 🏚", "\u2028"]
)
def test_a_headline_is_words_in_both(text: str) -> None:
    edition = make_edition(headline=text)
    assert read_front(print_markdown(edition, NAMES))["title"] == text
    assert "<script>" not in print_fragment(edition, NAMES)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_front_matter_is_yaml_whatever_the_words(text: str) -> None:
    edition = make_edition(headline=text, photos=0)
    written = print_markdown(edition, [])
    front = written.split("---\n", 2)[1]
    assert all(RAW.fullmatch(line) for line in front.removesuffix("\n").split("\n"))
    assert read_front(written).get("title", "") == text
