"""What stands beyond a reader's limit is cut, and never in silence: an editor looks, and nobody is told
that it is not there."""

import pytest

from ingest.read.budget import Budget
from ingest.read.captions.grammar.lines import MOST_CHARACTERS, MOST_LINES
from ingest.read.captions.pairing import may_pair_all
from ingest.read.mail import html_text, links, quoted
from ingest.read.mail.bodies import MOST
from ingest.read.photo.looks.inside import Room
from redaksi.limits import Safety
from redaksi.model import Label
from tests.unit.budgets.reading import WORD, assert_left, attachment, look, mail_of, picture, text

PHOTO = picture("JPEG")
CAPTION = "IMG_2041.jpg: Warga bergotong royong membangun saluran air di Kelurahan Sukamaju"
_LINE = "Kami sampaikan salam dari warga di sini."


def _lines(count: int) -> str:
    return "".join(f"{n}) {_LINE}\n" for n in range(count))


PLAIN = {
    "lines of words": _lines(2_001),
    "characters of words": f"{_LINE * 20}\n" * 130,
    "lines of captions": _lines(MOST_LINES + 1),
    "a line of captions": "warga " * (MOST_CHARACTERS // 5),
    "lines above a quotation": _lines(quoted.MOST_LINES + 1),
    "octets of a body": "x" * (MOST + 1),
}
HTML = {
    "lines of HTML": "<br>".join(f"{n}" for n in range(html_text.MOST_LINES + 1)),
    "cells of HTML": "<table>" + "<tr><td>a<td>b" * (html_text.MOST_LINES + 1) + "</table>",
    "lines as they came": "<pre>" + "x\n" * (html_text.MOST_LINES + 1) + "</pre>",
    "octets of HTML": f"<p>Terlampir.</p><img src='data:image/png;base64,{'A' * MOST}'>",
}


def _mail(words: bytes) -> bytes:
    return mail_of(words, attachment(WORD, "naskah.docx"), attachment(PHOTO, "IMG_2041.jpg"))


@pytest.mark.parametrize("words", PLAIN.values(), ids=PLAIN)
def test_a_caption_below_what_is_read_is_not_asked_for(words: str) -> None:
    found = look(_mail(text(f"{words}\n{CAPTION}\n")))
    assert_left(found, "budget", which="text")
    assert not any(judged.findings for judged in found.assessments)


@pytest.mark.parametrize("markup", HTML.values(), ids=HTML)
def test_nor_one_in_html(markup: str) -> None:
    found = look(_mail(text(f"{markup}<p>{CAPTION}</p>", b"html")))
    assert_left(found, "budget", which="text")
    assert not any(judged.findings for judged in found.assessments)


def test_nor_one_in_a_mail_that_is_handed_on() -> None:
    inner = mail_of(text(f"{_lines(quoted.MOST_LINES + 1)}\n{CAPTION}\n"))
    found = look(
        _mail(text("Terlampir.")).replace(b"--batas--", b"--batas\r\n")
        + b"Content-Type: message/rfc822\r\n\r\n"
        + inner
        + b"\r\n--batas--\r\n"
    )
    assert_left(found, "budget", which="text")


@pytest.mark.parametrize(
    "words", [_lines(MOST_LINES), "warga " * (MOST_CHARACTERS // 5)], ids=["lines", "a line"]
)
def test_nor_one_in_a_file_of_captions(words: str) -> None:
    captions = attachment(f"{words}\n{CAPTION}\n".encode(), "keterangan.txt")
    found = look(
        mail_of(
            text("Terlampir."),
            attachment(WORD, "naskah.docx"),
            attachment(PHOTO, "IMG_2041.jpg"),
            captions,
        )
    )
    assert_left(found, "budget", which="text")


def test_what_a_reply_quotes_is_nobodys_words() -> None:
    """A thread of any length below the words of its last writer."""
    thread = "On Mon, 2 Nov 2026 at 10.00 Redaksi <redaksi@contoh.id> wrote:\n" + "> kata\n" * 6_000
    found = look(
        _mail(text(f"Terlampir.\n\n{CAPTION}\n\n{thread}")).replace(
            b"Subject: Kiriman", b"Subject: Re: Kiriman"
        )
    )
    assert found.decision == "accept"


def test_plain_words_are_whole_whatever_their_html_holds() -> None:
    """A logo of a megabyte, written into the HTML beside the same words."""
    plain = text(f"Terlampir naskah dan foto kegiatan warga.\n\n{CAPTION}\n")
    logo = f"<img src='data:image/png;base64,{'A' * MOST}'>"
    rich = text(f"<p>Terlampir naskah dan foto kegiatan warga.</p><p>{CAPTION}</p>{logo}", b"html")
    both = b"Content-Type: multipart/alternative; boundary=dua\r\n\r\n--dua\r\n" + plain
    both += b"\r\n--dua\r\n" + rich + b"\r\n--dua--\r\n"
    found = look(_mail(both))
    assert not any(judged.submission.unjudged for judged in found.assessments)


def test_a_link_stands_in_any_of_many_texts() -> None:
    """Apple's Mail parts the words at each picture."""
    texts = [text(f"Foto {n}") for n in range(12)]
    link = text("Foto dapat diunduh di https://drive.google.com/drive/folders/1AbCdEfGhIj")
    mail = look(mail_of(*texts, link)).mail
    assert mail is not None
    assert mail.links


@pytest.mark.parametrize("link", ["http://a.id/{n}", "s.id/a{n}"], ids=["whole", "bare"])
@pytest.mark.parametrize(("count", "is_cut"), [(links.MOST, False), (links.MOST + 1, True)])
def test_of_more_links_than_are_looked_at_nothing_is_said(
    link: str, count: int, is_cut: bool
) -> None:
    """Ten on a line: neither lines nor their length are cut for themselves."""
    named = [link.format(n=n) for n in range(count)]
    rows = "\n".join(" ".join(named[at : at + 10]) for at in range(0, count, 10))
    found = look(_mail(text(f"Terlampir.\n\n{CAPTION}\n\n{rows}\n")))
    assert any(judged.submission.unjudged for judged in found.assessments) == is_cut
    if is_cut:
        assert_left(found, "budget", which="text")
        assert not any(judged.findings for judged in found.assessments)


def test_of_more_pictures_than_are_told_no_number_is_said() -> None:
    budget = Budget(Safety())
    room = Room(budget)
    assert room.may_name(499)
    assert budget.reasons == []
    assert not room.may_name(500)
    assert [reason.facts for reason in budget.reasons] == [{"which": "pixels"}]


def test_of_more_captions_than_are_paired_none_is_orphaned() -> None:
    labels = [Label(text=f"Warga {n} bergotong royong") for n in range(1_001)]
    assert may_pair_all([], labels[:1_000])
    assert not may_pair_all([], labels)
