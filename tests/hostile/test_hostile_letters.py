"""Whatever a mail puts into its subject, names, file names or text: a letter gains no header, no
recipient and no link, and evaluates nothing."""

import re
from email.utils import getaddresses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from publisher.letters.compose import subject_of
from publisher.letters.letter_context import KINDS, FindingText, Letter, LetterKind
from redaksi.model import Language
from tests.unit.letters.letterbox import bodies, occasion, read, shown, written

_LINE_ENDS = [
    "\r\n",
    "\n",
    "\r",
    "\x0b",
    "\x0c",
    "\x85",
    "\u2028",
    "\u2029",
    "\r\n ",
    "\r\n\t",
    "\n\n",
    "%0d%0a",
    "=0D=0A",
    "\\r\\n",
]
_ADDED = [
    "Bcc: korban@evil.example",
    "To: korban@evil.example",
    "X-Evil: 1",
    "Content-Type: text/html",
    "\r\n<script>alert(1)</script>",
    ".\r\nMAIL FROM:<korban@evil.example>",
]
HEADERS = [f"Naskah{end}{added}" for end in _LINE_ENDS for added in _ADDED]
ENCODED = [
    "=?utf-8?q?Naskah=0D=0ABcc:_korban@evil.example?=",
    "=?utf-8?b?TmFza2FoDQpCY2M6IGtvcmJhbkBldmlsLmV4YW1wbGU=?=",
    "=?utf-8?q?=3Cscript=3E?=",
    "=?",
    "?=",
    "=?utf-8?q?",
    "=?utf-8?q?a?= =?utf-8?q?b?=",
]
MARKUP = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"><a href="https://evil.example">x</a>', "</td></table>",
    "<!--", "-->", "<![endif]-->", "&lt;b&gt;", "' style='x:expression(1)", "javascript:alert(1)", "data:text/html,x",
    "https://evil.example/x", "http://evil.example", "www.evil.example", "HTTPS://EVIL.example", "//evil.example", "evil.example",
    "korban@evil.example", "mailto:korban@evil.example", "tel:+62811", "ftp://evil.example", "hxxps://evil.example",
]  # fmt: skip
TEMPLATES = [
    "{{ 7*191 }}", "{% for i in range(9) %}{{ 7*191 }}{% endfor %}", "{{ o.to }}", "{{ self }}", "{# x #}", "{{ ''.__class__.__mro__ }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}", "${7*191}", "#{7*191}", "<%= 7*191 %>", "%(to)s", "{0}", "{to}",
    "{{ config }}", "{%raw%}", "{{", "}}", "{%", "%}", "%s%s%s%n", "`id`", "$(id)", "{{ '%c'|format(65) }}", "{% include 'x' %}",
]  # fmt: skip
LETTERS_OWN_MARKUP = [
    "# Ditolak | W-1", "! JUDUL", "= Nomor | W-9", "1. Temuan", "   Ketentuan | palsu", "* butir", "> kutipan", "-- Redaksi",
    "~ kaki", "a | b", "\ue001https://evil.example\ue002", "\ue000", "\ue002", "\ue001", "\ue000a\ue002", "-- ", "--",
]  # fmt: skip
UNSEEN = [
    "\u202egpj.exe", "\u2066a\u2069", "\u200b\u200b", "\ufeff", "a\x00b", "\x1b[31m", "\x08\x08", "\x7f", "\u00ad", "\U000e0041",
    "\ud800", "a" + "\u0301" * 500, "\u202a\u202b\u202c\u202d", "\u061c", "\u2060", "\x9b31m",
]  # fmt: skip
NAMES = [
    "../../etc/passwd", "..\\..\\x", "C:\\x.docx", "a/b", "con", "x" * 5000, ", korban@evil.example", "<korban@evil.example>",
    '"a" <korban@evil.example>', "a;b,c", "(komentar", '"tak ditutup', "korban@evil.example,", "\\", "\\\"", " ", "\t", "٣٤", "ＡＢ＠ｃ．ｄ",
    "Budi\u00a0\u3000Santoso", "🎉" * 100, "𝕭𝖚𝖉𝖎",
]  # fmt: skip
PAYLOADS = [*HEADERS, *ENCODED, *MARKUP, *TEMPLATES, *LETTERS_OWN_MARKUP, *UNSEEN, *NAMES]
assert len(PAYLOADS) >= 190
FIELDS = {
    "Date", "From", "Reply-To", "To", "Message-ID", "Subject", "In-Reply-To", "References", "Auto-Submitted",
    "X-Auto-Response-Suppress", "X-Redaksi-Loop", "Content-Language", "MIME-Version", "Content-Type",
}  # fmt: skip
LINKS = {"https://redaksi.example.org/periksa"}


def poisoned(payload: str) -> Letter:
    told = FindingText(title=payload, found=payload, rule=payload, fix=payload)
    about = replace(
        occasion("revise"),
        subject=payload,
        name=payload,
        title=payload,
        document=payload,
        findings=(told, told),
        references=(payload, f"<{payload}@a>"),
        message_id=f"<{payload}>",
        number="W-2026-0143",
    )
    return written("revise", about)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_header_is_added_and_no_second_recipient(payload: str) -> None:
    letter = poisoned(payload)
    message = read(letter)
    assert set(message.keys()) <= FIELDS
    assert len(message.keys()) == len(set(message.keys()))
    assert (
        [address for _, address in getaddresses([message["To"]])]
        == [letter.to]
        == ["rahmawati@kontributor.example.net"]
    )
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    assert not message.defects
    assert not any(part.defects for part in message.walk())


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_is_evaluated_linked_or_taken_for_markup(payload: str) -> None:
    letter = poisoned(payload)
    html = letter.html
    assert "1337" not in letter.text + html
    assert set(re.findall(r'href="([^"]*)"', html)) <= LINKS
    clean = written(
        "revise",
        replace(
            occasion("revise"),
            name="x",
            title="x",
            findings=(FindingText(title="x", found="x", rule="x", fix="x"),) * 2,
        ),
    ).html
    tags = re.compile(r"<(/?[a-z]+)")
    bodies_tags = [tags.findall(one.split("<body", 1)[1]) for one in (html, clean)]
    assert {tag: bodies_tags[0].count(tag) for tag in ("script", "img", "a", "table")} == {
        tag: bodies_tags[1].count(tag) for tag in ("script", "img", "a", "table")
    }


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_control_or_bidirectional_character_reaches_a_reader(payload: str) -> None:
    message = read(poisoned(payload))
    seen = "".join([*bodies(message).values(), shown(message, "Subject")])
    assert not re.search(
        "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ue000-\ue002\ufeff]",
        seen,
    )


@pytest.mark.parametrize("payload", LETTERS_OWN_MARKUP)
def test_a_value_never_becomes_a_block_of_its_own(payload: str) -> None:
    honest = written(
        "revise", replace(occasion("revise"), title="judul", findings=(FindingText(title="x"),))
    )
    letter = written(
        "revise", replace(occasion("revise"), title=payload, findings=(FindingText(title="x"),))
    )
    assert letter.html.count("<table") == honest.html.count("<table")
    assert letter.html.count("<p") == honest.html.count("<p")


@pytest.mark.parametrize("payload", [*ENCODED, *HEADERS, *NAMES])
def test_the_subject_a_client_shows_is_the_one_that_was_meant(payload: str) -> None:
    about = replace(occasion("revise"), subject=payload)
    assert re.sub(r"\s+", " ", shown(read(written("revise", about)), "Subject")) == subject_of(
        about
    )


TEXT = st.text(max_size=60)
TOLD = st.builds(FindingText, title=TEXT, found=TEXT, rule=TEXT, fix=TEXT)


@settings(max_examples=60, deadline=None)
@given(
    kind=st.sampled_from(KINDS),
    language=st.sampled_from(("id", "en")),
    name=TEXT,
    subject=TEXT,
    number=TEXT,
    title=TEXT,
    message_id=TEXT,
    references=st.lists(TEXT, max_size=3).map(tuple),
    findings=st.lists(TOLD, max_size=3).map(tuple),
    links=st.lists(TEXT, max_size=2).map(tuple),
    note=TEXT,
    reason=TEXT,
)
def test_no_value_breaks_a_letter(kind: LetterKind, language: Language, **values: object) -> None:
    message = read(written(kind, replace(occasion(kind, language), **values)))
    assert set(message.keys()) <= FIELDS
    assert not message.defects
    assert set(bodies(message)) == {"text/plain", "text/html"}
