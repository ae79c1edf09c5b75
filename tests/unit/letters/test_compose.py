"""A letter as it leaves: its header, its octets, its place in the thread."""

import re
from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from publisher.letters.compose import compose, subject_of, thread
from publisher.letters.letter_context import KINDS, LetterKind
from publisher.letters.messageid import Issued, named_by, plus_address, read_message_id
from publisher.letters.stationery import Key
from redaksi.model import Language
from tests.unit.letters.letterbox import bodies, occasion, read, shown, stationery, written

EVERY = [(kind, language) for kind in KINDS for language in ("id", "en")]


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_every_letter_is_a_mail_with_the_same_words_in_text_and_html(
    kind: LetterKind, language: Language
) -> None:
    letter = written(kind, occasion(kind, language))
    message = read(letter)
    assert message.get_content_type() == "multipart/alternative"
    parts = [part.get_content_type() for part in message.walk()]
    assert parts == ["multipart/alternative", "text/plain", "text/html"]
    assert bodies(message)["text/plain"].replace("\r\n", "\n").strip() == letter.text.strip()
    assert bodies(message)["text/html"].replace("\r\n", "\n").strip() == letter.html.strip()
    assert not message.defects


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_every_letter_is_seven_bits_in_short_lines_with_crlf(
    kind: LetterKind, language: Language
) -> None:
    raw = written(kind, occasion(kind, language)).raw
    assert raw.isascii()
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", raw)
    lines = [line for line in raw.split(b"\r\n") if not line.startswith(b"Message-ID: ")]
    assert max(map(len, lines)) <= 78
    assert len(raw.split(b"\r\n")) == len(lines) + 1


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_every_letter_says_that_a_machine_wrote_it_and_wants_no_answer_from_one(
    kind: LetterKind, language: Language
) -> None:
    message = read(written(kind, occasion(kind, language)))
    assert message["Auto-Submitted"] == "auto-replied"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["X-Redaksi-Loop"] == "redaksi@redaksi.example.org"
    assert message["Content-Language"] == language
    assert message["MIME-Version"] == "1.0"
    assert len(set(map(str.lower, message.keys()))) == len(message.keys())


def test_date_is_the_stationerys_clock() -> None:
    letter = written("accepted", occasion("accepted"))
    assert parsedate_to_datetime(read(letter)["Date"]) == stationery().now


def test_the_same_letter_is_the_same_octets() -> None:
    assert written("revise", occasion()).raw == written("revise", occasion()).raw


def test_a_letter_asks_to_be_answered_at_the_plus_address_of_its_submission() -> None:
    told = read(written("revise", occasion()))["Reply-To"]
    address = told.split("<")[1].rstrip(">")
    key = stationery().key
    assert address.startswith("redaksi+w-2026-0143.k1.")
    assert address.endswith("@redaksi.example.org")
    assert named_by(address.partition("@")[0].upper(), {key.id: key.secret}) == "w-2026-0143"


def test_where_no_plus_address_is_delivered_a_letter_is_answered_at_its_from() -> None:
    letter = compose("revise", occasion(), replace(stationery(), plus=False))
    assert read(letter)["Reply-To"] is None
    digest = compose(
        "digest", replace(occasion("digest"), number=""), replace(stationery(), plus=True)
    )
    assert read(digest)["Reply-To"] is None


@given(st.integers(0, 60), st.characters(codec="ascii", categories=("L", "N")))
def test_a_plus_address_that_was_tampered_with_names_nothing(at: int, other: str) -> None:
    local = plus_address(
        "redaksi@example.org", "W-2026-0143", key_id="k1", secret=b"s" * 32
    ).partition("@")[0]
    at = len("redaksi+") + at % (len(local) - len("redaksi+"))
    forged = local[:at] + other + local[at + 1 :]
    expected = "w-2026-0143" if forged.lower() == local else None
    assert named_by(forged, {"k1": b"s" * 32}) == expected


def test_a_plus_address_needs_room_in_the_local_part() -> None:
    told = plus_address(f"{'x' * 40}@example.org", "W-2026-0143", key_id="k1", secret=b"s" * 32)
    assert told == ""


def test_from_carries_the_redaksis_name_and_to_the_bare_address() -> None:
    message = read(written("revise", occasion()))
    assert message["From"] == '"Redaksi Warta" <redaksi@redaksi.example.org>'
    assert message["To"] == "rahmawati@kontributor.example.net"


def test_a_name_beyond_ascii_stays_a_name() -> None:
    letter = compose("revise", occasion(), replace(stationery(), name="Redaksi “Warta”, Jakarta"))
    assert shown(read(letter), "From") == "Redaksi “Warta”, Jakarta <redaksi@redaksi.example.org>"


@pytest.mark.parametrize(
    "to",
    [
        "",
        "Rahmawati",
        "a@example.net, b@example.net",
        "a@example.net\nBcc: b@example.net",
        "a b@example.net",
    ],
)
def test_a_letter_to_anything_but_one_mailbox_does_not_exist(to: str) -> None:
    with pytest.raises(ValueError, match="exactly one mailbox"):
        compose("revise", replace(occasion(), to=to), stationery())


def test_a_domain_beyond_ascii_is_written_in_ascii() -> None:
    assert (
        written("revise", replace(occasion(), to="budi@bücher.example")).to
        == "budi@xn--bcher-kva.example"
    )


# ── subject ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("own", "subject"),
    [
        ("Naskah Warta", "Re: Naskah Warta"),
        ("Re: Naskah Warta", "Re: Naskah Warta"),
        ("RE : re[2]: Bls: Naskah Warta", "Re: Naskah Warta"),
        ("Fwd: Naskah Warta", "Re: Fwd: Naskah Warta"),
        ("Rekaman kegiatan: warga", "Re: Rekaman kegiatan: warga"),
        ("Re: ", "Re: Warga Siantan Hulu Bangun Saluran Air Secara Gotong Royong"),
        ("", "Re: Warga Siantan Hulu Bangun Saluran Air Secara Gotong Royong"),
        ("Naskah\r\nBcc: korban@example.net", "Re: Naskah Bcc: korban@example.net"),
    ],
)
def test_the_subject_keeps_the_thread_whole(own: str, subject: str) -> None:
    assert subject_of(replace(occasion(), subject=own)) == subject


def test_without_subject_and_title_there_is_still_a_subject() -> None:
    assert subject_of(replace(occasion(), subject=" ", title="\u200b")) == "Re: Kiriman naskah"


@pytest.mark.parametrize(("kind", "language"), [pair for pair in EVERY if pair[0] != "digest"])
def test_status_and_number_stand_in_the_first_line(kind: LetterKind, language: Language) -> None:
    letter = written(kind, occasion(kind, language))
    assert letter.subject == "Re: Naskah Warta Siantan Hulu"
    first = letter.text.splitlines()[0]
    assert first.endswith(" – W-2026-0143")
    seen = re.sub(
        r"<style>.*?</style>|<title>.*?</title>|<[^>]+>|\s+", " ", letter.html, flags=re.DOTALL
    )
    assert re.sub(r"\s+", " ", seen).strip().startswith(first.split(" – ")[0].replace("'", "&#39;"))


@given(st.text(max_size=300))
def test_any_subject_reads_back_as_it_was_meant(own: str) -> None:
    about = replace(occasion(), subject=own)
    message = read(written("revise", about))
    assert re.sub(r"\s+", " ", shown(message, "Subject")) == subject_of(about)


# ── thread ────────────────────────────────────────────────────────────────────────────────────────


def test_a_letter_hangs_below_the_mail_it_answers() -> None:
    message = read(written("revise", occasion()))
    assert message["In-Reply-To"] == "<CAF1d2e3@mail.kontributor.example.net>"
    assert message["References"].split() == [
        "<CAF0a1b2@mail.kontributor.example.net>",
        "<CAF1d2e3@mail.kontributor.example.net>",
    ]


def test_a_mail_without_message_id_is_answered_without_a_thread() -> None:
    message = read(written("revise", replace(occasion(), message_id="", references=())))
    assert message["In-Reply-To"] is None
    assert message["References"] is None


def test_a_long_thread_keeps_its_first_and_its_latest() -> None:
    about = replace(
        occasion(), references=tuple(f"<{n}@a>" for n in range(500)), message_id="<last@a>"
    )
    chain = thread(about)
    assert (len(chain), chain[0], chain[-2:]) == (20, "<0@a>", ("<499@a>", "<last@a>"))


@pytest.mark.parametrize(
    "hostile",
    [
        "<a b@c>",
        "<a@b>\r\nBcc: x@y.example",
        "<a@b\r\n>",
        "a@b",
        "<>",
        "<a@b><c@d>",
        "<é@b>",
        "<" + "a" * 300 + "@b>",
    ],
)
def test_what_is_no_message_id_is_not_referred_to(hostile: str) -> None:
    message = read(
        written("revise", replace(occasion(), references=(hostile,), message_id=hostile))
    )
    assert message["References"] is None
    assert message["Bcc"] is None


# ── Message-ID ────────────────────────────────────────────────────────────────────────────────────


def test_a_message_id_of_ours_is_known_again_and_says_what_it_was_about() -> None:
    letter = written("revise", replace(occasion(), try_number=2))
    keys = {"k1": stationery().key.secret}
    assert read_message_id(letter.message_id, keys) == Issued(
        number="w-2026-0143", try_number=2, kind="revise"
    )
    assert read(letter)["Message-ID"] == letter.message_id


def test_a_message_id_still_holds_after_the_key_was_rotated() -> None:
    letter = written("revise", occasion())
    assert read_message_id(letter.message_id, {"k2": b"new", "k1": stationery().key.secret})
    assert read_message_id(letter.message_id, {"k2": b"new"}) is None
    assert read_message_id(letter.message_id, {"k1": b"another secret"}) is None


@pytest.mark.parametrize("forged", ["143.1", "144", "w-2026-0144"])
def test_a_message_id_cannot_be_bent_towards_another_submission(forged: str) -> None:
    letter = written("revise", occasion())
    bent = letter.message_id.replace("w-2026-0143", forged)
    assert read_message_id(bent, {"k1": stationery().key.secret}) is None


def test_letters_differ_in_message_id_by_submission_try_kind_and_key() -> None:
    about = occasion()
    variants = [
        compose("revise", about, stationery()),
        compose("reminder", about, stationery()),
        compose("revise", replace(about, try_number=2), stationery()),
        compose("revise", replace(about, number="W-2026-0144"), stationery()),
        compose("revise", replace(about, number="", message_id="<1@a>"), stationery()),
        compose("revise", replace(about, number="", message_id="<2@a>"), stationery()),
        compose("revise", about, replace(stationery(), key=Key(id="k2", secret=b"new"))),
    ]
    assert len({letter.message_id for letter in variants}) == len(variants)


def test_a_message_id_does_not_depend_on_the_hour_or_the_words() -> None:
    later = replace(stationery(), now=stationery().now + timedelta(hours=5), sign="Yang lain")
    assert (
        compose("revise", occasion(), later).message_id == written("revise", occasion()).message_id
    )


@given(st.text(max_size=120))
def test_issued_never_raises(value: str) -> None:
    assert read_message_id(value, {"k1": b"x"}) is None
