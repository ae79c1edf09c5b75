"""The desk killed with SIGKILL around the commits of a decision: a driver of `test_desk_killed.py`,
`python -m tests.killed_desk HOME DATABASE`. It forks for every death; a line of JSON tells what is in
the store after each, and after the same form was sent once more."""

import json
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import select

from desk.store import Store, attention
from desk.store.editors import claims, form_drafts
from desk.store.tables import Decision, Event, Outbox, Submission
from desk.web.editors import decide
from tests.desk_office import read
from tests.desk_submissions import take_in
from tests.desk_web import Browser, Page, add_account, press_on, served, signed_in
from tests.postoffice import MONDAY, bench

NINA = "nina@example.org"
POINTS = ("before the draft", "after the draft", "before the decision", "after the decision")
DECLINES = {"keputusan": "tolak", "sebab": "Sudah pernah dimuat."}


class Fuse(threading.local):
    """Counts commits of the thread that decides, each before and after; at the wanted step the
    process is gone."""

    step, at = 0, 0

    def __call__(self) -> None:
        self.step += 1
        if self.step == self.at:
            os.kill(os.getpid(), signal.SIGKILL)


def lay(fuse: Fuse, at: int) -> None:
    """In this process, from now on."""
    begin, within = Store.begin, decide._decide

    @contextmanager
    def fused_begin(store: Store) -> Iterator[Any]:
        with begin(store) as tx:
            yield tx
            fuse()  # all is said, nothing committed
        fuse()

    def fused(*arguments: Any) -> bool:
        fuse.step, fuse.at = 0, at
        return within(*arguments)

    setattr(Store, "begin", fused_begin)  # noqa: B010 - a patch, said aloud
    setattr(decide, "_decide", fused)  # noqa: B010


def fork(task: Callable[[], None]) -> int:
    """The status of what ran apart."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    try:
        task()
    except BaseException:  # noqa: BLE001 - whatever it is, it must not run on into the driver
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def number_of(place: int) -> str:
    return f"W-2026-000{place}"


def decide_and_die(home: Path, url: str, place: int) -> None:
    """Read the letter, decide, and be gone at step `place`."""
    with bench(home, MONDAY, url) as on, served(on.app) as base:
        nina = signed_in(base, NINA)
        path = f"/kiriman/{number_of(place)}"
        form = {**read(nina.get(path)).fields, **DECLINES}
        nina.post(f"{path}/konsep", form)
        shown = read(nina.post(f"{path}/putuskan", {**form, "seq": "1"})).fields
        (home / "form.json").write_text(json.dumps(shown))
        lay(Fuse(), place)
        nina.post(f"{path}/putuskan", shown)


def look(store: Store, place: int) -> Mapping[str, Any]:
    """Everything that a decision changes."""
    with store.read() as tx:
        row = tx.get_one(Submission, place)
        draft = form_drafts.find(tx, 1, place, "decision")

        def count(table: Any) -> int:
            return len(list(tx.scalars(select(table).where(table.submission_id == place))))

        declined = select(Event).where(Event.submission_id == place, Event.what == "decline")
        return {
            "decisions": count(Decision),
            "letters": count(Outbox),
            "declined": len(list(tx.scalars(declined))),
            "state": row.state,
            "calls": row.attention_since is not None,
            "typed": draft.fields["sebab"][-1] if draft is not None else "",
            "held": place in claims.holders(tx, [place], MONDAY),
            "differing": len(attention.differing(tx)),
        }


def send_again(browser: Browser, home: Path, place: int) -> Page:
    """What the browser still has, once the desk is there again."""
    path = f"/kiriman/{number_of(place)}/putuskan"
    return press_on(browser, browser.post(path, json.loads((home / "form.json").read_text())), path)


def main(home: Path, url: str) -> None:
    """Every death, one submission each."""
    with bench(home, MONDAY, url) as on:
        for place in range(1, len(POINTS) + 1):
            take_in(on, uid=place)
        add_account(on.app, NINA)
    for place, point in enumerate(POINTS, 1):
        status = fork(lambda place=place: decide_and_die(home, url, place))  # type: ignore[misc]
        with bench(home, MONDAY, url) as on:
            left = look(on.app.store, place)
            with served(on.app) as base:
                answer = send_again(signed_in(base, NINA), home, place)
            again = look(on.app.store, place)
        outcome = {"status": status, "left": left, "answer": answer.status, "again": again}
        print("OUTCOME", json.dumps({"point": point, **outcome}), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
