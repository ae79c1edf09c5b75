"""Files that came instead of the article are of a kind that is read.

A presentation, a spreadsheet, a saved Outlook message, a piece of a mail, an encrypted mail, a
shortcut and their like are named, each with why it could not be used; told only where there is no
document. What no one can name is an editor's to look at.

Source: decisions.md, "What we did not understand is not absent".
"""

from collections.abc import Iterator, Mapping

from redaksi.model import Language, Other, Submission
from redaksi.named_kinds import find_named
from redaksi.reasons import ReasonCode, explain
from validators.rule import Example, Observed, Rule, Words
from validators.samples import make_submission
from validators.steps import ATTACH


def check(submission: Submission, limits: None) -> Iterator[Observed]:  # noqa: ARG001 - every rule is called so
    """Each named file, while there is no document."""
    for other, case in find_named(submission):
        yield Observed(subject=other.name, facts={"case": case, "kind": other.kind})


_RULE_ID = "naskah berupa dokumen Word (.doc atau .docx), fotonya dilampirkan terpisah"
_RULE_EN = "the text is a Word document (.doc or .docx), the photos are attached separately"
_DIRECTLY_ID = "Lampirkan dokumen Word dan fotonya langsung pada surel balasan"
_DIRECTLY_EN = "Attach the Word document and the photos directly to your reply"
_IF_THERE_ID = (
    "Bila naskahnya ada di sana, salin isinya ke dokumen Word baru dan simpan sebagai .docx"
)
_IF_THERE_EN = "If your text is in it, copy it into a new Word document and save that as .docx"
_IN_A_WORD_ID = f"{_IF_THERE_ID}; bila di berkas lain, pilih dokumen Word itu. {ATTACH['id']}"
_IN_A_WORD_EN = f"{_IF_THERE_EN}; if it is in another file, take that Word document. {ATTACH['en']}"


def _say(id_: tuple[str, str, str], en: tuple[str, str, str]) -> Mapping[Language, Words]:
    """Title, what was found and how to mend it, in both languages."""
    return {
        "id": Words(title=id_[0], found=id_[1], rule=_RULE_ID, fix=id_[2]),
        "en": Words(title=en[0], found=en[1], rule=_RULE_EN, fix=en[2]),
    }


_VARIANTS: Mapping[str, Mapping[Language, Words]] = {
    "spreadsheet": _say(
        (
            "“{subject}” berupa lembar kerja, bukan dokumen Word",
            "isi berkasnya: {kind:k}, yang tidak kami baca sebagai naskah",
            _IN_A_WORD_ID,
        ),
        (
            "“{subject}” is a spreadsheet, not a Word document",
            "what the file holds: {kind:k}, which we do not read as a text",
            _IN_A_WORD_EN,
        ),
    ),
    "presentation": _say(
        (
            "“{subject}” berupa presentasi, bukan dokumen Word",
            "isi berkasnya: {kind:k}, yang tidak kami baca sebagai naskah",
            f"{_IF_THERE_ID}. Foto di dalam slide mohon dikirim berupa berkas aslinya (.jpg atau .png). "
            f"{_DIRECTLY_ID}.",
        ),
        (
            "“{subject}” is a presentation, not a Word document",
            "what the file holds: {kind:k}, which we do not read as a text",
            f"{_IF_THERE_EN}. Please send photos that are on the slides as the original files (.jpg or .png). "
            f"{_DIRECTLY_EN}.",
        ),
    ),
    "audio": _say(
        (
            "“{subject}” berupa rekaman suara, bukan dokumen Word",
            "isi berkasnya: {kind:k}, yang tidak kami dengarkan",
            f"Ketik naskahnya di dokumen Word, simpan sebagai .docx. {ATTACH['id']}",
        ),
        (
            "“{subject}” is a sound recording, not a Word document",
            "what the file holds: {kind:k}, which we do not listen to",
            f"Type the text in a Word document and save that as .docx. {ATTACH['en']}",
        ),
    ),
    "outlook": _say(
        (
            "“{subject}” berupa surel Outlook yang disimpan (.msg)",
            "berkas .msg tidak kami baca, jadi apa pun yang terlampir di dalamnya belum kami terima",
            "Di komputer: buka berkas itu di Outlook, klik kanan setiap lampirannya > Simpan Sebagai (Save As), "
            "lalu lampirkan berkas-berkas itu langsung pada surel balasan. Bila tidak dapat dibuka, mohon "
            "minta pengirimnya meneruskan (Forward) surel itu dengan lampirannya.",
        ),
        (
            "“{subject}” is a saved Outlook message (.msg)",
            "we do not read .msg files, so whatever is attached inside has not reached us",
            "On a computer: open the file in Outlook, right-click each attachment > Save As, and attach those "
            "files directly to your reply. If it does not open, please ask its sender to forward that e-mail "
            "with its attachments.",
        ),
    ),
    "mail": _say(
        (
            "Surel di dalam lampiran “{subject}” tidak dapat kami buka",
            "lampiran itu berupa surel, dan isinya tidak dapat kami uraikan",
            f"Buka surel itu, simpan dokumen dan foto yang terlampir di sana. {_DIRECTLY_ID}.",
        ),
        (
            "The e-mail inside “{subject}” could not be opened",
            "the attachment is an e-mail that we could not take apart",
            f"Open that e-mail and save the document and photos attached to it. {_DIRECTLY_EN}.",
        ),
    ),
    "partial": _say(
        (
            "Surel Bapak/Ibu tiba sepotong",
            "program surelnya memecah kiriman menjadi beberapa potong, dan potongan itu tidak dapat kami satukan",
            "Matikan pemecahan surel (di Outlook Express: Alat (Tools) > Akun (Accounts) > Properti "
            "(Properties) > Lanjutan (Advanced) > Pecah pesan (Break apart messages)), atau kirim dari "
            f"aplikasi surel lain. {_DIRECTLY_ID}, bila perlu dalam beberapa surel.",
        ),
        (
            "Your e-mail arrived in pieces",
            "the mail program broke the message into pieces, and we cannot put them together",
            "Turn the splitting of messages off (in Outlook Express: Tools > Accounts > Properties > Advanced > "
            f"Break apart messages), or send from another mail app. {_DIRECTLY_EN}, in several e-mails if need be.",
        ),
    ),
    "smime": _say(
        (
            "Surel Bapak/Ibu tiba terenkripsi (S/MIME)",
            "isi surelnya, “{subject}”, dienkripsi, dan kami tidak memiliki kunci untuk membukanya",
            "Kirim ulang sebagai surel baru tanpa enkripsi. Di Outlook pada komputer: Opsi (Options), matikan "
            f"Enkripsi (Encrypt). {_DIRECTLY_ID}.",
        ),
        (
            "Your e-mail arrived encrypted (S/MIME)",
            "its content, “{subject}”, is encrypted, and we have no key to open it",
            "Send it again as a new e-mail without encryption. In Outlook on a computer: Options, turn off "
            f"Encrypt. {_DIRECTLY_EN}.",
        ),
    ),
    "elsewhere": _say(
        (
            "Isi “{subject}” tidak ikut terkirim",
            "surelnya hanya memuat petunjuk ke tempat lain, bukan berkasnya",
            f"Unduh berkasnya dulu. {_DIRECTLY_ID}.",
        ),
        (
            "The content of “{subject}” did not come along",
            "the e-mail only says that the file is somewhere else",
            f"Download the file first. {_DIRECTLY_EN}.",
        ),
    ),
    "deleted": _say(
        (
            "Lampiran “{subject}” sudah terhapus sebelum sampai",
            "program surel menghapus isi lampiran ini dan hanya meninggalkan catatannya",
            f"Cari berkas aslinya di HP atau komputer. {_DIRECTLY_ID}.",
        ),
        (
            "Attachment “{subject}” was deleted before it arrived",
            "a mail program deleted what was attached and left only a note of it",
            f"Find the original file on your phone or computer. {_DIRECTLY_EN}.",
        ),
    ),
    "shortcut": _say(
        (
            "“{subject}” hanya pintasan ke berkas lain",
            "isi berkas yang dituju tidak ikut terkirim",
            f"Buka berkas yang dituju pintasan itu di tempat aslinya. {_DIRECTLY_ID}.",
        ),
        (
            "“{subject}” is only a shortcut to another file",
            "the file that it points to did not come along",
            f"Open the file that it points to where it lies. {_DIRECTLY_EN}.",
        ),
    ),
    "lock": _say(
        (
            "“{subject}” hanya penanda bahwa sebuah dokumen sedang terbuka",
            "berkas itu dibuat sendiri oleh program pengolah kata; isi dokumennya tidak ada di sana",
            f"Simpan dan tutup dokumennya, lalu pilih berkas dokumen itu sendiri. {_DIRECTLY_ID}.",
        ),
        (
            "“{subject}” only marks that a document was open",
            "a word processor makes that file by itself; the document is not in it",
            f"Save and close the document, then take the document’s own file. {_DIRECTLY_EN}.",
        ),
    ),
    "empty": _say(
        (
            "Lampiran “{subject}” kosong",
            "berkasnya tidak berisi apa-apa (0 bita)",
            "Buka berkas itu di HP atau komputer Bapak/Ibu untuk memastikan isinya ada, simpan, lalu lampirkan lagi.",
        ),
        (
            "Attachment “{subject}” is empty",
            "the file holds nothing (0 bytes)",
            "Open the file on your phone or computer to make sure that it is there, save it, and attach it again.",
        ),
    ),
    "hollow": _say(
        (
            "“{subject}” tidak berisi berkas",
            "arsip ini kami buka, dan kami tidak menemukan berkas di dalamnya",
            f"Periksa isi arsipnya di HP atau komputer Bapak/Ibu. {_DIRECTLY_ID}, tanpa arsip.",
        ),
        (
            "There is no file in “{subject}”",
            "we opened this archive and found no file in it",
            f"Look into the archive on your phone or computer. {_DIRECTLY_EN}, without an archive.",
        ),
    ),
    "wrapping": _say(
        (
            "“{subject}” hanya bungkusan Outlook, tanpa berkas di dalamnya",
            "berkas itu bungkusan surel buatan Outlook; kami tidak menemukan dokumen atau foto di dalamnya",
            "Di Outlook pada komputer: Format Teks (Format Text) > HTML, lalu lampirkan dokumen Word dan fotonya "
            "sekali lagi.",
        ),
        (
            "“{subject}” is only Outlook’s wrapping, without a file in it",
            "it is Outlook’s wrapping of an e-mail; we found no document or photo in it",
            "In Outlook on a computer: Format Text > HTML, and attach the Word document and the photos once more.",
        ),
    ),
}  # fmt: skip


def _example(case: str, name: str, kind: str, code: ReasonCode) -> Example:
    came = Other(name=name, kind=kind, sha256="", why=explain(code, kind=kind))
    return Example(
        what=f"{case} instead of the article",
        submission=make_submission(documents=(), photos=(), others=(came,)),
        says=(name,),
    )


RULE = Rule(
    code="P003",
    name="attachment-not-read",
    section="attachment_kind",
    severity="must",
    check=check,
    message=_say(
        (
            "“{subject}” bukan dokumen Word",
            "isi berkasnya: {kind:k}, yang tidak kami baca",
            f"{_IF_THERE_ID}; foto dikirim berupa berkas aslinya. {_DIRECTLY_ID}.",
        ),
        (
            "“{subject}” is not a Word document",
            "what the file holds: {kind:k}, which we do not read",
            f"{_IF_THERE_EN}; photos are sent as the original files. {_DIRECTLY_EN}.",
        ),
    ),
    variants=_VARIANTS,
    examples=(
        Example(what="a document is there", submission=make_submission()),
        _example("office", "Warta.pub", "publisher", ReasonCode.OFFICE_FILE),
        _example("spreadsheet", "Warta.xlsx", "xlsx", ReasonCode.SPREADSHEET),
        _example("presentation", "Warta.pptx", "pptx", ReasonCode.PRESENTATION),
        _example("audio", "Warta.ogg", "ogg", ReasonCode.AUDIO),
        _example("outlook", "Warta.msg", "msg", ReasonCode.MAIL),
        _example("mail", "Warta.eml", "mail", ReasonCode.FORWARDS_DEPTH),
        _example("partial", "lampiran-1.bin", "text", ReasonCode.PARTIAL_MESSAGE),
        _example("smime", "smime.p7m", "unknown", ReasonCode.SMIME_ENCRYPTED),
        _example("elsewhere", "Warta.docx", "text", ReasonCode.EXTERNAL_BODY),
        _example("deleted", "Warta.docx", "text", ReasonCode.DELETED_ATTACHMENT),
        _example("shortcut", "foto.jpg.lnk", "shortcut", ReasonCode.SHORTCUT),
        _example("lock", "~$Warta.docx", "unknown", ReasonCode.OFFICE_LOCK_FILE),
        _example("empty", "warta", "empty", ReasonCode.EMPTY_FILE),
        _example("hollow", "Warta.zip", "zip", ReasonCode.ARCHIVE_EMPTY),
        _example("wrapping", "winmail.dat", "tnef", ReasonCode.WINMAIL_EMPTY),
    ),
)
