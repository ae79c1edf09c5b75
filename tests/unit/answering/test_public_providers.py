"""Whose domain a mail's domain is, told by its shape, and which are everybody's."""

import pytest

from redaksi.sender_policy import public_providers
from redaksi.sender_policy.header_fields import ascii_domain

PUBLIC = public_providers.load()


@pytest.mark.parametrize(
    ("domain", "organisation"),
    [
        ("x.example", "x.example"),
        ("a.b.x.example", "x.example"),
        ("palu.go.id", "palu.go.id"),
        ("mail.palu.go.id", "palu.go.id"),
        ("ditjen.pu.go.id", "pu.go.id"),
        ("sman1.sch.id", "sman1.sch.id"),
        ("warga.my.id", "warga.my.id"),
        ("kelompok.or.id", "kelompok.or.id"),
        ("mail.x.id", "x.id"),
        ("x.id", "x.id"),
        ("co.id", "co.id"),
        ("x.co.uk", "x.co.uk"),
        ("a.x.com.au", "x.com.au"),
        ("a.x.com", "x.com"),
        ("co.example.com", "example.com"),
        ("localhost", "localhost"),
    ],
)
def test_an_organisation_is_what_somebody_registered(domain: str, organisation: str) -> None:
    assert PUBLIC.find_organisation(domain) == organisation


@pytest.mark.parametrize(
    "domain", ["gmail.com", "yahoo.com.sg", "outlook.id", "privaterelay.appleid.com", "ya.ru"]
)
def test_what_is_everybodys(domain: str) -> None:
    assert PUBLIC.is_public(domain)


@pytest.mark.parametrize(
    "domain",
    [
        "telkom.co.id",
        "gmail.com.example",
        "gmial.com",
        "yahoo.evil.example",
        "appleid.com",
        "go.id",
    ],
)
def test_what_only_looks_like_it(domain: str) -> None:
    assert not PUBLIC.is_public(domain)


def test_the_list_is_as_addresses_are_compared() -> None:
    assert {ascii_domain(domain) for domain in PUBLIC.domains} == PUBLIC.domains
