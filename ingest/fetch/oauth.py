"""OAuth 2.0 for mailboxes that take no password: logging in once, and a fresh access token ever
after.

Google: authorisation code over a loopback redirect with PKCE (RFC 8252, RFC 7636). Microsoft:
device code (RFC 8628). Tokens lie in a file only we can read. A refresh token that died is
LoginRefused with the remedy.
"""

import base64
import contextlib
import fcntl
import hashlib
import hmac
import http.server
import os
import secrets
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from ingest.fetch.form_post import post_form
from redaksi import catalog
from redaksi.catalog import Language, Sentence
from redaksi.errors import ConfigError, LoginRefused
from redaksi.text import clean

# seconds before its end at which an access token is renewed: a poll must not outlive it
_EARLY = 120.0
_DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
_PAGE = "<!doctype html><meta charset=utf-8><title>Redaksi</title><p>{}</p>"


class Provider(Struct, frozen=True, kw_only=True):
    """Where a provider's doors are. `device_url` empty: the browser comes back by a loopback
    redirect."""

    name: str
    token_url: str
    scope: str
    authorize_url: str = ""
    device_url: str = ""
    remedy: str = ""  # key of what makes this provider's refresh tokens die, and what helps


class Client(Struct, frozen=True, kw_only=True):
    """This installation as the provider knows it. A desktop client's secret is none (RFC 8252,
    8.5), but is asked."""

    client_id: str
    client_secret: str = ""

    def __repr__(self) -> str:
        return f"Client(client_id={self.client_id!r})"


class Tokens(Struct, frozen=True, kw_only=True):
    """What a login yields. `expires_at` is in seconds since the epoch, UTC."""

    access_token: str
    refresh_token: str
    expires_at: float

    def __repr__(self) -> str:
        return f"Tokens(expires_at={self.expires_at})"


GOOGLE = Provider(
    name="google",
    authorize_url="https://accounts.google.com/o/oauth2/v2/auth",
    token_url="https://oauth2.googleapis.com/token",  # noqa: S106  an address
    scope="https://mail.google.com/",
    remedy="google_oauth",
)


def microsoft(tenant: str = "common") -> Provider:
    """Microsoft's doors for a tenant's mailboxes."""
    base = f"https://login.microsoftonline.com/{urllib.parse.quote(tenant, safe='')}/oauth2/v2.0"
    mail = "https://outlook.office.com"
    return Provider(
        name="microsoft",
        device_url=f"{base}/devicecode",
        token_url=f"{base}/token",
        scope=f"{mail}/IMAP.AccessAsUser.All {mail}/SMTP.Send offline_access",
        remedy="microsoft_oauth",
    )


# ── every day ─────────────────────────────────────────────────────────────────────────────────────


def access_token(
    path: Path, provider: Provider, client: Client, *, mailbox: str, now: float
) -> str:
    """An access token good for two minutes at least, renewed when need be and written back to
    `path`.

    Raises LoginRefused when the login has died (with the remedy: `redaksi login <mailbox>`),
    Unreachable and Throttled when the provider cannot be asked now, ConfigError for a file others
    can read.
    """
    tokens = read(path, mailbox=mailbox)
    if tokens.expires_at - _EARLY > now:
        return tokens.access_token
    # some providers end the old refresh token: two processes must not both use it
    with _locked(path):
        tokens = read(path, mailbox=mailbox)
        if tokens.expires_at - _EARLY > now:
            return tokens.access_token
        asked = {
            "grant_type": "refresh_token",
            "refresh_token": tokens.refresh_token,
            "scope": provider.scope,
        }
        renewed = _granted(
            provider, client, asked, mailbox=mailbox, now=now, refresh_token=tokens.refresh_token
        )
        write(path, renewed)
        return renewed.access_token


def read(path: Path, *, mailbox: str) -> Tokens:
    """The tokens of an earlier login. Raises LoginRefused without any, ConfigError when others
    can read them."""
    try:
        if path.stat().st_mode & 0o077:
            raise ConfigError("tokens_readable", box=mailbox, name=path.name)
        return msgspec.json.decode(path.read_bytes(), type=Tokens)
    except FileNotFoundError:
        raise LoginRefused("never_logged_in", box=mailbox) from None
    except msgspec.DecodeError:
        raise LoginRefused("tokens_damaged", name=path.name, box=mailbox) from None


def write(path: Path, tokens: Tokens) -> None:
    """Put `tokens` into a file only its owner can read, whole or not at all."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123  a descriptor that was never readable by others
            file.write(msgspec.json.encode(tokens))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


# ── once ──────────────────────────────────────────────────────────────────────────────────────────


def log_in(
    provider: Provider,
    client: Client,
    *,
    mailbox: str,
    show: Callable[[str, str], None],
    wait: float = 600.0,
    language: Language = "id",
) -> Tokens:
    """Let a person log in. `show(address, code)` is called with what to open and what to type there
    ("" = nothing); `language` is that of the page the browser ends on.

    Raises LoginRefused when the person declines or takes longer than `wait` seconds.
    """
    if provider.device_url:
        return _by_device(provider, client, mailbox=mailbox, show=show, wait=wait)
    redirect = _Redirect(secrets.token_urlsafe(32), language)
    return _by_loopback(provider, client, redirect, mailbox=mailbox, show=show, wait=wait)


def _by_device(
    provider: Provider,
    client: Client,
    *,
    mailbox: str,
    show: Callable[[str, str], None],
    wait: float,
) -> Tokens:
    status, said = post_form(
        provider.device_url, {"client_id": client.client_id, "scope": provider.scope}
    )
    if status != 200 or not isinstance(said.get("device_code"), str):
        raise _refused(provider, said, mailbox)
    show(str(said.get("verification_uri", "")), str(said.get("user_code", "")))
    interval = float(said.get("interval", 5))
    until = time.monotonic() + min(wait, float(said.get("expires_in", 900)))
    asked = {"grant_type": _DEVICE_GRANT, "device_code": str(said["device_code"])}
    while time.monotonic() < until:
        time.sleep(interval)
        status, said = post_form(provider.token_url, {**asked, **_who(client)})
        if status == 200:
            return _tokens(said, provider, mailbox=mailbox, now=time.time(), refresh_token="")
        if said.get("error") == "slow_down":
            interval += 5  # RFC 8628, 3.5
        elif said.get("error") != "authorization_pending":
            raise _refused(provider, said, mailbox)
    raise LoginRefused("nobody_logged_in", box=mailbox)


def _by_loopback(
    provider: Provider,
    client: Client,
    redirect: "_Redirect",
    *,
    mailbox: str,
    show: Callable[[str, str], None],
    wait: float,
) -> Tokens:
    verifier = secrets.token_urlsafe(64)
    challenge = (
        base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    )
    with redirect:
        home = f"http://127.0.0.1:{redirect.server_address[1]}/"
        query = {
            "client_id": client.client_id,
            "redirect_uri": home,
            "response_type": "code",
            "scope": provider.scope,
            "state": redirect.state,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
            "access_type": "offline",
            "prompt": "consent",
        }
        show(f"{provider.authorize_url}?{urllib.parse.urlencode(query)}", "")
        until = time.monotonic() + wait
        while redirect.came is None and (left := until - time.monotonic()) > 0:
            redirect.timeout = left
            redirect.handle_request()
    came = redirect.came or {"error": "nobody logged in in time"}
    if "code" not in came:
        raise _refused(provider, came, mailbox)
    asked = {
        "grant_type": "authorization_code",
        "code": came["code"],
        "redirect_uri": home,
        "code_verifier": verifier,
    }
    return _granted(provider, client, asked, mailbox=mailbox, now=time.time(), refresh_token="")


class _Redirect(http.server.HTTPServer):
    """Waits on the loopback for the browser to come back with our `state`; others are turned
    away."""

    def __init__(self, state: str, language: Language) -> None:
        super().__init__(("127.0.0.1", 0), _Door)
        self.state = state
        self.words = catalog.load(language)
        self.came: dict[str, str] | None = None


class _Door(http.server.BaseHTTPRequestHandler):
    timeout = 10

    def do_GET(self) -> None:
        assert isinstance(self.server, _Redirect)
        query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.path).query))
        ours = hmac.compare_digest(query.get("state", "").encode(), self.server.state.encode())
        if ours:
            self.server.came = query
        key = "done" if ours and "code" in query else "failed"
        page = _PAGE.format(self.server.words.say("login_page", key)).encode()
        self.send_response(200 if ours else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ARG002  no code in a log
        return


# ── the provider ──────────────────────────────────────────────────────────────────────────────────


def _granted(
    provider: Provider,
    client: Client,
    asked: dict[str, str],
    *,
    mailbox: str,
    now: float,
    refresh_token: str,
) -> Tokens:
    status, said = post_form(provider.token_url, {**asked, **_who(client)})
    if status != 200:
        raise _refused(provider, said, mailbox)
    return _tokens(said, provider, mailbox=mailbox, now=now, refresh_token=refresh_token)


def _who(client: Client) -> dict[str, str]:
    secret = {"client_secret": client.client_secret} if client.client_secret else {}
    return {"client_id": client.client_id, **secret}


def _tokens(
    said: dict[str, Any], provider: Provider, *, mailbox: str, now: float, refresh_token: str
) -> Tokens:
    access, refresh = said.get("access_token"), said.get("refresh_token", refresh_token)
    if not isinstance(access, str) or not isinstance(refresh, str) or not refresh:
        raise LoginRefused("no_token", provider=provider.name, box=mailbox)
    lasts = said.get("expires_in", 3600)
    expires_at = now + (float(lasts) if isinstance(lasts, int | float) else 3600.0)
    return Tokens(access_token=access, refresh_token=refresh, expires_at=expires_at)


def _refused(provider: Provider, said: dict[str, Any], mailbox: str) -> ConfigError | LoginRefused:
    """RFC 6749, 5.2: what the provider says is wrong, and with whom."""
    code = str(said.get("error", ""))
    words = clean.line(
        " ".join(str(said.get(key, "")) for key in ("error", "error_description")), 300
    )
    if code in {"invalid_client", "unauthorized_client", "invalid_scope"}:
        return ConfigError("unknown_client", box=mailbox, provider=provider.name, reply=words)
    remedy = Sentence(section="remedy", key=provider.remedy) if provider.remedy else ""
    return LoginRefused(
        "provider_refused",
        provider=provider.name,
        box=mailbox,
        reply=words or "no reason given",
        remedy=remedy,
    )


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    lock = os.open(
        path.with_name(f".{path.name}.lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600
    )
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)
