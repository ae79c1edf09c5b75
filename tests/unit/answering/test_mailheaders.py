"""redaksi.sender_policy.header_fields: read to the letter of RFC 5322, never more out of them
than they say."""

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaksi.sender_policy import header_fields
from redaksi.sender_policy.header_fields import (
    Mailbox,
    decode_words,
    mailboxes,
    media_type,
    parameter,
    plain,
    strip_comments,
    words,
)
from redaksi.text import clean


@pytest.mark.parametrize(
    ("field", "addresses"),
    [
        ("rahmawati@example.net", ["rahmawati@example.net"]),
        ("Rahmawati <rahmawati@Example.NET.>", ["rahmawati@example.net"]),
        ('"Rahmawati, S.Sos (BKM)" <rahmawati@example.net>', ["rahmawati@example.net"]),
        ("rahmawati@example.net (Rahmawati, S.Sos)", ["rahmawati@example.net"]),
        (
            "Rahmawati (komentar (bersarang) \\) <x@y.z>) <rahmawati@example.net>",
            ["rahmawati@example.net"],
        ),
        ('"rahma wati"@example.net', ['"rahma wati"@example.net']),
        ('"rahmawati"@example.net', ["rahmawati@example.net"]),
        ('"a  b"@example.net', [None]),  # no header carries it unchanged
        ('" a"@example.net', [None]),
        ('"a\u202eb"@example.net', [None]),
        ('"ra\\"h"@example.net', ['"ra\\"h"@example.net']),
        ("=?utf-8?Q?Sari,_Budi?= <b@example.net>", ["b@example.net"]),
        ("=?utf-8?Q?Sari_<a@b.c>,?= <b@example.net>", ["a@b.c", "b@example.net"]),
        ("a@example.net,, b@example.net,", ["a@example.net", "b@example.net"]),
        ("a @ example.net", ["a@example.net"]),
        ("a@example .net", [None]),
        ("a@example.net.evil", ["a@example.net.evil"]),
        (".a@example.net", [None]),
        ("a..b@example.net", [None]),
        ("a@-example.net", [None]),
        ("a@example..net", [None]),
        ("a@", [None]),
        ("@example.net", [None]),
        ("<>", [None]),
        ("a" * 65 + "@example.net", [None]),
        ("budi@b\u00fccher.example", ["budi@b\u00fccher.example"]),
        ("", []),
    ],
)
def test_address_lists(field: str, addresses: list[str | None]) -> None:
    assert [box.address if box else None for box in mailboxes(field)] == addresses


_WORDS = st.text(alphabet='abcXYZ019 .,;:<>@()"\\[]!#', min_size=1, max_size=30)


@given(
    local=_WORDS.filter(lambda word: clean.line(word, 64) == word),
    domain=st.from_regex(r"[a-z]{1,8}(\.[a-z]{1,8}){1,3}", fullmatch=True),
)
def test_an_address_written_out_is_read_back(local: str, domain: str) -> None:
    box = Mailbox(local=local, domain=domain)
    assert mailboxes(box.address) == (box,)
    assert mailboxes(f"Nama <{box.address}>") == (box,)


@given(st.text(max_size=200))
def test_no_field_raises(field: str) -> None:
    mailboxes(field)
    words(field)
    parameter(field, "method")


@pytest.mark.parametrize(
    ("field", "read"),
    [
        (" No ", "no"),
        ("no (x)", "no"),
        ("(a) n(b)o", "n o"),
        ("N\r\n o", "n o"),
        ("=?utf-8?q?no?=", "no"),
        ("(unclosed no", ""),
        ("no\u200b", "no"),
        ("", ""),
    ],
)
def test_comments_and_folding_are_gone_from_a_keyword(field: str, read: str) -> None:
    assert strip_comments(field) == read


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text/calendar; method=REQUEST", "request"),
        ('text/calendar;\r\n METHOD = "Reply" ; charset=utf-8', "reply"),
        ("text/calendar; method*=utf-8'en'cancel", "cancel"),
        ('text/calendar; name="a; method=x"', ""),
        ("text/calendar; x-method=y", ""),
        ("text/calendar (; method=x)", ""),
        ("text/calendar", ""),
    ],
)
def test_parameters(field: str, value: str) -> None:
    assert parameter(field, "method") == value
    assert media_type(field) == "text/calendar"


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("=?utf-8?b?TmFza2Fo?=", "Naskah"),
        ("=?UTF-8?Q?a_b=20c?=", "a b c"),
        ("=?utf-8?q?a?= \r\n =?utf-8?q?b?=", "ab"),
        ("=?utf-8*en?q?a?=", "a"),
        ("=?rot13?q?nofxnu?=", "=?rot13?q?nofxnu?="),
        ("=?idna?q?xn--a?=", "=?idna?q?xn--a?="),
        ("=?utf-8?b?!?=", ""),
        ("polos", "polos"),
    ],
)
def test_encoded_words(field: str, text: str) -> None:
    assert decode_words(field) == text


def test_lookalikes_compare_as_what_they_look_like() -> None:
    assert plain("ＮＯ\u200bＲＥＰＬＹ") == "noreply"


@pytest.mark.parametrize(
    ("pattern", "allowed"),
    [
        (header_fields._ATEXT, r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u00a1-\U0010ffff-]"),
        (header_fields._LABEL, r"[a-z0-9_\u00a1-\U0010ffff]"),
    ],
)
def test_what_atoms_and_labels_are_made_of(pattern: re.Pattern[str], allowed: str) -> None:
    """They are written as what may not stand in them; here as what may."""
    spelled = re.compile(allowed)
    characters = map(chr, range(sys.maxunicode + 1))
    assert [c for c in characters if bool(pattern.fullmatch(c)) != bool(spelled.match(c))] == []
