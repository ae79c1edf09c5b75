"""What may be kept as the address of a published article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaksi.errors import IllegalMove
from redaksi.text.web_address import LONGEST, check_address

SITE = ("warta.example",)


@pytest.mark.parametrize(
    "address",
    [
        "https://warta.example/berita/1",
        "http://warta.example",
        "https://WARTA.example:8443/a?b=c#d",
        "https://warta.example/" + "a" * (LONGEST - 22),
        "https://warta.example/jalan-%20-raya",
    ],
)
def test_an_address_of_our_site_is_kept_as_it_is(address: str) -> None:
    assert check_address(f"  {address}\n", SITE) == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "warta.example/berita",
        "ftp://warta.example/",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://",
        "https:///berita",
        "https://warta.example/" + "a" * LONGEST,
        "https://nina:rahasia@warta.example/",
        "https://warta.example@jahat.example/",
        "https://jahat.example/",
        "https://warta.example.jahat.example/",
        "https://warta.example\\@jahat.example/",
        "https://warta.example/a b",
        "https://warta.example/\u202egpj",
        "https://[::1",
        "https://warta.example:berita/",
    ],
)
def test_what_is_none_is_refused(address: str) -> None:
    with pytest.raises(IllegalMove):
        check_address(address, SITE)


def test_without_a_list_any_host_may_be_named() -> None:
    assert check_address("https://jahat.example/") == "https://jahat.example/"


@given(st.text())
def test_nothing_pasted_breaks_it(text: str) -> None:
    try:
        kept = check_address(text)
    except IllegalMove as refused:
        refused.say("id")
    else:
        assert kept.lower().startswith(("http://", "https://"))
