"""Ways in which a child ends: payloads for `tests.hostile.payload_server`."""

import os
import signal
import time
from typing import Any, NoReturn, cast

from desk.sandbox.child import read as examine_as_asked
from desk.sandbox.outgoing import Outgoing
from desk.sandbox.protocol import OUT_OF_MEMORY, Task
from redaksi.model import Examination


def sleep(_task: Task, _inputs: object, out: Outgoing) -> NoReturn:
    """Never answer."""
    out.progress(3)
    time.sleep(3600)
    raise AssertionError


def abort(_task: Task, _inputs: object, out: Outgoing) -> NoReturn:
    """Die as a C library does that finds its memory broken."""
    out.progress(0)
    out.progress(7)
    signal.signal(signal.SIGABRT, signal.SIG_DFL)
    os.abort()


def raise_nameless(_task: Task, _inputs: object, _out: Outgoing) -> NoReturn:
    """Die of a signal that has a number and no name (signal(7), real-time signals)."""
    os.kill(os.getpid(), signal.SIGRTMIN + 6)
    raise AssertionError


def spin(_task: Task, _inputs: object, _out: Outgoing) -> NoReturn:
    """Use up the processor time."""
    while True:
        pass


def grow(_task: Task, _inputs: object, _out: Outgoing) -> NoReturn:
    """Use up the memory."""
    held = []
    while True:
        held.append(bytearray(64 * 1024 * 1024))


def raise_error(_task: Task, _inputs: object, _out: Outgoing) -> NoReturn:
    """A mistake of ours."""
    raise ValueError


def die_of_the_first(task: Task, inputs: list[bytes], out: Outgoing) -> Examination:
    """Die of one mail, read all others."""
    if task.source == "dies":
        os._exit(9)
    return examine_as_asked(task, [*inputs], out)


def abort_in_a_photo(task: Task, inputs: list[bytes], out: Outgoing) -> Examination:
    """A decoder's mistake: the child dies of every JPEG it decodes."""
    from ingest.read.photo import picture  # noqa: PLC0415 - where the patch goes

    def die(*_: object) -> NoReturn:
        signal.signal(signal.SIGABRT, signal.SIG_DFL)
        os.abort()

    setattr(picture, "judge_picture", die)  # noqa: B010 - a patch, said aloud
    return examine_as_asked(task, [*inputs], out)


def be_slow(task: Task, inputs: list[bytes], out: Outgoing) -> Examination:
    """What is read first takes 0.8 s of processor time."""
    while time.process_time() < 0.8:
        pass
    return examine_as_asked(task, [*inputs], out)


def mark_photo(jpeg: bytes, word: bytes) -> bytes:
    """The same picture, its comment (ITU-T T.81, B.2.4.5) being `word`; itself where there is
    none."""
    comment = b"\xff\xfe" + (len(word) + 2).to_bytes(2, "big") + word
    return jpeg[:2] + comment + jpeg[2:] if word else jpeg


def die_of_marked_photos(task: Task, inputs: list[bytes], out: Outgoing) -> Examination:
    """A decoder's mistake: of a JPEG that is marked with one of these words the child dies so."""
    from ingest.read.photo import integrity, picture  # noqa: PLC0415 - where the patch goes

    judge = integrity.judge_picture
    ends = {b"mati": os.abort, b"habis": lambda: spin(task, inputs, out), b"penuh": run_out}

    def die(content: bytes, *rest: Any) -> Any:
        for word, end in ends.items():
            if word in content:
                end()
        return judge(content, *rest)

    signal.signal(signal.SIGABRT, signal.SIG_DFL)
    setattr(picture, "judge_picture", die)  # noqa: B010 - a patch, said aloud
    return examine_as_asked(task, [*inputs], out)


def run_out() -> NoReturn:
    """End as a child does that finds no more memory."""
    os._exit(OUT_OF_MEMORY)


def die_always(_task: Task, _inputs: object, _out: Outgoing) -> NoReturn:
    """Die, however little is asked."""
    signal.signal(signal.SIGABRT, signal.SIG_DFL)
    os.abort()


def die_of_more_than_nothing(task: Task, inputs: list[bytes], out: Outgoing) -> Examination:
    """Die, before any file, unless nothing is opened."""
    return examine_as_asked(task, [*inputs], out) if task.bare else die_always(task, inputs, out)


def die_together(task: Task, inputs: list[bytes], out: Outgoing) -> Examination:
    """Die of what came before and a mail that are read together, however little is asked."""
    if task.plan is not None:
        die_always(task, inputs, out)
    return examine_as_asked(task, [*inputs], out)


def answer_nonsense(_task: Task, _inputs: object, _out: Outgoing) -> Examination:
    """Work for 0.3 s of processor time, and answer what is no Examination."""
    while time.process_time() < 0.3:
        pass
    return cast(Examination, {"decision": 7})
