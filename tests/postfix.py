"""A Postfix of our own for the tests: on loopback and a free port, in a folder of its own, handing
all to a sink.

Its master must be root, as Postfix is made; its daemons run as its own user. It is stopped by its
own pid file.
"""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

DAEMONS = Path("/usr/lib/postfix/sbin")
MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
daemon_directory = {daemons}
mail_owner = postfix
setgid_group = postdrop
myhostname = mx.warta.example
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
smtp_dns_support_level = disabled
smtp_host_lookup = native
smtp_tls_security_level = none
relayhost = [127.0.0.1]:{sink}
alias_maps =
alias_database =
biff = no
smtputf8_enable = yes
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
smtpd_recipient_restrictions =
  check_recipient_access inline:{{
    {{ nobody@kontributor.example = 550 5.1.1 no such user }},
    {{ later@kontributor.example = 450 4.2.1 greylisted }} }},
  permit_mynetworks, reject
"""
MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
smtp unix - - n - - smtp
relay unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
proxymap unix - - n - - proxymap
tlsmgr unix - - n 1000 1 tlsmgr
postlog unix-dgram n - n - 1 postlogd
"""


class Relay(Struct, frozen=True, kw_only=True):
    """A running Postfix."""

    host: str
    port: int
    log: Path


def missing() -> str:
    """Why there can be none here; "" when there can."""
    if not (DAEMONS / "master").exists() or shutil.which("postfix") is None:
        return "needs postfix"
    return "" if os.geteuid() == 0 else "needs postfix: its master runs as root only"


@contextmanager
def postfix(sink: int) -> Iterator[Relay]:
    """Postfix that hands every mail to port `sink` on loopback."""
    folder = Path(tempfile.mkdtemp(prefix="redaksi-postfix-"))
    port = free_port()
    try:
        folder.chmod(0o755)
        conf = folder / "conf"
        for name in ("conf", "queue", "data"):
            (folder / name).mkdir()
        shutil.chown(folder / "data", "postfix", "postfix")
        (conf / "main.cf").write_text(MAIN.format(folder=folder, daemons=DAEMONS, sink=sink))
        (conf / "master.cf").write_text(MASTER.format(port=port))
        _postfix(conf, "start")
        try:
            _answers(port, folder / "log")
            yield Relay(host="127.0.0.1", port=port, log=folder / "log")
        finally:
            _postfix(conf, "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _postfix(conf: Path, verb: str) -> None:
    told = subprocess.run(
        ["postfix", "-c", str(conf), verb], capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stderr


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(port: int, log: Path) -> None:
    for _ in range(100):
        try:
            with socket.create_connection(("127.0.0.1", port), 1) as connection:
                if connection.recv(100).startswith(b"220"):
                    return
        except OSError:
            pass
        time.sleep(0.1)
    raise AssertionError(log.read_text() if log.exists() else "Postfix said nothing")
