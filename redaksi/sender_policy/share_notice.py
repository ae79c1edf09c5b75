"""Notices of file services that somebody shared something (answering, row 7): who hands in through
Drive or WeTransfer has a robot write to us. No letter to the robot; an editor sees the link. Pure.

A notice is known by three things at once: the sender's domain is the service's, a link in it leads to
a file there, and its words tell of sharing. Requests, comments and receipts are none.
"""

import re

from msgspec import Struct

from redaksi.arrival import Mail
from redaksi.sender_policy.header_fields import Mailbox, plain


class _Service(Struct, frozen=True):
    """`domains`: of its senders, with all below them. `links`: the names by which Mail.links knows
    it (ingest.read.mail.links). `locals`: of its senders, where the domain writes about much else."""

    name: str
    domains: tuple[str, ...]
    links: tuple[str, ...]
    locals: str = r".*"


_GOOGLE = r"(?:drive|docs|sheets|slides|photos)[-+_.].*|(?:no-?reply)[-_.](?:photos|drive|docs)"
_MICROSOFT = (
    "sharepointonline.com",
    "sharepoint.com",
    "onedrive.com",
    "onedrive.live.com",
    "microsoft.com",
    "microsoftonline.com",
)
_SERVICES = (
    _Service("Google Drive", ("google.com",), ("Google Drive", "Google Docs", "Google Photos"), _GOOGLE),
    _Service("OneDrive", _MICROSOFT, ("OneDrive", "SharePoint")),
    _Service("Dropbox", ("dropbox.com", "dropboxmail.com"), ("Dropbox",)),
    _Service("WeTransfer", ("wetransfer.com", "we.tl"), ("WeTransfer",)),
    _Service("iCloud", ("icloud.com", "apple.com"), ("iCloud",)),
    _Service("Box", ("box.com",), ("Box",)),
    _Service("MEGA", ("mega.nz", "mega.io", "mega.co.nz"), ("MEGA",)),
    _Service("MediaFire", ("mediafire.com",), ("MediaFire",)),
    _Service("TeraBox", ("terabox.com", "teraboxapp.com", "1024terabox.com"), ("TeraBox",)),
    _Service("4shared", ("4shared.com",), ("4shared",)),
    _Service("SendGB", ("sendgb.com",), ("SendGB",)),
    _Service("TransferNow", ("transfernow.net",), ("TransferNow",)),
    _Service("SwissTransfer", ("swisstransfer.com", "infomaniak.com"), ("SwissTransfer",)),
    _Service("Smash", ("fromsmash.com", "smash.com"), ("Smash",)),
    _Service("Filemail", ("filemail.com",), ("Filemail",)),
    _Service("Send Anywhere", ("send-anywhere.com", "estmob.com"), ("Send Anywhere",)),
    _Service("pCloud", ("pcloud.com",), ("pCloud",)),
    _Service("Proton Drive", ("proton.me", "protonmail.com"), ("Proton Drive",), r".*no-?reply.*"),
    _Service("Zoho WorkDrive", ("zoho.com", "zohoworkdrive.com", "zohocloud.com"), ("Zoho WorkDrive",)),
    _Service("Canva", ("canva.com",), ("Canva",)),
    _Service("Adobe", ("adobe.com",), ("Adobe",)),
)  # fmt: skip

_SHARES = re.compile(
    r"\b(?:shared?|sharing|sent you|has sent|sends you|invit(?:es|ed|ation)|transfer(?:red)?|upload(?:s|ed)"
    r"|(?:mem|di)bagikan|(?:mem|di)bagi|berbagi|(?:di|ter)?kirim(?:i|kan|an)?"
    r"|mengirim(?:i|kan)?|mengundang|undangan|(?:di|ber)kongsi(?:kan)?|mengunggah|diunggah|muat naik"
    r"|added you|menambahkan anda|gave you access|memberi(?:kan)?(?: anda)? akses|granted"
    r"|(?:files?|folders?|berkas|dokumen)\s{1,5}(?:for you|untuk anda))\b",
    re.IGNORECASE,
)
_NO_SHARE = re.compile(
    r"request(?:s|ed|ing)?\s{1,5}(?:for\s{1,5})?(?:access|to\s{1,5}(?:share|edit|view))|share request|access request"
    r"|(?:me)?minta(?:an)?\s{1,5}(?:akses|izin|berbagi|untuk\s{1,5}berbagi)|permohonan akses"
    r"|\bcomment(?:ed|s)?\b|mengomentari|\bkomentar\b|mentioned you|menyebut anda"
    r"|(?:were|was|been|telah|sudah)\s{1,5}(?:successfully\s{1,5}|berhasil\s{1,5})?(?:downloaded|diunduh)"
    r"|\bstorage\b|penyimpanan (?:anda )?(?:hampir )?penuh|security alert|peringatan keamanan"
    r"|(?:sign|log)(?:ged)?[- ]?in\b|kata sandi|password|\binvoice\b|tagihan|newsletter",
    re.IGNORECASE,
)
_MOST = 2000  # characters of the words that are looked at
# Nextcloud and ownCloud, as towns and universities run them: a link to a share on the sender's own
# domain.
_OWN_CLOUD = re.compile(
    r"https?://(?:[^\s/<>@]{0,100}@)?([a-z0-9.-]{4,200})(?::\d{1,5})?/(?:[\w-]{1,40}/)?(?:index\.php/)?s/[A-Za-z0-9]{6,64}",
    re.IGNORECASE,
)
_MACHINE = re.compile(
    r"(?:no|do-?not|tidak|jangan)[-_.]?(?:reply|balas|dibalas)|cloud|nextcloud|owncloud"
)


def find_share(mail: Mail, sender: Mailbox) -> str:
    """The service whose notice the mail is, by the one mailbox of its From; "" for none."""
    words = f"{mail.subject}\n{mail.text[:_MOST]}"
    if _NO_SHARE.search(mail.subject) or not _SHARES.search(words):
        return ""
    domain, local = sender.domain, plain(sender.local)
    linked = {link.partition(" (")[0] for link in mail.links}
    for service in _SERVICES:
        if (
            any(_is_below(domain, each) for each in service.domains)
            and linked.intersection(service.links)
            and re.fullmatch(service.locals, local)
        ):
            return service.name
    if _MACHINE.search(local) and any(
        _are_related(host[1].lower(), domain) for host in _OWN_CLOUD.finditer(mail.text[:_MOST])
    ):
        return "Nextcloud"
    return ""


def find_shared(mail: Mail) -> tuple[str, ...]:
    """The addresses that a notice leads to."""
    own = (host[0] for host in _OWN_CLOUD.finditer(mail.text[:_MOST]))
    return mail.addresses or tuple(dict.fromkeys(own))


def _is_below(domain: str, parent: str) -> bool:
    return domain == parent or domain.endswith(f".{parent}")


def _are_related(host: str, domain: str) -> bool:
    """Whether a host is the sender's domain, or one lies below the other."""
    return _is_below(host, domain) or (domain.count(".") > 1 and _is_below(domain, host))
