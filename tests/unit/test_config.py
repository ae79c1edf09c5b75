"""config.toml: every mistake at once, each with what the key means; secrets never in the file."""

import sys
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest

from redaksi.config.bounds import Caps
from redaksi.config.load import load, parse
from redaksi.config.read_tables import parse_duration, parse_size
from redaksi.config.schema import Config, make_limits
from redaksi.config.secrets import read_secret
from redaksi.errors import ConfigError

GOOD = """
[[mailbox]]
id = "warta"
address = "redaksi@example.org"
host = "imap.example.org"
user = "redaksi@example.org"
password = "env:IMAP"
since = 2026-11-01
"""


def read(text: str) -> Config:
    return parse(text, lambda _: None)


def mistakes(text: str) -> list[str]:
    with pytest.raises(ConfigError) as told:
        read(text)
    return str(told.value).splitlines()


def test_what_is_not_said_has_its_default() -> None:
    config = read(GOOD)
    assert config.mailbox[0].poll == timedelta(minutes=2)
    assert config.reply.mode == "draft"
    assert config.language == "id"


def test_every_mistake_is_told_at_once() -> None:
    told = mistakes(GOOD + '[reply]\nmode = "loud"\nport = "x"\nmod = 1\n[log]\nlevel = 3\n')
    assert len(told) == 4
    assert [line for line in told if "reply.mode" in line and "draft" in line]


def test_an_unknown_key_names_the_nearest_and_its_meaning() -> None:
    (told,) = mistakes(GOOD + "[reply]\nsing = 'x'\n")
    assert 'did you mean "sign"' in told
    assert "signature" in told


@pytest.mark.parametrize("written", ["geheim", "", "env:", "pass:word"])
def test_a_secret_in_the_file_is_refused(written: str) -> None:
    (told,) = mistakes(GOOD.replace('"env:IMAP"', f'"{written}"'))
    assert ("never written here" if written else "password: missing") in told
    assert "geheim" not in told


def test_oauth2_needs_a_client_and_no_password() -> None:
    text = GOOD.replace('password = "env:IMAP"', 'auth = "oauth2"')
    (told,) = mistakes(text)
    assert "client_id: missing" in told
    assert read(text + 'client_id = "redaksi"\n').mailbox[0].password == ""


def test_a_missing_secret_says_how_to_bring_it(tmp_path: Path) -> None:
    assert read_secret("k", "env:X", {"X": "s"}) == "s"
    (tmp_path / "s").write_text("tersimpan\n")
    assert read_secret("k", f"file:{tmp_path / 's'}", {}) == "tersimpan"
    with pytest.raises(ConfigError, match="export X="):
        read_secret("k", "env:X", {})


def test_a_missing_mandatory_key_is_named_with_its_meaning() -> None:
    (told,) = mistakes(GOOD.replace('host = "imap.example.org"\n', ""))
    assert "host: missing" in told
    assert "IMAP server" in told


def test_a_password_in_the_clear_only_on_this_machine() -> None:
    (told,) = mistakes(GOOD.replace("since", 'security = "none"\nsince'))
    assert "in the clear" in told

    local = GOOD.replace("imap.example.org", "127.0.0.1").replace(
        "since", 'security = "none"\nsince'
    )
    assert read(local).mailbox[0].security == "none"


def test_two_mailboxes_do_not_share_an_id() -> None:
    assert "share an id" in mistakes(GOOD + GOOD)[0]


def test_an_unknown_zone_is_told() -> None:
    assert "no such zone" in mistakes('timezone = "Asia/Pontianakk"\n' + GOOD)[0]


def test_rules_are_handed_to_the_registry_and_its_mistakes_told_with_the_others() -> None:
    def refuse(_: object) -> None:
        raise ConfigError("rules.lenght: unknown\nrules.font.nmaes: unknown")

    with pytest.raises(ConfigError) as told:
        parse(GOOD + "[log]\nlevel = 3\n[rules.x]\na = 1\n", refuse)
    assert len(str(told.value).splitlines()) == 3


def test_what_is_no_toml_or_no_file_is_said_so(tmp_path: Path) -> None:
    assert "not TOML" in mistakes("[[mailbox")[0]
    with pytest.raises(ConfigError, match="redaksi init"):
        load(tmp_path / "none.toml", lambda _: None)


def test_durations_and_sizes_are_written_as_people_write_them() -> None:
    assert parse_duration("90s") == timedelta(seconds=90)
    assert parse_duration("3d") == timedelta(days=3)
    assert parse_size("40MB") == 40 * 1024**2
    assert parse_size(5) == 5
    for wrong in ("2 minutes", "", 5, None):
        with pytest.raises(ValueError, match="duration"):
            parse_duration(wrong)
    for wrong in ("40 Mo", -1, True):
        with pytest.raises(ValueError, match="size"):
            parse_size(wrong)


def test_limits_know_who_we_are() -> None:
    config = read(
        GOOD.replace("since", 'authserv_id = "mx.example.org"\nsince')
        + '[reply]\naddress = "Surat@example.org"\n'
    )
    bounds = make_limits(config)
    assert bounds.identity.addresses == ("redaksi@example.org", "surat@example.org")
    assert bounds.identity.authserv_id == "mx.example.org"


@pytest.mark.parametrize(
    ("told", "key"),
    [
        ('[reply]\nquiet = "21-6"\n', "reply.quiet"),
        ('[reply]\nquiet = "21:00-26:00"\n', "reply.quiet"),
        ('[queue]\ndigest_at = "7.30"\n', "queue.digest_at"),
        ('[queue]\nholidays = "XX"\n', "queue.holidays"),
    ],
)
def test_hours_and_holidays_that_are_none_are_told_before_they_are_needed(
    told: str, key: str
) -> None:
    (mistake,) = mistakes(GOOD + told)
    assert key in mistake


def test_days_off_are_dates() -> None:
    assert read(GOOD + "[queue]\ndays_off = [2026-12-28]\n").queue.days_off == (date(2026, 12, 28),)


@pytest.mark.parametrize(
    ("told", "key"),
    [
        ('[reply]\naddress = "bukan alamat"\n', "reply.address"),
        ('[queue]\ndigest_to = ["nina@redaksi.example", "bukan"]\n', "queue.digest_to"),
        ("[reply]\nper_hour = 0\n", "reply.per_hour"),
        ("[reply]\nper_day = -1\n", "reply.per_day"),
        ("[reply]\nmax_auto_returns = -1\n", "reply.max_auto_returns"),
        ("[reply]\nport = 0\n", "reply.port"),
    ],
)
def test_addresses_counts_and_ports_that_are_none_are_told(told: str, key: str) -> None:
    (mistake,) = mistakes(GOOD + told)
    assert key in mistake


def said(text: str, name: str = "config.toml") -> str:
    """The only mistake, in Indonesian, without the file's name."""
    with pytest.raises(ConfigError) as told:
        parse(text, lambda _: None, name)
    (line,) = told.value.say("id").splitlines()
    return line.removeprefix(f"{name}: ")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("[replies]\n", '[replies]: tidak dikenal; maksudnya "reply"?'),
        ("[que]\n", '[que]: tidak dikenal; maksudnya "queue"?'),
        ("[Storage]\n", '[Storage]: tidak dikenal; maksudnya "storage"?'),
        ("[[mailboxes]]\n", '[mailboxes]: tidak dikenal; maksudnya "mailbox"?'),
        ('[reply]\nhots = "x"\n', 'reply.hots: tidak dikenal; maksudnya "host"?'),
        ('[queue]\nholiday = "x"\n', 'queue.holiday: tidak dikenal; maksudnya "holidays"?'),
        ('[queue]\nhost = "x"\n', "queue.host: tidak dikenal di sini; kunci ini milik [[mailbox]]"),
        (
            'language = "id"\n',
            "mailbox.warta.language: tidak dikenal di sini; kunci ini milik bagian",
        ),
        ("[smtp]\n", "[smtp]: tidak dikenal; yang dikenal di sini: backup, "),
    ],
)
def test_the_nearest_key_is_looked_for_in_its_own_table(written: str, meant: str) -> None:
    assert said(GOOD + written).startswith(meant)


@pytest.mark.parametrize(
    ("zone", "meant"),
    [
        ("WIB", "Asia/Jakarta"),
        ("wita", "Asia/Makassar"),
        ("WIT", "Asia/Jayapura"),
        ("GMT+7", "Asia/Jakarta"),
        ("UTC+08:00", "Asia/Makassar"),
        ("+09", "Asia/Jayapura"),
        ("asia/jakarta", "Asia/Jakarta"),
        ("Asia/Pontianakk", "Asia/Pontianak"),
        ("Makassar", "Asia/Makassar"),
        ("Asia", "Asia/Jakarta"),
        ("../etc/passwd", "Asia/Jakarta"),
        ("", "Asia/Jakarta"),
    ],
)
def test_a_zone_that_is_none_names_the_one_that_is_meant(zone: str, meant: str) -> None:
    assert f'tulis "{meant}"' in said(f'timezone = "{zone}"\n{GOOD}')


@pytest.mark.parametrize(
    ("text", "place", "why"),
    [
        ("a\n", "baris 1, kolom 2", 'seharusnya "="'),
        ("a = \n", "baris 1, kolom 5", "seharusnya sebuah nilai"),
        ("a = off\n", "baris 1, kolom 5", "seharusnya sebuah nilai"),
        ("[reply\n", "baris 1, kolom 7", "belum ditutup"),
        ('x = 1\na = "b\n', "baris 2, kolom 7", "tanda kutip belum ditutup"),
        ("x = 1\nx = 2\n", "baris 2, kolom 6", "sudah ditulis di atas"),
        ("[a]\n[a]\n", "baris 2, kolom 3", "sudah ditulis di atas"),
        ("a = “b”\n", "baris 1, kolom 5", "tanda kutip lurus"),
        ('a = "C:\\data"\n', "baris 1, kolom 10", "ditulis dua kali"),
        ("a = [1\n", "baris 2, kolom 1", "belum ditutup"),
        ("a = 1 b = 2\n", "baris 1, kolom 7", "satu kunci satu baris"),
    ],
)
def test_what_is_no_toml_is_said_with_its_place(text: str, place: str, why: str) -> None:
    line = said(text)
    assert line.startswith(f"config.toml, {place}: bukan TOML: ")
    assert why in line


def test_one_mistake_hides_no_other() -> None:
    text = """
timezone = "WIB"
[[mailbox]]
id = "warta"
hots = "x"
auth = "kerberos"
port = 99999
[reply]
mode = "loud"
quiet = "9-5"
[queue]
digest_at = "7.30"
sla_days = -1
[sandbox]
wall_clock = "5m"
[rules]
length = 3
"""
    keys = [line.split(": ")[1] for line in mistakes(text)]
    assert keys == [
        "mailbox.warta.hots", "mailbox.warta.host", "mailbox.warta.user", "mailbox.warta.auth",
        "reply.mode", "timezone", "reply.quiet", "queue.digest_at", "sandbox.wall_clock",
        "queue.sla_days", "mailbox.warta.port", "rules",
    ]  # fmt: skip


def test_what_confines_and_what_a_sender_has_a_day() -> None:
    config = read(GOOD)
    sandbox, safety = config.sandbox, config.safety
    assert (sandbox.processor, sandbox.wall_clock) == (timedelta(seconds=20), timedelta(minutes=1))
    assert sandbox.reply == 8 * 1024**2
    assert sandbox.require == ("full" if sys.platform == "linux" else "basic")
    assert (safety.sender_mails, safety.sender_processor) == (40, timedelta(seconds=100))
    assert safety.sender_kept == 500 * 1024**2


def test_a_kind_that_no_decoder_is_for_is_named() -> None:
    (line,) = mistakes(f'{GOOD}[safety]\ndecoders = ["png", "heif", "jpeg"]\n')
    assert '["heif"]' in line
    assert '"png"' in line.partition('["heif"]')[2]  # among the choices


def test_a_decoder_is_taken_out_by_leaving_it_out() -> None:
    text = f'{GOOD}[safety]\ndecoders = ["jpeg", "png"]\nmail_pixels = 7\n'
    safety = make_limits(read(text)).safety
    assert (safety.decoders, safety.mail_pixels) == (("jpeg", "png"), 7)


def test_every_cap_reaches_the_readers_but_a_senders_day() -> None:
    caps = Caps(max_pixels=5)
    reach = msgspec.structs.asdict(make_limits(Config(safety=caps)).safety)
    apart = {key for key, value in msgspec.structs.asdict(caps).items() if reach.get(key) != value}
    assert apart == {"sender_mails", "sender_processor", "sender_kept"}


@pytest.mark.parametrize(
    ("table", "key", "value"),
    [
        ("safety", "sender_mails", "0"),
        ("safety", "sender_kept", "0"),
        ("safety", "mail_pixels", "0"),
        ("safety", "decoders", '["jpeg", "jp2"]'),
        ("safety", "decoders", '"jpeg"'),
        ("safety", "decoders", "[1]"),
        ("safety", "sender_processor", '"0s"'),
        ("sandbox", "reply", '"1KB"'),
        ("sandbox", "require", '"none"'),
        ("sandbox", "wall_clock", '"121s"'),
    ],
)
def test_a_limit_that_nobody_could_work_under_is_a_mistake(
    table: str, key: str, value: str
) -> None:
    (line,) = mistakes(f"{GOOD}[{table}]\n{key} = {value}\n")
    assert line.split(": ")[1] == f"{table}.{key}"


def test_what_merely_contradicts_is_no_mistake() -> None:
    assert read(GOOD + '[reply]\nmode = "auto"\n').reply.host == ""


def test_a_file_that_another_system_wrote_is_read(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert load(path, lambda _: None).mailbox[0].id == "warta"
    path.write_bytes(GOOD.encode("utf-16"))
    with pytest.raises(ConfigError, match="not UTF-8"):
        load(path, lambda _: None)
