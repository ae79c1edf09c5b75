"""Runs payloads in children that are forked and confined as a reading's are, and says what became of
each: a line of JSON.

    python -m tests.confined [--uid N] [--refuse landlock,seccomp,unshare | --free] [payload...]

With --free nothing is confined: then a payload does what it says.
"""

import argparse
import json
import os
import platform
import select
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from desk.sandbox.confinement.confine import (
    Prepared,
    become_undumpable,
    confine,
    prefer_for_oom,
    prepare,
)
from desk.sandbox.confinement.limits import Bounds
from desk.sandbox.confinement.probe import probe
from desk.sandbox.warm import import_readers
from tests import payloads
from tests.bpf import read_tables
from tests.needs import READINGS

MB = 1024 * 1024
BOUNDS = Bounds(memory=1024 * MB, processor=1, inputs=2)
_PATIENCE = 8.0


def drop_to(uid: int) -> None:
    if uid and os.getuid() == 0:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)


@contextmanager
def make_target() -> Iterator[payloads.Target]:
    """All that a payload may reach, and the server's pid."""
    with tempfile.TemporaryDirectory(prefix="redaksi-confined-") as folder:
        secret, mail, leaked = (Path(folder, name) for name in ("secret", "mail", "leaked"))
        for path in (secret, mail, leaked):
            path.write_bytes(b"Subject: secret\r\n")
            path.chmod(0o600)
        tcp = socket.create_server(("127.0.0.1", 0))
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        udp.bind(("127.0.0.1", 0))
        by_path, by_name = socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)
        by_path.bind(f"{folder}/socket")
        by_name.bind(f"\0redaksi-confined-{os.getpid()}")
        for each in (by_path, by_name):
            each.listen(64)
        with tcp, udp, by_path, by_name:
            yield payloads.Target(
                server=os.getpid(),
                folder=folder,
                secret=str(secret),
                beside=str(Path(__file__).parents[1] / "pyproject.toml"),
                mail=os.open(mail, os.O_RDONLY),
                mail_path=str(mail),
                leaked=os.open(leaked, os.O_WRONLY),
                sock=-1,
                tcp=tcp.getsockname()[1],
                udp=udp.getsockname()[1],
                unix=f"{folder}/socket",
                abstract=f"redaksi-confined-{os.getpid()}",
            )


def attempt(prepared: Prepared | None, target: payloads.Target, name: str) -> str:
    """What became of a payload: "done", "refused ERRNO", "nothing" or "died SIGNAL"."""
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        try:
            target = msgspec.structs.replace(target, sock=theirs.fileno())
            if prepared is not None:
                keep = {0, 1, 2, target.mail, target.leaked, target.sock}
                confine(prepared, BOUNDS, target.server, keep)
            theirs.sendall(try_payload(target, name).encode())
        finally:
            os._exit(0)
    theirs.close()
    said, hangs = b"", False
    with ours:
        while not hangs:
            hangs = not select.select([ours], [], [], _PATIENCE)[0]
            if hangs or not (piece := ours.recv(4096)):
                break
            said += piece
    if said or hangs:
        os.kill(pid, signal.SIGKILL)
    status = os.waitpid(pid, 0)[1]
    if hangs:
        return "hangs"
    if said:
        return "done" if said.endswith(b"done") else said.decode()
    if os.WIFSIGNALED(status):
        return f"died {signal.Signals(os.WTERMSIG(status)).name}"
    return "done" if os.WEXITSTATUS(status) == payloads.DONE else "nothing"


def try_payload(target: payloads.Target, name: str) -> str:
    try:
        evidence = (payloads.PAYLOADS | READINGS)[name](target)
    except OSError as error:
        return f"refused {error.errno}"
    return "done" if evidence not in (None, False) else "nothing"


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--uid", type=int, default=0)
    asked.add_argument("--refuse", default="")
    asked.add_argument("--free", action="store_true")
    asked.add_argument("payloads", nargs="*")
    told = asked.parse_args()
    import_readers()
    payloads.number_calls(read_tables()[platform.machine()] | {"fchmodat2": 452})
    drop_to(told.uid)
    prefer_for_oom()
    become_undumpable()
    prepared = prepare(frozenset(filter(None, told.refuse.split(","))))
    measures = probe(prepared, BOUNDS)
    chosen = None if told.free else prepared
    outcomes = {}
    for name in told.payloads or payloads.PAYLOADS:
        with make_target() as target:
            outcomes[name] = attempt(chosen, target, name)
            os.close(target.mail)
            os.close(target.leaked)
    found = {"measures": msgspec.to_builtins(measures), "level": measures and measures.level}
    found["lacking"] = measures and measures.lacking
    sys.stdout.write(json.dumps(found | {"outcomes": outcomes}) + "\n")


if __name__ == "__main__":
    main()
