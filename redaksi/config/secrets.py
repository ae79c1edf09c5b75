"""Secrets: never in config.toml, only where to find them.

env:NAME    the environment
file:PATH   a file
cred:NAME   a file of systemd's LoadCredential, below $CREDENTIALS_DIRECTORY (systemd.exec(5))
"""

import re
from collections.abc import Mapping
from pathlib import Path

from redaksi.errors import ConfigError
from redaksi.fault import name_fault

CREDENTIALS = "CREDENTIALS_DIRECTORY"
_WRITTEN = re.compile(r"(env|file|cred):.", re.DOTALL)
_MOST = 64 * 1024  # bytes of a secret; /dev/zero never ends


def is_secret(written: object) -> bool:
    """Whether this names a place of a secret."""
    return isinstance(written, str) and bool(_WRITTEN.match(written))


def read_secret(key: str, written: str, environment: Mapping[str, str]) -> str:
    """The secret that the configuration's `key` names; "" stays "".

    Raises ConfigError naming the key and what is missing, never the secret.
    """
    if not written:
        return ""
    if written.startswith("env:"):
        name = written.removeprefix("env:")
        if name not in environment:
            raise ConfigError("no_environment", key=key, name=name)
        return _filled(key, written, environment[name])
    return _filled(
        key, written, _read_file(key, written, find_secret_file(key, written, environment))
    )


def find_secret_file(key: str, written: str, environment: Mapping[str, str]) -> Path:
    """The file that "file:PATH" or "cred:NAME" means. Raises ConfigError outside a unit that
    loads credentials."""
    scheme, _, where = written.partition(":")
    if scheme == "file":
        return Path(where)
    folder = environment.get(CREDENTIALS, "")
    if not folder or "/" in where or where in (".", ".."):
        raise ConfigError("no_credential", key=key, name=where)
    return Path(folder) / where


def _read_file(key: str, written: str, path: Path) -> str:
    try:
        with path.open("rb") as stream:
            raw = stream.read(_MOST)
        return raw.decode("utf-8-sig")
    except OSError as error:
        fault = name_fault(error)
        raise ConfigError("no_secret_file", key=key, value=written, fault=fault) from error
    except ValueError as error:  # not UTF-8; a NUL in the path
        raise ConfigError("secret_not_text", key=key, value=written) from error


def _filled(key: str, written: str, secret: str) -> str:
    if not secret.strip():
        raise ConfigError("empty_secret", key=key, value=written)
    return secret.strip() if not written.startswith("env:") else secret
