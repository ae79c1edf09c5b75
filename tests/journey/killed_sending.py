"""Sends three letters and dies at a seeded moment, then sends again: a driver of
`test_killed_sending.py`.

A moment is a commit, the handing over of a letter, or, at the relay's word, inside its DATA. Forks
like `killed.py`.
"""

import json
import os
import random
import shutil
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from desk.app import App, now, open_app
from desk.domain.rate_limit import FINAL_DOT
from desk.inbound.poll import own_mailbox
from desk.outbound import sender
from desk.store.inbound import own_mailboxes
from desk.store.outbound import outbox as letters
from desk.store.outbound.letters import Letter, Stored
from redaksi import log
from redaksi.config.schema import Config, Mailbox, Queue, Reply
from tests.journey.killed import Fuse, bury, forked, lay

COUNT = 3
# commits of lease, letters and release, each before and after; some deaths never come
STEPS = 6 + 6 * COUNT


def configuration(home: Path, told: dict[str, Any]) -> Config:
    box = Mailbox(
        id="warta",
        address="redaksi@warta.example",
        host="x",
        user="x",
        password="env:P",
        since=date(2020, 1, 1),
    )
    reply = Reply(
        mode="auto", host="127.0.0.1", port=told["smtp"], security="none", sent=told["sent"]
    )
    return Config(mailbox=(box,), data_dir=str(home), reply=reply, queue=Queue(settle=timedelta(0)))


def queue(app: App, seed: int) -> None:
    now = app.clock()
    with app.store.begin() as tx:
        own_mailboxes.remember(tx, own_mailbox(app, app.config.mailbox[0]), now)
        for n in range(COUNT):
            known = f"<redaksi-{n}.{seed}@warta.example>"
            raw = f"From: redaksi@warta.example\r\nTo: l{n}@s{seed}.example\r\nMessage-ID: {known}\r\n\r\nIsi.\r\n"
            letters.enqueue(
                tx,
                Letter(
                    kind="revise",
                    language="id",
                    mailbox="warta",
                    to=f"l{n}@s{seed}.example",
                    message_id=known,
                    key_id="k1",
                    subject="Re: x",
                    text="Isi.",
                    content=raw.encode(),
                    at=now,
                    idempotency_key=f"test:{n}",
                ),
            )


def accepted(home: Path) -> list[str]:
    """What the relay took, in order."""
    told = home / "accepted"
    return told.read_text().split() if told.exists() else []


def one(told: dict[str, Any], seed: int, template: Path) -> dict[str, Any]:
    """Queue, die, recover; what became of the letters."""
    home, chance = Path(told["home"]) / str(seed), random.Random(seed)
    shutil.copytree(template, home)
    config = configuration(home, told)
    where = chance.choice(("step", "step", "taken", "lost"))
    (home / "plan").write_text(json.dumps({"where": where, "letter": chance.randrange(COUNT)}))
    with open_app(config, environment={"P": ""}) as app:
        queue(app, seed)

    def run(at: int, later: timedelta = timedelta(0)) -> None:
        """`later`: so long after the death, when no server can still be at a letter."""

        def in_sent(app: App, letter: Stored) -> bool | None:
            return letter.message_id in accepted(home) if app.config.reply.sent else None

        sender.is_in_sent = in_sent
        lay(Fuse(at))
        with open_app(config, lambda: now() + later, {"P": ""}) as app:
            sender.send_due_letters(app)

    def first() -> None:
        (home / "pid").write_text(str(os.getpid()))
        run(chance.randrange(1, STEPS) if where == "step" else 0)

    status = forked(first)
    (home / "pid").unlink()
    bury(config)
    at_once = [forked(lambda: run(0)) for _ in range(2)]
    twice = len(accepted(home)) != len(set(accepted(home)))
    again = [*at_once, forked(lambda: run(0, FINAL_DOT + timedelta(minutes=1)))]
    with open_app(config, environment={"P": ""}) as app, app.store.read() as tx:
        states = [letters.get(tx, n + 1) for n in range(COUNT)]
    return {
        "seed": seed,
        "where": where,
        "killed": os.WIFSIGNALED(status),
        "recovered": again == [0, 0, 0] and not twice,
        "states": [one.state for one in states if one],
        "accepted": accepted(home),
    }


def main() -> None:
    """Arguments as JSON on standard input; a JSON line for every seed."""
    log.configure("error")
    told = json.loads(sys.stdin.read())
    template = Path(told["home"]) / "template"
    with open_app(configuration(template, told), environment={"P": ""}):
        pass
    for seed in range(told["count"]):
        print(json.dumps(one(told, seed, template)), flush=True)


if __name__ == "__main__":
    main()
