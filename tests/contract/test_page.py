"""The look at a public page: seen is what readers see, gone is what they see no more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.articles.edition import Block, Edition, Span
from publisher.targets.http import Http
from publisher.targets.page import find_expected, fold, look, look_gone
from publisher.targets.target import NotNow, Refused
from tests.builders import WHEN
from tests.listener import Asked, answer, listening

NEIGHBOUR = Http(private=True)
HEADLINE = 'Warga RW 12 "Bergotong-royong" - Jum\'at Bersih & Sehat...'
SHOWN = "Warga RW&nbsp;12 &#8220;Bergotong&#8211;royong&#8221; &#8211; Jum&#8217;at Bersih &amp; Sehat&#8230;"
PAGE = f"<html><head><title>x</title></head><body><h1>{SHOWN}</h1><p>Isi</p></body></html>"


def page(shown: str, status: str = "200 OK", *headers: str) -> bytes:
    return answer(shown.encode(), status, "Content-Type: text/html; charset=utf-8", *headers)


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        (page(PAGE), "seen"),
        (page(PAGE.upper().replace("&NBSP;", " ").replace("&AMP;", "&")), "seen"),
        (page("<h1>Warga <b>RW</b> 12 “Bergo<wbr>tong&shy;-royong” — Jum’at\n Bersih &#038; Sehat…"), "seen"),
        (page(f"<!-- x > --><script>if (a < b) x()</script>{PAGE}"), "seen"),
        (page(f"a < b {PAGE}"), "seen"),
        # what no reader sees
        (page(f"<html><head><title>{SHOWN}</title></head><body>critical error"), "not_seen"),
        (page(f'<meta name="x" content="{SHOWN}"><p>x'), "not_seen"),
        (page(f"<!-- {SHOWN} -->"), "not_seen"),
        (page(f"<script>var t = '{SHOWN}'</script>"), "not_seen"),
        (page(f"<SCRIPT>var t = '{SHOWN}'"), "not_seen"),
        (page(f"<style>{SHOWN}</style><p>x</p>"), "not_seen"),
        (page("<h1>Warga RW 12 Bergotong-royong</h1>"), "not_seen"),
        (page(""), "not_seen"),
        # what is no such page
        (page(PAGE, "404 Not Found"), "not_seen"),
        (page(PAGE, "410 Gone"), "not_seen"),
        (page(PAGE, "403 Forbidden"), "not_seen"),
        (page(PAGE, "206 Partial"), "not_seen"),
        (page(PAGE, "302 Found", "Location: https://elsewhere.example/"), "not_seen"),
        # what says nothing
        (page(PAGE, "500 Oops"), "server_error"),
        (page(PAGE, "503 Later", "Retry-After: 9"), "throttled"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n" + PAGE.encode(), "unreachable"),
        (b"", "unreachable"),
    ],
)  # fmt: skip
def test_seen_is_what_a_reader_sees(said: bytes, seen: str) -> None:
    with listening(said) as site:
        found = look(NEIGHBOUR, site.url("/warta"), [HEADLINE])
    assert (found.code if isinstance(found, (NotNow, Refused)) else found) == seen


@pytest.mark.parametrize(
    ("path", "shown", "seen"),
    [
        ("/air-bersih", "<p>/air-bersih tidak ditemukan</p>", "not_seen"),
        ("/air-bersih", "<p>Hasil pencarian: air bersih</p>", "not_seen"),
        ("/air%2Dbersih", "<p>air-bersih tidak ditemukan</p>", "not_seen"),
        ("/air-bersih", "<p>/air-bersih</p><h1>Air Bersih</h1>", "seen"),
        ("/air/bersih", "<h1>Air Bersih</h1>", "seen"),
    ],
)
def test_an_address_that_is_echoed_is_no_headline(path: str, shown: str, seen: str) -> None:
    with listening(page(shown)) as site:
        assert look(NEIGHBOUR, site.url(path), ["Air Bersih"]) == seen


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "utf-16", "hex", "idna", "none-such"])
def test_a_page_says_its_charset_or_is_read_as_utf_8(charset: str) -> None:
    coded = "Façade Ñandú".encode(charset if "6" in charset or "8" in charset else "utf-8")
    said = answer(coded, "200 OK", f"Content-Type: text/html; charset={charset}")
    with listening(said) as site:
        assert look(NEIGHBOUR, site.url(), ["façade ñandú"]) == "seen"


def test_a_page_says_its_charset_inside() -> None:
    with listening(answer('<meta charset="iso-8859-1"><h1>Façade'.encode("iso-8859-1"))) as site:
        assert look(NEIGHBOUR, site.url(), ["Façade"]) == "seen"


@pytest.mark.parametrize("expects", [[], [""], ["…"], [HEADLINE, "Isi baru."], ["!", HEADLINE]])
def test_all_that_is_expected_must_be_there_and_nothing_is_never_seen(expects: list[str]) -> None:
    with listening(page(PAGE)) as site:
        found = look(NEIGHBOUR, site.url(), expects)
    assert found == "not_seen"


@pytest.mark.parametrize(
    ("said", "gone"),
    [
        (page("x", "404 Not Found"), "gone"),
        (page(PAGE, "404 Not Found"), "gone"),
        (page("x", "410 Gone"), "gone"),
        (page("<h1>Halaman ini telah ditarik</h1>"), "gone"),
        (page(PAGE), "still_there"),
        (page(f"<title>{SHOWN}</title>"), "still_there"),
        (page("x", "403 Forbidden"), "still_there"),
        (page("x", "302 Found", "Location: https://elsewhere.example/"), "still_there"),
        (page("x" * 2_100_000), "still_there"),
        (page("x", "500 Oops"), "server_error"),
        (page("x", "429 Slowly"), "throttled"),
        (b"", "unreachable"),
    ],
)
def test_gone_is_what_no_reader_sees_any_more(said: bytes, gone: str) -> None:
    with listening(said) as site:
        found = look_gone(NEIGHBOUR, site.url(), HEADLINE)
    assert (found.code if isinstance(found, (NotNow, Refused)) else found) == gone


def test_a_redirect_on_the_same_host_is_followed() -> None:
    def lead(asked: Asked) -> bytes:
        if asked.path == "/?p=7":
            return answer(b"", "301 Moved", "Location: /2026/warta/")
        return page(PAGE)

    with listening(lead) as site:
        assert look(NEIGHBOUR, site.url("/?p=7"), [HEADLINE]) == "seen"


def test_a_page_where_we_may_not_go_is_refused() -> None:
    assert isinstance(look(Http(), "https://127.0.0.1/", ["x"]), Refused)
    assert isinstance(look_gone(Http(), "https://127.0.0.1/", "x"), Refused)


def edition(*lines: str, headline: str = "Judul") -> Edition:
    body = tuple(Block(kind="p", lines=((Span(text=line),),)) for line in lines)
    return Edition(
        uri="tag:x,2026:W-2026-0143",
        submission="W-2026-0143",
        number=1,
        revision=1,
        made_by="Eka",
        made_at=WHEN,
        headline=headline,
        slug="judul-w-2026-0143",
        body=body,
    )


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (None, edition("Isi. Lagi."), ("Judul",)),
        (edition("Isi. Lagi."), edition("Isi. Lagi."), ("Judul",)),
        (edition("Isi. Lagi."), edition("Isi."), ("Judul",)),
        (edition("Isi. Lagi."), edition("Isi. Baru sekali. Lagi."), ("Judul", "Baru sekali.")),
        (edition("Isi. Lagi."), edition("Isi. Lagi!"), ("Judul",)),
        (edition("Isi."), edition("Isi.", headline="Lain"), ("Lain",)),
        (edition("Isi."), edition("x" * 300), ("Judul", "x" * 200)),
    ],
)
def test_after_a_correction_the_first_new_sentence_is_expected(
    before: Edition | None, after: Edition, expected: tuple[str, ...]
) -> None:
    assert find_expected(after, before) == expected


@given(st.text(max_size=60))
def test_folding_is_done_once_and_forgets_case(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert folded == "" or all(each.isalnum() for each in folded)
