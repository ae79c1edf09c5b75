"""The files of an operator's: units of systemd, a table of cron's, a site of nginx's, rules of
Prometheus'."""

import re
import shlex
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from msgspec import Struct

from desk.cli.example.places import BACKUPS, STATE, Places
from redaksi import paths

# As the pages say themselves (templates/web/_frame.html.j2; a test compares); a header alone can
# also keep them out of another site's frame.
POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
HOST = "antrean.example.org"
METRICS = "127.0.0.1:9125"
_PLAIN = re.compile(r"[\w./:@+,=-]+", re.ASCII)


class File(Struct, frozen=True):
    """One of them: the name it is known by, and what it begins with where it can tell."""

    name: str
    comment: str = "#"


FILES: dict[str, tuple[File, ...]] = {
    "systemd": (File("redaksi.service"),),
    "timer": tuple(
        File(f"redaksi-{name}")
        for name in ("poll.service", "poll.timer", "backup.service", "backup.timer")
    ),
    "cron": (File("redaksi.cron"),),
    "nginx": (File("redaksi.nginx"),),
    "alerts": (File("redaksi.rules.yml"),),
}
_WHERE = {
    "redaksi.cron": "/etc/cron.d/redaksi",
    "redaksi.nginx": "/etc/nginx/sites-available/redaksi",
    "redaksi.rules.yml": "/etc/prometheus/rules/redaksi.rules.yml",
}


def render_file(file: File, places: Places) -> str:
    """Its text, headed by where it belongs."""
    environment = Environment(
        loader=FileSystemLoader(paths.templates() / "ops"),
        autoescape=False,  # noqa: S701 - none of them is HTML
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    text = environment.get_template(f"{file.name}.j2").render(**_name_values(places))
    return f"{file.comment} {_WHERE.get(file.name, f'/etc/systemd/system/{file.name}')}\n{text}"


def _name_values(places: Places) -> dict[str, object]:
    site = urlsplit(places.base_url)
    path = f"/{site.path.strip('/')}/" if site.path.strip("/") else "/"
    call = f"{quote_unit(places.program)} {{}} --config {quote_unit(places.config)}"
    shell = f"{quote_cron(places.program)} {{}} --config {quote_cron(places.config)}"
    return {
        "user": places.user,
        "state_directory": _state_directory(places.home),
        "work_folder": places.work_folder,
        "written": _list_written(places),
        "credentials": places.credentials,
        "protect_home": "yes" if places.is_home_hidden else "read-only",
        "backups": BACKUPS,
        "command": call.format,
        "plain": lambda value: str(value).replace("%", "%%"),
        "word": quote_unit,
        "cron_command": shell.format,
        "cron_environment": _cron_environment(places),
        "shell": quote_cron,
        "pages": places.pages,
        "host": site.hostname or HOST,
        "path": path,
        "prefix": re.escape(path),
        "policy": POLICY,
        "quoted": quote_nginx,
        "listen": places.metrics or METRICS,
        "collector": Path(places.textfile).parent if places.textfile else None,
    }


def _state_directory(home: Path) -> str:
    """What systemd makes by itself: a name below /var/lib that needs no quoting; else ""."""
    name = str(home.relative_to(STATE)) if home.is_relative_to(STATE) else ""
    return name if _PLAIN.fullmatch(name) and name != "." else ""


def _list_written(places: Places) -> list[Path]:
    own = [] if _state_directory(places.home) else [places.home]
    return [*own, *places.written]


def _cron_environment(places: Places) -> str:
    if not places.variables:
        return ""
    return f". {quote_cron(places.config.parent / 'env')} && "


def quote_unit(value: Path | str) -> str:
    """One word of a unit's line (systemd.service(5), "Command Lines"; systemd.unit(5),
    "Specifiers")."""
    text = str(value).replace("%", "%%")
    if _PLAIN.fullmatch(text.replace("%", "")):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return f'"{escaped}"'


def quote_cron(value: Path | str) -> str:
    """One word of a cron line: sh's, and no bare "%", which ends the command (crontab(5))."""
    return shlex.quote(str(value)).replace("%", "\\%")


def quote_nginx(value: str) -> str:
    """One parameter of nginx's."""
    if _PLAIN.fullmatch(value):
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
