"""What `Http` makes of the other side: bounds, timeouts, cuts, TLS names and statuses."""

import gzip
import ssl
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest

from publisher.targets import http as spoken
from publisher.targets.http import (
    CUT_REST,
    Http,
    Response,
    find_failure,
    read_retry_after,
    read_url,
)
from publisher.targets.target import NotNow, Refused
from tests.listener import Asked, answer, listening, make_certificate

NEIGHBOUR = Http(private=True)
GMT = "Mon, 30 Nov 2026 08:00:00 GMT"


def test_a_request_goes_out_whole() -> None:
    with listening(answer(b'{"id":7}', "201 Created", "X-Thing: a")) as site:
        asked = NEIGHBOUR.request("POST", site.url("/ä?q=é"), {"Content-Type": "a/b"}, b"\x00body")
    assert isinstance(asked, Response)
    assert (asked.status, asked.body, asked.is_whole) == (201, b'{"id":7}', True)
    assert asked.headers["x-thing"] == "a"
    assert asked.url == site.url("/%C3%A4?q=%C3%A9")
    sent = site.asked[0]
    assert (sent.method, sent.path, sent.body) == ("POST", "/%C3%A4?q=%C3%A9", b"\x00body")
    assert sent.headers["host"] == f"127.0.0.1:{site.port}"
    assert sent.headers["content-type"] == "a/b"


def test_of_a_long_answer_the_beginning_is_read() -> None:
    with listening(answer(b"x" * 300_000)) as site:
        asked = NEIGHBOUR.request("GET", site.url(), most=1000)
    assert isinstance(asked, Response)
    assert (len(asked.body), asked.is_whole) == (1000, False)


def test_an_answer_without_end_is_read_up_to_the_bound() -> None:
    def pour(_: Asked) -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\n\r\n"
        while True:
            yield b"x" * 65536

    with listening(pour) as site:
        asked = NEIGHBOUR.request("GET", site.url(), most=100_000)
    assert isinstance(asked, Response) and not asked.is_whole


def test_what_is_packed_though_we_asked_for_plain_is_unpacked_up_to_the_bound() -> None:
    bomb = gzip.compress(b"Judul " + b"0" * 50_000_000)
    with listening(answer(bomb, "200 OK", "Content-Encoding: gzip")) as site:
        asked = NEIGHBOUR.request("GET", site.url(), most=1000)
    assert isinstance(asked, Response)
    assert asked.body[:7] == b"Judul 0" and len(asked.body) == 1000


SILENT = 3.0  # seconds the other side is silent; ours are shorter


@pytest.mark.parametrize(
    ("says", "code"),
    [
        (b"", "unreachable"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf", "unreachable"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhal", "unreachable"),
        (b"SSH-2.0-OpenSSH\r\n", "unreachable"),
        (b"HTTP/1.1 abc\r\n\r\n", "unreachable"),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nhalf", "unreachable"),
        ([SILENT], "timeout"),
        ([b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", SILENT], "timeout"),
    ],
)  # fmt: skip
def test_a_cut_or_silent_answer_is_none(says: bytes | list[bytes | float], code: str) -> None:
    """A POST that may have arrived is not made again at once; a GET may be."""
    with listening(lambda _: says) as site, mock.patch.object(spoken, "SILENCE", 0.3):
        posted = NEIGHBOUR.request("POST", site.url(), {}, b"x")
        read = NEIGHBOUR.request("GET", site.url())
    assert isinstance(posted, NotNow) and isinstance(read, NotNow)
    assert (posted.code, posted.retry_after) == (code, CUT_REST)
    assert (read.code, read.retry_after) == (code, None)


def test_who_sends_a_byte_now_and_then_does_not_hold_us() -> None:
    def drip(_: Asked) -> Iterable[bytes | float]:
        yield b"HTTP/1.1 200 OK\r\nX: "
        while True:
            yield b"x"
            yield 0.02

    with listening(drip) as site:
        asked = Http(private=True, whole=0.5).request("GET", site.url())
    assert isinstance(asked, NotNow) and asked.code == "timeout"


def test_nobody_there_is_unreachable_and_nothing_was_sent() -> None:
    with listening() as site:
        pass
    asked = NEIGHBOUR.request("POST", site.url(), {}, b"x")
    assert isinstance(asked, NotNow)
    assert (asked.code, asked.retry_after) == ("unreachable", None)


def test_the_next_address_of_a_name_is_tried() -> None:
    http = Http(private=True, resolver=lambda _name, _port: ["127.0.0.9", "127.0.0.1"])
    with listening(answer()) as site:
        assert isinstance(http.request("GET", site.url(host="warta.example")), Response)


@pytest.mark.parametrize("trouble", [OSError("no such name"), UnicodeError("label too long")])
def test_a_name_that_is_not_known_is_unreachable(trouble: Exception) -> None:
    http = Http(resolver=mock.Mock(side_effect=trouble))
    asked = http.request("GET", "https://warta.example/")
    assert isinstance(asked, NotNow) and asked.code == "unreachable"


def test_without_leave_http_is_refused() -> None:
    asked = Http().request("GET", "http://warta.example/")
    assert isinstance(asked, Refused) and asked.code == "blocked_address"


@pytest.mark.parametrize(
    ("named", "host", "is_taken"),
    [
        ("DNS:warta.example", "warta.example", True),
        ("DNS:warta.example", "WARTA.example", True),
        ("DNS:other.example", "warta.example", False),
        ("IP:127.0.0.1", "127.0.0.1", True),
        ("IP:127.0.0.1", "warta.example", False),
    ],
)
def test_the_certificate_is_held_against_the_name_of_the_url(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str, host: str, is_taken: bool
) -> None:
    """Not against the address that was connected to."""
    made = make_certificate(tmp_path, named)
    if made is None:
        pytest.skip("needs openssl: apt install openssl")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made)
    monkeypatch.setenv("SSL_CERT_FILE", str(made))
    http = Http(private=True, resolver=lambda _name, _port: ["127.0.0.1"])
    with listening(answer(), context) as site:
        asked = http.request("GET", site.url(scheme="https", host=host))
    assert isinstance(asked, Response if is_taken else NotNow), asked
    assert len(site.asked) == is_taken


def test_a_certificate_nobody_vouches_for_is_not_taken(tmp_path: Path) -> None:
    made = make_certificate(tmp_path, "IP:127.0.0.1")
    if made is None:
        pytest.skip("needs openssl: apt install openssl")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made)
    with listening(answer(), context) as site:
        asked = NEIGHBOUR.request("GET", site.url(scheme="https"))
    assert isinstance(asked, NotNow) and "CERTIFICATE_VERIFY_FAILED" in asked.detail
    assert site.asked == []


@pytest.mark.parametrize(
    ("status", "headers", "code", "retry_after"),
    [
        (200, {}, None, None),
        (201, {}, None, None),
        (301, {}, "rejected", None),
        (401, {}, "login_refused", None),
        (403, {}, "not_allowed", None),
        (404, {}, "rejected", None),
        (408, {}, "timeout", None),
        (410, {}, "gone", None),
        (413, {}, "rejected", None),
        (429, {}, "throttled", None),
        (429, {"retry-after": "120"}, "throttled", 120),
        (429, {"retry-after": "99999999999999"}, "throttled", 6 * 3600),
        (503, {"retry-after": "30"}, "throttled", 30),
        (503, {}, "server_error", None),
        (500, {}, "server_error", None),
        (507, {}, "server_error", None),
    ],
)
def test_a_status_has_a_meaning(
    status: int, headers: dict[str, str], code: str | None, retry_after: int | None
) -> None:
    failure = find_failure(Response(status=status, headers=headers, body=b""))
    assert (failure.code if failure else None) == code
    waits = failure.retry_after if isinstance(failure, NotNow) else None
    assert waits == (None if retry_after is None else timedelta(seconds=retry_after))


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("Mon, 30 Nov 2026 08:02:00 GMT", 120),
        ("Mon, 30 Nov 2026 07:00:00 GMT", 0),
        ("Mon, 30 Nov 2029 07:00:00 GMT", 6 * 3600),
        ("Mon, 30 Nov 2026 08:02:00", None),
        ("soon", None),
        ("-5", None),
        ("", None),
        ("１２", None),
    ],
)
def test_a_date_to_come_back_at_is_held_against_the_answers_own(
    written: str, seconds: int | None
) -> None:
    wait = read_retry_after({"retry-after": written, "date": GMT})
    assert wait == (None if seconds is None else timedelta(seconds=seconds))


@pytest.mark.parametrize(
    "url",
    ["", "warta.example", "ftp://warta.example/", "https://", "https:///x", "https://u@warta.example/",
     "https://u:p@warta.example/", "https://warta.example:0/", "https://warta.example:99999/",
     "https://warta.example:x/", "https://warta.example\\@evil.example/", "https://[::1/",
     "https://warta .example/", "https://warta.example/\r\nX: y", "https://a..b/", "javascript:1",
     "https://" + "a" * 64 + ".example/"],
)  # fmt: skip
def test_what_is_no_address_of_a_host_is_none(url: str) -> None:
    assert read_url(url) is None
    assert isinstance(NEIGHBOUR.request("GET", url), Refused)
