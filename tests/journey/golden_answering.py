"""Golden mails for the rows of answering.md: spellings that must be caught, and contributors
that must not be."""

from collections.abc import Iterator

from tests.journey.golden import BUDI, SITI, Golden, fine
from tests.journey.golden_machines import NAME, files, unanswered
from tests.journey.golden_mime import letter, multi, part, plain
from tests.journey.golden_programs import simple

AWAY = plain("Saya sedang tidak di tempat.\n")


def goldens() -> Iterator[Golden]:
    """All of them."""
    yield from _caught()
    yield from _let_through()
    yield from _results()


def machine(
    name: str,
    rule: str,
    kind: str,
    *,
    sender: str = BUDI,
    subject: str = "Re: Naskah",
    decision: str = "ignore",
    fields: tuple[tuple[str, str], ...] = (),
    top: tuple[tuple[str, str], ...] = (),
) -> Golden:
    """A mail without files that no one answers."""
    return Golden(
        name=name,
        raw=letter(sender, subject, AWAY, stamp=name, fields=fields, top=top),
        expected=unanswered(kind, rule, decision),
    )


def _caught() -> Iterator[Golden]:
    yield machine(
        "auto-submitted-folded-in-capitals",
        "automatic",
        "auto_reply",
        fields=(("AUTO-SUBMITTED", "(mesin)\r\n\tAuto-Generated; owner-email=x@y.example"),),
    )
    yield machine(
        "exchange-suppress-all",
        "automatic",
        "auto_reply",
        fields=(("X-Auto-Response-Suppress", "DR, AutoReply"),),
    )
    yield machine(
        "precedence-auto-reply", "automatic", "auto_reply", fields=(("Precedence", "auto_reply"),)
    )
    yield machine("empty-return-path", "automatic", "auto_reply", top=(("Return-Path", "<>"),))
    yield machine(
        "our-own-loop-header",
        "own_or_loop",
        "loop",
        fields=(("X-Redaksi-Loop", "redaksi@warta.example"),),
    )
    received = tuple(
        ("Received", f"from a{i}.example by b{i}.example; Mon, 16 Nov 2026 02:00:00 +0000")
        for i in range(55)
    )
    yield machine("fifty-five-hops", "own_or_loop", "loop", top=received)
    yield machine(
        "failed-recipients",
        "report",
        "dsn",
        fields=(("X-Failed-Recipients", "pindah@surel.example"),),
    )
    for i, address in enumerate(
        (
            "donotreply@bank.example",
            "no_reply@bank.example",
            "noreply+abc@bank.example",
            "milis-request@kotaku.example",
            "owner-milis@kotaku.example",
        )
    ):
        yield machine(
            f"no-reply-spelling-{i + 1}",
            "no_reply",
            "noreply",
            sender=f"Mesin <{address}>",
            subject="Pemberitahuan",
        )
    yield machine(
        "bulk-mail", "mailing_list", "bulk", fields=(("Precedence", "bulk"),), decision="ignore"
    )
    notice = part(
        [("Content-Type", "message/disposition-notification")],
        b"Final-Recipient: rfc822; siti.aminah@surel.example\r\nDisposition: automatic-action/MDN-sent-automatically; displayed\r\n",
        "7bit",
    )
    body = multi(
        "report",
        [plain("Surel Anda telah dibaca.\n"), notice],
        "mdn",
        "; report-type=disposition-notification",
    )
    yield Golden(
        name="read-receipt",
        raw=letter(SITI, "Dibaca: Re: Naskah", body, stamp="mdn"),
        expected=unanswered("mdn", "report"),
    )
    yield simple(
        "two-mailboxes-in-from",
        unanswered("bad_sender", "bad_sender", "review"),
        *files(),
        sender="Siti <siti@surel.example>, Budi <budi@surel.example>",
    )
    yield simple(
        "from-a-domain-literal",
        unanswered("bad_sender", "bad_sender", "review"),
        *files(),
        sender="Siti <siti@[192.0.2.1]>",
        dmarc="",
    )
    yield simple(
        "from-without-a-dot",
        unanswered("bad_sender", "bad_sender", "review"),
        *files(),
        sender="Siti <siti@localhost>",
        dmarc="",
    )


def _let_through() -> Iterator[Golden]:
    whole = fine(NAME, document="Naskah.docx")
    yield simple("auto-submitted-no", whole, *files(), fields=[("Auto-Submitted", "(manusia) No")])
    yield simple(
        "subject-says-leave-files-attached",
        whole,
        *files(),
        fields=[("In-Reply-To", "<redaksi-1@warta.example>")],
        subject="Libur cuti bersama, warga kerja bakti",
    )
    yield simple(
        "sender-named-like-no-reply",
        whole,
        *files(),
        sender="Norep Lyanto <norep.lyanto@surel.example>",
    )
    yield simple(
        "precedence-normal", whole, *files(), fields=[("Precedence", "normal"), ("X-Priority", "1")]
    )
    yield simple(
        "reply-whose-subject-repeats-auto",
        whole,
        *files(),
        subject="Re: Balasan otomatis: Naskah Anda",
    )


def _results() -> Iterator[Golden]:
    whole = fine(NAME, document="Naskah.docx")
    capital = [
        (
            "Authentication-Results",
            "MX.Warta.Example 1;\r\n\tspf=pass smtp.mailfrom=surel.example; DMARC = PASS (p=reject) header.from=surel.example",
        )
    ]
    yield simple("result-in-capitals", whole, *files(), dmarc="", top=capital)
    other = {
        "answer": {"send": False, "rule": "not_authenticated"},
        "mail": {"kind": "unauthenticated"},
    }
    longer = [
        (
            "Authentication-Results",
            "mx.warta.example.penipu.example; dmarc=pass header.from=surel.example",
        )
    ]
    yield simple("result-of-a-longer-name", other, *files(), dmarc="", top=longer)
    hidden = [
        (
            "Authentication-Results",
            'mx.warta.example; spf=none smtp.helo="x; dmarc=pass"; dmarc=fail header.from=surel.example',
        )
    ]
    yield simple(
        "result-hidden-in-quotes",
        {"answer": {"send": False, "rule": "not_authenticated"}, "mail": {"kind": "forged"}},
        *files(),
        dmarc="",
        top=hidden,
    )
    comment = [
        (
            "Authentication-Results",
            "mx.warta.example; spf=pass (dmarc=pass) smtp.mailfrom=surel.example",
        )
    ]
    yield simple(
        "result-only-in-a-comment", {"answer": {"send": False}}, *files(), dmarc="", top=comment
    )
