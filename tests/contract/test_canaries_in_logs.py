"""What people, the configuration and servers say is in no log, metric, probe or trace: a canary in
each of their fields, and everything that tells of it searched."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import structlog
from aiosmtpd.smtp import AuthResult

from desk.app import App, open_app
from desk.health.ready import name_stopped
from desk.inbound.poll import Watch, own_mailbox, poll_mailbox
from desk.metrics.exposition import render
from desk.metrics.figures import gather
from desk.outbound import sender
from desk.store.inbound import own_mailboxes
from desk.store.outbound import outbox
from desk.store.outbound import relay as relay_pause
from desk.store.outbound.letters import Letter
from desk.worker.round import examine_waiting
from redaksi import log
from redaksi.config.schema import Config, Mailbox, Queue, Reply
from redaksi.errors import RedaksiError
from tests.builders import docx, jpeg, mail
from tests.empty_store import lay_out
from tests.in_process import InProcess
from tests.scripted_imap import ScriptedImap, scripted
from tests.smtp_server import Listening, Scripted

FIELDS = (
    # of a mail
    "from_name", "from_address", "from_domain", "reply_to", "to_name", "cc", "sender", "subject",
    "message_id", "in_reply_to", "references", "list_id", "user_agent", "received", "body",
    "signature", "quotation", "link", "document_name", "document_title", "document_text",
    "document_byline", "photo_name", "caption", "other_name", "archive_name", "broken_name",
    # of the configuration
    "user", "address", "password", "folder", "relay_user", "relay_password", "relay_name", "sign",
    "digest_to",
    # of servers
    "greeting", "login", "select", "fetch", "relay_greeting", "recipient", "data",
)  # fmt: skip
WORD = re.compile(r"kenari\d\dq", re.IGNORECASE)
CANARY = {field: f"kenari{number:02d}q" for number, field in enumerate(FIELDS)}
HEADERS = (
    ("Reply-To", f'"x" <{CANARY["reply_to"]}@x.example>'),
    ("Cc", f'"{CANARY["cc"]}" <c@x.example>'),
    ("Sender", f"{CANARY['sender']}@x.example"),
    ("In-Reply-To", f"<{CANARY['in_reply_to']}@x.example>"),
    ("References", f"<{CANARY['references']}@x.example>"),
    ("User-Agent", CANARY["user_agent"]),
    ("Received", f"from {CANARY['received']} by mx.warta.example; Mon, 23 Nov 2026 07:05:00 +0700"),
)
BODY = (
    f"Yth. Redaksi {CANARY['body']},\n\nTerlampir. https://x.example/{CANARY['link']}\n"
    f"Keterangan foto 1: {CANARY['caption']} di balai.\n-- \n{CANARY['signature']}\n\n"
    f"> {CANARY['quotation']}\n"
)
ARTICLE = f"{CANARY['document_title']}\n\n{CANARY['document_text']} warga. " + "Warga kerja. " * 60


def mails() -> Iterator[bytes]:
    """One whole, one from a list, one that is broken."""
    who = (CANARY["from_name"], f"{CANARY['from_address']}@{CANARY['from_domain']}.example")
    files = [
        (
            f"{CANARY['document_name']}.docx",
            docx(f"{ARTICLE}\nPenulis: {CANARY['document_byline']}"),
        ),
        (f"{CANARY['photo_name']}.jpg", jpeg(800, 600)),
        (f"{CANARY['other_name']}.exe", b"MZ" * 99),
        (f"{CANARY['archive_name']}.zip", b"PK\x03\x04" + b"\x00" * 99),
        (f"{CANARY['broken_name']}.docx", b"PK\x03\x04 no package"),
    ]
    yield mail(who, f"Naskah {CANARY['subject']}", files, BODY, HEADERS)
    yield mail(
        who, f"Milis {CANARY['subject']}", (), BODY, [("List-Id", f"<{CANARY['list_id']}.x>")]
    )
    plain = mail(who, CANARY["subject"], (), BODY).replace(
        b"Message-ID: <", b"Message-ID: <%s" % (CANARY["message_id"].encode())
    )
    yield plain.replace(b"To: redaksi", b'To: "%s" <redaksi' % CANARY["to_name"].encode()) + b"\xff"


def configuration(home: Path, imap: int, relay: int) -> Config:
    box = Mailbox(
        id="warta",
        host="127.0.0.1",
        port=imap,
        security="none",
        user=CANARY["user"],
        address=f"{CANARY['address']}@warta.example",
        password="env:P",
        folders=("INBOX", f"Naskah {CANARY['folder']}"),
        since=date(2020, 1, 1),
        authserv_id="mx.warta.example",
        read_timeout=timedelta(seconds=2),
    )
    reply = Reply(
        mode="auto",
        host="127.0.0.1",
        port=relay,
        security="none",
        user=CANARY["relay_user"],
        password="env:S",
        name=CANARY["relay_name"],
        sign=CANARY["sign"],
        timeout=timedelta(seconds=3),
    )
    queue = Queue(settle=timedelta(0), digest_to=(f"{CANARY['digest_to']}@warta.example",))
    return Config(mailbox=(box,), data_dir=str(home), reply=reply, queue=queue)


def queue_letter(app: App, number: int) -> None:
    known = f"<redaksi-{number}@warta.example>"
    letter = Letter(
        kind="revise",
        language="id",
        mailbox="warta",
        to=f"{CANARY['from_address']}{number}@{CANARY['from_domain']}.example",
        message_id=known,
        key_id="k1",
        subject=f"Re: {CANARY['subject']}",
        text=CANARY["body"],
        content=f"Message-ID: {known}\r\n\r\n{CANARY['body']}\r\n".encode(),
        at=app.clock() - timedelta(minutes=1),
        idempotency_key=f"test:{number}",
    )
    with app.store.begin() as tx:
        own_mailboxes.remember(tx, own_mailbox(app, app.config.mailbox[0]), app.clock())
        outbox.enqueue(tx, letter)
        relay_pause.reopen(tx)


def fail_badly() -> int:
    raise RuntimeError(CANARY["body"])


def work(app: App) -> None:
    """A pass of everything, whatever it meets."""
    with log.bind_pass():
        steps: tuple[Callable[[], object], ...] = (
            lambda: poll_mailbox(app, app.config.mailbox[0], Watch()),
            lambda: examine_waiting(app, InProcess(), Watch()),
            lambda: sender.send_due_letters(app),
            fail_badly,
        )
        for step in steps:
            try:
                step()
            except RedaksiError as error:
                log.get_logger("worker").error("step.failed", error=error)
            except Exception:  # noqa: BLE001 - as the daemon does
                log.get_logger("worker").exception("step.bug")


def refuse_everything(imap: ScriptedImap, relay: Scripted) -> Iterator[None]:
    """One refusal after another, each with a word of the server's own."""
    imap.greeting = f"* OK {CANARY['greeting']} ready"
    relay.answers["RCPT"] = f"550 5.1.1 no {CANARY['recipient']} b'{CANARY['recipient']}' here"
    yield
    relay.answers["RCPT"] = f"421 4.7.0 {CANARY['relay_greeting']} not now"
    imap.answers["SELECT"] = imap.answers["EXAMINE"] = [
        f"%TAG% NO [NONEXISTENT] no such {CANARY['select']}\r\n".encode()
    ] * 2
    yield
    imap.answers = {"FETCH": [f"%TAG% NO {CANARY['fetch']}\r\n".encode()] * 20}
    imap.mails[9] = next(mails())
    relay.answers = {"DATA": f"554 5.7.1 {CANARY['data']} refused"}
    yield
    imap.answers = {
        "LOGIN": [f"%TAG% NO [AUTHENTICATIONFAILED] b'{CANARY['login']}' wrong\r\n".encode()] * 9
    }
    yield


@pytest.fixture
def told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[str]:
    """The log, the metrics and the probe's codes of all of it."""
    relay = Scripted()
    listening = Listening(
        relay, auth_require_tls=False, authenticator=lambda *_: AuthResult(success=True)
    )
    listening.start()
    lay_out(tmp_path)
    log.configure("info")
    told: list[str] = []
    try:
        with scripted() as imap:
            config = configuration(tmp_path, imap.port, listening.port)
            secrets = {"P": CANARY["password"], "S": CANARY["relay_password"]}
            with open_app(config, environment=secrets) as app:
                imap.mails |= dict(enumerate(mails(), 1))
                for number, _ in enumerate(refuse_everything(imap, relay)):
                    queue_letter(app, number)
                    work(app)
                    told.append(render(gather(app)).decode())
                    told += name_stopped(app)
        yield "".join(told) + capsys.readouterr().err
    finally:
        listening.stop()
        structlog.reset_defaults()


def test_nothing_of_anybody_s_is_told(told: str) -> None:
    assert len(set(CANARY.values())) >= 40
    assert sorted(set(WORD.findall(told.lower()))) == []
    for event in (
        "mail.arrived",
        "mail.filed",
        "poll.folder",
        "mail.withheld",
        "relay.closed",
        "letter",
        "step.bug",
    ):
        assert f" {event} " in told, event
    assert "login_refused" in told
    assert len([line for line in told.splitlines() if " mail.filed pass=" in line]) >= 2


def test_every_field_was_planted() -> None:
    """In what is sent or said, not in this file alone."""
    imap, relay = ScriptedImap(), Scripted()
    try:
        config = configuration(Path("x"), 1, 1)
        said = "".join(
            str(x)
            for _ in refuse_everything(imap, relay)
            for x in (imap.greeting, imap.answers, relay.answers, config)
        )
    finally:
        imap.stop()
    whole = said + "".join(raw.decode("latin-1") for raw in mails()) + ARTICLE
    packed = {"document_title", "document_text", "document_byline", "password", "relay_password"}
    assert {field for field, word in CANARY.items() if word not in whole} <= packed
