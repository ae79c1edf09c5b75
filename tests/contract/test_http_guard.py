"""The guard of publishing.md, section 4: 60 addresses we never speak to, counted by a listener."""

import socket
from collections.abc import Iterator
from unittest import mock

import pytest

from publisher.targets.guard import is_public, is_reachable
from publisher.targets.http import Http, Response, resolve
from publisher.targets.target import Refused
from tests.listener import Asked, Listener, answer, listening

PUBLIC = "198.51.99.7"  # outside every special block; nothing of this is really connected to

LOOPBACK = [
    "127.0.0.1", "127.0.0.2", "127.1", "127.0.1", "127.255.255.254", "2130706433", "0x7f000001",
    "0x7f.1", "0177.0.0.1", "017700000001", "0x7f.0x0.0x0.0x1", "localhost", "LOCALHOST",
 "１２７。０。０。１", "0.0.0.0", "0", "0x0", "00000",
    "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:127.0.0.1]", "[::]",
    "[::127.0.0.1]", "[0000:0000:0000:0000:0000:0000:0000:0001]",
]  # fmt: skip
NEIGHBOURS = [
    "10.0.0.1", "10.255.255.255", "0xa000001", "167772161", "172.16.0.1", "172.31.255.254",
    "192.168.1.1", "3232235777", "0300.0250.1.1", "100.64.0.1", "100.127.255.254",
    "[::ffff:10.0.0.1]", "[64:ff9b::10.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::1]",
    "[fc00::1]", "[fd12:3456:789a::1]",
]  # fmt: skip
NOBODYS = [
    "0.1.2.3", "169.254.169.254", "2852039166", "[::ffff:169.254.169.254]", "[64:ff9b::a9fe:a9fe]",
    "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1",
    "239.255.255.250", "240.0.0.1", "255.255.255.255", "[fe80::1]", "[fec0::1]", "[ff02::1]",
    "[2001:db8::1]", "[2002:7f00:1::]", "[2001::1]", "[3fff::1]", "[100::1]",
]  # fmt: skip
REFUSED = LOOPBACK + NEIGHBOURS + NOBODYS


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    with listening(answer()) as made:
        yield made


def test_the_table_has_at_least_sixty_addresses() -> None:
    assert len(set(REFUSED)) == len(REFUSED) >= 60


@pytest.mark.parametrize("scheme", ["https", "http"])
@pytest.mark.parametrize("host", REFUSED)
def test_nothing_connects_to_what_is_not_public(listener: Listener, host: str, scheme: str) -> None:
    before = listener.connections
    asked = Http(may_be_plain=True).request("POST", listener.url(scheme=scheme, host=host), {}, b"")
    assert isinstance(asked, Refused) and asked.code == "blocked_address"
    assert listener.connections == before


def test_the_listener_counts_what_does_connect(listener: Listener) -> None:
    """So that the zeros above mean something."""
    before = listener.connections
    for host in ("127.0.0.1", "2130706433", "localhost", "[::ffff:127.0.0.1]"):
        assert isinstance(Http(private=True).request("GET", listener.url(host=host)), Response)
    assert listener.connections == before + 4


@pytest.mark.parametrize(
    "addresses",
    [
        (PUBLIC, "127.0.0.1"),
        ("127.0.0.1", PUBLIC),
        (PUBLIC, PUBLIC, "::1"),
        ("2606:4700::1", "::ffff:127.0.0.1"),
        ("2606:4700::1%lo",),
        ("127.1",),
        ("localhost",),
    ],
)
def test_every_address_of_a_name_must_be_public(
    listener: Listener, addresses: tuple[str, ...]
) -> None:
    before = listener.connections
    http = Http(resolver=lambda _name, _port: addresses)
    asked = http.request("GET", listener.url(scheme="https", host="warta.example"))
    assert isinstance(asked, Refused) and asked.code == "blocked_address"
    assert listener.connections == before


class Wire:
    """Where connections would go, and the listener they are led to instead."""

    def __init__(self, listener: Listener) -> None:
        self.listener = listener
        self.went: list[str] = []

    def connect(self, address: tuple[str, int], *_args: object, **_how: object) -> socket.socket:
        self.went.append(address[0])
        return socket.create_connection(("127.0.0.1", self.listener.port), 5)

    def led(self) -> "mock._patch[object]":
        return mock.patch("urllib3.connection.connection.create_connection", self.connect)


def test_a_name_that_is_bound_anew_leads_where_it_was_checked() -> None:
    """Public when it is checked, loopback when it is asked again: it is asked once."""
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    http = Http(may_be_plain=True, resolver=lambda _name, _port: next(answers))
    with listening(answer()) as listener, (wire := Wire(listener)).led():
        first = http.request("GET", "http://warta.example/")
        again = http.request("GET", "http://warta.example/")
    assert isinstance(first, Response) and first.status == 200
    assert isinstance(again, Refused) and again.code == "blocked_address"
    assert wire.went == [PUBLIC] and listener.connections == 1
    assert listener.asked[0].headers["host"] == "warta.example"


@pytest.mark.parametrize(
    "location",
    ["http://127.0.0.1/", "http://[::1]/", "//localhost/", "http://2130706433/", "http://10.0.0.1/",
     "ftp://warta.example/", "file:///etc/passwd", "http://u:p@warta.example/",
     "http://warta.example:1/", "http://warta.example@127.0.0.1/", "http://[", "http://other.example/"],
)  # fmt: skip
def test_a_redirect_elsewhere_is_not_followed(location: str) -> None:
    http = Http(may_be_plain=True, resolver=lambda _name, _port: [PUBLIC])
    moved = answer(b"", "302 Found", f"Location: {location}")
    with listening(moved) as listener, (wire := Wire(listener)).led():
        seen = http.get_page("http://warta.example/")
    assert isinstance(seen, Response) and seen.status == 302
    assert wire.went == [PUBLIC]


def test_a_redirect_to_a_name_bound_to_loopback_meanwhile_is_refused() -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    http = Http(may_be_plain=True, resolver=lambda _name, _port: next(answers))
    moved = answer(b"", "301 Moved", "Location: /onward")
    with listening(moved) as listener, (wire := Wire(listener)).led():
        seen = http.get_page("http://warta.example/")
    assert isinstance(seen, Refused) and wire.went == [PUBLIC]


def test_a_post_follows_no_redirect() -> None:
    moved = answer(b"", "307 Temporary", "Location: /onward")
    with listening(moved) as listener:
        asked = Http(private=True).request("POST", listener.url(), {}, b"x")
    assert isinstance(asked, Response) and asked.status == 307
    assert listener.connections == 1


def test_a_page_is_followed_three_times_on_its_host_and_no_further() -> None:
    def lead(asked: Asked) -> bytes:
        count = int(asked.path.strip("/") or "0")
        return answer(b"", "302 Found", f"Location: /{count + 1}")

    with listening(lead) as listener:
        seen = Http(private=True).get_page(listener.url())
    assert isinstance(seen, Response) and seen.status == 302
    assert [each.path for each in listener.asked] == ["/", "/1", "/2", "/3"]


def test_the_environment_names_no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    with listening(answer(b"proxy")) as proxy, listening(answer(b"site")) as site:
        for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url())
        asked = Http(private=True).request("GET", site.url())
    assert isinstance(asked, Response) and asked.body == b"site"
    assert proxy.connections == 0


@pytest.mark.parametrize("host", NOBODYS)
def test_a_neighbour_is_never_nobody(listener: Listener, host: str) -> None:
    asked = Http(private=True).request("GET", listener.url(host=host))
    assert isinstance(asked, Refused)


@pytest.mark.parametrize(
    "address",
    ["1.1.1.1", "9.9.9.9", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1",
     "192.167.0.1", "223.255.255.255", "::ffff:1.1.1.1", "64:ff9b::101:101", "2606:4700::1111",
     "2400:cb00::1", "2001:4860:4860::8888", "2a00::1"],
)  # fmt: skip
def test_what_is_public_may_be_reached(address: str) -> None:
    assert is_public(address) and is_reachable(address, private=False)


@pytest.mark.parametrize("host", NEIGHBOURS)
def test_a_private_target_may_be_a_neighbour(host: str) -> None:
    if (
        host == "[64:ff9b:1::1]"
    ):  # a translator of somebody's own: whose address it is, nobody knows
        assert not is_reachable(host.strip("[]"), private=True)
    else:
        addresses = resolve(host.strip("[]"), 443)
        assert all(is_reachable(each, private=True) for each in addresses)
