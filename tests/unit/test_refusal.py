"""What a server's line means: whose fault, when to come back, how to mend it."""

import pytest

from ingest.fetch import refusal
from redaksi import catalog
from redaksi.errors import LoginRefused, RedaksiError, ServerError, Throttled, Unreachable


@pytest.mark.parametrize(
    ("said", "at_login", "expected"),
    [
        ("[AUTHENTICATIONFAILED] Invalid credentials (Failure)", True, LoginRefused),
        ("LOGIN failed.", True, LoginRefused),
        ("[AUTHORIZATIONFAILED] not yours", False, LoginRefused),
        ("[UNAVAILABLE] Temporary authentication failure.", True, Unreachable),
        ("System Error (Failure)", False, Unreachable),
        ("User is authenticated but not connected.", False, Unreachable),
        ("[OVERQUOTA] Account exceeded command or bandwidth limits. (Failure)", False, Throttled),
        ("[ALERT] Too many simultaneous connections. (Failure)", True, Throttled),
        ("[LIMIT] Rate limit hit", False, Throttled),
        ("Mailbox doesn't exist: Tiada", False, ServerError),
    ],
)
def test_a_line_is_told_apart_by_whose_fault_it_is(
    said: str, at_login: bool, expected: type[RedaksiError]
) -> None:
    assert (
        type(refusal.of(Exception(said), server="imap.example.org", at_login=at_login)) is expected
    )


@pytest.mark.parametrize(
    ("server", "said", "remedy"),
    [
        ("imap.gmail.com", "Invalid credentials", "app password"),
        ("imap.gmail.com", "[WEBALERT https://x] Web login required", "web browser"),
        ("imap.gmail.com", "Your account is not enabled for IMAP use", "Switch IMAP on"),
        ("outlook.office365.com", "LOGIN failed.", "redaksi login"),
        ("imap.mail.yahoo.com", "Invalid credentials", "app password"),
        (
            "mail.example.org",
            "[PRIVACYREQUIRED] Plaintext authentication disallowed",
            'security = "tls"',
        ),
        ("mail.example.org", "no", "password"),
    ],
)
def test_a_refused_login_says_how_to_mend_it(server: str, said: str, remedy: str) -> None:
    assert remedy in catalog.load("en").render(refusal.login_remedy(server, said))


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Exception(b"[AUTHENTICATIONFAILED] no"), "[AUTHENTICATIONFAILED] no"),
        (Exception("b'[AUTHENTICATIONFAILED] no'"), "[AUTHENTICATIONFAILED] no"),
        (Exception("FETCH command error: BAD [b'Request is throttled']"), "Request is throttled"),
        (Exception(""), "Exception"),
        (Exception(), "Exception"),
        (Exception("a\r\nb\x1b[31m"), "a b [31m"),
    ],
)
def test_the_servers_own_words_are_taken_out_of_the_exception_and_cleaned(
    fault: Exception, words: str
) -> None:
    assert refusal.spoken(fault) == words


def test_a_connection_that_broke_off_is_never_taken_for_a_wrong_password() -> None:
    fault = Exception("[AUTHENTICATIONFAILED] bye")
    assert type(refusal.of(fault, server="x", at_login=True, broke_off=True)) is Unreachable
