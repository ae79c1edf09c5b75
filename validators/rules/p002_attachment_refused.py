"""Attachments that may hold the article or the photos can be opened.

An encrypted, damaged, oversized or .rar archive is told only when the document or all photos are
lacking.

Source: decisions.md, row "document".
"""

from collections.abc import Iterator

from redaksi.model import Other, Submission
from redaksi.reasons import ReasonCode, explain
from validators.rule import Example, Observed, Rule, Words
from validators.samples import make_submission
from validators.seen import find_closed


def check(submission: Submission, limits: None) -> Iterator[Observed]:  # noqa: ARG001 - every rule is called so
    """What could not be opened while something is lacking."""
    if submission.documents and submission.photos:
        return
    for other, case in find_closed(submission):
        yield Observed(subject=other.name, facts={"case": case})


_RAR = Other(
    name="naskah.rar", kind="rar", sha256="", why=explain(ReasonCode.ARCHIVE_KIND, kind="rar")
)


def _closed(what: str, code: ReasonCode) -> Example:
    shut = Other(name="naskah.zip", kind="zip", sha256="", why=explain(code))
    return Example(
        what=what,
        submission=make_submission(documents=(), photos=(), others=(shut,)),
        says=("naskah.zip",),
    )


RULE = Rule(
    code="P002",
    name="attachment-refused",
    section="attachment",
    severity="must",
    check=check,
    message={
        "id": Words(
            title="Lampiran “{subject}” tidak dapat kami buka",
            found="berkas terkompresi ini tidak dapat kami buka",
            rule="naskah dan foto dilampirkan langsung pada surel",
            fix="Ekstrak (Extract) isinya, lalu lampirkan isinya satu per satu pada surel balasan. Bila HP "
            "Bapak/Ibu tidak dapat membukanya, mohon kerjakan di komputer.",
        ),
        "en": Words(
            title="Attachment “{subject}” could not be opened",
            found="it is a compressed file that we cannot open",
            rule="text and photos are attached to the e-mail directly",
            fix="Unpack it and attach what is in it one by one to your reply. If your phone cannot open it, "
            "please use a computer.",
        ),
    },
    variants={
        "locked": {
            "id": Words(
                title="Lampiran “{subject}” tidak dapat kami buka",
                found="berkas ini terkunci",
                rule="naskah dan foto dilampirkan langsung pada surel",
                fix="Buka kuncinya, lalu lampirkan dokumen Word dan fotonya satu per satu. Mohon "
                "jangan mengirim kata "
                "sandi lewat surel.",
            ),
            "en": Words(
                title="Attachment “{subject}” could not be opened",
                found="it is locked",
                rule="text and photos are attached to the e-mail directly",
                fix="Unlock it and attach the Word document and the photos one by one. Please do not "
                "e-mail the password.",
            ),
        },
        "pgp": {
            "id": Words(
                title="“{subject}” terenkripsi (PGP), isinya tidak dapat kami buka",
                found="isinya dienkripsi dengan PGP, dan kami tidak memiliki kunci untuk membukanya",
                rule="naskah dan foto dilampirkan langsung pada surel",
                fix="Kirim ulang tanpa enkripsi: matikan enkripsi (Encrypt) di program surelnya, lalu lampirkan "
                "dokumen Word dan fotonya langsung.",
            ),
            "en": Words(
                title="“{subject}” is encrypted (PGP) and could not be opened",
                found="it is encrypted with PGP, and we have no key to open it",
                rule="text and photos are attached to the e-mail directly",
                fix="Send it again without encryption: turn encryption off in your mail program, and attach the "
                "Word document and the photos directly.",
            ),
        },
        "protected": {
            "id": Words(
                title="Surel Bapak/Ibu tiba terlindungi, isinya tidak dapat kami buka",
                found="“{subject}” memuat surel yang dilindungi hak akses (IRM), sehingga lampirannya "
                "tidak dapat kami baca",
                rule="naskah dan foto dilampirkan langsung pada surel",
                fix="Kirim ulang sebagai surel baru tanpa perlindungan. Di Outlook pada komputer: Opsi "
                "(Options) > Enkripsi (Encrypt) > Tanpa izin khusus (Unrestricted). Bila pilihan itu "
                "tidak ada, kirim dari alamat surel lain.",
            ),
            "en": Words(
                title="Your e-mail came protected and could not be opened",
                found="“{subject}” holds an e-mail under rights management (IRM), so we cannot read what "
                "is attached",
                rule="text and photos are attached to the e-mail directly",
                fix="Send it again as a new e-mail without protection. In Outlook on a computer: Options > "
                "Encrypt > Unrestricted. Where that choice is missing, send it from another address.",
            ),
        },
        "large": {
            "id": Words(
                title="Lampiran “{subject}” tidak dapat kami buka",
                found="ukurannya terlalu besar untuk kami buka",
                rule="naskah dan foto dilampirkan langsung pada surel",
                fix="Lampirkan dokumen Word dan fotonya satu per satu, bila perlu dalam beberapa surel.",
            ),
            "en": Words(
                title="Attachment “{subject}” could not be opened",
                found="it is too large for us to open",
                rule="text and photos are attached to the e-mail directly",
                fix="Attach the Word document and the photos one by one, in several e-mails if need be.",
            ),
        },
        "damaged": {
            "id": Words(
                title="Lampiran “{subject}” tidak dapat kami buka",
                found="berkas ini rusak atau terkirim tidak lengkap",
                rule="naskah dan foto dilampirkan langsung pada surel",
                fix="Lampirkan dokumen Word dan fotonya langsung, satu per satu, pada surel balasan.",
            ),
            "en": Words(
                title="Attachment “{subject}” could not be opened",
                found="it is damaged or arrived incomplete",
                rule="text and photos are attached to the e-mail directly",
                fix="Attach the Word document and the photos directly, one by one, to your reply.",
            ),
        },
    },
    examples=(
        Example(
            what="an archive beside a whole submission", submission=make_submission(others=(_RAR,))
        ),
        Example(
            what="nothing but an archive",
            submission=make_submission(documents=(), photos=(), others=(_RAR,)),
            says=("naskah.rar",),
        ),
        _closed("an archive with a password", ReasonCode.ARCHIVE_ENCRYPTED),
        _closed("a mail encrypted with PGP", ReasonCode.PGP_ENCRYPTED),
        _closed("an archive that arrived cut short", ReasonCode.ARCHIVE_DAMAGED),
        _closed("a mail under rights management", ReasonCode.PROTECTED_MAIL),
        _closed("a file above the safety limit", ReasonCode.FILE_LIMIT),
    ),
)
