"""[web]: every mistake at once, each with its key and its way out; where the desk listens and how
it is reached."""

import pytest

from redaksi.config.web_mistakes import is_this_machine, needs_https, split_listen
from redaksi.errors import ConfigError
from tests.unit.test_config import GOOD, mistakes, read

RIGHT = [
    "",
    'listen = "127.0.0.1:8025"',
    'listen = "[::1]:8025"',
    'listen = "localhost:80"',
    'listen = "0.0.0.0:8025"\nbase_url = "https://meja.example.org"',
    'listen = "[::]:8025"\nbase_url = "HTTPS://meja.example.org:8443/"',
    'listen = "meja:8025"\nbase_url = "https://meja.example.org"',
    'listen = "127.0.0.1:8025"\nbase_url = "http://meja.lan"',
    'base_url = "https://redaksi.example/files"',  # the webhook's photos, without a desk
    'trusted_proxies = ["127.0.0.1", "::1", "2001:db8::7"]',
    'session = "1h"',
    'session = "90d"',
]
WRONG = [
    ('listen = "8025"', "web.listen"),
    ('listen = "127.0.0.1"', "web.listen"),
    ('listen = "127.0.0.1:"', "web.listen"),
    ('listen = ":8025"', "web.listen"),
    ('listen = "::1:8025"', "web.listen"),  # nobody can tell where the port begins
    ('listen = "[meja]:8025"', "web.listen"),
    ('listen = "127.0.0.1:70000"', "web.listen"),
    ('listen = "127.0.0.1:٨٠"', "web.listen"),
    ('listen = "http://127.0.0.1:8025"', "web.listen"),
    ('listen = "0.0.0.0:8025"', "web.base_url"),
    ('listen = "192.0.2.1:8025"\nbase_url = "http://meja.example.org"', "web.base_url"),
    ('listen = "meja:8025"', "web.base_url"),
    ('base_url = "meja.example.org"', "web.base_url"),
    ('base_url = "ftp://meja.example.org"', "web.base_url"),
    ('base_url = "https://"', "web.base_url"),
    ('base_url = "https://nina:x@meja.example.org"', "web.base_url"),
    ('base_url = "https://meja.example.org:x"', "web.base_url"),
    ('base_url = "https://meja.example.org/?a=b"', "web.base_url"),
    ('listen = "127.0.0.1:8025"\nbase_url = "https://meja.example.org/redaksi"', "web.base_url"),
    ('trusted_proxies = ["proxy.lan"]', "web.trusted_proxies"),
    ('trusted_proxies = ["10.0.0.0/8"]', "web.trusted_proxies"),
    ('session = "59m"', "web.session"),
    ('session = "91d"', "web.session"),
]


@pytest.mark.parametrize("web", RIGHT)
def test_what_is_right_is_read(web: str) -> None:
    assert read(f"{GOOD}[web]\n{web}\n").web is not None


@pytest.mark.parametrize(("web", "key"), WRONG)
def test_a_mistake_names_its_key(web: str, key: str) -> None:
    (mistake,) = mistakes(f"{GOOD}[web]\n{web}\n")
    assert key in mistake


def test_all_of_them_are_told_with_the_others_at_once() -> None:
    with pytest.raises(ConfigError):
        read(f"{GOOD}[web]\nsession = 3\n")
    found = mistakes(
        f'{GOOD}[web]\nlisten = "8025"\nbase_url = "x"\ntrusted_proxies = ["x"]\n'
        'session = "1m"\n[reply]\nport = 0\n'
    )
    keys = ("web.listen", "web.base_url", "web.trusted_proxies", "web.session", "reply.port")
    assert all(any(key in mistake for mistake in found) for key in keys)
    assert len(found) == len(keys)


def test_https_is_asked_for_in_words() -> None:
    (mistake,) = mistakes(f'{GOOD}[web]\nlisten = "0.0.0.0:8025"\n')
    assert "https://" in mistake
    assert "0.0.0.0:8025" in mistake


@pytest.mark.parametrize(
    ("listen", "parts"),
    [
        ("127.0.0.1:8025", ("127.0.0.1", 8025)),
        ("[::1]:0", ("::1", 0)),
        ("localhost:65535", ("localhost", 65535)),
        ("a:b:1", None),
        ("127.0.0.1:-1", None),
        ("", None),
    ],
)
def test_host_and_port(listen: str, parts: tuple[str, int] | None) -> None:
    assert split_listen(listen) == parts


@pytest.mark.parametrize(
    ("host", "is_here"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("LOCALHOST", True),
        ("0.0.0.0", False),
        ("::", False),
        ("10.0.0.1", False),
        ("localhost.example", False),
    ],
)
def test_what_nobody_else_reaches(host: str, is_here: bool) -> None:
    assert is_this_machine(host) is is_here
    listen = f"[{host}]:1" if ":" in host else f"{host}:1"
    assert needs_https(listen, "") is not is_here
    assert needs_https(listen, "https://meja.example.org") is False
