"""A server's line may name an address; what reaches logs and the history names none."""

import pytest

from redaksi.redact import mask_addresses


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("550 5.1.1 <ani@x.example>: no such user", "550 5.1.1 <…@…>: no such user"),
        ("ani@x.example unknown", "…@… unknown"),
        ('to "a b"@x.example', "to …@…"),
        ("rcpt=ani+tag@bücher.example;", "…@…"),
        ("ani＠x.example", "…@…"),
        (
            "250 2.0.0 OK 1763863200 d2e1a72fcca58-7c3f",
            "250 2.0.0 OK 1763863200 d2e1a72fcca58-7c3f",
        ),
        ("", ""),
    ],
)
def test_whatever_has_an_at_sign_in_it_is_taken_out(said: str, shown: str) -> None:
    assert mask_addresses(said) == shown
