"""Children that leave processes behind, where forking cannot be forbidden them: payloads for
`tests.hostile.payload_server`."""

import os
import signal
import time
from typing import NoReturn

from desk.sandbox.child import read as examine_as_asked
from desk.sandbox.outgoing import Outgoing
from desk.sandbox.protocol import Task
from redaksi.model import Examination

GENERATIONS = 3


def sleep_for_ever() -> NoReturn:
    while True:
        time.sleep(3600)


def leave_behind(generations: int = GENERATIONS) -> None:
    """A process, its child, and so on, each out of its parent's group and without what would end
    it with its parent. All are there when this returns."""
    readable, writable = os.pipe()
    if os.fork() == 0:
        os.closerange(3, writable)  # the line too: the stream may end
        os.closerange(writable + 1, 256)
        os.setsid()
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        if generations > 1:
            leave_behind(generations - 1)
        os.write(writable, b"x")
        sleep_for_ever()
    os.read(readable, 1)
    os.close(readable)
    os.close(writable)


def leave_and_read(task: Task, inputs: list[bytes], out: Outgoing) -> Examination:
    """An honest answer, and somebody who stays."""
    if task.source == "leaves":
        leave_behind()
    return examine_as_asked(task, [*inputs], out)


def leave_and_sleep(_task: Task, _inputs: object, out: Outgoing) -> NoReturn:
    """Never answer, and not alone."""
    leave_behind()
    out.progress(3)
    sleep_for_ever()


def only_sleep(_task: Task, _inputs: object, out: Outgoing) -> NoReturn:
    """Never answer."""
    out.progress(3)
    sleep_for_ever()
