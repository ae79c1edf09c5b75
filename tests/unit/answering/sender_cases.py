"""Mails for every row of the table in redaksi.sender_policy, and subjects of responders and of
people."""

from redaksi.arrival import Mail
from redaksi.limits import Identity
from redaksi.model import MailKind
from redaksi.sender_policy.brought import NOTHING, Brought
from redaksi.sender_policy.ruling import SenderRuling
from redaksi.sender_policy.table import classify_sender
from redaksi.sender_rule import SenderRule

OWN = Identity(addresses=("redaksi@example.org", "w.arta@gmail.com"), authserv_id="mx.example.org")
PASS = ("Authentication-Results", "mx.example.org; dmarc=pass header.from=example.net")
FROM = ("From", "Rahmawati <rahmawati@example.net>")
FILES = Brought(attached=True, document=True)
Field = tuple[str, str]
UNDECIDED = SenderRule.UNDECIDED
OWN_OR_LOOP = SenderRule.OWN_OR_LOOP
BAD_SENDER = SenderRule.BAD_SENDER
REPORT = SenderRule.REPORT
CALENDAR = SenderRule.CALENDAR
AUTOMATIC = SenderRule.AUTOMATIC
MAILING_LIST = SenderRule.MAILING_LIST
NO_REPLY = SenderRule.NO_REPLY
OUT_OF_OFFICE = SenderRule.OUT_OF_OFFICE
STAND_IN = SenderRule.STAND_IN
NOT_AUTHENTICATED = SenderRule.NOT_AUTHENTICATED
UNKNOWN = SenderRule.UNKNOWN
AUTHENTICATED = SenderRule.AUTHENTICATED


def mail(
    *fields: Field, sender: Field | None = FROM, authentication: Field | None = PASS, **also: object
) -> Mail:
    """A mail of a contributor whom our border vouches for, with `fields` added."""
    around = [field for field in (authentication, sender) if field is not None]
    return Mail(headers=(*around, *fields), **also)  # type: ignore[arg-type]


def ruled(subject: Mail, own: Identity = OWN, *, attached: bool = True) -> SenderRuling:
    return classify_sender(subject, own, FILES if attached else NOTHING)


def sender(value: str) -> Mail:
    return mail(sender=("From", value))


def border(value: str) -> Mail:
    return mail(authentication=("Authentication-Results", value))


REPLY = ("In-Reply-To", "<a@example.org>")


# (rule, kind, mail) for a mail with attachments; OUT_OF_OFFICE alone is about mails without
CASES: list[tuple[SenderRule, MailKind, Mail]] = [
    # a loop, or ourselves
    (OWN_OR_LOOP, "loop", mail(*[("Received", "from a by b")] * 51)),
    (OWN_OR_LOOP, "loop", mail(*[("received", "from a by b")] * 60, sender=("From", "mailer-daemon@example.net"))),
    (OWN_OR_LOOP, "loop", mail(("X-Redaksi-Loop", "redaksi@example.org"))),
    (OWN_OR_LOOP, "loop", mail(("x-redaksi-LOOP ", ""))),
    (OWN_OR_LOOP, "own", sender("redaksi@example.org")),
    (OWN_OR_LOOP, "own", sender('"Redaksi, Warta" <REDAKSI@Example.ORG.>')),
    (OWN_OR_LOOP, "own", sender("redaksi+w20260143.k7f3@example.org (kami sendiri)")),
    (OWN_OR_LOOP, "own", sender("w.ar.ta+x@googlemail.com")),
    (OWN_OR_LOOP, "own", mail(("From", "redaksi@example.org"))),
    # not exactly one From with exactly one plain mailbox
    (BAD_SENDER, "bad_sender", mail(sender=None)),
    (BAD_SENDER, "bad_sender", mail(("from", "b@example.net"))),
    (BAD_SENDER, "bad_sender", sender("a@example.net, b@example.net")),
    (BAD_SENDER, "bad_sender", sender("a@example.net,\r\n <b@example.net>")),
    (BAD_SENDER, "bad_sender", sender("")),
    (BAD_SENDER, "bad_sender", sender("Rahmawati")),
    (BAD_SENDER, "bad_sender", sender("Undisclosed recipients:;")),
    (BAD_SENDER, "bad_sender", sender("Tim: a@example.net;")),
    (BAD_SENDER, "bad_sender", sender("korban@example.com <rahmawati@example.net>")),
    (BAD_SENDER, "bad_sender", sender("<a@example.net> <b@example.net>")),
    (BAD_SENDER, "bad_sender", sender("a@b@example.net")),
    (BAD_SENDER, "bad_sender", sender("<@relay.example:rahmawati@example.net>")),
    (BAD_SENDER, "bad_sender", sender("rahmawati@[192.0.2.1]")),
    (BAD_SENDER, "bad_sender", sender("rahmawati@[IPv6:2001:db8::1]")),
    (BAD_SENDER, "bad_sender", sender("root@localhost")),
    (BAD_SENDER, "bad_sender", sender("rahmawati@example.net\x00.evil.example")),
    # reports
    (REPORT, "dsn", mail(report_type="delivery-status")),
    (REPORT, "dsn", mail(report_type="Delivery-Status ")),
    (REPORT, "dsn", mail(("Content-Type", 'Multipart/Report; boundary=x;\r\n Report-Type="Delivery-Status"'))),
    (REPORT, "dsn", mail(("Content-Type", "multipart/report; report-type*=us-ascii''delivery-status"))),
    (REPORT, "dsn", mail(("content-type", "multipart/report (a; report-type=x); report-type = delivery-status"))),
    (REPORT, "dsn", mail(report_type="global-delivery-status")),
    (REPORT, "mdn", mail(report_type="disposition-notification")),
    (REPORT, "mdn", mail(("Content-Type", "multipart/report; report-type=DISPOSITION-NOTIFICATION"))),
    (REPORT, "feedback_report", mail(report_type="feedback-report")),
    (REPORT, "dsn", mail(("X-Failed-Recipients", "a@example.net"))),
    (REPORT, "dsn", mail(("x-failed-recipients", ""))),
    (REPORT, "dsn", sender("Mail Delivery Subsystem <MAILER-DAEMON@example.net>")),
    (REPORT, "dsn", sender("PostMaster@example.net")),
    (REPORT, "dsn", sender("MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@example.net")),
    (REPORT, "dsn", sender('"mailer-daemon"@example.net')),
    # calendars
    (CALENDAR, "calendar", mail(calendar=True)),
    (CALENDAR, "calendar", mail(("Content-Type", "text/calendar; method=REQUEST; charset=utf-8"))),
    (CALENDAR, "calendar", mail(("content-type", 'Text/Calendar (x); charset=utf-8;\r\n\tMethod="REPLY"'))),
    # written by a machine
    (AUTOMATIC, "auto_reply", mail(("Auto-Submitted", "auto-replied"))),
    (AUTOMATIC, "auto_reply", mail(("auto-submitted", " (no) Auto-Generated ; owner-email=a@example.net"))),
    (AUTOMATIC, "auto_reply", mail(("AUTO-SUBMITTED", "\r\n\tauto-replied (vacation)"))),
    (AUTOMATIC, "auto_reply", mail(("Auto-Submitted", "no"), ("Auto-Submitted", "auto-notified"))),
    (AUTOMATIC, "auto_reply", mail(("Auto-Submitted", "=?utf-8?q?auto-replied?="))),
    (AUTOMATIC, "auto_reply", mail(("Auto-Submitted", "\uff41uto-replied"))),
    (AUTOMATIC, "auto_reply", mail(("Auto-Submitted", "x-no"))),
    (AUTOMATIC, "auto_reply", mail(("X-Auto-Response-Suppress", "All"))),
    (AUTOMATIC, "auto_reply", mail(("x-auto-response-suppress", "DR, RN,\r\n NRN, OOF, AutoReply"))),
    (AUTOMATIC, "auto_reply", mail(("X-Auto-Response-Suppress", "DR"), ("X-Auto-Response-Suppress", "all"))),
    (AUTOMATIC, "auto_reply", mail(("X-Autoreply", "yes"))),
    (AUTOMATIC, "auto_reply", mail(("x-autorespond", ""))),
    (AUTOMATIC, "auto_reply", mail(("X-BOXTRAPPER", "abc"))),
    (AUTOMATIC, "auto_reply", mail(("Precedence", "junk"))),
    (AUTOMATIC, "auto_reply", mail(("precedence", " Auto_Reply (x)"))),
    (AUTOMATIC, "auto_reply", mail(("Precedence", "normal"), ("Precedence", "=?us-ascii?b?anVuaw==?="))),
    (AUTOMATIC, "auto_reply", mail(("Return-Path", "<>"))),
    (AUTOMATIC, "auto_reply", mail(("return-path", " < > (bounce)"))),
    (AUTOMATIC, "auto_reply", mail(("Return-Path", "<MAILER-DAEMON>"))),
    (AUTOMATIC, "auto_reply", mail(("Return-Path", ""))),
    (AUTOMATIC, "auto_reply", mail(("Return-Path", "<a@example.net>"), ("Return-Path", "<>"))),
    # a file service tells that somebody shared something
    (NO_REPLY, "noreply", mail(sender=("From", "TransferNow <contact@transfernow.net>"), subject="Siti mengirim 4 berkas",
        authentication=("Authentication-Results", "mx.example.org; dmarc=pass header.from=transfernow.net"),
        links=("TransferNow (transfernow.net)",))),
    # one mail to many
    (MAILING_LIST, "list", mail(("List-Id", "<warga.example.net>"))),
    (MAILING_LIST, "list", mail(("list-unsubscribe", "<mailto:x@example.net>"))),
    (MAILING_LIST, "list", mail(("LIST-Anything", ""))),
    (MAILING_LIST, "list", mail(("Precedence", "List"))),
    (MAILING_LIST, "bulk", mail(("Precedence", "bulk"))),
    (MAILING_LIST, "bulk", mail(("precedence", "(x)\r\n BULK"))),
    (MAILING_LIST, "bulk", mail(("Precedence ", "=?utf-8?Q?=62ulk?="))),
    # nobody reads it
    (NO_REPLY, "noreply", sender("no-reply@example.net")),
    (NO_REPLY, "noreply", sender("NoReply@example.net")),
    (NO_REPLY, "noreply", sender("forms-receipts-noreply@example.net")),
    (NO_REPLY, "noreply", sender("no-replies@example.net")),
    (NO_REPLY, "noreply", sender("never-reply@example.net")),
    (NO_REPLY, "noreply", sender("auto-reply@example.net")),
    (NO_REPLY, "noreply", sender("no_reply+1234@example.net")),
    (NO_REPLY, "noreply", sender("do.not.reply@example.net")),
    (NO_REPLY, "noreply", sender('"donot-reply"@example.net')),
    (NO_REPLY, "noreply", sender("DONTREPLY@example.net")),
    (NO_REPLY, "noreply", sender("jangan-dibalas@example.net")),
    (NO_REPLY, "noreply", sender("tidak_untuk_dibalas@example.net")),
    (NO_REPLY, "noreply", sender("budi@users.noreply.example.net")),
    (NO_REPLY, "noreply", sender("\uff4eo-reply@example.net")),
    (NO_REPLY, "noreply", sender("owner-warga@example.net")),
    (NO_REPLY, "noreply", sender("Warga-Request@example.net")),
    # our border does not vouch for it
    (NOT_AUTHENTICATED, "forged", border("mx.example.org; dmarc=fail header.from=example.net")),
    (NOT_AUTHENTICATED, "forged", border("MX.Example.Org 1;\r\n spf=pass smtp.mailfrom=x;"
                         "\r\n DMARC = Fail (p=reject) header.from=example.net")),
    (NOT_AUTHENTICATED, "forged", border("mx.example.org (dmarc=pass; really); dmarc/1=fail")),
    (NOT_AUTHENTICATED, "forged", border('"mx.example.org"; spf=pass reason="; dmarc=pass"; dmarc=fail')),
    (NOT_AUTHENTICATED, "forged", border("mx.example.org; dmarc=pass; dmarc=fail")),
    (NOT_AUTHENTICATED, "forged", mail(PASS, authentication=("authentication-results", "mx.example.org; dmarc=fail"))),
    (NOT_AUTHENTICATED, "unauthenticated", mail(authentication=None)),
    (NOT_AUTHENTICATED, "unauthenticated", border("mx.example.com; dmarc=pass")),
    (NOT_AUTHENTICATED, "unauthenticated", border("x.mx.example.org; dmarc=pass")),
    (NOT_AUTHENTICATED, "unauthenticated", border("spf=pass smtp.mailfrom=x; dmarc=pass action=none header.from=example.net")),
    (NOT_AUTHENTICATED, "unauthenticated", border("(mx.example.org) evil.example; dmarc=pass")),
    (NOT_AUTHENTICATED, "unauthenticated", mail(authentication=("ARC-Authentication-Results", "i=1; mx.example.org; dmarc=pass"))),
    (NOT_AUTHENTICATED, "unauthenticated", mail(authentication=("X-Authentication-Results", "mx.example.org; dmarc=pass"))),
    # our border cannot tell
    (UNKNOWN, "normal", border("mx.example.org; dmarc=none")),
    (UNKNOWN, "normal", border("mx.example.org; dmarc=neutral header.from=example.net")),
    (UNKNOWN, "normal", border("mx.example.org; none")),
    (UNKNOWN, "normal", border("mx.example.org; spf=pass; dkim=pass header.d=example.net")),
    (UNKNOWN, "normal", border("mx.example.org; dmarc=temperror")),
    (UNKNOWN, "normal", border("mx.example.org 2; dmarc=pass")),
    (UNKNOWN, "normal", border("mx.example.org; dmarc=pass header.from=evil.example")),
    (UNKNOWN, "normal", border("mx.example.org; dmarc=pass; dmarc=none")),
    (UNKNOWN, "normal", border("mx.example.org; x-dmarc=pass")),
    (UNKNOWN, "normal", border('mx.example.org; spf=fail reason="x; dmarc=pass"')),
    (UNKNOWN, "normal", border("mx.example.org; spf=fail (; dmarc=pass)")),
    (UNKNOWN, "normal", mail(PASS, authentication=("Authentication-Results", "mx.example.org; spf=pass"))),
    # our border vouches for it
    (AUTHENTICATED, "normal", mail()),
    (AUTHENTICATED, "normal", border("mx.example.org;\r\n\tspf=pass smtp.mailfrom=a@b;"
                          "\r\n\tdmarc=pass (p=NONE dis=NONE) header.from=Example.NET")),
    (AUTHENTICATED, "normal", border("MX.EXAMPLE.ORG 1 ; dmarc = pass header.from = example.net")),
    (AUTHENTICATED, "normal", mail(("Authentication-Results", "evil.example; dmarc=fail"))),
    (AUTHENTICATED, "normal", mail(PASS, authentication=("Authentication-Results", "relay.example; dmarc=fail"))),
    (AUTHENTICATED, "normal", sender("=?utf-8?Q?Rahmawati=2C_S.Sos?= <rahmawati@example.net>")),
    (AUTHENTICATED, "normal", sender('"Rahmawati (BKM), S.Sos" <rahmawati@example.net>')),
    (AUTHENTICATED, "normal", sender("rahmawati@example.net <rahmawati@example.net>")),
    (AUTHENTICATED, "normal", mail(sender=("From", "budi@b\u00fccher.example"),
                        authentication=("Authentication-Results",
                                        "mx.example.org; dmarc=pass header.from=xn--bcher-kva.example"))),
    (AUTHENTICATED, "normal", mail(sender=("From", "budi@surel.example.net"))),
    (AUTHENTICATED, "normal", sender("nino.reply@example.net")),
    (AUTHENTICATED, "normal", sender("requestor@example.net")),
    (AUTHENTICATED, "normal", mail(("Auto-Submitted", "no"))),
    (AUTHENTICATED, "normal", mail(("Auto-Submitted", " NO (a person, not auto-replied)"))),
    (AUTHENTICATED, "normal", mail(("X-Auto-Response-Suppress", "DR, RN, NRN, OOF"))),
    (AUTHENTICATED, "normal", mail(("Precedence", "normal"), ("Return-Path", "<rahmawati@example.net>"))),
    (AUTHENTICATED, "normal", mail(*[("Received", "from a by b")] * 50)),
    (AUTHENTICATED, "normal", mail(("Content-Type", "text/calendar; charset=utf-8"))),
    (AUTHENTICATED, "normal", mail(("Content-Type", "multipart/report; report-type=unheard-of"))),
    (AUTHENTICATED, "normal", mail(REPLY, subject="Sedang cuti")),
    (AUTHENTICATED, "normal", mail(("Reply-To", "no-reply@example.com"), ("Disposition-Notification-To", "x@example.com"))),
]  # fmt: skip


# test_stand_in.py has more of them
STAND_INS = [
    mail(sender=("From", f"Microsoft Exchange Server{version}"), authentication=None,
         subject="Retrieval using the IMAP4 protocol failed for the following message: 4")
    for version in ("", " 2010", " 2013")
]  # fmt: skip


# Shown to an editor with files, an event without.
SHOWN = (BAD_SENDER, REPORT, CALENDAR, AUTOMATIC, MAILING_LIST, NO_REPLY)
SUBJECTS_OF_RESPONDERS = [
    "Sedang cuti", "Di luar kantor: Re: Naskah Warta", "Balasan otomatis: Naskah", "Jawaban otomatis",
    "Saya sedang tidak di tempat", "Dinas luar kota – Re: Naskah", "Mohon maaf, saya sedang cuti s.d. 30 November",
    "Out of Office Re: Naskah", "Automatic reply: Naskah", "Auto: Re: Naskah", "AUTOREPLY", "On leave until Monday",
    "=?utf-8?q?Balasan_otomatis?=: Naskah", "Sedang\u200b cuti", "Naskah Warta (out of office)", "OOO: Naskah",
    "Budi Santoso is out of the office", "I am out of the office until 30 November", "Pemberitahuan otomatis",
    "Notifikasi Otomatis: Naskah", "Autorespon: Naskah", "Balasan Auto: Naskah", "Izin cuti", "Ijin tidak masuk kantor",
    "Sedang sakit", "Sedang Umrah", "Email Anda telah kami terima", "Terima kasih telah menghubungi kami",
    "Absence du bureau", "自动回复: Naskah", "OOTO Re: Naskah",
    # one word in front
    "Otomatis: Re: Foto susulan", "OTOMATIS: Naskah", "Automated: Re: Naskah", "[Otomatis] Re: Naskah",
    "Automatik: Re: Naskah",
    # Malay, Javanese, Sundanese
    "Balasan automatik: Re: Naskah", "Jawapan Automatik: RE: Naskah", "Di luar pejabat: Re: Naskah", "Sedang bercuti",
    "Wangsulan otomatis", "Balesan otomatis: Re: Naskah", "Kula nembe cuti",
    # Outlook's and Exchange's own languages
    "Automatisch antwoord: Re: Naskah", "Risposta automatica: Naskah", "자동 회신: Naskah", "自動応答: Naskah",
    "Autosvar: Naskah", "Otomatik yanıt: Naskah", "Abwesenheitsnotiz: Naskah", "Trả lời tự động: Naskah",
    # with ornaments, behind, and in person
    "*** Balasan otomatis *** Re: Naskah", "Re: Naskah [Auto-Reply]", "Re: Naskah - Balasan Otomatis",
    "Kantor libur", "Masih cuti lebaran", "Sedang cuti bersama", "Saya sedang umroh", "Cuti: Re: Naskah",
    "Budi Santoso sedang cuti", "Sedang mengikuti diklat",
]  # fmt: skip
A_PERSON = [
    "Re: Naskah Warta", "Re: Warga Belajar di Luar Kantor", "Re: Sedang Cuti, Lurah Tetap Melayani",
    "Sedang cuti bersama, warga gotong royong", "Fwd: Foto kegiatan", "", "Ooops lupa lampirannya",
    "Re: Dinas Luar Biasa di Siantan", "Re: Budi is out of the office", "Izin mengirim naskah",
    "Sakit hati warga terobati",
    "Re: cuti bersama", "Re: Cuti Bersama, Warga Gotong Royong", "Re: Otomatis: Irigasi Tetes Karya Warga",
    "Irigasi Otomatis Karya Warga", "Re: Balasan otomatis: Naskah", "Fwd: Balasan otomatis: Naskah",
    "Re: Pemberitahuan Otomatis Gempa Dipasang Warga", "Pemberitahuan otomatis banjir dipasang di Kali Code",
    "Cuti bersama", "Haji", "Re: Sakit", "Otomatisasi irigasi: hasil panen", "Re: Lomba: Auto", "Pelatihan",
    "Re: Di luar kantor: kisah lurah", "Re: Sedang cuti", "Cuti Melahirkan bagi Kader Posyandu", "Re: Libur Lebaran",
    "Auto Repair Gratis bagi Warga", "Masih Ada Harapan", "Sedang membangun jalan", "Liburan sekolah di kampung",
    "Warga sakit dijenguk", "Pertanyaan tentang keterangan foto",
]  # fmt: skip
