"""Mails a second from end to end through Dovecot, one examination, and both against the bare
library calls; two examiners against one."""

import io
import statistics
import tempfile
import time
from datetime import date, timedelta
from email import message_from_bytes
from pathlib import Path

import docx
from PIL import Image

from bench import forking
from desk.app import App, open_app
from desk.demo import dovecot
from desk.demo.makers import mail, photo, word
from desk.demo.post import Letterbox, capturing
from desk.demo.texts import article
from desk.inbound.poll import Watch, own_mailbox, poll_mailbox
from desk.jobs.job_queue import EXAMINE
from desk.pipeline import examine
from desk.sandbox.host import Request, Sandbox
from desk.sandbox.sink import FolderSink
from desk.store.inbound import ledger, own_mailboxes
from desk.worker.round import examine_waiting, one_round, open_pool
from ingest.fetch.listing import Account
from ingest.fetch.mailbox import Mailbox as OpenMailbox
from ingest.fetch.mailbox import open_mailbox
from ingest.read.parcel import read_email
from redaksi.config.bounds import Sandboxed
from redaksi.config.schema import Config, Mailbox, Queue, Reply
from redaksi.limits import Limits

MAILS = 200
MIXED = 60  # mails for one examiner, and as many for two
Row = tuple[str, float, str]


def mails(count: int, of: tuple[int, ...] = (3,)) -> list[bytes]:
    """Contributors' mails: one .docx and two photos of about 1.3 MB; `of` how many of these three
    each brings, in turn."""
    shots = [photo(2400, 1800, seed, grain=34) for seed in (1, 2)]
    made = []
    for n in range(count):
        text = article("Siantan Hulu", f"membangun saluran {n}", n)
        naskah = word(
            f"Warga Bangun Saluran {n}",
            text,
            byline="Rahmawati, Tim 04",
            captions=[f"IMG_{i}.jpg: Warga bekerja." for i in (1, 2)],
        )
        files = [
            (f"Warta {n}.docx", naskah),
            ("IMG_1.jpg", shots[0] + bytes([n % 256])),
            ("IMG_2.jpg", shots[1]),
        ]
        made.append(
            mail(
                (f"Kontributor {n}", f"k{n}@kontributor.example"),
                f"Naskah {n}",
                "Terlampir.\n",
                files[: of[n % len(of)]],
            )
        )
    return made


def bare(raw: bytes) -> None:
    """What the libraries alone cost: MIME split, docx open and walk, photo decode."""
    for part in message_from_bytes(raw).walk():
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes):
            continue
        if part.get_content_type().endswith("wordprocessingml.document"):
            for paragraph in docx.Document(io.BytesIO(content)).paragraphs:
                for run in paragraph.runs:
                    _ = run.text, run.font.name, run.font.size
        elif part.get_content_maintype() == "image":
            with Image.open(io.BytesIO(content)) as image:
                image.load()


def rows() -> list[Row]:
    """The table's rows."""
    made = mails(MAILS)
    each = [_examination(raw) for raw in made[:20]]
    ours, theirs = (statistics.median(times) for times in zip(*each, strict=True))
    with Sandbox() as sandbox:
        in_a_child = statistics.median(_in_a_child(sandbox, raw) for raw in made[:20])
    told: list[Row] = [
        ("examine, median mail, milliseconds", ours * 1000, "in process"),
        (
            "bare library calls, median mail, milliseconds",
            theirs * 1000,
            "email + python-docx + Pillow",
        ),
        ("examine / bare library calls", ours / theirs, "same run, alternated"),
        (
            "a child's reading, files given back, ms of processor",
            in_a_child * 1000,
            "thumbnails made",
        ),
    ]
    median, slow = forking.measure()
    told.append(("fork, confine and exit, milliseconds", median, f"9 of 10 within {slow:.1f}"))
    if dovecot.missing():
        return [*told, ("mails per second, end to end", 0.0, dovecot.missing())]
    return told + _end_to_end(made, theirs) + _side_by_side()


def _examination(raw: bytes) -> tuple[float, float]:
    start = time.perf_counter()
    examine(read_email(raw, "bench", Limits().safety), Limits())
    middle = time.perf_counter()
    bare(raw)
    return middle - start, time.perf_counter() - middle


def _in_a_child(sandbox: Sandbox, raw: bytes) -> float:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mail"
        path.write_bytes(raw)
        request = Request(source="bench", limits=Limits(), mail=path, keep=True)
        return sandbox.read(request, FolderSink(Path(folder))).processor


def _end_to_end(made: list[bytes], bare_seconds: float) -> list[Row]:
    with (
        tempfile.TemporaryDirectory() as home,
        dovecot.running() as server,
        capturing(Letterbox()) as port,
    ):
        account = Account(
            id="x",
            host=server.host,
            port=server.port,
            user="bench",
            password=server.password,
            security="none",
        )
        with open_mailbox(account) as mailbox:
            for raw in made:
                mailbox.append("INBOX", raw)
            fetch = _fetch_alone(mailbox, Path(home))
        box = _mailbox(server.host, server.port)
        reply = Reply(mode="auto", host="127.0.0.1", port=port, security="none", per_hour=10_000)
        config = Config(
            mailbox=(box,),
            data_dir=str(Path(home) / "data"),
            reply=reply,
            queue=Queue(settle=timedelta(0)),
        )
        with open_app(config, environment={"P": server.password}) as app:
            start = time.perf_counter()
            poll_mailbox(app, box)
            fetched = time.perf_counter() - start
            one_round(app)
            took = time.perf_counter() - start
    whole = took / len(made)
    return [
        ("mails per second, end to end", len(made) / took, f"{len(made)} mails, Dovecot to SMTP"),
        (
            "of it, taking in (fetch, hash, fsync, commit), ms a mail",
            fetched / len(made) * 1000,
            "",
        ),
        (
            "end to end / (bare fetch + bare library calls)",
            whole / (fetch + bare_seconds),
            "same run",
        ),
    ]


def _mailbox(host: str, port: int) -> Mailbox:
    return Mailbox(
        id="warta",
        address="redaksi@warta.example",
        host=host,
        port=port,
        user="bench",
        password="env:P",
        since=date(2020, 1, 1),
        security="none",
        authserv_id="mx.warta.example",
    )


def _fetch_alone(mailbox: OpenMailbox, home: Path) -> float:
    """Seconds a mail for the fetch alone."""
    mailbox.select("INBOX")
    listed = mailbox.new("INBOX", 0)
    start = time.perf_counter()
    for one in listed:
        mailbox.fetch(one.uid, one.size, home).path.unlink()
    return (time.perf_counter() - start) / max(len(listed), 1)


def _side_by_side() -> list[Row]:
    """What a second examiner brings: examined and filed, letters composed; nothing fetched or
    sent."""
    mixed = mails(MIXED, of=(3, 1, 2))
    spent = {1: 0.0, 2: 0.0}
    for examiners in (1, 2, 2, 1):  # a machine that slows down meanwhile slows both
        spent[examiners] += _seconds_of_examining(mixed, examiners) / 2
    alone, together = spent[1], spent[2]
    return [
        ("examine and file with one examiner, ms a mail", alone * 1000, f"{MIXED} mixed mails"),
        ("one examiner / two", alone / together, "same run"),
    ]


def _seconds_of_examining(made: list[bytes], examiners: int) -> float:
    with tempfile.TemporaryDirectory() as home:
        config = Config(
            mailbox=(_mailbox("127.0.0.1", 1),),
            data_dir=home,
            reply=Reply(mode="draft", host="127.0.0.1", security="none"),
            queue=Queue(settle=timedelta(0)),
            sandbox=Sandboxed(pool=examiners),
        )
        with open_app(config, environment={"P": ""}) as app:
            _deliver(app, made)
            with open_pool(app) as pool:
                start = time.perf_counter()
                done = examine_waiting(app, pool, Watch())
                took = time.perf_counter() - start
    assert done == len(made), f"{done} of {len(made)} were examined"
    return took / len(made)


def _deliver(app: App, made: list[bytes]) -> None:
    """Mails that were taken in, without a server."""
    now = app.clock()
    with app.store.begin() as tx:
        own_mailboxes.remember(tx, own_mailbox(app, app.config.mailbox[0]), now)
    for number, raw in enumerate(made):
        sha = app.blobs.put(raw)
        with app.store.begin() as tx:
            took = ledger.take_in(tx, "warta", sha, len(raw), "mail", f"uid {number}", now)
            app.jobs.defer(tx, EXAMINE, str(took.mail_id))
