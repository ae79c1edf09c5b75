"""What is set aside is article after all when it is too much of the text."""

import pytest

from ingest.read.document.roles.lines import lines_of
from ingest.read.document.roles.restored import restore_prose
from ingest.read.document.roles.role_map import Sheet
from redaksi.model import Label, Role
from tests.builders import paragraph

# 117 characters without spaces: a paragraph, or a long caption; 250: a paragraph
SHORT = "Warga Kelurahan Siantan Hulu bergotong royong membersihkan parit di sepanjang jalan utama sejak pagi sampai sore hari, Minggu lalu."
LONG = f"{SHORT} {SHORT} Selesai."
MARKED = f"Foto 1: {SHORT}"


def restored(*lines: tuple[str, Role | None]) -> tuple[str, int, int]:
    """Roles by letter ("." body), and how many captions and unread lines are left."""
    paragraphs = [paragraph(text) for text, _ in lines]
    sheet = Sheet(lines_of(paragraphs, (), frozenset(("body",))))
    numbers = list(range(1, len(lines) + 1))
    captions = []
    for at, (text, role) in enumerate(lines):
        if role is not None:
            sheet.give(at, role)
        if role == "caption":
            captions.append(Label(text=text, place=str(at + 1)))
    kept, unread = restore_prose(sheet, captions, numbers)
    assert {one.may_be for one in unread} <= {"caption"}
    return "".join((role or ".")[0] for role in sheet.roles), len(kept), len(unread)


@pytest.mark.parametrize(
    ("what", "lines", "roles", "kept", "unread"),
    [
        ("nothing aside", [(LONG, None)] * 3, "...", 0, 0),
        ("most of it as captions", [(LONG, None), *[(SHORT, "caption")] * 8], ".........", 0, 8),
        ("two long ones of six", [*[(LONG, None)] * 4, *[(LONG, "caption")] * 2], "......", 0, 2),
        ("two long ones of twelve", [*[(LONG, None)] * 10, *[(LONG, "caption")] * 2], "..........cc", 2, 0),
        ("a few short captions", [(LONG, None), *[(SHORT, "caption")] * 6], ".cccccc", 6, 0),
        ("marked ones, however many", [(LONG, None), *[(MARKED, "caption")] * 9], "." + "c" * 9, 9, 0),
        ("a paragraph at a photo's place", [(LONG, None), ("[Foto 1]", "label"), (LONG, "caption")], ".l.", 0, 1),
        ("a caption at it", [(LONG, None), ("[Foto 1]", "label"), (SHORT, "caption")], ".lc", 1, 0),
        ("a long caption under its key", [(LONG, None), ("Foto 1", "label"), (LONG[:200], "caption")], ".lc", 1, 0),
        ("labels", [(LONG, None), *[(LONG, "label")] * 2], "...", 0, 0),
        ("a letter above a short text", [(SHORT, "label"), (SHORT, "label"), (LONG, None)], "ll.", 0, 0),
        ("titles and bylines are none", [(SHORT, "title"), (SHORT, "byline"), (LONG, None)], "tb.", 0, 0),
    ],
)  # fmt: skip
def test_more_than_a_fifth_comes_back(
    what: str, lines: list[tuple[str, Role | None]], roles: str, kept: int, unread: int
) -> None:
    assert restored(*lines) == (roles, kept, unread), what
