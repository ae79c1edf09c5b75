"""Children that die of mails whose subject says so: payloads for `tests.hostile.payload_server`."""

import os
import signal
from typing import NoReturn

from desk.sandbox.child import read as examine_as_asked
from desk.sandbox.outgoing import Outgoing
from desk.sandbox.protocol import Task
from redaksi.model import Examination
from tests.hostile.deaths import abort_in_a_photo, sleep, spin


def always(_task: Task, _inputs: list[bytes], _out: Outgoing) -> NoReturn:
    """Die, whatever is asked."""
    signal.signal(signal.SIGABRT, signal.SIG_DFL)
    os.abort()


def read(task: Task, inputs: list[bytes], out: Outgoing) -> Examination:
    """Die as the subject says; of every other mail, read."""
    head = bytes(inputs[0][:4000]) if task.mail else b""
    if b"Subject: mati di foto" in head:
        return abort_in_a_photo(task, inputs, out)
    if b"Subject: mati selalu" in head:
        always(task, inputs, out)
    if b"Subject: habis waktu" in head and not task.bare:
        spin(task, inputs, out)
    if b"Subject: tidur" in head and not task.bare:
        sleep(task, inputs, out)
    return examine_as_asked(task, [*inputs], out)
