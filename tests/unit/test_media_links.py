"""Links to photos: who signed them, what they open, until when."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from publisher.targets.media_links import (
    name_edition,
    read_edition,
    sign_media,
    verify_media,
)
from tests.editions import make_edition

KEY = b"k" * 32
END = datetime(2026, 12, 3, 9, 30, tzinfo=UTC)
BEFORE = END - timedelta(seconds=1)
EDITION = "W-2026-0143-2"


def make_link(base_url: str = "https://redaksi.example") -> tuple[str, str, str]:
    """Path, end and signature of a link to the second photo."""
    link = urlsplit(sign_media(KEY, base_url, EDITION, 2, END))
    query = parse_qs(link.query, strict_parsing=True)
    return f"{link.scheme}://{link.netloc}{link.path}", query["exp"][0], query["sig"][0]


@pytest.mark.parametrize(
    "base_url", ["https://redaksi.example/desk", "https://redaksi.example/desk/"]
)
def test_a_link(base_url: str) -> None:
    where, exp, sig = make_link(base_url)
    assert where == "https://redaksi.example/desk/media/W-2026-0143-2/2.jpg"
    assert exp == str(int(END.timestamp()))
    assert len(sig) == 43 and "=" not in sig


def test_it_opens_its_photo_until_its_end() -> None:
    _, exp, sig = make_link()
    assert verify_media(KEY, EDITION, 2, exp, sig, BEFORE)
    assert not verify_media(KEY, EDITION, 2, exp, sig, END)


_, EXP, SIG = make_link()
LATER = str(int(EXP) + 86400)
FORGED = {
    "another key": (b"K" * 32, EDITION, 2, EXP, SIG),
    "another photo": (KEY, EDITION, 1, EXP, SIG),
    "another edition": (KEY, "W-2026-0143-1", 2, EXP, SIG),
    "another submission": (KEY, "W-2026-0144-2", 2, EXP, SIG),
    "a later end": (KEY, EDITION, 2, LATER, SIG),
    "no signature": (KEY, EDITION, 2, EXP, ""),
    "half of it": (KEY, EDITION, 2, EXP, SIG[:20]),
    "a signature that is no ASCII": (KEY, EDITION, 2, EXP, "é" * 43),
    "no end": (KEY, EDITION, 2, "", SIG),
    "an end that is none": (KEY, EDITION, 2, "soon", SIG),
    "an end with a sign": (KEY, EDITION, 2, f"+{EXP}", SIG),
    "an end in other digits": (KEY, EDITION, 2, "١٧٩٦٠٤٠٦٠٠", SIG),
    "an end of many digits": (KEY, EDITION, 2, "9" * 400, SIG),
    "a lone surrogate": (KEY, "\ud800", 2, EXP, SIG),
}


@pytest.mark.parametrize("how", FORGED)
def test_what_we_did_not_sign_opens_nothing(how: str) -> None:
    key, edition, number, exp, sig = FORGED[how]
    assert not verify_media(key, edition, number, exp, sig, BEFORE)


NAMES = {
    EDITION: ("W-2026-0143", 2),
    "W-2026-0143-12": ("W-2026-0143", 12),
    "W-2026-0143-02": None,
    "W-2026-0143-": None,
    "../W-2026-0143-2": None,
    "W": None,
    "": None,
}


@pytest.mark.parametrize("name", NAMES)
def test_the_edition_that_a_link_names(name: str) -> None:
    assert read_edition(name) == NAMES[name]


def test_the_name_of_an_edition_is_read_back() -> None:
    assert name_edition(make_edition(2)) == EDITION
    assert read_edition(EDITION) == ("W-2026-0143", 2)
