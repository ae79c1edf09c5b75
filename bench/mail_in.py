"""Mail in: client CPU of fetch and spool beside mbsync's over TLS, and of our MIME split beside
mail-parser's."""

import resource
import shutil
import statistics
import subprocess
import tempfile
import time
from functools import partial
from pathlib import Path

import mailparser

from bench.whole_way import mails
from desk.demo import dovecot
from desk.demo.makers import mail, photo
from ingest.fetch.listing import Account
from ingest.fetch.mailbox import open_mailbox
from ingest.read.mail.message import split
from ingest.read.parcel import read_email
from redaksi.limits import MB, Limits

MAILS, ROUNDS = 20, 5
Row = tuple[str, float, str]


def rows() -> list[Row]:
    """The table's rows."""
    return [*_mime(), *_fetch()]


def _mime() -> list[Row]:
    shots = [photo(2400, 1800, seed, grain=34) for seed in (1, 2)]
    raw = mail(
        ("Rahma", "r@kontributor.example"),
        "Naskah",
        "Terlampir.\n",
        [("a.jpg", shots[0]), ("b.jpg", shots[1])],
    )
    safety = Limits().safety
    theirs, ours, splits = [], [], []
    for _ in range(5):
        theirs.append(
            _cpu(lambda: [part["payload"] for part in mailparser.parse_from_bytes(raw).attachments])
        )
        ours.append(_cpu(lambda: read_email(raw, "bench", safety)))
        splits.append(_cpu(lambda: split(raw, safety)))
    base = statistics.median(theirs)
    size = f"a mail of {len(raw) / MB:.1f} MB; CPU, alternated"
    return [
        ("MIME split / mail-parser", statistics.median(splits) / base, size),
        (
            "a whole Parcel (decoded, hashed, typed) / mail-parser",
            statistics.median(ours) / base,
            size,
        ),
    ]


def _cpu(task: object) -> float:
    assert callable(task)
    start = time.process_time()
    task()
    return time.process_time() - start


def _fetch() -> list[Row]:
    if dovecot.missing() or shutil.which("mbsync") is None:
        return [
            (
                "fetch and spool / mbsync",
                0.0,
                dovecot.missing() or "needs mbsync: apt-get install isync",
            )
        ]
    made = mails(MAILS)
    ours, theirs = [], []
    with dovecot.running() as server, tempfile.TemporaryDirectory() as home:
        clear = Account(
            id="x",
            host=server.host,
            port=server.port,
            user="bench",
            password=server.password,
            security="none",
        )
        with open_mailbox(clear) as mailbox:
            for raw in made:
                mailbox.append("INBOX", raw)
        account = Account(
            id="x",
            host="localhost",
            port=server.tls_port,
            user="bench",
            password=server.password,
            tls_ca=str(server.certificate),
        )
        for turn in range(ROUNDS):
            fresh = Path(home) / f"ours-{turn}"
            fresh.mkdir()
            ours.append(_cpu(partial(_download, account, fresh)))
            theirs.append(_mbsync(server, Path(home) / f"mbsync-{turn}"))
    told = f"{sum(map(len, made)) / MB:.0f} MB over TLS, client CPU, alternated"
    return [("fetch and spool / mbsync", statistics.median(ours) / statistics.median(theirs), told)]


def _download(account: Account, home: Path) -> None:
    with open_mailbox(account) as mailbox:
        mailbox.select("INBOX")
        for one in mailbox.new("INBOX", 0):
            mailbox.fetch(one.uid, one.size, home)


def _mbsync(server: dovecot.Dovecot, folder: Path) -> float:
    """Seconds of CPU of one mbsync of the same mailbox into a fresh Maildir."""
    (folder / "mail").mkdir(parents=True)
    rc = folder / "rc"
    rc.write_text(
        f"IMAPAccount a\nHost localhost\nPort {server.tls_port}\nUser bench\nPass {server.password}\nSSLType IMAPS\n"
        f"CertificateFile {server.certificate}\n\nIMAPStore far\nAccount a\n\n"
        f"MaildirStore near\nPath {folder}/mail/\nInbox {folder}/mail/INBOX\n\n"
        "Channel c\nFar :far:\nNear :near:\nPatterns INBOX\nCreate Near\nSyncState *\nSync Pull\n"
    )
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(["mbsync", "-q", "-c", str(rc), "c"], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)
