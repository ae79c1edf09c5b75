"""Whose a stored mail is, by its own header."""

import pytest

from desk.domain.people.redact import ADDRESS_OF_ANOTHER, abbreviate, redact
from desk.domain.people.senders import find_senders
from desk.store.people.belongings import plain_address

SITI = frozenset({"siti@contoh.example"})


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (b"From: siti@contoh.example", SITI),
        (b"FROM : Siti <siti@contoh.example>", SITI),
        (b'From: "ani@lain.example" <siti@contoh.example>', SITI),
        (b"From: ani@lain.example lewat milis <siti@contoh.example>", SITI),
        (b"From: =?utf-8?q?Siti?=\r\n <siti@contoh.example>", SITI),
        (b"From: =?utf-8?b?c2l0aUBjb250b2guZXhhbXBsZQ==?=", SITI),
        (b"From: a@x.example, b@y.example", {"a@x.example", "b@y.example"}),
        (b"\r\nFrom: siti@contoh.example", SITI),
        (b"Subject: x\nFrom: siti@contoh.example\nTo: z@z.example", SITI),
        (b"Reply-To: siti@contoh.example", set()),
        (b"Subject: x\r\n\r\nFrom: siti@contoh.example", set()),
        (b"X-From: siti@contoh.example", set()),
        ("From: siti@désa.example".encode(), {"siti@désa.example"}),
        (b"", set()),
        (b"From: " + b"<" * 300_000, set()),
    ],
)
def test_who_wrote_it(header: bytes, found: set[str]) -> None:
    assert find_senders(header) == found


@pytest.mark.parametrize(
    ("given", "key"),
    [
        (" Siti@Contoh.Example ", "siti@contoh.example"),
        ("Siti <SITI@contoh.example>", "siti@contoh.example"),
        ("mailto:siti@contoh.example", "siti@contoh.example"),
        ("siti@DÉSA.example", "siti@xn--dsa-bma.example"),
        ("siti", ""),
        ("@contoh.example", ""),
        ("siti ani@contoh.example", ""),
    ],
)
def test_an_address_in_any_spelling(given: str, key: str) -> None:
    assert plain_address(given) == key


def test_what_is_of_others_is_not_seen() -> None:
    whole = {
        "text": "Dari Siti@Contoh.example ke ani@lain.example, Eka Putri.",
        "n": [1, "Ekaputri"],
    }
    names = {"Eka Putri": abbreviate("Eka Putri"), "E": "X"}
    assert redact(whole, SITI, names) == {
        "text": f"Dari Siti@Contoh.example ke {ADDRESS_OF_ANOTHER}, EP.",
        "n": [1, "Ekaputri"],
    }
