"""What an operator saves: units, a cron table, a web server's site. They name this installation's
paths, and the programs that read them take them."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from desk.cli import cli
from desk.cli.example.files import POLICY, quote_cron, quote_nginx, quote_unit

ROOT = Path(__file__).resolve().parents[2]
HOMES = "/home"
PROGRAM = Path(sys.executable).parent / "redaksi"


def render(*arguments: str | Path) -> str:
    ended = CliRunner().invoke(cli, ["example", *(str(each) for each in arguments)])
    assert ended.exit_code == 0, ended.output
    return ended.output


def write_config(folder: Path, data_dir: str | Path, more: str = "", reply: str = "") -> Path:
    path = folder / "config.toml"
    path.write_text(
        f'data_dir = "{data_dir}"\n[[mailbox]]\nid = "warta"\nhost = "imap.example.org"\n'
        f'user = "redaksi@example.org"\n{more}\n[reply]\n{reply}\n'
    )
    return path


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


def test_without_a_configuration_the_usual_places_are_named() -> None:
    unit = render("systemd")
    for line in (
        "# /etc/systemd/system/redaksi.service",
        "Type=notify",
        f"ExecStart={PROGRAM} run --config /etc/redaksi/config.toml",
        "User=redaksi",
        "StateDirectory=redaksi",
        "WorkingDirectory=/var/lib/redaksi",
        "LoadCredential=imap:/etc/redaksi/imap.secret",
        "WatchdogSec=300",
        "OOMPolicy=continue",
        "ProtectHome=yes",
        "WantedBy=multi-user.target",
    ):
        assert line in unit.splitlines()
    assert "ReadWritePaths" not in unit


def test_what_confines_a_mail_is_allowed_by_its_own_names() -> None:
    """systemd 252 (Debian 12) knows no group @sandbox, and passes over it: the calls would end the
    daemon."""
    (line,) = re.findall("SystemCallFilter=(landlock.*)", render("systemd"))
    assert line.split() == [
        "landlock_create_ruleset",
        "landlock_add_rule",
        "landlock_restrict_self",
        "seccomp",
    ]


def test_with_one_the_paths_are_its_own(tmp_path: Path) -> None:
    path = write_config(
        tmp_path,
        "/var/lib/redaksi",
        'password = "cred:warta"',
        '\n[queue]\nfolder = "/srv/antrean"',
    )
    unit = render("systemd", "--config", path).splitlines()
    assert f"ExecStart={PROGRAM} run --config {path}" in unit
    assert f"LoadCredential=warta:{tmp_path}/warta.secret" in unit
    assert "ReadWritePaths=/srv/antrean" in unit
    assert not any("imap.secret" in line for line in unit)


@pytest.mark.parametrize(
    ("data_dir", "lines"),
    [
        ("/var/lib/redaksi/warta", ["StateDirectory=redaksi/warta", "ProtectHome=yes"]),
        ("/srv/redaksi", ["ReadWritePaths=/srv/redaksi", "WorkingDirectory=/srv/redaksi"]),
        (f"{HOMES}/nina", [f"ReadWritePaths={HOMES}/nina", "ProtectHome=read-only"]),
        ("/srv/a b%c", ['ReadWritePaths="/srv/a b%%c"', "WorkingDirectory=/srv/a b%%c"]),
    ],
)
def test_what_is_written_may_be(tmp_path: Path, data_dir: str, lines: list[str]) -> None:
    path = write_config(tmp_path, data_dir, 'password = "file:/etc/redaksi/imap.secret"')
    unit = render("systemd", "--config", path).splitlines()
    assert set(lines) <= set(unit)
    assert not any("LoadCredential" in line for line in unit)


def test_a_relative_folder_stays_where_it_is_now(tmp_path: Path) -> None:
    path = write_config(tmp_path, "data", 'password = "env:IMAP"')
    unit = render("systemd", "--config", path).splitlines()
    assert f"WorkingDirectory={Path.cwd()}" in unit
    assert f"ReadWritePaths={Path.cwd()}/data" in unit


def test_a_configuration_that_is_wrong_is_no_example(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("data_dir = 1\n")
    ended = CliRunner().invoke(cli, ["example", "systemd", "--config", f"{tmp_path}/config.toml"])
    assert (ended.exit_code, "data_dir" in ended.output) == (2, True)


@pytest.mark.parametrize("data_dir", ["/var/lib/redaksi", "/srv/a b%c"])
def test_systemd_takes_the_units(tmp_path: Path, data_dir: str) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("needs systemd-analyze: apt-get install systemd")
    config = write_config(tmp_path, data_dir, 'password = "cred:imap"')
    units = tmp_path / "units"
    units.mkdir()
    for what in ("systemd", "timer"):
        render(what, "--config", config, "--into", units)
    names = sorted(path.name for path in units.iterdir())
    assert names == [
        "redaksi-backup.service",
        "redaksi-backup.timer",
        "redaksi-poll.service",
        "redaksi-poll.timer",
        "redaksi.service",
    ]
    verified = subprocess.run(
        [analyze, "verify", "--man=no", *(str(units / name) for name in names)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (verified.returncode, verified.stdout, verified.stderr) == (0, "", "")


def test_what_is_there_is_not_overwritten(tmp_path: Path) -> None:
    render("systemd", "--into", tmp_path)
    render("systemd", "--into", tmp_path)  # the same
    unit = tmp_path / "redaksi.service"
    unit.write_text("[Service]\nExecStart=/bin/true\n")
    ended = CliRunner().invoke(cli, ["example", "systemd", "--into", str(tmp_path)])
    assert (ended.exit_code, "sudah ada" in ended.output) == (1, True)
    assert unit.read_text() == "[Service]\nExecStart=/bin/true\n"


@pytest.mark.parametrize(
    ("secret", "sourced"), [("env:IMAP", True), ("file:/etc/redaksi/imap.secret", False)]
)
def test_cron_polls_and_reads_the_secrets_that_stand_in_the_environment(
    tmp_path: Path, secret: str, sourced: bool
) -> None:
    path = write_config(tmp_path, "/var/lib/redaksi", f'password = "{secret}"')
    poll, backup = render("cron", "--config", path).splitlines()[1:]
    assert f". {tmp_path}/env && " * sourced + f"{PROGRAM} poll --once --quiet" in poll
    assert poll.startswith("*/2 * * * * redaksi ")
    assert backup.startswith("40 2 * * * redaksi ")
    assert (". " in poll[20:]) == sourced


def test_a_line_of_cron_is_read_as_it_was_meant(tmp_path: Path) -> None:
    """By sh, once cron has turned "\\%" into "%" (crontab(5))."""
    name = "a b'%c"
    line = f"printf %s {quote_cron(name)}".replace("\\%", "%")
    assert subprocess.check_output(["/bin/sh", "-c", line], text=True) == name


def test_words_are_quoted_as_their_readers_ask() -> None:
    assert quote_unit("/opt/redaksi") == "/opt/redaksi"
    assert quote_unit('/srv/a "b"$c%d') == '"/srv/a \\"b\\"$$c%%d"'
    assert quote_nginx("/srv/a b;c/") == '"/srv/a b;c/"'


def test_the_header_says_what_the_pages_say() -> None:
    page = (ROOT / "templates/web/_frame.html.j2").read_text()
    (policy,) = re.findall('Content-Security-Policy" content="([^"]*)"', page)
    assert f"{policy}; frame-ancestors 'none'" == POLICY


def make_certificate(folder: Path) -> None:
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    names = ["-subj", "/CN=localhost", "-keyout", f"{folder}/privkey.pem"]
    subprocess.run(
        [*command.split(), *names, "-out", f"{folder}/fullchain.pem"],
        check=True,
        capture_output=True,
    )


@pytest.mark.parametrize("base_url", ["", "https://warta.example.org/meja/antrean/"])
def test_nginx_takes_the_site(tmp_path: Path, base_url: str) -> None:
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if nginx is None or shutil.which("openssl") is None:
        pytest.skip("needs nginx and openssl: apt-get install nginx-light openssl")
    path = write_config(
        tmp_path,
        "/var/lib/redaksi",
        'password = "env:IMAP"',
        f'\n[queue]\nfolder = "/srv/a b;c"\nbase_url = "{base_url}"',
    )
    site = render("nginx", "--config", path)
    make_certificate(tmp_path)
    site = re.sub(r"/etc/letsencrypt/live/[\w.]+/", f"{tmp_path}/", site)
    whole = f"""pid {tmp_path}/pid;
error_log stderr;
events {{}}
http {{
access_log off;
{_temporary(tmp_path)}
{site}}}
"""
    (tmp_path / "nginx.conf").write_text(whole)
    tested = subprocess.run(
        [nginx, "-t", "-q", "-e", "stderr", "-c", str(tmp_path / "nginx.conf")],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "LC_ALL": "C"},
    )
    assert tested.returncode == 0, tested.stderr
    assert f"location {'/meja/antrean/' if base_url else '/'} {{" in site


def _temporary(folder: Path) -> str:
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    return "\n".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
