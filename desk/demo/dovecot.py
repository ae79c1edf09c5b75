"""A Dovecot of one's own for the demo and the tests: unprivileged, on 127.0.0.1 and free ports,
gone afterwards.

Speaks the configuration of Dovecot 2.3 (Debian 12, Ubuntu 24.04) and of 2.4 (Debian 13, Homebrew),
which renamed most settings (Dovecot documentation: "Upgrading from 2.3 to 2.4", "Rootless
Installation"). Every user name is accepted with the one password, so that each test can have an
account of its own.
"""

import grp
import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

PASSWORD = "rahasia"  # noqa: S105  the local server's only password; it never leaves 127.0.0.1
_ELSEWHERE = (
    "/usr/sbin",
    "/usr/local/sbin",
    "/opt/homebrew/sbin",
    "/opt/homebrew/opt/dovecot/sbin",
)
_START_SECONDS = 10.0


class Dovecot(Struct, frozen=True, kw_only=True):
    """A running server. `tls_port` is 0 and `certificate` None where no openssl command made a
    certificate."""

    host: str
    port: int
    tls_port: int
    certificate: Path | None
    password: str
    folder: Path
    version: str
    pid: int

    @property
    def log(self) -> str:
        """What the server has logged so far."""
        path = self.folder / "log"
        return path.read_text("utf-8", "replace") if path.exists() else ""


class NotStarted(Exception):
    """Dovecot is not installed, or it died or fell silent while starting; the message holds its
    own last words."""


def executable() -> str | None:
    """The dovecot command; ordinary users seldom have sbin in PATH."""
    return shutil.which("dovecot") or shutil.which("dovecot", path=os.pathsep.join(_ELSEWHERE))


def missing() -> str:
    """Why there can be no Dovecot here; "" when there can."""
    return "" if executable() else "needs dovecot: apt-get install dovecot-imapd"


@contextmanager
def running(*, introspection_url: str = "") -> Iterator[Dovecot]:
    """Start a server and stop it by its own process id; its mails lie in a temporary folder.

    With `introspection_url` it also takes XOAUTH2 and OAUTHBEARER and asks that URL about tokens
    (RFC 7662). Raises NotStarted.
    """
    command = executable()
    if command is None:
        raise NotStarted(missing())
    # Not the caller's folder: a Unix socket's path may have 104 characters at most (macOS), and
    # pytest's are long.
    folder = Path(tempfile.mkdtemp(prefix="dovecot-", dir="/tmp")).resolve()
    folder.chmod(0o755)  # started by root, its services run as other users
    try:
        (folder / "home").mkdir()
        os.chown(folder / "home", *_mail_owner())
        process, server = _start(command, folder, introspection_url)
        try:
            yield server
        finally:
            _stop(process)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _start(
    command: str, folder: Path, introspection_url: str
) -> tuple[subprocess.Popen[bytes], Dovecot]:
    certificate = _certificate(folder)
    version = _version(command)
    last_words = ""
    for _attempt in range(3):  # another process may take a free port between finding and using it
        port, tls_port = _free_port(), _free_port() if certificate else 0
        configuration = folder / "dovecot.conf"
        configuration.write_text(_configuration(version, folder, port, tls_port, introspection_url))
        with (folder / "stderr").open("wb") as stderr:
            process = subprocess.Popen(
                [command, "-F", "-c", str(configuration)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=stderr,
                # Ctrl+C is for the demo; the server is stopped when the worker is done
                start_new_session=True,
            )
        if _greets(process, port):
            return process, Dovecot(
                host="127.0.0.1",
                port=port,
                tls_port=tls_port,
                certificate=certificate,
                password=PASSWORD,
                folder=folder,
                version=version,
                pid=process.pid,
            )
        died = process.poll() is not None
        _stop(process)
        last_words = _tail(folder / "stderr") + _tail(folder / "log")
        if not died:  # it lives and cannot serve: another port would not help
            break
    raise NotStarted(f"dovecot {version} does not start: {last_words or 'no reason given'}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _greets(process: subprocess.Popen[bytes], port: int) -> bool:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), 1) as probe:
                if probe.recv(200).startswith(b"* OK"):
                    return True
        except OSError:
            pass
        time.sleep(0.01)
    return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _tail(path: Path) -> str:
    return path.read_text("utf-8", "replace")[-2000:] if path.exists() else ""


def _version(command: str) -> str:
    said = subprocess.run(
        [command, "--version"], capture_output=True, text=True, check=False
    ).stdout
    found = re.match(r"\d+(\.\d+)+", said)
    return found.group() if found else "2.3"


def _certificate(folder: Path) -> Path | None:
    """A certificate of two days for localhost, made anew each time: no private key lies in the
    repository."""
    openssl = shutil.which("openssl")
    if openssl is None:
        return None
    certificate = folder / "certificate.pem"
    names = "subjectAltName=DNS:localhost,IP:127.0.0.1"
    request = f"req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -addext {names}".split()
    files = ["-subj", "/CN=localhost", "-keyout", str(folder / "key.pem"), "-out", str(certificate)]
    made = subprocess.run([openssl, *request, *files], capture_output=True, check=False)
    return certificate if made.returncode == 0 else None


def _configuration(
    version: str, folder: Path, port: int, tls_port: int, introspection_url: str
) -> str:
    mechanisms = "plain login xoauth2 oauthbearer" if introspection_url else "plain login"
    imaps = f"port = {tls_port}\n    ssl = yes" if tls_port else "port = 0"
    older = tuple(int(part) for part in version.split(".")[:2]) < (2, 4)
    if older and introspection_url:
        (folder / "oauth2.conf").write_text(_introspection(introspection_url))
    special = (_older if older else _newer)(
        folder, tls=bool(tls_port), introspection_url=introspection_url
    )
    head, rest = ("", special) if older else special.split("\n\n", 1)
    return f"""{head}
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
{_users()}
first_valid_uid = 0
first_valid_gid = 0
auth_mechanisms = {mechanisms}
mail_fsync = never
mailbox_idle_check_interval = 1s
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    {imaps}
  }}
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Sent {{
    auto = create
    special_use = \\Sent
  }}
  mailbox Spam {{
    auto = create
    special_use = \\Junk
  }}
}}
{rest}"""


def _users() -> str:
    """Everything under the one user there is; root keeps the package's own users: logins refuse
    to run as root."""
    if os.getuid() == 0:
        return ""
    user, group = pwd.getpwuid(os.getuid()).pw_name, grp.getgrgid(os.getgid()).gr_name
    return f"""default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
service indexer-worker {{
  user = {user}
}}"""


def _mail_owner() -> tuple[int, int]:
    """Whose the mails are: ours, but Dovecot reads no mail as root."""
    if os.getuid() == 0:
        nobody = pwd.getpwnam("nobody")
        return nobody.pw_uid, nobody.pw_gid
    return os.getuid(), os.getgid()


def _introspection(url: str) -> str:
    return f"""introspection_mode = post
introspection_url = {url}
username_attribute = email
active_attribute = active
active_value = true
"""


def _older(folder: Path, *, tls: bool, introspection_url: str) -> str:
    certificate = (
        f"ssl_cert = <{folder}/certificate.pem\nssl_key = <{folder}/key.pem" if tls else ""
    )
    uid, gid = _mail_owner()
    tokens = (
        f"passdb {{\n  driver = oauth2\n  mechanisms = xoauth2 oauthbearer\n  args = {folder}/oauth2.conf\n}}"
        if introspection_url
        else ""
    )
    return f"""ssl = {"yes" if tls else "no"}
{certificate}
disable_plaintext_auth = no
auth_failure_delay = 0
mail_location = maildir:~/Maildir
{tokens}
passdb {{
  driver = static
  args = password={PASSWORD}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home/%u
}}
"""


def _newer(folder: Path, *, tls: bool, introspection_url: str) -> str:
    uid, gid = _mail_owner()
    certificate = (
        f"ssl_server_cert_file = {folder}/certificate.pem\nssl_server_key_file = {folder}/key.pem"
        if tls
        else ""
    )
    tokens = f"oauth2 {{\n{_introspection(introspection_url)}}}" if introspection_url else ""
    return f"""dovecot_config_version = 2.4.0
dovecot_storage_version = 2.4.0

ssl = {"yes" if tls else "no"}
{certificate}
auth_allow_cleartext = yes
auth_failure_delay = 0
mail_driver = maildir
mail_path = ~/Maildir
mail_home = {folder}/home/%{{user}}
mail_uid = {uid}
mail_gid = {gid}
{tokens}
passdb static {{
  password = {PASSWORD}
}}
"""
