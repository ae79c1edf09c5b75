"""Mails that come at the end of a budget, and what one reading makes of them."""

import io
from collections.abc import Sequence

import msgspec
from PIL import Image

from desk.pipeline import examine
from ingest.read.budget import Budget
from ingest.read.parcel import read_email
from redaksi.limits import Limits, Safety
from redaksi.model import Examination, Photo, Submission
from tests import builders
from tests.unit.read_mail.mails import attachment, text, zipped
from tests.unit.read_mail.mails import mail as mail_of

ARTICLE = builders.article_text(1500)
WORD = builders.docx(ARTICLE, title="Warga Bangun Saluran Air", byline="Rahmawati")


def picture(kind: str, width: int = 1200, height: int = 900, **options: object) -> bytes:
    """A photo of two colours, in any format that Pillow writes."""
    out = io.BytesIO()
    image = Image.new("RGB", (width, height), (90, 120, 60))
    image.paste((200, 30, 30), (0, 0, width // 2, height // 3))
    image.save(out, kind, **options)
    return out.getvalue()


def frames(kind: str, count: int = 3) -> bytes:
    """A picture of several frames."""
    shades = [Image.new("RGB", (1200, 900), (40 * n, 120, 60)) for n in range(1, count + 1)]
    out = io.BytesIO()
    shades[0].save(out, kind, save_all=True, append_images=shades[1:])
    return out.getvalue()


def read(
    files: Sequence[tuple[str, bytes]], budget: Budget | None = None, safety: Safety | None = None
) -> Examination:
    """The examination of a mail with these files, vouched for by our border."""
    return look(builders.mail(attachments=files), budget, safety)


def look(raw: bytes, budget: Budget | None = None, safety: Safety | None = None) -> Examination:
    """The examination of a mail."""
    limits = msgspec.structs.replace(Limits(), safety=safety or Safety())
    budget = budget or Budget(limits.safety)
    return examine(read_email(raw, "uji.eml", limits.safety, budget), limits, budget=budget)


def whole(examination: Examination) -> Submission:
    """Its one submission."""
    (judged,) = examination.assessments
    return judged.submission


def photo(examination: Examination, name: str) -> Photo:
    return next(each for each in whole(examination).photos if each.name == name)


def assert_left(examination: Examination, code: str, **facts: str) -> None:
    """An editor looks, for this reason, and no letter goes."""
    assert examination.decision == "review"
    assert examination.reason is not None
    assert (examination.reason.code.value, dict(examination.reason.facts)) == (code, facts)
    assert examination.answer is not None
    assert not examination.answer.send
    assert examination.answer.letter == ""


def subjects(examination: Examination) -> set[str]:
    """What findings are about; "" = the mail as a whole."""
    return {finding.subject for judged in examination.assessments for finding in judged.findings}


def forwarded(raw: bytes, deep: int = 1) -> bytes:
    """A mail in a mail, and so on."""
    for number in range(deep):
        raw = mail_of(text("Terlampir."), attachment(raw, f"surat-{number}.eml", b"message/rfc822"))
    return raw


__all__ = ["attachment", "mail_of", "text", "zipped"]
