"""redaksi.sender_policy.authentication against Authentication-Results as large borders write
them."""

import pytest

from redaksi.sender_policy.authentication import parse, read_border

GMAIL = (
    "mx.google.com;\r\n       dkim=pass header.i=@example.net header.s=20230601 header.b=abC/+=1;\r\n"
    "       spf=pass (google.com: domain of a@example.net designates 192.0.2.1 as permitted sender) "
    "smtp.mailfrom=a@example.net;\r\n       dmarc={} (p=NONE sp=QUARANTINE dis=NONE) header.from=example.net"
)
GMAIL_WITHOUT_POLICY = "mx.google.com; dkim=pass header.i=@example.net header.s=s header.b=x; spf=neutral smtp.mailfrom=a@b"
YAHOO = "atlas.mail.bf1.yahoo.com;\n dkim=pass header.i=@example.net header.s=s;\n spf=pass smtp.mailfrom=example.net;\n dmarc={}(p=REJECT) header.from=example.net;"
FASTMAIL = (
    "mx1.messagingengine.com;\n  x-csa=none;\n  x-ptr=pass smtp.helo=a.example.net policy.ptr=a.example.net;\n"
    "  dmarc={} policy.published-domain-policy=none policy.applied-disposition=none header.from=example.net (p=none,d=none)"
)
MICROSOFT = "spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=example.net; dmarc=pass action=none header.from=example.net;compauth=pass reason=100"
OPENDMARC = 'mail.example.org; dmarc={} (p=none dis=none) header.from="example.net"'
EXIM = "mail.example.org;\n\tiprev=pass (a.example.net) smtp.remote-ip=[192.0.2.1];\n\tdmarc={} header.from=example.net"


@pytest.mark.parametrize("field", [GMAIL, YAHOO, FASTMAIL, OPENDMARC, EXIM])
@pytest.mark.parametrize(
    ("said", "means"),
    [("pass", "pass"), ("fail", "fail"), ("none", "none"), ("PASS", "pass"), ("permerror", "none")],
)
def test_what_borders_say_of_dmarc_is_understood(field: str, said: str, means: str) -> None:
    value = field.format(said)
    border = read_border([value], value.split(";")[0])
    assert border is not None
    assert border.dmarc("example.net") == means


def test_a_domain_without_a_policy_is_neither_passed_nor_failed() -> None:
    border = read_border([GMAIL_WITHOUT_POLICY], "mx.google.com")
    assert border is not None
    assert border.dmarc("example.net") == "none"


def test_a_field_without_authserv_id_is_nobodys() -> None:
    assert parse(MICROSOFT) is None


@pytest.mark.parametrize(
    ("domain", "means"),
    [
        ("example.net", "pass"),
        ("sub.example.net", "pass"),
        ("notexample.net", "none"),
        ("net", "none"),
        ("example.com", "none"),
    ],
)
def test_a_pass_covers_the_domain_it_names_and_what_lies_below_it(domain: str, means: str) -> None:
    border = read_border([GMAIL.format("pass")], "mx.google.com")
    assert border is not None
    assert border.dmarc(domain) == means


def test_properties_are_read_with_their_values_whole() -> None:
    border = parse(GMAIL.format("pass"))
    assert border is not None
    assert [result.method for result in border.results] == ["dkim", "spf", "dmarc"]
    assert ("smtp.mailfrom", "a@example.net") in border.results[1].properties


@pytest.mark.parametrize(
    "name", ["mx.google.com.", "=?utf-8?q?mx.google.com?=", "mx.google.com\x00", "mx-google.com"]
)
def test_a_look_alike_of_our_border_is_not_our_border(name: str) -> None:
    assert read_border([f"{name}; dmarc=pass header.from=example.net"], "mx.google.com") is None


@pytest.mark.parametrize(
    ("told", "means"),
    [("dmarc / 1 = pass", "pass"), ("dmarc/1=pass", "pass"), ("dmarc/2=pass", "none")],
)
def test_a_method_counts_in_the_version_we_know(told: str, means: str) -> None:
    border = read_border([f"mx.google.com; {told} header.from=example.net"], "mx.google.com")
    assert border is not None
    assert border.dmarc("example.net") == means


def test_a_top_level_domain_covers_nothing_below_it() -> None:
    border = read_border(["mx.google.com; dmarc=pass header.from=net"], "mx.google.com")
    assert border is not None
    assert border.dmarc("example.net") == "none"
