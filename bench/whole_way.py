"""Mails a second from end to end through Dovecot, one examination, and both against the bare
library calls."""

import io
import statistics
import tempfile
import time
from datetime import date, timedelta
from email import message_from_bytes
from pathlib import Path

import docx
from PIL import Image

from desk.app import opened
from desk.demo import dovecot
from desk.demo.makers import mail, photo, word
from desk.demo.post import Letterbox, capturing
from desk.demo.texts import article
from desk.inbound.poll import poll_mailbox
from desk.pipeline import examine
from desk.worker.round import one_round
from ingest.fetch.listing import Account
from ingest.fetch.mailbox import Mailbox as OpenMailbox
from ingest.fetch.mailbox import open_mailbox
from ingest.read.parcel import read_email
from redaksi.config.schema import Config, Mailbox, Queue, Reply
from redaksi.limits import Limits

MAILS = 200
Row = tuple[str, float, str]


def mails(count: int) -> list[bytes]:
    """Contributors' mails: one .docx and two photos of about 1.3 MB."""
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
                files,
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
    told: list[Row] = [
        ("examine, median mail, milliseconds", ours * 1000, "in process"),
        (
            "bare library calls, median mail, milliseconds",
            theirs * 1000,
            "email + python-docx + Pillow",
        ),
        ("examine / bare library calls", ours / theirs, "same run, alternated"),
    ]
    if dovecot.missing():
        return [*told, ("mails per second, end to end", 0.0, dovecot.missing())]
    return told + _end_to_end(made, theirs)


def _examination(raw: bytes) -> tuple[float, float]:
    start = time.perf_counter()
    examine(read_email(raw, "bench", Limits().safety), Limits())
    middle = time.perf_counter()
    bare(raw)
    return middle - start, time.perf_counter() - middle


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
        box = Mailbox(
            id="warta",
            address="redaksi@warta.example",
            host=server.host,
            port=server.port,
            user="bench",
            password="env:P",
            since=date(2020, 1, 1),
            security="none",
            authserv_id="mx.warta.example",
        )
        reply = Reply(mode="auto", host="127.0.0.1", port=port, security="none", per_hour=10_000)
        config = Config(
            mailbox=(box,),
            data_dir=str(Path(home) / "data"),
            reply=reply,
            queue=Queue(settle=timedelta(0)),
        )
        with opened(config, environment={"P": server.password}) as app:
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


def _fetch_alone(mailbox: OpenMailbox, home: Path) -> float:
    """Seconds a mail for the fetch alone."""
    mailbox.select("INBOX")
    listed = mailbox.new("INBOX", 0)
    start = time.perf_counter()
    for one in listed:
        mailbox.fetch(one.uid, one.size, home).path.unlink()
    return (time.perf_counter() - start) / max(len(listed), 1)
