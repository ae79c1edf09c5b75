"""A PostgreSQL of our own for the tests: unprivileged, on a Unix socket, gone with the test run."""

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from msgspec import Struct

ACCOUNTS = ("postgres", "nobody")  # PostgreSQL refuses to run as root


class Cluster(Struct, frozen=True, kw_only=True):
    """A running server. It listens on a socket in `folder` and nowhere else."""

    folder: Path

    def url(self, database: str) -> str:
        """SQLAlchemy URL of a database."""
        return f"postgresql+psycopg://redaksi@/{database}?host={self.folder}"

    def create(self) -> str:
        """A new, empty database; its name."""
        name = f"test_{secrets.token_hex(6)}"
        self.execute(f"CREATE DATABASE {name}")
        return name

    def copy(self, name: str) -> str:
        """A copy of a database that nobody is connected to; its name."""
        made = f"test_{secrets.token_hex(6)}"
        self.execute(f"CREATE DATABASE {made} TEMPLATE {name}")
        return made

    def execute(self, statement: str, url: str = "") -> None:
        """One statement of an administrator's, in the database of `url`."""
        database = url.partition("@/")[2].partition("?")[0] or "postgres"
        told = f"host={self.folder} user=redaksi dbname={database}"
        with psycopg.connect(told, autocommit=True) as connection:
            connection.execute(statement.encode())


def find_folder(url: str) -> str:
    """Where the server of such a URL listens; "" where it is no PostgreSQL."""
    return url.partition("?host=")[2]


def binaries() -> Path | None:
    """The folder of PostgreSQL's programs; None where it is not installed."""
    on_path = shutil.which("postgres")
    if on_path and shutil.which("initdb"):
        return Path(on_path).parent
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3])
    )
    return installed[-1].parent if installed else None


@contextmanager
def cluster(programs: Path) -> Iterator[Cluster]:
    """A new cluster, made and started; stopped by its own process id and removed at the end."""
    account = _account()
    # a socket's path has 107 bytes at most
    folder = Path(tempfile.mkdtemp(prefix="redaksi-pg-", dir="/tmp"))
    try:
        if account:
            os.chown(folder, account.pw_uid, account.pw_gid)
        options = [
            "--auth=trust",
            "--username=redaksi",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
        ]
        _run([programs / "initdb", "-D", folder / "db", *options], account, folder)
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [
                    programs / "postgres",
                    "-D",
                    folder / "db",
                    "-k",
                    folder,
                    "-h",
                    "",
                    "-F",
                    "-c",
                    "max_connections=40",
                    "-c",
                    "shared_buffers=16MB",
                ],
                stdout=log,
                stderr=log,
                cwd=folder,
                user=_user(account),
                group=_group(account),
            )
        try:
            started = Cluster(folder=folder)
            _wait(started, server, folder / "log")
            yield started
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _account() -> pwd.struct_passwd | None:
    if os.getuid() != 0:
        return None
    for name in ACCOUNTS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("no account to run PostgreSQL under")


def _user(account: pwd.struct_passwd | None) -> int | None:
    return account.pw_uid if account else None


def _group(account: pwd.struct_passwd | None) -> int | None:
    return account.pw_gid if account else None


def _run(command: list[str | Path], account: pwd.struct_passwd | None, folder: Path) -> None:
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        user=_user(account),
        group=_group(account),
    )
    if done.returncode:
        raise RuntimeError(f"{Path(command[0]).name} failed: {done.stderr}")


def _wait(started: Cluster, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        try:
            return started.execute("SELECT 1")
        except psycopg.OperationalError:
            time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not start: {log.read_text(errors='replace')}")
