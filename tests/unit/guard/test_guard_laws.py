"""What holds of every mail the guard sees."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.read.body_article import ARTICLE as LONG
from ingest.read.body_article import find_typed
from tests.unit.guard.guard_mails import ARTICLE, look, outcome, photo, word

LINES = st.one_of(
    st.text(alphabet="abcdefghijklmnop ,.()0123456789\n", max_size=200),
    st.sampled_from(
        (
            "Foto kegiatan di balai warga pagi itu ramai",
            "Keterangan:",
            "Warga membersihkan parit (Foto 2)",
            "https://drive.google.com/drive/folders/1aBcD",
            "| IMG_4101 | Warga mengangkat batu |",
            "Naskah terlampir",
        )
    ),
)
SLOW = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
PAPER = ("Naskah.docx", word())


@SLOW
@given(st.lists(LINES, max_size=4))
def test_a_line_more_never_turns_unclear_captions_into_a_letter(lines: list[str]) -> None:
    text = "\n".join(["Keterangan foto ada di file terpisah.", "", *lines])
    found = outcome(look(text, [PAPER, ("IMG_4101.jpg", photo(1))]))
    assert "caption-missing" not in found.told
    assert found.letter in ("", "accepted")


@SLOW
@given(st.lists(LINES, max_size=4))
def test_a_line_more_never_turns_an_unsigned_article_into_a_letter(lines: list[str]) -> None:
    found = outcome(look("\n".join([ARTICLE, "", *lines]), subject="Gotong royong"))
    assert (found.decision, found.letter) == ("review", "")


@SLOW
@given(st.lists(LINES, max_size=4))
def test_a_line_more_never_turns_unclear_photos_into_a_letter(lines: list[str]) -> None:
    text = "\n".join(["Foto ada di https://www.instagram.com/p/AbCdEf/", "", *lines])
    found = outcome(look(text, [PAPER]))
    assert (found.decision, found.letter) == ("review", "")


@given(st.text(max_size=600))
def test_running_text_is_never_longer_than_the_text(text: str) -> None:
    typed = find_typed(text)
    assert typed.news <= typed.characters <= len(text) + text.count("\n")
    assert typed.is_long <= (typed.characters >= LONG or typed.signed)
