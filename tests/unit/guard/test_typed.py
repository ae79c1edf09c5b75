"""An article in a mail's own words: how much of it there must be, and who may have written it."""

import pytest

from ingest.read.body_article import find_typed, may_be_article
from redaksi.arrival import Mail

SENTENCE = "Warga Kelurahan Siantan Hulu bergotong royong membersihkan saluran air di lingkungan. "
BYLINE = "Penulis: Rahmawati, Fasilitator Sosial\n\n"


@pytest.mark.parametrize(
    ("text", "is_long"),
    [
        (SENTENCE * 8, True),
        (SENTENCE * 6, False),
        (BYLINE + SENTENCE * 4, True),
        (BYLINE + SENTENCE * 3, False),
    ],
)
def test_how_long_an_article_is(text: str, is_long: bool) -> None:
    assert find_typed(text).is_long == is_long


@pytest.mark.parametrize(
    ("in_reply_to", "text", "may_be"),
    [
        ("", BYLINE + SENTENCE * 5, True),
        ("<1@warta.example>", BYLINE + SENTENCE * 5, False),
        ("<1@warta.example>", BYLINE + SENTENCE * 8, True),
        ("<1@warta.example>", SENTENCE * 20, False),
    ],
)
def test_a_reply_says_much_that_is_no_article(in_reply_to: str, text: str, may_be: bool) -> None:
    mail = Mail(headers=(), subject="Berita", text=text, in_reply_to=in_reply_to)
    assert may_be_article(mail) == may_be


def test_short_lines_are_no_wrapped_text() -> None:
    assert find_typed("Warga Kelurahan Siantan Hulu\nkerja bakti pada hari Minggu.").characters == 0


def test_whom_a_quotation_speaks_to_is_not_its_author() -> None:
    quoted = f"“Kami bersyukur, mohon dukungan semua,” kata lurah. {SENTENCE}"
    spoken = f"Kami bersyukur, mohon dukungan semua. {SENTENCE}"
    assert find_typed(quoted).news > 0
    assert find_typed(spoken).news == 0
