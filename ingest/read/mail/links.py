"""Links to file services: photos and articles that were not attached but put somewhere else."""

import re
from itertools import islice
from urllib.parse import parse_qs, urlsplit

_URL = re.compile(r"https?://[^\s<>\"'()\[\]{}|\\^`]{4,2000}", re.IGNORECASE)
_SCHEME = re.compile(r"^(?:https?://)?", re.IGNORECASE)
MOST = 2000  # links looked at, of each way to write one

# Host (or the end of it) -> service. A path prefix where the host serves other things too.
_SERVICES: tuple[tuple[str, str, str], ...] = (
    ("drive.google.com", "", "Google Drive"),
    ("docs.google.com", "", "Google Docs"),
    ("photos.google.com", "", "Google Photos"),
    ("photos.app.goo.gl", "", "Google Photos"),
    ("onedrive.live.com", "", "OneDrive"),
    ("1drv.ms", "", "OneDrive"),
    ("onedrive.com", "", "OneDrive"),
    ("sharepoint.com", "", "SharePoint"),
    ("wetransfer.com", "", "WeTransfer"),
    ("we.tl", "", "WeTransfer"),
    ("dropbox.com", "", "Dropbox"),
    ("db.tt", "", "Dropbox"),
    ("icloud.com", "/", "iCloud"),
    ("share.icloud.com", "", "iCloud"),
    ("mediafire.com", "", "MediaFire"),
    ("terabox.com", "", "TeraBox"),
    ("1024terabox.com", "", "TeraBox"),
    ("teraboxapp.com", "", "TeraBox"),
    ("4shared.com", "", "4shared"),
    ("mega.nz", "", "MEGA"),
    ("mega.co.nz", "", "MEGA"),
    ("box.com", "/s/", "Box"),
    ("sendgb.com", "", "SendGB"),
    ("transfernow.net", "", "TransferNow"),
    ("smash.com", "", "Smash"),
    ("fromsmash.com", "", "Smash"),
    ("gofile.io", "", "Gofile"),
    ("pixeldrain.com", "", "Pixeldrain"),
    ("pcloud.link", "", "pCloud"),
    ("workupload.com", "", "Workupload"),
    ("zippyshare.com", "", "Zippyshare"),
    ("swisstransfer.com", "", "SwissTransfer"),
    ("filemail.com", "", "Filemail"),
    ("send-anywhere.com", "", "Send Anywhere"),
    ("sendanywhe.re", "", "Send Anywhere"),
    ("drive.proton.me", "", "Proton Drive"),
    ("workdrive.zoho.com", "", "Zoho WorkDrive"),
    ("zohoworkdrive.com", "", "Zoho WorkDrive"),
    ("canva.com", "/design/", "Canva"),
    ("confidential-mail.google.com", "", "Gmail"),
    ("acrobat.adobe.com", "", "Adobe"),
)
# Shorteners hide where they lead: they count where the words before or behind them speak of files,
# for signatures and invitations carry them too. Often written without a scheme.
_SHORTENERS = frozenset(
    {
        "s.id", "bit.ly", "bitly.com", "tinyurl.com", "t.ly", "cutt.ly", "rb.gy", "is.gd", "v.gd",
        "goo.gl", "gg.gg", "shorturl.at", "ow.ly", "buff.ly", "intip.in", "adf.ly", "linktr.ee",
        "shorturl.asia", "rebrand.ly", "tiny.cc", "bit.do", "lynk.id", "heylink.me", "taplink.cc",
        "t.co", "lnkd.in", "fb.me", "bit.id", "linktree.com", "n9.cl", "soo.gd", "bl.ink", "surl.li", "qrco.de", "me-qr.com",
        "shorturl.com", "urlshort.io", "linkfly.to", "beacons.ai", "msha.ke", "lnk.bio", "bio.link", "linkr.bio", "dub.sh", "kutt.it", "shorturl.gg", "urlz.fr", "bitly.ws",
    }
)  # fmt: skip
_BARE = re.compile(
    r"(?<![\w@./:-])(?:www\.)?(?:"
    + "|".join(re.escape(host) for host in sorted(_SHORTENERS))
    + r")/[\w~%./?=&#-]{2,500}",
    re.IGNORECASE,
)
_OF_FILES = re.compile(
    r"\b(?:foto|gambar|gbr|dokumentasi|photos?|pictures?|images?|files?|berkas|naskah|artikel|articles?|warta"
    r"|g?drive|dokumen|documents?|lampiran|attachments?|unduh|download|resolusi)(?:nya|-\w+)?\b",
    re.IGNORECASE,
)
_AROUND = 160  # characters before a short link that tell what it leads to; half as many behind it
_PLAIN_PAGES = re.compile(
    r"/?(?:|about|index\.html?|download|install|features|policies/.*|terms/?|privacy/?)/?"
)


def find_services(text: str) -> tuple[str, ...]:
    """The file services linked to in `text`, each once, in order: "Google Drive
    (drive.google.com)".

    Links that Outlook ("Safe Links") and Google wrap are unwrapped. A link to a service's front
    page is not a file. A shortener is its own name ("s.id"): what is behind it is not known.
    """
    found: list[tuple[int, str]] = []
    for match in islice(_URL.finditer(text), MOST):
        name = _service(match[0].rstrip(".,;:!?*_'"))
        if name and (name not in _SHORTENERS or _speaks_of_files(text, *match.span())):
            found.append((match.start(), name))
    for match in islice(_BARE.finditer(text), MOST):
        if _speaks_of_files(text, *match.span()):
            host = match[0].partition("/")[0].lower().removeprefix("www.")
            found.append((match.start(), host))
    return tuple(dict.fromkeys(name for _, name in sorted(found)))


def has_more(text: str) -> bool:
    """Whether more links stand in `text` than are looked at."""
    return any(next(islice(p.finditer(text), MOST, None), None) for p in (_URL, _BARE))


def find_short_links(text: str) -> tuple[str, ...]:
    """The shorteners linked to, each once, in order, whatever the words around them say: where
    nothing else came they may lead to it."""
    matches = (
        *islice(_URL.finditer(text), MOST),
        *islice(_BARE.finditer(text), MOST),
    )
    found = [
        (match.start(), name)
        for match in matches
        if (name := _service(_SCHEME.sub("https://", match[0].rstrip(".,;:!?*_'")))) in _SHORTENERS
    ]
    return tuple(dict.fromkeys(name for _, name in sorted(found)))[:5]


def find_addresses(text: str) -> tuple[str, ...]:
    """The addresses of files at such services, each once, in order, at most ten: for an editor to
    open."""
    found: dict[str, None] = {}
    for match in islice(_URL.finditer(text), MOST):
        address = match[0].rstrip(".,;:!?*_'")
        name = _service(address)
        if name and name not in _SHORTENERS:
            found.setdefault(address)
    return tuple(islice(found, 10))


def _speaks_of_files(text: str, start: int, end: int) -> bool:
    """Whether the words around a link name photos, articles or files: its own line, and the line
    above it."""
    above = "\n".join(text[max(0, start - _AROUND) : start].rstrip().rsplit("\n", 2)[-2:])
    behind = text[end : end + _AROUND // 2].partition("\n")[0]
    return bool(_OF_FILES.search(_URL.sub(" ", above)) or _OF_FILES.search(behind))


def _service(url: str, depth: int = 0) -> str:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.").rstrip(".")
    except ValueError:
        return ""
    if host in _SHORTENERS and len(parts.path) > 2:
        return host
    if depth < 2:
        wrapped = _wrapped(host, parts.path, parts.query)
        if wrapped:
            return _service(wrapped, depth + 1)
    for ending, path, name in _SERVICES:
        if host == ending or host.endswith("." + ending):
            bare = _PLAIN_PAGES.fullmatch(parts.path) and not parts.query and not parts.fragment
            return f"{name} ({host})" if parts.path.startswith(path) and not bare else ""
    return ""


def _wrapped(host: str, path: str, query: str) -> str:
    """The address inside a redirecting link."""
    key = ""
    if host.endswith("safelinks.protection.outlook.com"):
        key = "url"
    elif host in ("google.com", "google.co.id") and path == "/url":
        key = "q" if "q=" in query else "url"
    if not key:
        return ""
    try:
        values = parse_qs(query, max_num_fields=20).get(key, [])
    except ValueError:
        return ""
    return values[0] if values and values[0].lower().startswith(("http://", "https://")) else ""
