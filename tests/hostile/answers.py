"""What a child that was taken over may say to the worker: payloads for
`tests.hostile.payload_server`, each with the line and the nonce of a real child in its hands."""

import hashlib
import os
import socket
import struct
import time
from collections.abc import Callable, Mapping

import msgspec

from desk.sandbox.child import read as examine_as_asked
from desk.sandbox.outgoing import FrameWriter
from desk.sandbox.protocol import HEAD, Announced, FrameKind, Role, Task
from redaksi.limits import MB
from redaksi.model import Examination

HELLO = hashlib.sha256(b"hello").hexdigest()


class Attack:
    """The line of a reading, and what is said on it."""

    def __init__(self, out: FrameWriter, task: Task) -> None:
        self.out = out
        self.line: socket.socket = out._line
        self.nonce = out._nonce
        self.task = task

    def frame(self, kind: int, body: bytes, length: int | None = None) -> None:
        """A frame, whose length may be a lie."""
        told = len(body) if length is None else length
        self.line.sendall(HEAD.pack(self.nonce, kind, told) + body)

    def file(self, content: bytes = b"hello", role: Role = "original", **told: object) -> None:
        """A FILE with its DATA; `told` are lies about it."""
        sha256 = hashlib.sha256(content).hexdigest()
        facts = {"role": role, "sha256": sha256, "size": len(content), "original": sha256, **told}
        self.frame(FrameKind.FILE, msgspec.msgpack.encode(facts))
        for start in range(0, len(content), MB):
            self.frame(FrameKind.DATA, content[start : start + MB])

    def answer(self) -> bytes:
        """What an honest child would say of a mail that is nobody's."""
        whole = Examination(
            source=self.task.source,
            mail=None,
            mail_kind=None,
            assessments=(),
            others=(),
            decision="ignore",
            answer=None,
        )
        return msgspec.msgpack.encode(whole)

    def end(self) -> None:
        """An honest end of what went before."""
        self.frame(FrameKind.ANSWER, self.answer())


def say_one_byte(at: Attack) -> None:
    at.line.sendall(b"x")
    time.sleep(3600)


def say_a_byte_now_and_then(at: Attack) -> None:
    for octet in HEAD.pack(at.nonce, FrameKind.ANSWER, 1000) + bytes(1000):
        at.line.sendall(bytes([octet]))
        time.sleep(0.05)


def promise_three_gigabytes(at: Attack) -> None:
    at.frame(FrameKind.ANSWER, b"x", 3_000_000_000)


def promise_a_large_file(at: Attack) -> None:
    at.frame(FrameKind.FILE, b"x", 3_000_000_000)


def use_another_nonce(at: Attack) -> None:
    at.nonce = bytes(16)
    at.end()


def say_an_unknown_kind(at: Attack) -> None:
    at.frame(9, b"x")
    at.end()


def begin_with_data(at: Attack) -> None:
    at.frame(FrameKind.DATA, b"x")
    at.end()


def end_early(at: Attack) -> None:
    at.frame(FrameKind.ANSWER, b"x", 100)


def say_nothing(at: Attack) -> None:
    pass


def answer_twice(at: Attack) -> None:
    at.end()
    at.end()


def go_on_after_the_answer(at: Attack) -> None:
    at.line.sendall(HEAD.pack(at.nonce, FrameKind.ANSWER, len(at.answer())) + at.answer() + b"x")


def answer_what_is_no_messagepack(at: Attack) -> None:
    at.frame(FrameKind.ANSWER, b"\xc1" * 100)


def answer_nested(at: Attack) -> None:
    at.frame(FrameKind.ANSWER, b"\x81\xa6source" + b"\x91" * 200_000)


def answer_a_list(at: Attack) -> None:
    at.frame(FrameKind.ANSWER, msgspec.msgpack.encode([1, 2, 3]))


def answer_nothing_eight_million_times(at: Attack) -> None:
    """88 bytes of memory for each of its own."""
    many = 8_000_000
    head = b"\x81\xa6report\x81\xaadeliveries\xdd" + struct.pack(">I", many)
    at.frame(FrameKind.ANSWER, head + b"\x80" * many)


def answer_half_a_character(at: Attack) -> None:
    at.frame(FrameKind.ANSWER, b"\x81\xa6source\xa3\xed\xa0\x80")


def answer_of_another_source(at: Attack) -> None:
    other = msgspec.structs.replace(at.task, source="other")
    at.frame(FrameKind.ANSWER, Attack(at.out, other).answer())


def answer_too_long(at: Attack) -> None:
    at.frame(FrameKind.ANSWER, bytes(at.task.reply + 1))


def flood_with_progress(at: Attack) -> None:
    for index in range(1001):
        at.frame(FrameKind.PROGRESS, struct.pack(">H", index))
    at.end()


def make_long_progress(at: Attack) -> None:
    at.frame(FrameKind.PROGRESS, b"abc")
    at.end()


def flood_with_files(at: Attack) -> None:
    for number in range(4001):
        at.file(str(number).encode())
    at.end()


def name_a_file_by_a_path(at: Attack) -> None:
    at.file(sha256="../../../../tmp/redaksi-payload")
    at.end()


def name_an_original_by_a_path(at: Attack) -> None:
    at.file(role="thumbnail", original="../../../../tmp/redaksi-payload")
    at.end()


def give_a_file_another_hash(at: Attack) -> None:
    at.file(b"evil", sha256=HELLO, original=HELLO)
    at.end()


def give_a_file_nobody_listed(at: Attack) -> None:
    at.file()
    at.end()


def give_a_thumbnail_of_nothing(at: Attack) -> None:
    at.file(role="thumbnail", original=HELLO)
    at.end()


def give_a_role_that_is_none(at: Attack) -> None:
    at.file(role="config")  # type: ignore[arg-type]
    at.end()


def give_more_than_announced(at: Attack) -> None:
    at.file(size=2)
    at.end()


def give_less_than_announced(at: Attack) -> None:
    at.file(size=100)
    at.end()


def give_nothing_at_a_time(at: Attack) -> None:
    at.frame(
        FrameKind.FILE,
        msgspec.msgpack.encode(Announced(role="original", sha256=HELLO, size=5, original=HELLO)),
    )
    for _ in range(100):
        at.frame(FrameKind.DATA, b"")


def give_a_negative_size(at: Attack) -> None:
    at.file(size=-1)
    at.end()


def fill_the_disk(at: Attack) -> None:
    """More than three times the mail and 20 MB."""
    for number in range(30):
        at.file(bytes([number]) * MB)
    at.end()


def end_with_a_status(at: Attack) -> None:
    at.end()
    os._exit(3)


def close_and_stay(at: Attack) -> None:
    """After an honest answer: the processor for ever."""
    at.end()
    at.line.shutdown(socket.SHUT_RDWR)
    while True:
        pass


def stop_oneself(at: Attack) -> None:
    at.end()
    time.sleep(3600)


def leave_the_line_open(at: Attack) -> None:
    """The answer came; the stream does not end."""
    at.end()
    os.dup(at.line.fileno())
    time.sleep(3600)


ATTACKS: Mapping[str, Callable[[Attack], None]] = {
    attack.__name__: attack
    for attack in list(globals().values())
    if callable(attack) and getattr(attack, "__annotations__", {}).get("at") is Attack
}


def attack_or_read(task: Task, inputs: list[bytes], out: FrameWriter) -> Examination:
    """The payload: the source names which attack; any other mail is read."""
    if task.source not in ATTACKS:
        return examine_as_asked(task, [*inputs], out)
    ATTACKS[task.source](Attack(out, task))
    os._exit(0)


def be_silent_or_read(task: Task, inputs: list[bytes], out: FrameWriter) -> Examination:
    """The payload: a mail whose subject says so is never answered; any other is read."""
    if task.mail and b"Subject: satu byte" in bytes(inputs[0][:4000]):
        say_one_byte(Attack(out, task))
    return examine_as_asked(task, [*inputs], out)
