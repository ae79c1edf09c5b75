"""Answers into what config.toml will say."""

import os
import re
from datetime import date
from pathlib import Path

import msgspec
from msgspec import Struct

from desk.cli.example.config_toml import literal
from desk.cli.installing.answers import Answers
from desk.cli.installing.providers import Door, Probe, Servers, find_servers
from redaksi.catalog import Language
from redaksi.config.schema import Config, Mailbox, Reply
from redaksi.config.zones import is_zone
from redaksi.errors import ConfigError

SECRET, CLIENT_SECRET = "imap.secret", "oauth.secret"
_ETC, _STATE = Path("/etc"), Path("/var/lib/redaksi")
_NO_ID = re.compile(r"[^a-z0-9-]+")
_ZONEINFO = "/zoneinfo/"
_KEYS = {  # what is written of each table, in this order
    "": ("language", "timezone", "data_dir"),
    "mailbox": (
        "id", "host", "port", "security", "tls_ca", "user", "auth", "password", "provider",
        "client_id", "client_secret", "address", "since", "authserv_id",
    ),
    "reply": ("mode", "host", "port", "security", "user", "password", "sent"),
}  # fmt: skip
_ALWAYS = {"id", "host", "user", "address", "since", "authserv_id", "mode", "language", "timezone"}
_ALWAYS |= {"data_dir", "password"}


class Plan(Struct, frozen=True, kw_only=True):
    """The configuration, and the secrets that will lie beside it by the names of their files."""

    config: Config
    secrets: dict[str, str]

    def __repr__(self) -> str:
        return f"Plan({', '.join(self.secrets)})"


def make_plan(answers: Answers, path: Path, language: Language, probe: Probe) -> Plan:
    """What was answered, and for the rest what is usual. Raises ConfigError where no server is
    found or a login is lacking."""
    folder = path.absolute().parent
    servers = _find_servers(answers, probe)
    if not answers.password and not answers.client_id:
        raise ConfigError("init_no_login")
    if answers.client_id and not servers.oauth:
        raise ConfigError("init_no_oauth", host=servers.imap.host)
    box = _make_box(answers, servers, folder)
    config = Config(
        mailbox=(box,),
        reply=_make_reply(answers, servers, box),
        language=answers.language or language,
        timezone=answers.timezone or find_zone(),
        data_dir=answers.data_dir or str(_STATE if _ETC in folder.parents else folder / "data"),
    )
    secrets = {SECRET: answers.password} if answers.password else {}
    if answers.client_secret:
        secrets[CLIENT_SECRET] = answers.client_secret
    return Plan(config=config, secrets=secrets)


def _find_servers(answers: Answers, probe: Probe) -> Servers:
    """As they were said; who said one server whole is asked for nothing else of it."""
    said = _door(answers.host, answers.port, answers.security, Door("", 993))
    if answers.host and answers.port:
        known = find_servers(answers.address, answers.host, lambda *_: False)
        found = Servers(imap=said, smtp=known.smtp if known else Door("", 465))
    else:
        known = find_servers(answers.address, answers.host, probe)
        if known is None:
            raise ConfigError("init_no_server", domain=answers.address.rpartition("@")[2])
        found = msgspec.structs.replace(
            known, imap=_door("", answers.port, answers.security, known.imap)
        )
    smtp = _door(answers.smtp_host, answers.smtp_port, answers.smtp_security, found.smtp)
    return msgspec.structs.replace(
        found, smtp=smtp, sent=answers.sent or found.sent, oauth=known.oauth if known else ""
    )


def _door(host: str, port: int, security: str, otherwise: Door) -> Door:
    kind = next((k for k in ("tls", "starttls", "none") if k == security), otherwise.security)
    return Door(host or otherwise.host, port or otherwise.port, kind)


def _make_box(answers: Answers, servers: Servers, folder: Path) -> Mailbox:
    name = _NO_ID.sub("-", answers.address.partition("@")[0].lower()).strip("-")
    by_token = not answers.password
    return Mailbox(
        id=name or "warta",
        host=servers.imap.host,
        port=servers.imap.port,
        security=servers.imap.security,
        tls_ca=answers.tls_ca,
        user=answers.user or answers.address,
        auth="oauth2" if by_token else "password",
        password="" if by_token else f"file:{folder / SECRET}",
        provider=servers.oauth or "google",
        client_id=answers.client_id,
        client_secret=f"file:{folder / CLIENT_SECRET}" if answers.client_secret else "",
        address=answers.address,
        since=answers.since,
        authserv_id=answers.authserv_id,
    )


def _make_reply(answers: Answers, servers: Servers, box: Mailbox) -> Reply:
    """The relay takes the same login; with OAuth2 none of ours, so no letter can leave yet."""
    if not servers.smtp.host or (box.auth == "oauth2" and not answers.smtp_host):
        return Reply()
    logs_in = answers.smtp_login and box.auth == "password"
    return Reply(
        host=servers.smtp.host,
        port=servers.smtp.port,
        security=servers.smtp.security,
        user=box.user if logs_in else "",
        password=box.password if logs_in else "",
        sent=servers.sent,
    )


def find_zone() -> str:
    """This machine's, where it is one that people live in; else Jakarta's."""
    try:
        real = os.path.realpath("/etc/localtime")
    except OSError:
        real = ""
    name = os.environ.get("TZ", "").lstrip(":") or real.partition(_ZONEINFO)[2]
    is_place = "/" in name and not name.startswith("Etc/") and is_zone(name)
    return name if is_place else Config().timezone


def render_config(plan: Plan) -> str:
    """As TOML: what differs from its default, and what a person looks for. No secret stands in
    it."""
    config = plan.config
    lines = _write("", config)
    for box in config.mailbox:
        lines += ["", "[[mailbox]]", *_write("mailbox", box)]
    lines += ["", "[reply]", *_write("reply", config.reply)]
    return "\n".join(["# redaksi example config", *lines]) + "\n"


def _write(table: str, struct: Struct) -> list[str]:
    defaults = {f.name: f.default for f in msgspec.structs.fields(type(struct))}
    values = {key: getattr(struct, key) for key in _KEYS[table]}
    return [
        f"{key} = {literal(value)}"
        for key, value in values.items()
        if key in _ALWAYS or value != defaults[key]
        if isinstance(value, str | int | date)
    ]
