"""A stub of a provider's doors: authorisation, tokens, device codes, and the introspection
Dovecot asks."""

import base64
import hashlib
import http.server
import json
import threading
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ingest.fetch.oauth import Client, Provider

CLIENT = Client(client_id="redaksi", client_secret="rahasia")


class Stub(http.server.ThreadingHTTPServer):
    """Grants what a test allows. `pending` device polls are answered "not yet"; `status`
    overrides every answer."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Doors)
        self.base = f"http://127.0.0.1:{self.server_address[1]}"
        self.valid: dict[str, str] = {}  # access token -> the mailbox's address
        self.refresh_tokens = {"refresh-0"}
        self.challenges: dict[str, str] = {}  # authorisation code -> PKCE challenge
        self.pending: list[str] = []
        self.rotate = False
        self.status = 0
        self.asked: list[dict[str, str]] = []
        self.count = 0

    def loopback_provider(self) -> Provider:
        return Provider(
            name="stub",
            token_url=f"{self.base}/token",
            scope="mail",
            authorize_url=f"{self.base}/authorize",
        )

    def device_provider(self) -> Provider:
        return Provider(
            name="stub",
            token_url=f"{self.base}/token",
            scope="mail",
            device_url=f"{self.base}/device",
        )

    def browse(self, address: str, *, deny: bool = False, state: str = "") -> None:
        """What a person's browser does with the address shown: consent, and come back."""
        query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(address).query))
        self.challenges["code-1"] = query["code_challenge"]
        back = {
            "state": state or query["state"],
            **({"error": "access_denied"} if deny else {"code": "code-1"}),
        }
        threading.Thread(
            target=_get, args=(f"{query['redirect_uri']}?{urllib.parse.urlencode(back)}",)
        ).start()

    def grant(self) -> dict[str, Any]:
        self.count += 1
        token = f"access-{self.count}"
        self.valid[token] = "redaksi@example.org"
        return {"access_token": token, "expires_in": 3600, "token_type": "Bearer"}

    def answer(self, path: str, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        self.asked.append({"path": path, **form})
        if self.status:
            return self.status, {}
        if path == "/introspect":
            email = self.valid.get(form.get("token", ""))
            return 200, {"active": email is not None, **({"email": email} if email else {})}
        if path == "/device":
            return 200, {
                "device_code": "device-1",
                "user_code": "ABCD-EFGH",
                "verification_uri": "https://example.org/device",
                "interval": 0,
                "expires_in": 60,
            }
        if form.get("client_id") != CLIENT.client_id:
            return 401, {"error": "invalid_client"}
        return self.token(form)

    def token(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if form["grant_type"] == "refresh_token":
            if form["refresh_token"] not in self.refresh_tokens:
                return 400, {
                    "error": "invalid_grant",
                    "error_description": "Token has been expired or revoked.",
                }
            return 200, {**self.grant(), **self.rotated()}
        if form["grant_type"] == "authorization_code":
            digest = hashlib.sha256(form["code_verifier"].encode()).digest()
            if (
                self.challenges.get(form["code"])
                != base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
            ):
                return 400, {"error": "invalid_grant"}
        elif self.pending:
            return 400, {"error": self.pending.pop(0)}
        return 200, {**self.grant(), "refresh_token": "refresh-0"}

    def rotated(self) -> dict[str, str]:
        if not self.rotate:
            return {}
        self.refresh_tokens = {f"refresh-{self.count}"}
        return {"refresh_token": f"refresh-{self.count}"}


class _Doors(http.server.BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert isinstance(self.server, Stub)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        status, said = self.server.answer(self.path, dict(urllib.parse.parse_qsl(body)))
        answer = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ARG002
        return


def _get(address: str) -> None:
    try:
        urllib.request.urlopen(address, timeout=5).close()
    except urllib.error.HTTPError as fault:
        fault.close()


@contextmanager
def stub() -> Iterator[Stub]:
    """A running stub, stopped afterwards."""
    server = Stub()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
