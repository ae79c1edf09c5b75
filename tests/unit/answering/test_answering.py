"""redaksi.sender_policy.table: every row of the table in several spellings, and no row that
could be left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaksi.limits import Identity
from redaksi.model import Mail, MailKind
from redaksi.sender_policy import table
from redaksi.sender_policy.table import SenderRuling, answer, classify_sender

OWN = Identity(addresses=("redaksi@example.org", "w.arta@gmail.com"), authserv_id="mx.example.org")
PASS = ("Authentication-Results", "mx.example.org; dmarc=pass header.from=example.net")
FROM = ("From", "Rahmawati <rahmawati@example.net>")
Field = tuple[str, str]


def mail(
    *fields: Field, sender: Field | None = FROM, authentication: Field | None = PASS, **also: object
) -> Mail:
    """A mail of a contributor whom our border vouches for, with `fields` added."""
    around = [field for field in (authentication, sender) if field is not None]
    return Mail(headers=(*around, *fields), **also)  # type: ignore[arg-type]


def ruled(subject: Mail, own: Identity = OWN, *, attached: bool = True) -> SenderRuling:
    return classify_sender(subject, own, attached=attached)


def sender(value: str) -> Mail:
    return mail(sender=("From", value))


def border(value: str) -> Mail:
    return mail(authentication=("Authentication-Results", value))


REPLY = ("In-Reply-To", "<a@example.org>")

# (row, kind, mail) for a mail with attachments; row 8 alone is about mails without
CASES: list[tuple[int, MailKind, Mail]] = [
    # 1: a loop, or ourselves
    (1, "loop", mail(*[("Received", "from a by b")] * 51)),
    (1, "loop", mail(*[("received", "from a by b")] * 60, sender=("From", "mailer-daemon@example.net"))),
    (1, "loop", mail(("X-Redaksi-Loop", "redaksi@example.org"))),
    (1, "loop", mail(("x-redaksi-LOOP ", ""))),
    (1, "own", sender("redaksi@example.org")),
    (1, "own", sender('"Redaksi, Warta" <REDAKSI@Example.ORG.>')),
    (1, "own", sender("redaksi+w20260143.k7f3@example.org (kami sendiri)")),
    (1, "own", sender("w.ar.ta+x@googlemail.com")),
    (1, "own", mail(("From", "redaksi@example.org"))),
    # 2: not exactly one From with exactly one plain mailbox
    (2, "bad_sender", mail(sender=None)),
    (2, "bad_sender", mail(("from", "b@example.net"))),
    (2, "bad_sender", sender("a@example.net, b@example.net")),
    (2, "bad_sender", sender("a@example.net,\r\n <b@example.net>")),
    (2, "bad_sender", sender("")),
    (2, "bad_sender", sender("Rahmawati")),
    (2, "bad_sender", sender("Undisclosed recipients:;")),
    (2, "bad_sender", sender("Tim: a@example.net;")),
    (2, "bad_sender", sender("korban@example.com <rahmawati@example.net>")),
    (2, "bad_sender", sender("<a@example.net> <b@example.net>")),
    (2, "bad_sender", sender("a@b@example.net")),
    (2, "bad_sender", sender("<@relay.example:rahmawati@example.net>")),
    (2, "bad_sender", sender("rahmawati@[192.0.2.1]")),
    (2, "bad_sender", sender("rahmawati@[IPv6:2001:db8::1]")),
    (2, "bad_sender", sender("root@localhost")),
    (2, "bad_sender", sender("rahmawati@example.net\x00.evil.example")),
    # 3: reports
    (3, "dsn", mail(report_type="delivery-status")),
    (3, "dsn", mail(report_type="Delivery-Status ")),
    (3, "dsn", mail(("Content-Type", 'Multipart/Report; boundary=x;\r\n Report-Type="Delivery-Status"'))),
    (3, "dsn", mail(("Content-Type", "multipart/report; report-type*=us-ascii''delivery-status"))),
    (3, "dsn", mail(("content-type", "multipart/report (a; report-type=x); report-type = delivery-status"))),
    (3, "dsn", mail(report_type="global-delivery-status")),
    (3, "mdn", mail(report_type="disposition-notification")),
    (3, "mdn", mail(("Content-Type", "multipart/report; report-type=DISPOSITION-NOTIFICATION"))),
    (3, "feedback_report", mail(report_type="feedback-report")),
    (3, "dsn", mail(("X-Failed-Recipients", "a@example.net"))),
    (3, "dsn", mail(("x-failed-recipients", ""))),
    (3, "dsn", sender("Mail Delivery Subsystem <MAILER-DAEMON@example.net>")),
    (3, "dsn", sender("PostMaster@example.net")),
    (3, "dsn", sender("MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@example.net")),
    (3, "dsn", sender('"mailer-daemon"@example.net')),
    # 4: calendars
    (4, "calendar", mail(calendar=True)),
    (4, "calendar", mail(("Content-Type", "text/calendar; method=REQUEST; charset=utf-8"))),
    (4, "calendar", mail(("content-type", 'Text/Calendar (x); charset=utf-8;\r\n\tMethod="REPLY"'))),
    # 5: written by a machine
    (5, "auto_reply", mail(("Auto-Submitted", "auto-replied"))),
    (5, "auto_reply", mail(("auto-submitted", " (no) Auto-Generated ; owner-email=a@example.net"))),
    (5, "auto_reply", mail(("AUTO-SUBMITTED", "\r\n\tauto-replied (vacation)"))),
    (5, "auto_reply", mail(("Auto-Submitted", "no"), ("Auto-Submitted", "auto-notified"))),
    (5, "auto_reply", mail(("Auto-Submitted", "=?utf-8?q?auto-replied?="))),
    (5, "auto_reply", mail(("Auto-Submitted", "\uff41uto-replied"))),
    (5, "auto_reply", mail(("Auto-Submitted", "x-no"))),
    (5, "auto_reply", mail(("X-Auto-Response-Suppress", "All"))),
    (5, "auto_reply", mail(("x-auto-response-suppress", "DR, RN,\r\n NRN, OOF, AutoReply"))),
    (5, "auto_reply", mail(("X-Auto-Response-Suppress", "DR"), ("X-Auto-Response-Suppress", "all"))),
    (5, "auto_reply", mail(("X-Autoreply", "yes"))),
    (5, "auto_reply", mail(("x-autorespond", ""))),
    (5, "auto_reply", mail(("X-BOXTRAPPER", "abc"))),
    (5, "auto_reply", mail(("Precedence", "junk"))),
    (5, "auto_reply", mail(("precedence", " Auto_Reply (x)"))),
    (5, "auto_reply", mail(("Precedence", "normal"), ("Precedence", "=?us-ascii?b?anVuaw==?="))),
    (5, "auto_reply", mail(("Return-Path", "<>"))),
    (5, "auto_reply", mail(("return-path", " < > (bounce)"))),
    (5, "auto_reply", mail(("Return-Path", "<MAILER-DAEMON>"))),
    (5, "auto_reply", mail(("Return-Path", ""))),
    (5, "auto_reply", mail(("Return-Path", "<a@example.net>"), ("Return-Path", "<>"))),
    # 6: one mail to many
    (6, "list", mail(("List-Id", "<warga.example.net>"))),
    (6, "list", mail(("list-unsubscribe", "<mailto:x@example.net>"))),
    (6, "list", mail(("LIST-Anything", ""))),
    (6, "list", mail(("Precedence", "List"))),
    (6, "bulk", mail(("Precedence", "bulk"))),
    (6, "bulk", mail(("precedence", "(x)\r\n BULK"))),
    (6, "bulk", mail(("Precedence ", "=?utf-8?Q?=62ulk?="))),
    # 7: nobody reads it
    (7, "noreply", sender("no-reply@example.net")),
    (7, "noreply", sender("NoReply@example.net")),
    (7, "noreply", sender("forms-receipts-noreply@example.net")),
    (7, "noreply", sender("no-replies@example.net")),
    (7, "noreply", sender("never-reply@example.net")),
    (7, "noreply", sender("auto-reply@example.net")),
    (7, "noreply", sender("no_reply+1234@example.net")),
    (7, "noreply", sender("do.not.reply@example.net")),
    (7, "noreply", sender('"donot-reply"@example.net')),
    (7, "noreply", sender("DONTREPLY@example.net")),
    (7, "noreply", sender("jangan-dibalas@example.net")),
    (7, "noreply", sender("tidak_untuk_dibalas@example.net")),
    (7, "noreply", sender("budi@users.noreply.example.net")),
    (7, "noreply", sender("\uff4eo-reply@example.net")),
    (7, "noreply", sender("owner-warga@example.net")),
    (7, "noreply", sender("Warga-Request@example.net")),
    # 9: our border does not vouch for it
    (9, "forged", border("mx.example.org; dmarc=fail header.from=example.net")),
    (9, "forged", border("MX.Example.Org 1;\r\n spf=pass smtp.mailfrom=x;"
                         "\r\n DMARC = Fail (p=reject) header.from=example.net")),
    (9, "forged", border("mx.example.org (dmarc=pass; really); dmarc/1=fail")),
    (9, "forged", border('"mx.example.org"; spf=pass reason="; dmarc=pass"; dmarc=fail')),
    (9, "forged", border("mx.example.org; dmarc=pass; dmarc=fail")),
    (9, "forged", mail(PASS, authentication=("authentication-results", "mx.example.org; dmarc=fail"))),
    (9, "unauthenticated", mail(authentication=None)),
    (9, "unauthenticated", border("mx.example.com; dmarc=pass")),
    (9, "unauthenticated", border("x.mx.example.org; dmarc=pass")),
    (9, "unauthenticated", border("spf=pass smtp.mailfrom=x; dmarc=pass action=none header.from=example.net")),
    (9, "unauthenticated", border("(mx.example.org) evil.example; dmarc=pass")),
    (9, "unauthenticated", mail(authentication=("ARC-Authentication-Results", "i=1; mx.example.org; dmarc=pass"))),
    (9, "unauthenticated", mail(authentication=("X-Authentication-Results", "mx.example.org; dmarc=pass"))),
    # 10: our border cannot tell
    (10, "normal", border("mx.example.org; dmarc=none")),
    (10, "normal", border("mx.example.org; dmarc=neutral header.from=example.net")),
    (10, "normal", border("mx.example.org; none")),
    (10, "normal", border("mx.example.org; spf=pass; dkim=pass header.d=example.net")),
    (10, "normal", border("mx.example.org; dmarc=temperror")),
    (10, "normal", border("mx.example.org 2; dmarc=pass")),
    (10, "normal", border("mx.example.org; dmarc=pass header.from=evil.example")),
    (10, "normal", border("mx.example.org; dmarc=pass; dmarc=none")),
    (10, "normal", border("mx.example.org; x-dmarc=pass")),
    (10, "normal", border('mx.example.org; spf=fail reason="x; dmarc=pass"')),
    (10, "normal", border("mx.example.org; spf=fail (; dmarc=pass)")),
    (10, "normal", mail(PASS, authentication=("Authentication-Results", "mx.example.org; spf=pass"))),
    # 11: our border vouches for it
    (11, "normal", mail()),
    (11, "normal", border("mx.example.org;\r\n\tspf=pass smtp.mailfrom=a@b;"
                          "\r\n\tdmarc=pass (p=NONE dis=NONE) header.from=Example.NET")),
    (11, "normal", border("MX.EXAMPLE.ORG 1 ; dmarc = pass header.from = example.net")),
    (11, "normal", mail(("Authentication-Results", "evil.example; dmarc=fail"))),
    (11, "normal", mail(PASS, authentication=("Authentication-Results", "relay.example; dmarc=fail"))),
    (11, "normal", sender("=?utf-8?Q?Rahmawati=2C_S.Sos?= <rahmawati@example.net>")),
    (11, "normal", sender('"Rahmawati (BKM), S.Sos" <rahmawati@example.net>')),
    (11, "normal", sender("rahmawati@example.net <rahmawati@example.net>")),
    (11, "normal", mail(sender=("From", "budi@b\u00fccher.example"),
                        authentication=("Authentication-Results",
                                        "mx.example.org; dmarc=pass header.from=xn--bcher-kva.example"))),
    (11, "normal", mail(sender=("From", "budi@surel.example.net"))),
    (11, "normal", sender("nino.reply@example.net")),
    (11, "normal", sender("requestor@example.net")),
    (11, "normal", mail(("Auto-Submitted", "no"))),
    (11, "normal", mail(("Auto-Submitted", " NO (a person, not auto-replied)"))),
    (11, "normal", mail(("X-Auto-Response-Suppress", "DR, RN, NRN, OOF"))),
    (11, "normal", mail(("Precedence", "normal"), ("Return-Path", "<rahmawati@example.net>"))),
    (11, "normal", mail(*[("Received", "from a by b")] * 50)),
    (11, "normal", mail(("Content-Type", "text/calendar; charset=utf-8"))),
    (11, "normal", mail(("Content-Type", "multipart/report; report-type=unheard-of"))),
    (11, "normal", mail(REPLY, subject="Sedang cuti")),
    (11, "normal", mail(("Reply-To", "no-reply@example.com"), ("Disposition-Notification-To", "x@example.com"))),
]  # fmt: skip

OUT_OF_OFFICE = [
    "Sedang cuti", "Di luar kantor: Re: Naskah Warta", "Balasan otomatis: Naskah", "Jawaban otomatis",
    "Saya sedang tidak di tempat", "Dinas luar kota – Re: Naskah", "Mohon maaf, saya sedang cuti s.d. 30 November",
    "Out of Office Re: Naskah", "Automatic reply: Naskah", "Auto: Re: Naskah", "AUTOREPLY", "On leave until Monday",
    "=?utf-8?q?Balasan_otomatis?=: Naskah", "Sedang\u200b cuti", "Naskah Warta (out of office)", "OOO: Naskah",
    "Budi Santoso is out of the office", "I am out of the office until 30 November", "Pemberitahuan otomatis",
    "Notifikasi Otomatis: Naskah", "Autorespon: Naskah", "Balasan Auto: Naskah", "Izin cuti", "Ijin tidak masuk kantor",
    "Sedang sakit", "Sedang Umrah", "Email Anda telah kami terima", "Terima kasih telah menghubungi kami",
    "Absence du bureau", "自动回复: Naskah", "OOTO Re: Naskah",
]  # fmt: skip
A_PERSON = [
    "Re: Naskah Warta", "Re: Warga Belajar di Luar Kantor", "Re: Sedang Cuti, Lurah Tetap Melayani",
    "Sedang cuti bersama, warga gotong royong", "Fwd: Foto kegiatan", "", "Ooops lupa lampirannya",
    "Re: Dinas Luar Biasa di Siantan", "Re: Budi is out of the office", "Izin mengirim naskah",
    "Sakit hati warga terobati",
    "Warga sakit dijenguk", "Pertanyaan tentang keterangan foto",
]  # fmt: skip


@pytest.mark.parametrize(("row", "kind", "case"), CASES)
def test_the_first_matching_row_decides(row: int, kind: MailKind, case: Mail) -> None:
    ruling = ruled(case)
    assert (ruling.row, ruling.kind) == (row, kind), ruling.reason


@pytest.mark.parametrize("subject", OUT_OF_OFFICE)
def test_row_8_out_of_office_with_nothing_attached(subject: str) -> None:
    ruling = ruled(mail(REPLY, subject=subject), attached=False)
    assert (ruling.row, ruling.kind, ruling.verdict) == (8, "auto_reply", "ignore")


@pytest.mark.parametrize("subject", A_PERSON)
def test_row_8_leaves_a_persons_reply_alone(subject: str) -> None:
    assert ruled(mail(REPLY, subject=subject), attached=False).row == 11


@pytest.mark.parametrize("subject", OUT_OF_OFFICE)
def test_row_8_leaves_a_mail_alone_that_replies_to_nothing(subject: str) -> None:
    assert ruled(mail(("In-Reply-To", " "), subject=subject), attached=False).row == 11


@pytest.mark.parametrize("place", range(1, 12))
def test_without_any_one_row_a_case_would_be_decided_otherwise(
    place: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = [
        *((row, case, True) for row, _, case in CASES),
        (8, mail(REPLY, subject=OUT_OF_OFFICE[0]), False),
    ]
    rows = table.ROWS
    assert len(rows) == 11
    monkeypatch.setattr(table, "ROWS", rows[: place - 1] + rows[place:])
    assert any(ruled(case, attached=attached).row != row for row, case, attached in everything)


def test_every_row_is_held_by_at_least_three_cases() -> None:
    held = [row for row, _, _ in CASES] + [8] * len(OUT_OF_OFFICE)
    assert all(held.count(row) >= 3 for row in range(1, 12))


# ── what a ruling means for the mail ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("row", "kind", "case"), [case for case in CASES if case[0] in (2, 6) or case[1] == "own"]
)
def test_rows_shown_to_an_editor_are_examined_only_when_something_came_with_them(
    row: int, kind: MailKind, case: Mail
) -> None:
    assert ruled(case, attached=True).verdict == "review"
    assert ruled(case, attached=False).verdict == "ignore"


@pytest.mark.parametrize(
    ("row", "kind", "case"),
    [case for case in CASES if case[0] in (3, 4, 5, 7) or case[1] == "loop"],
)
def test_what_machines_write_is_not_a_submission(row: int, kind: MailKind, case: Mail) -> None:
    assert ruled(case).verdict == "ignore"


@pytest.mark.parametrize(
    ("row", "kind", "case"), [case for case in CASES if case[0] in (9, 10, 11)]
)
def test_authentication_never_changes_the_verdict(row: int, kind: MailKind, case: Mail) -> None:
    assert ruled(case).verdict is None


def test_without_a_border_of_ours_every_letter_waits() -> None:
    ruling = ruled(mail(), Identity(addresses=OWN.addresses, authserv_id=""))
    assert (ruling.row, ruling.letter) == (10, "held")


# ── the answer ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("row", "kind", "case"), CASES)
def test_only_row_11_sends_and_only_row_10_holds(row: int, kind: MailKind, case: Mail) -> None:
    said = answer(case, OWN, ruled(case), "accept", "accepted")
    assert said.send is (row == 11)
    assert (said.letter, bool(said.to)) == (("accepted", True) if row >= 10 else ("", False))
    assert said.row == row


def test_a_letter_goes_to_from_alone() -> None:
    case = mail(("Reply-To", "a@example.com"), ("Disposition-Notification-To", "b@example.com"))
    assert answer(case, OWN, ruled(case), "revise", "revise").to == "rahmawati@example.net"


@pytest.mark.parametrize("verdict", ["review", "quarantine", "failed", "ignore"])
def test_these_verdicts_are_never_answered(verdict: str) -> None:
    said = answer(mail(), OWN, ruled(mail()), verdict, "accepted")  # type: ignore[arg-type]
    assert (said.send, said.letter, said.to) == (False, "", "")


def test_no_letter_to_write_is_no_letter_to_send() -> None:
    assert not answer(mail(), OWN, ruled(mail()), "accept", "").send


def test_our_own_address_is_never_written_to_whatever_the_ruling() -> None:
    case = sender("redaksi+x@example.org")
    forced = SenderRuling(row=11, kind="normal", letter="send", examine=True, reason="forced")
    assert answer(case, OWN, forced, "accept", "accepted").to == ""


# ── nothing gets past a row by spelling ───────────────────────────────────────────────────────────

_CFWS = st.lists(
    st.sampled_from([" ", "\t", "\r\n ", "(x)", "(a (b) \\) c)", '("no)']), max_size=3
).map("".join)


@given(
    before=_CFWS,
    after=_CFWS,
    upper=st.booleans(),
    word=st.sampled_from(["auto-replied", "auto-generated", "x"]),
)
def test_no_comment_or_folding_hides_auto_submitted(
    before: str, after: str, upper: bool, word: str
) -> None:
    value = f"{before}{word.upper() if upper else word}{after}"
    assert ruled(mail(("Auto-Submitted", value))).row == 5


@given(before=_CFWS, after=_CFWS, upper=st.booleans())
def test_no_comment_or_folding_turns_no_into_something_else(
    before: str, after: str, upper: bool
) -> None:
    assert ruled(mail(("Auto-Submitted", f"{before}{'NO' if upper else 'no'}{after}"))).row == 11


@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                [
                    "From",
                    "Auto-Submitted",
                    "Precedence",
                    "Authentication-Results",
                    "Content-Type",
                    "Return-Path",
                    "In-Reply-To",
                ]
            ),
            st.text(max_size=80),
        ),
        max_size=8,
    )
)
def test_no_header_breaks_the_table_and_only_a_pass_of_our_border_sends(
    fields: list[Field],
) -> None:
    case = Mail(headers=tuple(fields), subject="".join(value for _, value in fields))
    ruling = ruled(case)
    assert 1 <= ruling.row <= 11
    said = answer(case, OWN, ruling, "accept", "accepted")
    assert not said.send or ruling.row == 11


@pytest.mark.parametrize(
    "hostile", [piece * 30_000 for piece in ("(", '"', "<", "a,", "a@", "[", "=?a?q?", "\\(")]
)
def test_hostile_fields_cost_linear_time(hostile: str) -> None:
    case = Mail(
        headers=(
            ("From", hostile),
            ("Auto-Submitted", hostile),
            ("Authentication-Results", hostile),
        )
    )
    assert ruled(case).row in range(1, 12)
