"""The one door: whatever is thrown in whatever verb, a person reads one line and no traceback."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
import structlog
from click.testing import CliRunner, Result

from desk.cli import BY_A_PERSON, VERBS, cli
from redaksi.errors import ConfigError, LeaseLost, RedaksiError, StoreError, Unreachable

CALLS: dict[str, tuple[str, ...]] = {
    "backup": ("backup", "d"),
    "check": ("check", "."),
    "correct": ("correct", "W-2026-0001"),
    "decide": ("decide", "W-2026-0001", "seen"),
    "erase": ("erase", "a@x.example"),
    "example": ("example", "config"),
    "export": ("export", "a@x.example", "d"),
    "failed": ("failed", "list"),
    "keys": ("keys", "rotate"),
    "letters": ("letters", "list"),
    "login": ("login", "warta"),
    "pair": ("pair", "W-2026-0001", "W-2026-0002"),
    "publish": ("publish", "W-2026-0001"),
    "replay": ("replay", "W-2026-0001"),
    "restore": ("restore", ".", "--into", "d"),
    "retry": ("retry", "W-2026-0001"),
    "take": ("take",),
    "takedown": ("takedown", "W-2026-0001"),
    "user": ("user", "list"),
}
THROWN: tuple[tuple[BaseException, int, str], ...] = (
    (ConfigError("no_database_url"), 2, "storage.database bukan URL"),
    (StoreError("database", fault="database is locked"), 75, "basis data: "),
    (Unreachable("unreachable", host="imap.x", fault="-"), 75, "imap.x tidak terjangkau"),
    (LeaseLost("lease_lost", name="outbox"), 1, "pegangan outbox"),
    (RedaksiError("no_submission", number="W-1"), 1, "tidak ada kiriman W-1"),
    (PermissionError(errno.EACCES, "x", "/srv/data"), 2, "/srv/data: tidak boleh dibuka"),
    (PermissionError(errno.EPERM, "x", "/srv/data"), 2, "/srv/data: tidak diizinkan"),
    (FileNotFoundError(errno.ENOENT, "x", b"/srv/data"), 2, "/srv/data: tidak ada"),
    (NotADirectoryError(errno.ENOTDIR, "x", Path("/srv/a/b")), 2, "/srv/a/b: sebagian jalurnya"),
    (IsADirectoryError(errno.EISDIR, "x", "/srv"), 2, "/srv: sebuah folder"),
    (FileExistsError(errno.EEXIST, "x", "/srv"), 2, "/srv: sudah ada"),
    (OSError(errno.ENOSPC, "x", "/srv"), 75, "/srv: sistem berkasnya penuh. Hapus berkas"),
    (OSError(errno.EDQUOT, "x", "/srv"), 75, "/srv: kuota habis."),
    (OSError(errno.EROFS, "x", "/srv"), 75, "/srv: sistem berkasnya hanya dapat dibaca."),
    (OSError(errno.EIO, "x", "/srv"), 75, "/srv: disk gagal"),
    (OSError(errno.EMFILE, "x"), 75, "sistem menolak: terlalu banyak berkas terbuka"),
    (OSError(errno.EADDRINUSE, "x"), 2, "sistem menolak: alamat dan porta"),
    (ConnectionRefusedError(errno.ECONNREFUSED, "x"), 75, "tidak ada yang menjawab"),
    (TimeoutError("timed out"), 75, "sistem menolak: tidak menjawab pada waktunya"),
    (ModuleNotFoundError("x", name="psycopg"), 2, "pip install 'redaksi[postgres]'"),
    (ModuleNotFoundError("x", name="aiosmtpd.controller"), 2, "pip install 'redaksi[demo]'"),
    (ModuleNotFoundError("x", name="lxml"), 2, "tidak lengkap (modul lxml)"),
    (ModuleNotFoundError("x", name="desk.gone"), 1, "kesalahan pada program redaksi sendiri"),
    (KeyboardInterrupt(), 1, "dihentikan"),
    (KeyError("x"), 1, "kesalahan pada program redaksi sendiri, bukan pada Anda: KeyError"),
    (ZeroDivisionError(), 1, "ZeroDivisionError"),
    (RecursionError(), 1, "RecursionError"),
    (MemoryError(), 1, "MemoryError"),
    (UnicodeDecodeError("utf-8", b"x", 0, 1, "x"), 1, "UnicodeDecodeError"),
)  # fmt: skip


def throw(monkeypatch: pytest.MonkeyPatch, verb: str, error: BaseException) -> Result:
    """The verb called by a person, while its work meets an error."""
    words = CALLS.get(verb, (verb,))
    command = cli.get_command(click.Context(cli), verb)
    if isinstance(command, click.Group):
        command = command.commands[words[1]]
    assert command is not None

    def fail(**_: object) -> None:
        raise error

    monkeypatch.setattr(command, "callback", fail)
    structlog.reset_defaults()  # another test's standard error is closed by now
    return CliRunner().invoke(cli, words, obj=BY_A_PERSON)


@pytest.mark.parametrize("verb", VERBS)
def test_every_kind_of_error_in_every_verb_is_one_line(
    monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    wrong = {}
    for error, code, line in THROWN:
        ended = throw(monkeypatch, verb, error)
        lines = [one for one in ended.stderr.splitlines() if " error bug " not in one]
        right = ended.exit_code == code and len(lines) == 1 and line in lines[0]
        if not right or "Traceback" in "".join(lines) or ended.stdout:
            wrong[repr(error)] = (ended.exit_code, ended.stderr, ended.stdout)
    assert wrong == {}


def test_a_bug_s_trace_goes_to_the_log_in_one_event(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = throw(monkeypatch, "queue", KeyError("x"))
    (event,) = [line for line in ended.stderr.splitlines() if " error bug " in line]
    assert "KeyError" in event


def test_a_bug_is_seen_where_no_person_called(monkeypatch: pytest.MonkeyPatch) -> None:
    command = cli.get_command(click.Context(cli), "queue")
    monkeypatch.setattr(command, "callback", lambda **_: 1 // 0)
    assert isinstance(CliRunner().invoke(cli, ["queue"]).exception, ZeroDivisionError)


# ── as a process ──────────────────────────────────────────────────────────────────────────────────


def shell(script: str, folder: Path) -> tuple[int, str]:
    """A line of a shell with `redaksi` in it: how the command ended, and all it wrote."""
    command = f"{sys.executable} -m desk.cli"
    whole = "set -o pipefail; " + script.replace("redaksi ", f"{command} ")
    root = str(Path(__file__).resolve().parents[2])
    environment = {**os.environ, "PYTHONPATH": root}
    ended = subprocess.run(
        ["bash", "-c", whole],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return ended.returncode, ended.stdout + ended.stderr


@pytest.mark.parametrize(
    ("script", "code", "line"),
    [
        ("redaksi status --config tiada.toml", 2, "tiada.toml: tidak ada berkas ini"),
        ("redaksi status --config /", 2, "/: sebuah folder, bukan berkas"),
        ("redaksi status --config /dev/null/x", 2, "sebagian jalurnya berkas"),
        ("redaksi status --config 'a\nb'", 2, "tidak ada berkas ini"),
        ("redaksi queue >&-", 2, "config.toml: tidak ada berkas ini"),
        ("redaksi example config >/dev/full", 75, "sistem berkasnya penuh"),
        ("redaksi example config >&-", 0, ""),
        ("redaksi example config | true", None, ""),
        ("redaksi check tiada.eml", 2, "tiada.eml"),
    ],
)
def test_a_shell_s_surprises(tmp_path: Path, script: str, code: int | None, line: str) -> None:
    ended, printed = shell(script, tmp_path)
    assert code is None or ended == code
    assert line in printed
    assert "Traceback" not in printed
    assert "Exception ignored" not in printed


@pytest.mark.parametrize(
    ("fault", "line"),
    [
        ("a file", "sudah ada, dan bukan folder"),
        ("below a file", "sebagian jalurnya berkas, bukan folder"),
        ("not ours", "tidak diizinkan"),
    ],
)
def test_a_data_folder_that_cannot_be(tmp_path: Path, fault: str, line: str) -> None:
    (tmp_path / "berkas").touch()
    where = {"a file": "berkas", "below a file": "berkas/data", "not ours": "/proc/data"}[fault]
    box = 'id = "a"\nhost = "127.0.0.1"\nuser = "a@b.id"\npassword = "env:HOME"\n'
    (tmp_path / "config.toml").write_text(f'data_dir = "{where}"\n[[mailbox]]\n{box}')
    ended, printed = shell("redaksi letters retry", tmp_path)
    assert ended in (2, 75), printed
    assert len(printed.splitlines()) == 1, printed
    assert printed.startswith("data_dir: "), printed
