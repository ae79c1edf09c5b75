"""Tokens of mails: fields, words in an encoding, parameters, boundaries, parts, encodings of a
body, tags, reports, archives, wrappers."""

import base64
import io
import struct
import tarfile
import zipfile
from functools import partial

from tests.hostile.poison.pictures import make_jpeg
from tests.hostile.poison.reading import Case
from tests.unit.read_mail import mails

_FIELDS = (
    "From", "To", "Reply-To", "Sender", "Subject", "Message-ID", "In-Reply-To", "References", "Date",
    "Received", "Authentication-Results", "DKIM-Signature", "Content-Type", "Content-Disposition",
    "Content-Transfer-Encoding", "Content-ID", "Auto-Submitted", "Precedence", "List-Id",
    "List-Unsubscribe", "X-Autoreply", "Return-Path", "X-Spam-Status", "Disposition-Notification-To",
    "X-Failed-Recipients", "MIME-Version",
)  # fmt: skip
_VALUES = (
    "a", " ", "\t", "\r\n ", "(", ")", "()", "(a", "\\", '"', '"a" ', "<", ">", "<a@b.id>", "<a@b.id>, ",
    "a@b.id, ", "@", ",", ";", ":", "a:;", "=", "=?", "=?utf-8?q?a?=", "=?utf-8?q?a?= ", "=?utf-8?b?YQ==?=",
    "=?x?q?=41?=\r\n ", "=?utf-8?q?", "?=", "; a=b", '; a="b"', "; a*0=b", "; filename*1*=utf-8''a",
    "; name=a", "; boundary=b", "; charset=utf-8", "'", "''", "%41", "/", "multipart/", "[", "]", ".",
    "dmarc=pass ", "dmarc=pass (a) ", "; dkim=pass header.d=a", "mx.contoh.id; ", "spf=fail; ", "1",
    "Mon, ", "1 Jan 2026 ", "+0700 ", "é", "\xff", "from a by b; ", "auto-replied ", "no ",
)  # fmt: skip
_TAGS = (
    "p", "div", "br", "b", "span", "a", "table", "tr", "td", "th", "ul", "ol", "li", "blockquote",
    "pre", "script", "style", "head", "title", "img", "h1", "hr", "font", "center", "o:p", "x",
)  # fmt: skip
_MARKUP = (
    "<", ">", "</", "<a", "<a ", "<a href=", "<a href='", '<a href="http://a.id/b">', "<!", "<!--", "-->",
    "<!-->", "<?", "&", "&#", "&#x", "&#1", "&#9999999999;", "&amp;", "&nbsp;", "<img src=cid:a>",
    "<img alt='a.jpg'>", "<img src='data:image/png;base64,", "<img src=blob:", "cid:", "<p/>", "<p =>",
    "<script>", "</script", "<style", "<td\n", "<![CDATA[", "<p a='>'", "data:image/png;base64,",
)  # fmt: skip


_PLAIN = b"Content-Type: text/plain; charset=utf-8\r\n"


def _headed(field: str, value: str, count: int = 1) -> bytes:
    line = f"{field}: {value * count}\r\n".encode("utf-8", "replace")
    rest = b"" if field == "From" else b"From: siti@contoh.id\r\n"
    return rest + line + b"\r\nTerlampir naskah.\r\n"


def _below(octets: bytes, count: int) -> bytes:
    return octets * count + _headed("Subject", "x")


def _html(markup: str, count: int) -> bytes:
    return mails.mail(mails.text(markup * count, b"html"))


def _behind(before: bytes, octets: bytes, count: int) -> bytes:
    return before + octets * count


def _simple(octets: bytes, count: int, kind: bytes = _PLAIN) -> bytes:
    return mails.simple(octets * count, kind)


def _attached(name: str, octets: bytes) -> bytes:
    return mails.mail(mails.text("x"), mails.attachment(octets, name))


def header_cases(count: int) -> list[Case]:
    """Every field with every token of its values; the field itself many times."""
    found = [
        Case(f"header {field} {value!r}", partial(_headed, field, value, count))
        for field in _FIELDS
        for value in _VALUES
    ]
    found += [
        Case(f"fields {field}", partial(_below, f"{field}: a@b.id\r\n".encode(), count))
        for field in _FIELDS
    ]
    junk = {
        "colons": b":\r\n",
        "no colon": b"a\r\n",
        "blanks": b" \r\n",
        "returns": b"\r",
        "lines": b"\n",
        "nuls": b"\0",
    }
    found += [
        Case(f"header of {name}", partial(_below, octets, count))
        for name, octets in junk.items()
    ]  # fmt: skip
    return found


def html_cases(count: int) -> list[Case]:
    """Tags opened, closed, nested, half written."""
    forms = [
        *(f"<{tag}>" for tag in _TAGS), *(f"</{tag}>" for tag in _TAGS),
        *(f"<{tag}>a</{tag}>" for tag in _TAGS), *_MARKUP,
    ]  # fmt: skip
    found = [Case(f"html {form!r}", partial(_html, form, count)) for form in forms]
    for tag in _TAGS:
        deep = f"<{tag}>" * count + "warga" + f"</{tag}>" * count
        found.append(Case(f"html nested {tag}", partial(_html, deep, 1)))
    cells = "<table><tr><td>" * count + "a" + "</td></tr></table>" * count
    rows = "<table>" + "<tr><td>a</td><td>b</td></tr>" * count + "</table>"
    lists = "<ol><li>a" * count
    found += [
        Case(f"html {name}", partial(_html, markup, 1))
        for name, markup in {"tables in tables": cells, "rows": rows, "lists in lists": lists}.items()
    ]  # fmt: skip
    return found


def part_cases(count: int) -> list[Case]:
    """Boundaries, parts, mails in mails, what only looks like them."""
    top = mails.TOP + b"Content-Type: multipart/mixed; boundary=B\r\n\r\n"
    tokens = {
        "boundaries": b"--B\r\n", "ends": b"--B--\r\n", "parts": b"--B\r\n\r\nx\r\n", "dashes": b"--\r\n",
        "half boundaries": b"--B", "other boundaries": b"--C\r\nContent-Type: text/plain\r\n\r\na\r\n",
        "fallen fields": b"Content-Type: image/jpeg\r\n", "empty lines": b"\r\n", "returns": b"\r",
        "boundary lines that differ": b"--B \t\r\n", "types": b"--B\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n",
        "mails": b"--B\r\nContent-Type: message/rfc822\r\n\r\nFrom: a@b.id\r\n\r\nx\r\n",
        "mails in mails": b"--B\r\nContent-Type: message/rfc822\r\n\r\n",
        "mbox": b"From a@b.id Mon Jan 1 00:00:00 2026\r\nFrom: a@b.id\r\n\r\nx\r\n\r\n",
        "uuencode": b"begin 644 a.jpg\r\n", "uuencode ends": b"begin 644 a\r\n`\r\nend\r\n", "uuencoded": b"begin 644 a\r\n#86)C\r\n",
        "yenc": b"=ybegin line=128 size=1 name=a\r\n", "pgp": b"-----BEGIN PGP MESSAGE-----\r\n",
        "pictures": b"--B\r\nContent-Type: image/jpeg; name=a.jpg\r\n\r\n\xff\xd8\xff\r\n",
        "base64 lines": base64.encodebytes(b"naskah warga " * 4),
    }  # fmt: skip
    found = [
        Case(f"mime {name}", partial(_behind, top, octets, count))
        for name, octets in tokens.items()
    ]
    found += [
        Case(f"text of {name}", partial(_simple, octets, count)) for name, octets in tokens.items()
    ]
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(count)
    )  # fmt: skip
    found.append(Case("mime nested", lambda: mails.TOP + nested))
    bodies = {"quoted-printable": (b"=", b"=4", b"=41", b"= \r\n", b"=\r\n", b"a"), "base64": (b"=", b"A", b"AAAA", b"A=\r\n", b"*"), "x-uuencode": (b"M", b"`\n"), "x": (b"a",)}  # fmt: skip
    for encoding, pieces in bodies.items():
        extra = f"Content-Transfer-Encoding: {encoding}\r\n".encode()
        for piece in pieces:
            found.append(
                Case(
                    f"{encoding} {piece!r}",
                    partial(_simple, piece, count, _PLAIN + extra),
                )
            )
    for charset in ("utf-7", "utf-16", "utf-8", "iso-2022-jp", "hz", "big5", "x-unknown", "idna"):
        kind = f"Content-Type: text/plain; charset={charset}\r\n".encode()
        for piece in (b"+", b"+A", b"\x1b$B", b"~{", b"\xff", b"\x81", b"a", b"\0"):
            found.append(Case(f"{charset} {piece!r}", partial(_simple, piece, count, kind)))
    return found


def report_cases(count: int) -> list[Case]:
    """Delivery reports, plain-text bounces, read receipts."""
    top = mails.TOP + b"Content-Type: multipart/report; report-type=delivery-status; boundary=B\r\n\r\n--B\r\n\r\n"  # fmt: skip
    head = b"\r\n--B\r\nContent-Type: message/delivery-status\r\n\r\n"
    tokens = (
        b"Final-Recipient: rfc822; a@b.id\r\n", b"Status: 5.1.1\r\n", b"Action: failed\r\n", b"\r\n",
        b"Reporting-MTA: dns; a\r\n\r\n", b"Diagnostic-Code: smtp; 550 5.1.1 <a@b.id> (x)\r\n", b" x\r\n",
        b"Final-Recipient: rfc822; a@b.id\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n", b"(", b"<a@b.id>: 550 x\r\n",
        b"550 5.1.1 ", b"Message-ID: <a@b.id>\r\n", b"<a@b.id>", b"----- The following addresses had permanent fatal errors -----\r\n",
        b"host b.id said: 550 ", b"Delivery to the following recipient failed permanently:\r\n",
    )  # fmt: skip
    return [
        Case(f"{name} {token!r}", partial(_behind, before, token, count))
        for name, before in (
            ("report", top + head),
            ("bounce", b"From: MAILER-DAEMON@a.id\r\nSubject: Undelivered Mail\r\n\r\n"),
            ("returned", top + b"\r\n--B\r\nContent-Type: message/rfc822\r\n\r\n"),
        )
        for token in tokens
    ]


def file_cases(count: int) -> list[Case]:
    """Archives, TNEF, signed wrappers, texts of other programs."""

    def der(body: bytes, tag: int = 0x30) -> bytes:
        size = len(body)
        length = bytes([size]) if size < 128 else b"\x84" + struct.pack(">I", size)
        return bytes([tag]) + length + body

    deep = b""
    for _ in range(2_000):
        deep = der(deep)
    indefinite = b"\x30\x80" * count
    oid = bytes.fromhex("06092a864886f70d010702")
    names = io.BytesIO()
    with zipfile.ZipFile(names, "w") as archive:
        for n in range(min(count, 3_000)):
            archive.writestr(f"a/b/{n}.jpg", b"")
    path = io.BytesIO()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a/" * 10_000 + "foto.jpg", make_jpeg(1))
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as packed:
        for n in range(500):
            packed.addfile(tarfile.TarInfo(f"{n}.jpg"), io.BytesIO(b""))
    octets = {
        "names.zip": names.getvalue(),
        "path.zip": path.getvalue(),
        "local heads.zip": b"PK\x03\x04" * count,
        "central.zip": b"PK\x01\x02" * count + b"PK\x05\x06" + bytes(18),
        "ends.zip": b"PK\x05\x06" * count,
        "a.tar": tar.getvalue(),
        "winmail.dat": b"\x78\x9f\x3e\x22\0\0" + b"\x02\x05\x90\x06\0\0\0\0\0\0\0" * count,
        "names.dat": mails.winmail(*((f"{n}.jpg", b"x") for n in range(150))),
        "deep.p7m": der(oid + der(deep, 0xA0)),
        "indefinite.p7m": b"\x30\x80" + oid + indefinite,
        "many.p7m": der(oid + der(der(der(b"", 0x04) * count, 0x24), 0xA0)),
        "a.p7s": der(oid + der(der(b"\2\1\1" * count), 0xA0)),
        "a.eml": b"From: a@b.id\r\n" * count + b"\r\nx",
        "a.mbox": b"From a@b.id Mon Jan 1 00:00:00 2026\r\nFrom: a@b.id\r\n\r\nx\r\n\r\n" * count,
        "a.rtf": b"{\\rtf1 " + b"{\\b a" * count,
        "b.rtf": b"{\\rtf1 " + b"\\par a" * count + b"}",
        "a.html": b"<html><body>" + b"<div>" * count,
        "a.xml": b"<?xml version='1.0'?><w:wordDocument>" + b"<w:p>" * count,
        "a.csv": b"foto,keterangan\n" * count,
        "a.vcf": b"BEGIN:VCARD\r\nFN:a\r\nEND:VCARD\r\n" * count,
        "a.ics": b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" * count,
        "a.svg": b"<svg>" + b"<g>" * count,
        "a.pdf": b"%PDF-1.4\n" + b"1 0 obj <</Type/Page>>\n" * count,
        "a.url": b"[InternetShortcut]\r\nURL=http://a.id\r\n" * count,
        "a.odt": mails.zipped([("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<a>" * count)]),
        "._a.jpg": b"\0\x05\x16\x07\0\2\0\0" + bytes(16) + struct.pack(">H", 60_000) + struct.pack(">III", 2, 26, 4) * 5_000,
    }  # fmt: skip
    return [
        Case(f"file {name}", partial(_attached, name, each))
        for name, each in octets.items()
    ]  # fmt: skip


def files_cases(count: int) -> list[Case]:
    """Many small files, and many captions that name them."""
    small = [mails.attachment(make_jpeg(1) + b"%d" % n, f"IMG_{n}.jpg") for n in range(60)]
    named = "".join(f"IMG_{n % 60}.jpg: Warga {n} membangun jalan desa\n" for n in range(count))
    numbered = "".join(f"Foto {n}: Warga {n} membangun jalan desa\n" for n in range(count))
    return [
        Case("photos and captions by name", lambda: mails.mail(mails.text(named), *small)),
        Case("photos and captions by number", lambda: mails.mail(mails.text(numbered), *small)),
        Case("photos of one name", lambda: mails.mail(mails.text("x"), *small[:1] * 60)),
    ]
