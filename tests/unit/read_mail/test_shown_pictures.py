"""Where the HTML of a mail shows its pictures: as mail programs and people in Indonesia write it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.read.mail.shown_pictures import find_shown
from redaksi.arrival import Shown

IMG = '<img src="cid:a@b">'
GMAIL_REPLY = (
    '<div class="gmail_quote"><div dir="ltr" class="gmail_attr">Pada Min, 15 Nov 2026 10.30 Redaksi '
    "&lt;redaksi@warta.example&gt; menulis:<br></div>"
    f'<blockquote class="gmail_quote">Yth.<br>{IMG}</blockquote></div>'
)
OUTLOOK_HEAD = (
    '<div style="border:none;border-top:solid #E1E1E1 1.0pt"><p><b>From:</b> Redaksi '
    "&lt;r@w.example&gt;<br><b>Sent:</b> Minggu<br><b>To:</b> Siti<br><b>Subject:</b> Kiriman</p></div>"
)
PROSE = (
    "<p>" + "Warga bergotong royong membangun saluran air sepanjang jalan lingkungan. " * 3 + "</p>"
)

PLACES = {  # what stands in the HTML -> where the picture stands
    "alone": (IMG, "text"),
    "in the words": (f"<p>Berikut fotonya:</p>{IMG}<p>Terima kasih.</p>", "text"),
    "below a delimiter": (f"<p>Naskah.</p><div>-- <br></div>{IMG}", "signature"),
    "below two dashes": (f"<p>Naskah.</p>--<br>Siti<br>{IMG}", "signature"),
    "a delimiter on top is none": (f"--<br>{IMG}", "text"),
    "gmail's signature": (
        f'<div>Naskah</div><div dir="ltr" class="gmail_signature">Siti<br>{IMG}</div>',
        "signature",
    ),
    "gmail's newer": (
        f'Naskah<br><span class="gmail_signature_prefix">-- </span><br><div data-smartmail='
        f'"gmail_signature">{IMG}</div>',
        "signature",
    ),
    "thunderbird's": (f'<p>Naskah</p><div class="moz-signature">{IMG}</div>', "signature"),
    "outlook's on the web": (f'<div>Naskah</div><div id="x_Signature">{IMG}</div>', "signature"),
    "outlook's on a phone": (
        f'Naskah<div id="ms-outlook-mobile-signature">{IMG}</div>',
        "signature",
    ),
    "salam": (f"<p>Naskah terlampir.</p><p>Salam,</p><p>Siti</p>{IMG}", "signature"),
    "salam hormat": (f"<p>Naskah.</p><p>Salam hormat,</p><p>Siti</p>{IMG}", "signature"),
    "hormat kami": (f"<p>Naskah.</p><p>Hormat kami,<br>Siti</p>{IMG}", "signature"),
    "terima kasih": (f"<p>Naskah.</p><p>Terima kasih</p>{IMG}", "signature"),
    "thanks for attention": (
        f"<p>Naskah.</p><p>Atas perhatiannya kami ucapkan terima kasih.</p><p>Siti</p>{IMG}",
        "signature",
    ),
    "thus and thanks": (
        f"<p>Naskah.</p><p>Demikian disampaikan, atas perhatian Bapak/Ibu terima kasih.</p>{IMG}",
        "signature",
    ),
    "wassalam": (f"<p>Naskah.</p><p>Wassalamu’alaikum wr. wb.</p><p>Siti</p>{IMG}", "signature"),
    "regards": (f"<p>Naskah.</p><p>Best regards,</p><p>Siti</p>{IMG}", "signature"),
    "thanks and regards": (f"<p>Naskah.</p><p>Thanks & regards</p>{IMG}", "signature"),
    "tertanda": (f"<p>Naskah.</p><p>Tertanda,</p>{IMG}", "signature"),
    "bold": (f"<p>Naskah.</p><p><b>Salam,</b></p><p><b>Siti</b></p>{IMG}", "signature"),
    "a table under it": (
        f"<p>Naskah.</p><p>Salam,</p><table><tr><td>{IMG}</td><td>Siti<br>BKM</td></tr></table>",
        "signature",
    ),
    "above the formula": (f"<p>Naskah.</p>{IMG}<p>Salam,</p><p>Siti</p>", "text"),
    "salam as a greeting": (f"<p>Salam,</p><p>Berikut foto.</p>{IMG}", "text"),
    "salam hormat as a greeting": (f"<p>Salam hormat Redaksi,</p>{IMG}", "text"),
    "assalamualaikum": (f"<p>Assalamu’alaikum wr. wb.</p><p>Foto:</p>{IMG}", "text"),
    "thanks in a sentence": (f"<p>Berikut naskah dan foto. Terima kasih.</p>{IMG}", "text"),
    "the text goes on": (f"<p>Yth.</p><p>Terima kasih.</p>{PROSE}{IMG}", "text"),
    "a caption below": (
        f"<p>Naskah.</p><p>Terima kasih.</p>{IMG}<p>Foto 1: Warga bekerja.</p>",
        "text",
    ),
    "a caption above": (
        f"<p>Naskah.</p><p>Terima kasih.</p><p>Keterangan foto: Warga bekerja.</p>{IMG}",
        "text",
    ),
    "numbered captions": (
        f"<p>Naskah.</p><p>Salam,</p>{IMG}<p>1. Warga bekerja.</p>",
        "text",
    ),
    "an address is no prose": (
        "<p>Naskah.</p><p>Salam,</p><p>Kantor BKM Harapan Jaya, Jl. Pattimura Nomor 20 Kebayoran "
        f"Baru, Jakarta Selatan 12110, Telp. (021) 7221234, siti@bkm.example</p>{IMG}",
        "signature",
    ),
    "a disclaimer is no prose": (
        "<p>Naskah.</p><p>Salam,</p><p>Surel ini dan lampirannya bersifat rahasia dan hanya "
        f"ditujukan kepada penerima yang namanya tercantum di atas; hapuslah bila bukan.</p>{IMG}",
        "signature",
    ),
    "a background": ('<table background="cid:a@b"><tr><td>x</td></tr></table>', "text"),
    "outlook's vml": ('<v:imagedata src="cid:a@b" o:title="x"/>', "text"),
}


@pytest.mark.parametrize(("markup", "place"), PLACES.values(), ids=PLACES.keys())
def test_a_picture_stands_in_the_text_or_below_the_signature(markup: str, place: str) -> None:
    assert find_shown([markup])["a@b"].place == place


REPLIES = {
    "gmail": (f"<p>Berikut perbaikannya.</p>{GMAIL_REPLY}", "quotation"),
    "gmail, own picture above": (f"<p>Ini.</p>{IMG}" + GMAIL_REPLY.replace(IMG, ""), "text"),
    "outlook": (f"<p>Ini.</p>{OUTLOOK_HEAD}{IMG}", "quotation"),
    "outlook on the web": (
        f'<div>Ini.</div><hr><div id="divRplyFwdMsg">Dari: Redaksi</div>{IMG}',
        "quotation",
    ),
    "the new outlook": (
        f'Ini.<div id="mail-editor-reference-message-container">{IMG}</div>',
        "quotation",
    ),
    "yahoo": (f'<div>Ini.</div><div class="yahoo_quoted">{IMG}</div>', "quotation"),
    "apple": (f'Ini.<blockquote type="cite"><div>Yth.</div>{IMG}</blockquote>', "quotation"),
    "an own picture below a quotation": (
        "<blockquote type='cite'>Yth.</blockquote><p>Ini fotonya.</p>" + IMG,
        "text",
    ),
    "a signature above the quotation": (
        f"<p>Ini.</p><p>Salam,</p><p>Siti</p>{IMG}{OUTLOOK_HEAD}<p>Yth.</p>",
        "signature",
    ),
}


@pytest.mark.parametrize(("markup", "place"), REPLIES.values(), ids=REPLIES.keys())
def test_what_a_reply_quotes_is_not_its_authors(markup: str, place: str) -> None:
    assert find_shown([markup], reply=True)["a@b"].place == place


FORWARDS = {
    "gmail": (
        '<div class="gmail_quote"><div>---------- Forwarded message ---------<br>Dari: <b>Budi</b>'
        "<br>Date: Min<br>Subject: Warta<br>To: Siti</div>" + IMG + "</div>",
        "text",
    ),
    "outlook": (f"<p>Mohon dimuat.</p>{OUTLOOK_HEAD}{IMG}", "text"),
    "below the forwarder's own signature": (
        f'<p>Mohon dimuat.</p><div id="Signature">Siti</div>{OUTLOOK_HEAD}<p>Naskah.</p>{IMG}',
        "text",
    ),
    "below the inner author's": (
        f"<p>Mohon dimuat.</p>{OUTLOOK_HEAD}<p>Naskah.</p><p>Hormat kami,</p>{IMG}",
        "signature",
    ),
}


@pytest.mark.parametrize(("markup", "place"), FORWARDS.values(), ids=FORWARDS.keys())
def test_what_is_forwarded_is_no_quotation(markup: str, place: str) -> None:
    assert find_shown([markup], forward=True)["a@b"].place == place


def test_an_indentation_is_no_quotation() -> None:
    indented = f'<blockquote style="margin:0 0 0 40px;border:none">{IMG}</blockquote>'
    assert find_shown([indented])["a@b"].place == "text"


SIZES = {
    "none": ("", (0, 0)),
    "attributes": ('width=60 height="40"', (60, 40)),
    "pixels in an attribute": ('width="60px"', (60, 0)),
    "a share of the page": ('width="100%"', (0, 0)),
    "style": ('style="width:120px;height:80px"', (120, 80)),
    "points": ('style="width:1.5in; height:72pt"', (144, 96)),
    "centimetres": ("style='width: 2.54cm'", (96, 0)),
    "at most": ('width="1280" style="max-width:90px"', (90, 0)),
    "style before attribute": ('width=600 style="width:90px"', (90, 0)),
    "no width of a line": ('style="border-width:2px" data-width=9', (0, 0)),
    "capitals": ("WIDTH=60 HEIGHT=60", (60, 60)),
}


@pytest.mark.parametrize(("attributes", "size"), SIZES.values(), ids=SIZES.keys())
def test_the_size_a_picture_is_shown_at(attributes: str, size: tuple[int, int]) -> None:
    shown = find_shown([f'<img {attributes} src="cid:a@b">'])["a@b"]
    assert (shown.width, shown.height) == size


def test_a_picture_shown_twice_counts_where_it_is_most_the_authors() -> None:
    twice = '<img width=50 src="cid:a@b"><p>x</p><p>--</p><img width=300 src="cid:A@B">'
    assert find_shown([twice]) == {"a@b": Shown(width=300)}


def test_content_ids_are_unescaped() -> None:
    assert find_shown(['<img src="cid:a%40b&amp;c">']).keys() == {"a@b&c"}


@given(st.text(alphabet='<>img src="cid:a-= \n\ue0f0\ue0f11%&blockquote/', max_size=300))
def test_whatever_the_markup_is_there_is_an_answer(markup: str) -> None:
    find_shown([markup], reply=True)


@pytest.mark.parametrize(
    "piece",
    ["<img src=cid:a", "<img src=cid:a>", '<a class="', "Terima kasih ", "atas ", "<blockquote>"],
)
def test_hostile_markup_costs_little(piece: str) -> None:
    """A megabyte of one piece, at most 5 s of a processor that others use too."""
    begun = time.process_time()
    find_shown([("cid:" + piece * (1_000_000 // len(piece)))], reply=True)
    assert time.process_time() - begun < 5
