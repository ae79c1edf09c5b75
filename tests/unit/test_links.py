"""Every relative link of the documentation leads to a file, a heading, a picture that is there."""

import re
import string
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.unit.test_house import ROOT, tracked

PAGES = sorted(path.relative_to(ROOT).as_posix() for path in tracked("*.md"))
FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]+`")
LINK = re.compile(r"\]\(([^()\s]+)\)")
HEADING = re.compile(r"^#{1,6} +(.+?)$", re.MULTILINE)
WEB = re.compile(r"[a-z]+:")
KEPT = frozenset(string.ascii_lowercase + string.digits + "-_ ")


def links_of(text: str) -> list[str]:
    """What a page links to, without what stands in code."""
    return LINK.findall(CODE.sub("", FENCE.sub("", text)))


def slug(heading: str) -> str:
    """The anchor that GitHub gives a heading: lower case, no punctuation, hyphens for spaces."""
    letters = heading.strip().lower()
    return "".join(c for c in letters if c in KEPT or c.isalpha()).replace(" ", "-")


@cache
def anchors_of(page: Path) -> frozenset[str]:
    return frozenset(map(slug, HEADING.findall(FENCE.sub("", page.read_text("utf-8")))))


def find_fault(page: str, link: str) -> str:
    """What is wrong with a link of a page; "" when it leads somewhere."""
    if WEB.match(link):
        return ""
    path, _, anchor = unquote(link).partition("#")
    there = (ROOT / page).parent / path if path else ROOT / page
    if not there.exists():
        return f"{link}: no such file"
    if anchor and there.suffix == ".md" and anchor not in anchors_of(there):
        return f"{link}: no such heading"
    return ""


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    assert [fault for link in links_of(text) if (fault := find_fault(page, link))] == []


@pytest.mark.parametrize(
    ("link", "fault"),
    [
        ("docs/operations.md", ""),
        ("docs/operations.md#upgrade", ""),
        ("docs/adr/", ""),
        ("https://example.org/none", ""),
        ("docs/none.md", "docs/none.md: no such file"),
        ("docs/operations.md#none", "docs/operations.md#none: no such heading"),
        ("#none", "#none: no such heading"),
    ],
)
def test_a_link_that_leads_nowhere_is_seen(link: str, fault: str) -> None:
    assert find_fault("README.md", link) == fault


def test_readme_leads_each_of_its_readers() -> None:
    wanted = {"docs/redaktur.md", "docs/operations.md", "docs/architecture.md"}
    for page in ("README.md", "README.id.md"):
        found = {link.partition("#")[0] for link in links_of((ROOT / page).read_text("utf-8"))}
        assert wanted <= found, page
