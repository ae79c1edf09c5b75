"""Our splitter and the standard library read the same octets out of the same mail."""

import email
import re
from collections.abc import Iterator
from email.message import EmailMessage, Message
from email.policy import SMTP, compat32
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.read.mail.body_part import decode_octets
from ingest.read.mail.message import split, walk_leaves
from redaksi.limits import Safety

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

# Where we differ from the standard library on purpose, by what is in the mail: what it reads as a
# tree of headers, and a top multipart that it cannot split (wrong boundary), which we split at the
# boundary that is really there.
# reports and the like: one stream, not a tree of headers
WE_KEEP_WHOLE = re.compile(r"message/(?!rfc822$|global$)")


def library(part: Message) -> Iterator[tuple[str, bytes | None]]:
    """(media type, octets) of every leaf; None for what we keep whole and the library takes
    apart."""
    kind = part.get_content_type()
    if WE_KEEP_WHOLE.match(kind):
        yield kind, None
    elif part.is_multipart():
        for child in part.get_payload():
            assert isinstance(child, Message)
            yield from library(child)
    else:
        octets = part.get_payload(decode=True)
        assert isinstance(octets, bytes)
        yield kind, octets


def ours(raw: bytes) -> list[tuple[str, bytes]]:
    root = split(raw, Safety()).root
    assert root is not None
    return [
        (part.type.word, decode_octets(raw, part.start, part.end, part.transfer))
        for part in walk_leaves(root)
    ]


def differences(raw: bytes) -> list[object]:
    message = email.message_from_bytes(raw, policy=compat32)
    theirs = list(library(message))
    here = ours(raw)
    unsplit = message.get_content_maintype() == "multipart" and not message.is_multipart()
    if unsplit and not here[0][0].startswith("multipart/"):
        return []
    if len(theirs) != len(here):
        return [(len(theirs), len(here))]
    return [
        (expected, found)
        for expected, found in zip(theirs, here, strict=True)
        if expected[0] != found[0] or (expected[1] is not None and expected[1] != found[1])
    ]


def nests_a_boundary(raw: bytes) -> bool:
    """Whether one boundary is declared twice: the library then loses the parts of the inner one."""
    declared = BOUNDARY.findall(raw)
    return len(declared) != len(set(declared))


def test_agrees_byte_for_byte_on_every_mail_of_the_corpus(corpus: Path) -> None:
    mails = [path for path in sorted((corpus / "mail").rglob("*")) if path.is_file()]
    assert len(mails) >= 100
    # The library ends a header at "To    : Mary" (RFC 5322, A.6.3), which section 4.5 has us read as a field, and at
    # a line that is none, though fields follow it: what stands below would be no header,
    # attachments none.
    plain = [
        path
        for path in mails
        if not ODD_LINE.search(path.read_bytes().replace(b"\r", b"").split(b"\n\n")[0])
        and not nests_a_boundary(path.read_bytes())
    ]
    assert len(plain) > len(mails) - 5
    wrong = {str(path): found for path in plain if (found := differences(path.read_bytes()))}
    assert wrong == {}


BOUNDARY = re.compile(rb'(?i)\bboundary="?([^";\r\n]+)')
ODD_LINE = re.compile(rb"(?m)^(?:[A-Za-z-]+[ \t]+:|[a-z]+ [A-Za-z-]+:)")
texts = st.text(st.characters(codec="utf-8", exclude_characters="\r\0"), max_size=120)
octet_strings = st.binary(max_size=300)
encodings = st.sampled_from(["base64", "quoted-printable", "7bit", "8bit"])


@st.composite
def trees(draw: st.DrawFn, depth: int = 3) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    shape = draw(
        st.sampled_from(
            ["text", "file", "mixed", "related", "forward"] if depth else ["text", "file"]
        )
    )
    if shape == "text":
        message.set_content(
            draw(texts), cte=draw(st.sampled_from(["base64", "quoted-printable", "8bit"]))
        )
    elif shape == "file":
        message.set_content(
            draw(octet_strings),
            "image",
            "jpeg",
            filename=draw(st.sampled_from(["a.jpg", "é b.jpg"])),
        )
    elif shape == "forward":
        inner = draw(trees(depth=depth - 1))
        inner["Subject"] = "di dalam"
        message.set_content(inner)
    else:
        message["Content-Type"] = f"multipart/{shape}"
        message["MIME-Version"] = "1.0"
        for _ in range(draw(st.integers(1, 3))):
            message.attach(draw(trees(depth=depth - 1)))
    return message


@settings(max_examples=150, deadline=None)
@given(trees(), st.sampled_from([b"\r\n", b"\n"]))
def test_agrees_on_whatever_the_library_itself_composes(
    message: EmailMessage, newline: bytes
) -> None:
    raw = message.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", newline)
    assert differences(raw) == []


MALFORMED = {
    "a boundary that begins another": (
        b"Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: multipart/mixed; boundary=BB\n\n"
        b"--BB\n\nsatu\n--BB--\n--B\n\ndua\n--B--\n"
    ),
    "a boundary that looks like the other's end": (
        b'Content-Type: multipart/mixed; boundary="B"\n\n--B\nContent-Type: multipart/mixed; boundary="B--"\n\n'
        b"--B--\n\nsatu\n--B----\n--B\n\ndua\n--B--\n"
    ),
    "no end": b"Content-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\n\r\nsatu\r\n--B\r\n\r\ndua\r\n",
    "cut in a line": b"Content-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\n\r\nsatu\r\n--B\r\n\r\ndu",
    "never begun": b"Content-Type: multipart/mixed; boundary=B\r\n\r\nsatu\r\ndua\r\n",
    "spaces behind a boundary": b"Content-Type: multipart/mixed; boundary=B\n\n--B \t \n\nsatu\n--B-- \n",
    "an inner one left open": (
        b"Content-Type: multipart/mixed; boundary=A\n\n--A\nContent-Type: multipart/mixed; boundary=B\n\n"
        b"--B\n\nsatu\n--A\n\ndua\n--A--\n"
    ),
    "preamble and epilogue": (
        b"Content-Type: multipart/mixed; boundary=B\n\nawal\n--B\n\nsatu\n--B--\nakhir\n--B\n\nx\n"
    ),
    "two boundary lines in a row": b"Content-Type: multipart/mixed; boundary=B\n\n--B\n--B\n\nsatu\n--B--\n",
    "a boundary with a colon before the blank line": (
        b'Content-Type: multipart/mixed; boundary="a:b"\n\n--a:b\nContent-Type: text/html\n--a:b\n\ndua\n--a:b--\n'
    ),
    "a digest": b"Content-Type: multipart/digest; boundary=B\n\n--B\n\nSubject: x\n\nsatu\n--B--\n",
    "an empty part": b"Content-Type: multipart/mixed; boundary=B\n\n--B\n\n--B\n\n\n--B--\n",
    "no blank line after the header": b"Content-Type: text/plain\nSubject: x\nini isi\nlagi\n",
    "base64 with noise": b"Content-Transfer-Encoding: base64\n\naGFs!!b yB y\nZWRha3Np\n",
    "base64 without its padding": b"Content-Transfer-Encoding: base64\n\naGFsbyByZWRha3NpIQ\n",
}


@pytest.mark.parametrize("raw", MALFORMED.values(), ids=MALFORMED.keys())
def test_agrees_on_boundary_games(raw: bytes) -> None:
    assert differences(raw) == []
