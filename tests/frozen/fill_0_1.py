"""Makes the frozen store of 0.1: `python -m tests.frozen.fill_0_1` writes both dumps and the verdicts beside itself.

The golden mails, a conversation, decisions, time and letters go the whole way through Dovecot and SMTP. It runs at
the commit that adds it and is removed once names move; the dumps stay (rulings.md, "Words").
"""

import gzip
import json
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from desk.demo.imap import imap_server
from desk.demo.post import Letterbox, capturing
from desk.demo.show import Stage, configuration
from desk.office import opened
from desk.resolve import Decision, decide
from publisher.letters.occasion import Remark
from redaksi.config import Storage
from tests import postgres
from tests.journey.scene import Scene, first, photo, reply
from tests.journey.test_golden import MAILS, PAIRS, judged

HERE = Path(__file__).parent


def fill(database: str) -> None:
    """Everything a redaksi does in two months, into `database` (an SQLAlchemy URL)."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        imap = stack.enter_context(imap_server())
        letterbox = Letterbox(folder / "kotak")
        port = stack.enter_context(capturing(letterbox))
        config = configuration(folder, imap, port)
        config = msgspec.structs.replace(config, storage=Storage(database=database))
        office = stack.enter_context(opened(config, environment={"DEMO_PASSWORD": imap.password}))
        live(Scene(Stage(office=office, imap=imap, letterbox=letterbox, folder=folder), datetime.now(UTC)))


def live(scene: Scene) -> None:
    """The conversation first, then the golden mails, then decisions of each kind and two months of time."""
    scene.hand_in(first())
    asked = scene.letters()[0]
    scene.hand_in(reply(asked, "Ini fotonya. Kapan tayang?\n", ("IMG_3001.jpg", photo(1600, 1200, 4))))
    scene.hand_in(*((MAILS / f"{name}.eml").read_bytes() for name in PAIRS))
    ready = [row.number for row in scene.rows() if row.state == "review"]
    when = scene.now + timedelta(days=3)
    for at, number in enumerate(ready[:10]):
        kinds = (
            Decision(
                event="schedule", editor="Nina", publish_at=when + timedelta(days=at * 9), headline="Judul"
            ),
            Decision(
                event="note", editor="Budi", remarks=(Remark(title="Jumlah warga", ask="Sebut jumlahnya."),)
            ),
            Decision(event="decline", editor="Nina", reason="Sudah pernah dimuat."),
            Decision(event="withdraw", editor="Nina"),
            Decision(event="discard", editor="Budi", silent=True),
        )
        try:
            decide(scene.office, number, kinds[at % len(kinds)])
        except Exception as error:  # noqa: BLE001 - what the table refuses is simply not done
            print(number, kinds[at % len(kinds)].event, error)  # noqa: T201
        scene.now += timedelta(hours=1)
        scene.round()
    for days in (4, 11, 1):
        scene.now += timedelta(days=days)
        scene.round()
    scene.hand_in(reply(asked, "Mohon ralat: nama lurahnya Marlina.\n"))
    scene.now += timedelta(days=15)
    scene.round()
    scene.hand_in(first())
    decide_last(scene)


def decide_last(scene: Scene) -> None:
    """One decision that is still in its undo window when the store is frozen: its letter waits."""
    ready = [row.number for row in scene.rows() if row.state == "review"]
    decide(scene.office, ready[-1], Decision(event="schedule", publish_at=scene.now + timedelta(days=30)))


def main() -> None:
    """Write store.sqlite.sql.gz, store.postgres.sql.gz and check.jsonl.gz."""
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "redaksi.db"
        fill(f"sqlite:///{file}")
        with sqlite3.connect(file) as connection:
            write("store.sqlite.sql.gz", "\n".join(connection.iterdump()))
    programs = postgres.binaries()
    assert programs is not None, "PostgreSQL is needed"
    with postgres.cluster(programs) as cluster:
        database = cluster.create()
        fill(cluster.url(database))
        dump = [
            shutil.which("pg_dump") or str(programs / "pg_dump"),
            "-h",
            str(cluster.folder),
            "-U",
            "redaksi",
        ]
        dump += ["--inserts", "--rows-per-insert=50", "--no-owner", "--no-privileges", database]
        told = subprocess.run(dump, check=True, capture_output=True, text=True).stdout
        lines = [
            line for line in told.splitlines() if not line.startswith(("\\", "--", "SET transaction_timeout"))
        ]
        write("store.postgres.sql.gz", "\n".join(lines))
    verdicts = [json.dumps(judged(name), ensure_ascii=False, sort_keys=True) for name in PAIRS]
    write("check.jsonl.gz", "\n".join(verdicts))


def write(name: str, text: str) -> None:
    """Compressed, the same bytes for the same text."""
    (HERE / name).write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    main()
