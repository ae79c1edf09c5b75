"""Whole mails with logos, quotations, films and copies beside the photos: what is told of them."""

from email.message import EmailMessage

import pytest
from msgspec import Struct

from desk.demo.texts import article
from desk.pipeline import examine
from ingest.read.parcel import read_email
from redaksi.limits import Identity, Limits, Safety
from tests import builders
from tests.unit.read_photo.test_selection import drawing, scene

Shown = tuple[str, str, bytes]  # name, Content-ID, bytes: shown by the HTML
Attached = tuple[str, bytes]
LIMITS = Limits(identity=Identity(addresses=("redaksi@warta.example",), authserv_id="mx"))
TEXT = article("Talise", "membangun jalan", 1)
CAPTIONS = [
    "IMG_1.jpg: Warga mengangkat batu fondasi di RT 03.",
    "IMG_2.jpg: Kaum ibu menyiapkan sarapan di teras mushala.",
]
FULL = builders.docx(TEXT, title="Warga Bangun Jalan", byline="Siti, Relawan", captions=CAPTIONS)
BARE = builders.docx(TEXT, title="Warga Bangun Jalan", byline="Siti, Relawan")
ONE, TWO = ("IMG_1.jpg", scene(1, 1280, 960)), ("IMG_2.jpg", scene(2, 1280, 960))
WHOLE = (("Naskah.docx", FULL), ONE, TWO)
FILM = b"\0\0\0\x14ftypqt  \0\0\0\0qt  " + bytes(4000)
PASTED = tuple((f"image00{n}.jpg", f"a{n}", scene(n, 1280, 960)) for n in (1, 2))
FORWARDED = (
    "<p>Mohon dimuat.</p><p>Salam,<br>Budi</p><div class='gmail_quote'>---------- Forwarded message "
    "---------<br>Dari: <b>Siti</b> &lt;s@k.example&gt;<br>Date: Min<br>Subject: Warta<br>To: Budi<br>"
    "<br><p>Foto 1: Warga mengangkat batu.</p><img src='cid:a'><p>Salam,</p><img src='cid:b' width=100>"
)


def mail(
    text: str,
    html: str = "",
    shown: tuple[Shown, ...] = (),
    attached: tuple[Attached, ...] = (),
    subject: str = "Kiriman naskah warta",
) -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = "Siti <siti@kontributor.example>", "redaksi@warta.example"
    message["Subject"], message["Message-ID"] = subject, "<a@kontributor.example>"
    message["Date"] = "Sun, 22 Nov 2026 10:00:00 +0700"
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
        page = message.get_body(("html",))
        assert isinstance(page, EmailMessage)
        for name, cid, content in shown:
            kind = name.rpartition(".")[2].replace("jpg", "jpeg")
            page.add_related(
                content, "image", kind, cid=f"<{cid}>", filename=name, disposition="inline"
            )
    for name, content in attached:
        message.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=name
        )
    return message.as_bytes()


class Case(Struct, frozen=True):
    raw: bytes
    decision: str
    photos: str
    asides: str = ""
    told: str = ""  # codes of the findings


CASES = {
    "nothing but the submission": Case(
        mail("Terlampir.", attached=WHOLE), "accept", "IMG_1.jpg IMG_2.jpg"
    ),
    "a film with a caption of its own": Case(
        mail(
            "\n".join([*CAPTIONS, "VID_1.mp4: Video kegiatan warga saat kerja bakti."]),
            attached=(("Naskah.docx", BARE), ONE, TWO, ("VID_1.mp4", FILM)),
        ),
        "accept",
        "IMG_1.jpg IMG_2.jpg",
        "beside_photos",
    ),
    "a live photo": Case(
        mail("Terlampir.", attached=(*WHOLE, ("IMG_1.MOV", FILM))),
        "accept",
        "IMG_1.jpg IMG_2.jpg",
        "beside_its_photo",
    ),
    "a film alone": Case(
        mail("Terlampir.", attached=(("Naskah.docx", BARE), ("VID_1.mp4", FILM))),
        "revise",
        "VID_1.mp4",
        told="F003",
    ),
    "a large logo in Gmail's signature": Case(
        mail(
            "Naskah.\n-- \nSiti",
            "<div>Naskah.</div><br>-- <br><div class='gmail_signature'>Siti<img src='cid:l'></div>",
            (("x.png", "l", drawing(1200, 900)),),
            WHOLE,
        ),
        "accept",
        "IMG_1.jpg IMG_2.jpg",
        "picture_below_signature",
    ),
    "a photograph as a banner below the closing formula": Case(
        mail(
            "Naskah.",
            "<p>Naskah terlampir.</p><p>Salam,</p><p>Siti</p><img src='cid:l' width=600>",
            (("image001.jpg", "l", scene(9, 1600, 500)),),
            WHOLE,
        ),
        "accept",
        "IMG_1.jpg IMG_2.jpg",
        "picture_below_signature",
    ),
    "photos with captions below the thanks": Case(
        mail(
            "Terima kasih",
            "<p>Naskah dan foto.</p><p>Terima kasih</p><img src='cid:a1'><p>Foto 1: Warga mengangkat "
            "batu fondasi.</p><img src='cid:a2'><p>Foto 2: Kaum ibu menyiapkan sarapan.</p>",
            PASTED,
            (("Naskah.docx", BARE),),
        ),
        "accept",
        "image001.jpg image002.jpg",
    ),
    "photos below the name, and no others": Case(
        mail(
            "Salam",
            "<p>Naskah dan foto.</p><p>Salam</p><p>Siti</p><img src='cid:a1'><img src='cid:a2'>",
            PASTED,
            (("Naskah.docx", BARE),),
        ),
        "revise",
        "image001.jpg image002.jpg",
        told="K001 K001",
    ),
    "a question with a small logo": Case(
        mail(
            "Kapan warta saya tayang?",
            "<p>Kapan warta saya tayang?</p><p>Salam,</p><img src='cid:l'>",
            (("x.png", "l", drawing(300, 300)),),
        ),
        "ignore",
        "",
        "picture_below_signature",
    ),
    "a question with a large logo": Case(
        mail(
            "Kapan warta saya tayang?",
            "<p>Kapan warta saya tayang?</p><p>Salam,</p><img width=120 src='cid:l'>",
            (("x.png", "l", drawing(900, 900)),),
        ),
        "ignore",
        "",
        "picture_below_signature",
    ),
    "the photos are only in the quotation": Case(
        mail(
            "Ini naskah baru.",
            "<p>Ini naskah baru.</p><blockquote type='cite'>Kiriman<img src='cid:q'></blockquote>",
            (("IMG_9.jpg", "q", scene(7, 1280, 960)),),
            (("Naskah.docx", BARE),),
            "Re: Kiriman",
        ),
        "review",
        "",
        "picture_in_quotation",
    ),
    "a forward with a photo and a logo": Case(
        mail(
            "Mohon dimuat.",
            FORWARDED,
            (("IMG_5.jpg", "a", scene(5, 1280, 960)), ("b.png", "b", drawing(500, 500))),
            (("Naskah.docx", BARE),),
            "Fwd: Warta",
        ),
        "accept",
        "IMG_5.jpg",
        "picture_below_signature",
    ),
    "a small logo attached": Case(
        mail("Terlampir.", attached=(*WHOLE, ("kotaku.png", drawing(500, 500)))),
        "accept",
        "IMG_1.jpg IMG_2.jpg",
        "picture_drawn",
    ),
    "a messenger's copy attached": Case(
        mail("Terlampir.", attached=(*WHOLE, ("WA0003.jpg", scene(1, 640, 480)))),
        "accept",
        "IMG_1.jpg IMG_2.jpg",
        "smaller_copy",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_what_is_told_of_a_mail_with_other_pictures(case: Case) -> None:
    found = examine(read_email(case.raw, "x", Safety()), LIMITS)
    (judged,) = found.assessments
    assert found.decision == case.decision
    assert " ".join(photo.name for photo in judged.submission.photos) == case.photos
    assert " ".join(other.why.code for other in judged.submission.others) == case.asides
    assert " ".join(finding.code for finding in judged.findings) == case.told
