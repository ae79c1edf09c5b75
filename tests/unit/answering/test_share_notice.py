"""Notices of file services: an editor sees the link, the robot gets no letter; nothing else of theirs
is a submission."""

import pytest

from desk.demo.makers import mail
from desk.pipeline import examine
from ingest.read.parcel import read_email
from redaksi.limits import Identity, Limits, Safety
from redaksi.model import Examination
from redaksi.reasons import ReasonCode, code_of
from redaksi.sender_rule import SenderRule

LIMITS = Limits(
    identity=Identity(addresses=("redaksi@warta.example",), authserv_id="mx.warta.example")
)
DRIVE = "https://drive.google.com/drive/folders/1AbCdEfGh?usp=sharing_eil"
SHAREPOINT = "https://dinas-my.sharepoint.com/:f:/g/personal/siti/EabC?e=1"
WETRANSFER = "https://wetransfer.com/downloads/0123456789abcdef/0123/abcd?utm_campaign=TRN"

# (sender, subject, link)
NOTICES = [
    ("drive-shares-noreply@google.com", 'Folder shared with you: "Foto KSM"', DRIVE),
    ("drive-shares-dm-noreply@google.com", 'Dokumen yang dibagikan kepada Anda: "Naskah"', "https://docs.google.com/document/d/1Ab/edit"),
    ("drive-shares-dm-noreply@google.com", '"Naskah" - Undangan untuk mengedit', "https://docs.google.com/document/d/1Ab/edit"),
    ("noreply-photos@google.com", "Siti membagikan album kepada Anda", "https://photos.app.goo.gl/AbCdEf1"),
    ("no-reply@sharepointonline.com", "Siti membagikan \"Naskah.docx\" dengan Anda", SHAREPOINT),
    ("no-reply@sharepointonline.com", "Siti shared the folder \"Foto\" with you.", "https://1drv.ms/f/s!AbCd"),
    ("no-reply@onedrive.com", "Siti mengundang Anda melihat folder", "https://onedrive.live.com/?id=AB&cid=CD"),
    ("no-reply@dropbox.com", "Siti shared \"Foto\" with you", "https://www.dropbox.com/scl/fo/abc/h?rlkey=x"),
    ("no-reply@em-s.dropbox.com", "Siti mengirimi Anda \"Foto.zip\"", "https://www.dropbox.com/t/AbCdEf"),
    ("noreply@wetransfer.com", "siti@surel.example mengirim berkas kepada Anda melalui WeTransfer", WETRANSFER),
    ("noreply@wetransfer.com", "siti@surel.example sent you Warta.zip", "https://we.tl/t-AbCdEf"),
    ("contact@transfernow.net", "Siti mengirim 4 berkas untuk Anda", "https://www.transfernow.net/dl/2026AbCd"),
    ("support@mega.nz", "Siti has shared a folder with you", "https://mega.nz/folder/AbCd#EfGh"),
    ("no-reply@mediafire.com", "Siti shared files with you", "https://www.mediafire.com/file/abc/foto.zip/file"),
    ("noreply@fromsmash.com", "Siti sent you files", "https://fromsmash.com/warta-palu"),
    ("noreply@awan.kota.example", "Siti Aminah membagikan »Naskah« dengan Anda", "https://awan.kota.example/index.php/s/aBcDeFgH12"),
]  # fmt: skip
# Of the same services, and of those that look like them.
NO_NOTICES = [
    ("no-reply@accounts.google.com", "Peringatan keamanan", DRIVE),
    ("drive-noreply@google.com", "Penyimpanan Anda hampir penuh", "https://drive.google.com/settings/storage"),
    ("drive-shares-dm-noreply@google.com", "Share request for \"Naskah\"", DRIVE),
    ("drive-shares-dm-noreply@google.com", "Siti meminta akses ke \"Naskah\"", DRIVE),
    ("comments-noreply@docs.google.com", "Siti mengomentari dokumen Anda", "https://docs.google.com/document/d/1Ab/edit"),
    ("forms-receipts-noreply@google.com", "Formulir Anda telah dikirim", "https://docs.google.com/forms/d/e/1Ab/viewform"),
    ("no-reply@dropbox.com", "Get started with Dropbox: upload files", "https://www.dropbox.com/install"),
    ("noreply@wetransfer.com", "Your files were successfully downloaded", WETRANSFER),
    ("noreply@wetransfer.com.evil.example", "Siti sent you files via WeTransfer", WETRANSFER),
    ("no-reply@wetransfer-mail.example", "Siti sent you files via WeTransfer", WETRANSFER),
    ("noreply@wetransfer.com", "Siti sent you files via WeTransfer", "https://unduh.evil.example/berkas"),
    ("noreply@berita.example", "Siti membagikan artikel", DRIVE),
]  # fmt: skip


def notice(sender: str, subject: str, link: str, authenticated: str = "dmarc=pass") -> Examination:
    text = f"Halo,\nuntuk membukanya ikuti tautan ini.\n{link}\n"
    headers = [("Reply-To", "siti@surel.example"), ("List-Unsubscribe", "<https://x.example/u>")]
    raw = mail(("Siti", sender), subject, text, headers=headers, authenticated=authenticated)
    return examine(read_email(raw, "m", Safety()), LIMITS)


@pytest.mark.parametrize(("sender", "subject", "link"), NOTICES)
def test_a_notice_is_an_editors_with_its_link(sender: str, subject: str, link: str) -> None:
    got = notice(sender, subject, link)
    assert got.answer is not None
    assert (got.decision, got.answer.rule) == ("review", SenderRule.NO_REPLY)
    assert (got.answer.send, got.answer.letter, got.answer.to) == (False, "", "")
    assert code_of(got.answer.reason) is ReasonCode.SHARE_NOTICE
    (judged,) = got.assessments
    shown = [each.text for each in judged.submission.unread if each.kind == "link"]
    assert link in shown


@pytest.mark.parametrize(("sender", "subject", "link"), NO_NOTICES)
def test_nothing_else_is_one(sender: str, subject: str, link: str) -> None:
    got = notice(sender, subject, link)
    assert got.answer is not None
    assert (got.decision, got.answer.send) == ("ignore", False)


@pytest.mark.parametrize("authenticated", ["dmarc=fail", "", "spf=fail; dmarc=fail"])
@pytest.mark.parametrize(("sender", "subject", "link"), NOTICES[::4])
def test_what_our_border_does_not_vouch_for_is_believed_nothing(
    sender: str, subject: str, link: str, authenticated: str
) -> None:
    got = notice(sender, subject, link, authenticated)
    assert (got.decision, got.answer and got.answer.send) == ("ignore", False)


def test_who_shares_from_his_own_address_is_a_person() -> None:
    """Outlook's "cloud attachment": the sender writes, no robot."""
    got = notice("siti@surel.example", "Naskah Warta", SHAREPOINT)
    assert got.answer is not None
    assert got.answer.rule is SenderRule.MAILING_LIST  # by its List-Unsubscribe alone
