"""Links to file services: photos and articles that were not attached but put somewhere else."""

import re
from urllib.parse import parse_qs, urlsplit

_URL = re.compile(r"https?://[^\s<>\"'()\[\]{}|\\^`]{4,2000}", re.IGNORECASE)
_MOST = 2000  # links looked at

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
)
_PLAIN_PAGES = re.compile(
    r"/?(?:|about|index\.html?|download|install|features|policies/.*|terms/?|privacy/?)/?"
)


def find_services(text: str) -> tuple[str, ...]:
    """The file services linked to in `text`, each once, in order: "Google Drive
    (drive.google.com)".

    Links that Outlook ("Safe Links") and Google wrap are unwrapped. A link to a service's front
    page is not a file.
    """
    found: dict[str, None] = {}
    for number, match in enumerate(_URL.finditer(text)):
        if number >= _MOST:
            break
        name = _service(match[0].rstrip(".,;:!?*_'"))
        if name:
            found[name] = None
    return tuple(found)


def _service(url: str, depth: int = 0) -> str:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.").rstrip(".")
    except ValueError:
        return ""
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
