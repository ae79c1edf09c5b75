"""Files are attached, not linked to.

Links are not opened: a shortener (s.id, bit.ly) is named by itself. Told only where the document or all photos are lacking.

Source: decisions.md, row "document".
"""

from collections.abc import Iterator, Sequence

from redaksi.model import Submission
from redaksi.named_kinds import CONFIDENTIAL
from validators.rule import Example, Observed, Rule, Words
from validators.samples import make_submission
from validators.seen import find_closed, find_pictures_inside
from validators.steps import ATTACH


def check(submission: Submission, limits: None) -> Iterator[Observed]:  # noqa: ARG001 - every rule is called so
    """Links to a file service while something is lacking."""
    if not submission.links or find_closed(submission):
        return
    if not submission.documents and not submission.typed:
        services = "|".join(submission.links[:5])
        case = _choose_case(submission.links)
        yield Observed(facts={**({"case": case} if case else {}), "services": services})
    elif (
        not submission.photos
        and not find_pictures_inside(submission)
        and "photos-shared-out" not in submission.doubts
    ):
        yield Observed(facts={"case": "photos", "services": "|".join(submission.links[:5])})


def _choose_case(links: Sequence[str]) -> str:
    if any(CONFIDENTIAL in link for link in links):
        return "confidential"
    return "docs" if all(_DOCS in link for link in links) else ""


_DOCS = "docs.google.com"  # the text itself: its app saves it as .docx
_RULE_ID = "naskah dan foto dilampirkan pada surel"
_RULE_EN = "text and photos are attached to the e-mail"
_ATTACH_ID = (
    f"{ATTACH['id']} Lampiran di atas 25 MB diubah Gmail menjadi tautan: kirimlah dalam beberapa surel balasan. "
    "Demi keamanan, kami tidak membuka tautan."
)
_ATTACH_EN = (
    f"{ATTACH['en']} Gmail turns attachments above 25 MB into links: send them in several replies. "
    "For safety we do not open links."
)
# an Android phone downloads files, not folders
_FETCH_ID = "(di HP: buka tautannya, buka berkasnya satu per satu, lalu ketuk ⋮ > Download atau tombol Unduh)"
_FETCH_EN = (
    "(on a phone: open the link, open each file, then tap ⋮ > Download or the Download button)"
)
RULE = Rule(
    code="P001",
    name="link-instead-of-files",
    section="link",
    severity="must",
    check=check,
    message={
        "id": Words(
            title="Naskah belum terlampir, ada tautan di surel",
            found="{services:links}; dokumennya tidak terlampir",
            rule=_RULE_ID,
            fix=f"Unduh berkasnya dulu {_FETCH_ID}. {_ATTACH_ID}",
        ),
        "en": Words(
            title="The text is not attached; the e-mail has a link",
            found="{services:links}; the document is not attached",
            rule=_RULE_EN,
            fix=f"Download the file first {_FETCH_EN}. {_ATTACH_EN}",
        ),
    },
    variants={
        "docs": {
            "id": Words(
                title="Naskah belum terlampir, ada tautan di surel",
                found="{services:links}; dokumennya tidak terlampir",
                rule=_RULE_ID,
                fix="Buka naskahnya di Google Dokumen. Di HP: ⋮ > Bagikan & ekspor (Share & export) > Simpan sebagai "
                f"(Save as) > Word (.docx); di komputer: File > Download > Microsoft Word (.docx). {ATTACH['id']} "
                "Demi keamanan, kami tidak membuka tautan.",
            ),
            "en": Words(
                title="The text is not attached; the e-mail has a link",
                found="{services:links}; the document is not attached",
                rule=_RULE_EN,
                fix="Open the text in Google Docs. On a phone: ⋮ > Share & export > Save as > Word (.docx); on a "
                f"computer: File > Download > Microsoft Word (.docx). {ATTACH['en']} For safety we do not open links.",
            ),
        },
        "confidential": {
            "id": Words(
                title="Surel Bapak/Ibu memakai mode rahasia Gmail, isinya belum kami terima",
                found="isinya hanya dapat dibuka lewat {services:links}, yang demi keamanan tidak kami buka",
                rule=_RULE_ID,
                fix="Kirim ulang sebagai surel biasa, dari HP atau komputer: tulis surel baru di Gmail, buka ⋮ > Mode "
                f"rahasia (Confidential mode), dan pastikan mati. {ATTACH['id']}",
            ),
            "en": Words(
                title="Your e-mail came in Gmail’s confidential mode; its content has not reached us",
                found="it opens only by {services:links}, which for safety we do not follow",
                rule=_RULE_EN,
                fix="Send it again as an ordinary e-mail: in Gmail, compose, tap ⋮ > Confidential mode and make "
                f"sure that it is off. {ATTACH['en']}",
            ),
        },
        "photos": {
            "id": Words(
                title="Foto belum terlampir, ada tautan di surel",
                found="{services:links}; tidak ada berkas foto yang terlampir",
                rule=_RULE_ID,
                fix=f"Unduh fotonya dulu {_FETCH_ID}. {_ATTACH_ID}",
            ),
            "en": Words(
                title="No photo is attached; the e-mail has a link",
                found="{services:links}; no photo file is attached",
                rule=_RULE_EN,
                fix=f"Download the photos first {_FETCH_EN}. {_ATTACH_EN}",
            ),
        },
    },
    examples=(
        Example(
            what="a link beside the files",
            submission=make_submission(links=("Google Drive (drive.google.com)",)),
        ),
        Example(
            what="a link alone",
            submission=make_submission(
                documents=(), photos=(), links=("Google Drive (drive.google.com)",)
            ),
            says=("",),
        ),
        Example(
            what="a Google document",
            submission=make_submission(documents=(), links=("Google Docs (docs.google.com)",)),
            says=("",),
        ),
        Example(
            what="Gmail's confidential mode",
            submission=make_submission(
                documents=(), photos=(), links=("Gmail (confidential-mail.google.com)",)
            ),
            says=("",),
        ),
        Example(
            what="photos behind a short link",
            submission=make_submission(photos=(), links=("s.id",)),
            says=("",),
        ),
        Example(
            what="the text stands in the mail, the photos behind a link",
            submission=make_submission(documents=(), photos=(), typed=1800, links=("s.id",)),
            says=("",),
        ),
        Example(
            what="photos by link",
            submission=make_submission(photos=(), links=("WeTransfer (we.tl)",)),
            says=("",),
        ),
    ),
)
