"""What `redaksi init` makes of an address: servers, zone, border; and what it refuses."""

import os
import tomllib
from datetime import date
from pathlib import Path

import pytest

from desk.cli.common import check_rules
from desk.cli.installing import plan as planning
from desk.cli.installing.answers import Answers, read_answers
from desk.cli.installing.plan import find_zone, make_plan, render_config
from desk.cli.installing.providers import Door, find_servers
from desk.cli.installing.tries import find_border
from redaksi.config.load import parse
from redaksi.errors import ConfigError

DAY = date(2026, 11, 1)


def nobody(_host: str, _port: int) -> bool:
    return False


@pytest.mark.parametrize(
    ("address", "imap", "smtp", "sent"),
    [
        ("redaksi@gmail.com", Door("imap.gmail.com", 993), Door("smtp.gmail.com", 465), "gmail"),
        (
            "redaksi@Outlook.co.id",
            Door("outlook.office365.com", 993),
            Door("smtp.office365.com", 587, "starttls"),
            "",
        ),
        (
            "redaksi@yahoo.co.id",
            Door("imap.mail.yahoo.com", 993),
            Door("smtp.mail.yahoo.com", 465),
            "",
        ),
    ],
)
def test_large_providers_are_known(address: str, imap: Door, smtp: Door, sent: str) -> None:
    servers = find_servers(address, "", nobody)
    assert servers is not None
    assert (servers.imap, servers.smtp, servers.sent) == (imap, smtp, sent)


@pytest.mark.parametrize(
    ("doors", "imap", "smtp"),
    [
        (
            [("imap.kotaku.example", 993), ("smtp.kotaku.example", 465)],
            Door("imap.kotaku.example", 993),
            Door("smtp.kotaku.example", 465),
        ),
        (
            [("mail.kotaku.example", 143), ("mail.kotaku.example", 587)],
            Door("mail.kotaku.example", 143, "starttls"),
            Door("mail.kotaku.example", 587, "starttls"),
        ),
        ([("kotaku.example", 993)], Door("kotaku.example", 993), Door("", 465)),
    ],
)
def test_others_are_looked_for_under_the_usual_names(
    doors: list[tuple[str, int]], imap: Door, smtp: Door
) -> None:
    servers = find_servers("redaksi@kotaku.example", "", lambda *door: door in doors)
    assert servers is not None
    assert (servers.imap, servers.smtp) == (imap, smtp)


def test_a_domain_at_google_needs_its_host_alone() -> None:
    servers = find_servers("redaksi@kotaku.example", "imap.gmail.com", nobody)
    assert servers is not None
    assert (servers.smtp.host, servers.sent, servers.oauth) == ("smtp.gmail.com", "gmail", "google")


def make(folder: Path, **answers: object) -> planning.Plan:
    given = {"address": "redaksi@gmail.com", "since": DAY, "password": "rahasia", **answers}
    return make_plan(Answers(**given), folder / "config.toml", "id", nobody)  # type: ignore[arg-type]


def test_no_secret_stands_in_the_configuration(tmp_path: Path) -> None:
    plan = make(tmp_path, password='ab"c\\d efg')
    text = render_config(plan)
    assert "efg" not in text
    assert "efg" not in repr(plan)
    table = tomllib.loads(text)
    assert table["mailbox"][0]["password"] == f"file:{tmp_path}/imap.secret"
    assert table["reply"]["password"] == f"file:{tmp_path}/imap.secret"
    config = parse(text, check_rules)
    assert (config.mailbox[0].since, config.reply.mode) == (DAY, "draft")
    assert config == plan.config


def test_below_etc_the_data_lie_where_debian_puts_them(tmp_path: Path) -> None:
    assert make(Path("/etc/redaksi")).config.data_dir == "/var/lib/redaksi"
    assert make(tmp_path).config.data_dir == f"{tmp_path}/data"
    assert make(tmp_path, data_dir="/srv/warta").config.data_dir == "/srv/warta"


def test_a_login_by_oauth_keeps_its_secret_apart_and_names_no_relay(tmp_path: Path) -> None:
    plan = make(tmp_path, password="", client_id="abc", client_secret="rahasia")
    box = plan.config.mailbox[0]
    assert (box.auth, box.provider, box.client_id) == ("oauth2", "google", "abc")
    assert plan.secrets == {"oauth.secret": "rahasia"}
    assert plan.config.reply.host == ""
    assert parse(render_config(plan), check_rules) == plan.config


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"password": ""}, "init_no_login"),
        ({"address": "redaksi@kotaku.example"}, "init_no_server"),
        ({"address": "a@yahoo.com", "password": "", "client_id": "x"}, "init_no_oauth"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path: Path, answers: dict[str, str], code: str) -> None:
    with pytest.raises(ConfigError) as refused:
        make(tmp_path, **answers)
    assert refused.value.sentence.key == code


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (b"Authentication-Results: mx.warta.example; spf=pass\r\nFrom: a@b\r\n", "mx.warta.example"),
        (b"authentication-results:\r\n mx.google.com;\r\n dkim=pass\r\n", "mx.google.com"),
        (b"Authentication-Results: a.example; x=y\nAuthentication-Results: b.example;\n", "a.example"),
        (b"X: 1\x85Authentication-Results: jahat.example; spf=pass\r\n", ""),
        (b"Subject: Authentication-Results: jahat.example\r\n", ""),
        (b"From: a@b\r\n", ""),
        (b"", ""),
    ],
)  # fmt: skip
def test_the_border_is_the_topmost(header: bytes, name: str) -> None:
    assert find_border(header) == name


@pytest.mark.parametrize(
    ("variable", "zone"),
    [("Asia/Makassar", "Asia/Makassar"), (":Asia/Jayapura", "Asia/Jayapura")],
)
def test_the_zone_is_the_systems(monkeypatch: pytest.MonkeyPatch, variable: str, zone: str) -> None:
    monkeypatch.setenv("TZ", variable)
    assert find_zone() == zone


@pytest.mark.parametrize("variable", ["UTC", "Etc/UTC", "Mars/Olympus"])
def test_a_zone_nobody_lives_in_is_none(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.setenv("TZ", variable)
    assert find_zone() == "Asia/Jakarta"


def write_answers(folder: Path, text: str, mode: int = 0o600) -> Path:
    path = folder / "answers.toml"
    path.write_text(text)
    path.chmod(mode)
    return path


def test_answers_name_a_secret_or_hold_it(tmp_path: Path) -> None:
    secret = tmp_path / "s"
    secret.write_text("dari berkas\n")
    head = 'address = "redaksi@gmail.com"\nsince = 2026-11-01\n'
    for value, found in (
        ("rahasia", "rahasia"),
        (f"file:{secret}", "dari berkas"),
        ("env:X", "lingkungan"),
    ):
        path = write_answers(tmp_path, f'{head}password = "{value}"\n')
        assert read_answers(path, {"X": "lingkungan"}).password == found


@pytest.mark.parametrize(
    ("text", "mode", "words"),
    [
        ("address = 1\n", 0o600, ["address", "since"]),
        ('adress = "a@b.example"\nsince = 2026-11-01\n', 0o600, ['"address"?']),
        ('address = "bukan"\nsince = 2026-11-01\n', 0o600, ["bukan alamat"]),
        ("address =\n", 0o600, ["bukan TOML"]),
        ('address = "a@b.example"\nsince = 2026-11-01\npassword = "x"\n', 0o604, ["password"]),
    ],
)
def test_answers_that_are_wrong_are_told_with_their_key(
    tmp_path: Path, text: str, mode: int, words: list[str]
) -> None:
    path = write_answers(tmp_path, text, mode)
    with pytest.raises(ConfigError) as refused:
        read_answers(path, os.environ)
    for word in words:
        assert word in refused.value.say("id")
