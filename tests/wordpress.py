"""A real WordPress for the tests: Debian's package, its own MariaDB and PHP's server, on loopback and
a free port, in a temporary folder, unprivileged; stopped by the ids of its own processes.

One for a whole session: pytest-xdist's workers share it, for it takes its seconds to be made; each
test has slugs of its own.
"""

import fcntl
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec import Struct

SITE = Path(__file__).parent / "wordpress_site"
SOURCES = Path("/usr/share/wordpress/wp-settings.php")
DATABASE = ("mariadbd", "mariadb-install-db", "mariadb")
WORKERS = 4
_PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
_CREATE = "CREATE DATABASE IF NOT EXISTS wordpress CHARACTER SET utf8mb4"
_PHP = ("php", "-d", "memory_limit=256M", "-d", "opcache.enable_cli=1")
_QUICK = (
    "--innodb-buffer-pool-size=32M",
    "--innodb-flush-log-at-trx-commit=0",
    "--skip-log-bin",
)


class Site(Struct, frozen=True, kw_only=True):
    """A running WordPress, and the application passwords of `redaksi`, an editor, `wartawan`, an
    author, and `penulis`, who may only write."""

    url: str
    folder: str
    passwords: dict[str, str]

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def ask(self, statement: str) -> list[list[str]]:
        """Rows of an SQL query, as an administrator."""
        command = ["mariadb", "--no-defaults", "-uroot", "-N", "-B", f"-S{self.folder}/db.sock"]
        done = subprocess.run(
            [*command, "wordpress", "-e", statement], capture_output=True, text=True, check=True
        )
        return [line.split("\t") for line in done.stdout.splitlines()]

    def wait_until_idle(self, seconds: float = 60) -> None:
        """No request is at work any more: what 60 seconds of patience are for."""
        deadline = time.monotonic() + seconds
        busy = "SELECT id FROM information_schema.processlist WHERE db='wordpress' AND id<>CONNECTION_ID()"
        calm = 0
        while calm < 2:
            calm = 0 if self.ask(busy) else calm + 1
            if time.monotonic() > deadline:
                raise TimeoutError("WordPress is still at work")


def find_missing() -> str:
    """Why there can be none here; "" when there can."""
    if not SOURCES.exists() or not all(
        shutil.which(name, path=_PATH) for name in ("php", *DATABASE)
    ):
        return "needs wordpress"
    modules = subprocess.run(["php", "-m"], capture_output=True, text=True, check=True).stdout
    lacking = {"mysqli", "gd"} - set(modules.split())
    return f"needs wordpress: PHP has no {', '.join(sorted(lacking))}" if lacking else ""


@contextmanager
def run_wordpress() -> Iterator[Site]:
    """A new site, made and started; gone at the end."""
    folder = Path(tempfile.mkdtemp(prefix="redaksi-wp-", dir="/tmp"))  # a socket's path is short
    try:
        account = _find_account()
        _lay_out(folder)
        if account:
            for each in (folder, *folder.rglob("*")):
                os.chown(each, account.pw_uid, account.pw_gid)
        with ExitStack() as stack:
            stack.enter_context(_run_database(folder, account))
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                url = f"http://127.0.0.1:{probe.getsockname()[1]}"
            passwords = _install(folder, url, account)
            stack.enter_context(_serve(folder, url, account))
            yield Site(url=url, folder=str(folder), passwords=passwords)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _lay_out(folder: Path) -> None:
    theme = folder / "wp-content" / "themes" / "plain"
    plugins = folder / "wp-content" / "mu-plugins"
    for each in (theme, plugins, folder / "wp-content" / "uploads", folder / "site"):
        each.mkdir(parents=True)
    shutil.copyfile(SITE / "theme.php", theme / "index.php")
    (theme / "style.css").write_text("/*\nTheme Name: Plain\n*/\n")
    (theme / "functions.php").write_text("<?php add_theme_support('post-thumbnails');\n")
    shutil.copyfile(SITE / "plugin.php", plugins / "quiet.php")
    for name in ("config", "router", "install"):
        shutil.copyfile(SITE / f"{name}.php", folder / "site" / f"{name}.php")


@contextmanager
def _run_database(folder: Path, account: pwd.struct_passwd | None) -> Iterator[None]:
    place = ["--no-defaults", f"--datadir={folder}/db"]
    install = [str(shutil.which("mariadb-install-db", path=_PATH)), *place]
    options = ["--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve"]
    _run([*install, *options], folder, account)
    listens = ["--skip-networking", f"--socket={folder}/db.sock", f"--pid-file={folder}/db.pid"]
    server = [str(shutil.which("mariadbd", path=_PATH)), *place, *listens, *_QUICK]
    with _running(server, folder, account, "db.log") as process:
        _wait((folder / "db.sock").exists, process, folder / "db.log")
        client = ["mariadb", "--no-defaults", "-uroot", f"-S{folder}/db.sock", "-e", _CREATE]
        _wait(lambda: _succeeds(client), process, folder / "db.log")
        yield


def _install(folder: Path, url: str, account: pwd.struct_passwd | None) -> dict[str, str]:
    printed = _run([*_PHP, str(folder / "site" / "install.php")], folder, account, url)
    found: dict[str, str] = json.loads(printed.splitlines()[-1])
    return found


@contextmanager
def _serve(folder: Path, url: str, account: pwd.struct_passwd | None) -> Iterator[None]:
    listens = ["-S", url.removeprefix("http://"), "-t", str(folder)]
    server = [*_PHP, *listens, str(folder / "site" / "router.php")]
    with _running(server, folder, account, "php.log", url) as process:
        port = int(url.rpartition(":")[2])
        _wait(lambda: _takes_connections(port), process, folder / "php.log")
        yield


@contextmanager
def _running(
    command: list[str], folder: Path, account: pwd.struct_passwd | None, log: str, url: str = ""
) -> Iterator[subprocess.Popen[bytes]]:
    """A server in a group of its own, ended with what it started."""
    with (folder / log).open("wb") as out:
        process = subprocess.Popen(
            command, stdout=out, stderr=out, start_new_session=True, **_where(folder, account, url)
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _run(command: list[str], folder: Path, account: pwd.struct_passwd | None, url: str = "") -> str:
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, **_where(folder, account, url)
    )
    if done.returncode:
        raise RuntimeError(f"{Path(command[0]).name} failed: {done.stdout}{done.stderr}")
    return str(done.stdout)


def _where(folder: Path, account: pwd.struct_passwd | None, url: str) -> dict[str, Any]:
    environment = {
        "PATH": _PATH,
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "WP_FOLDER": str(folder),
        "WP_URL": url,
        "PHP_CLI_SERVER_WORKERS": str(WORKERS),
    }
    who = {"user": account.pw_uid, "group": account.pw_gid} if account else {}
    return {"cwd": folder, "env": environment, **who}


def _wait(is_ready: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 60
    while not is_ready():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"{process.args!r} did not start: {log.read_text(errors='replace')}")
        time.sleep(0.05)


def _succeeds(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _takes_connections(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def _find_account() -> pwd.struct_passwd | None:
    """Whose processes they are: nobody's, where the tests run as root."""
    return pwd.getpwnam("nobody") if os.getuid() == 0 else None


@contextmanager
def share_wordpress(folder: Path) -> Iterator[Site]:
    """The site of everybody who names this folder: made by the first, gone when nobody uses it any
    more, however they ended. A keeper, a process of its own, waits for the lock its users share."""
    with (
        (folder / "wordpress.lock").open("w") as lock,
        (folder / "wordpress.users").open("a") as use,
    ):
        fcntl.flock(lock, fcntl.LOCK_EX)
        fcntl.flock(use, fcntl.LOCK_SH)
        ready = folder / "wordpress.json"
        if not ready.exists():
            _start_keeper(folder)
        fcntl.flock(lock, fcntl.LOCK_UN)
        yield msgspec.json.decode(ready.read_bytes(), type=Site)


def _start_keeper(folder: Path) -> None:
    with (folder / "wordpress.log").open("wb") as log:
        subprocess.run(
            [sys.executable, "-m", "tests.wordpress", str(folder)],
            cwd=Path(__file__).parents[1],
            stdout=log,
            stderr=log,
            check=True,
        )
    deadline = time.monotonic() + 120
    while not (folder / "wordpress.json").exists():
        text = (folder / "wordpress.log").read_text(errors="replace")
        if "Traceback" in text or time.monotonic() > deadline:
            raise RuntimeError(f"WordPress did not start: {text}")
        time.sleep(0.1)


def _keep(folder: Path) -> None:
    """Run a site until the last of its users has gone."""
    ready, made = folder / "wordpress.json", folder / "wordpress.made"
    with run_wordpress() as site, (folder / "wordpress.users").open("a") as use:
        made.write_bytes(msgspec.json.encode(site))
        made.rename(ready)
        fcntl.flock(use, fcntl.LOCK_EX)
        ready.unlink()


@pytest.fixture(scope="session")
def wordpress(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The session's WordPress."""
    if missing := find_missing():
        pytest.skip(missing)
    folder = tmp_path_factory.getbasetemp()
    shared = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    with share_wordpress(shared) as site:
        yield site


if __name__ == "__main__" and os.fork() == 0:  # nobody waits for a keeper
    os.setsid()
    _keep(Path(sys.argv[1]))
