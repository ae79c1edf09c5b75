"""The REST API of a WordPress (version 5.6 and later), spoken as one user by an application password.

Addressed as `?rest_route=`, which every site understands, whatever its permalinks are. A request
that fails is raised as `Stop` with the port's outcome.
"""

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

import msgspec
from msgspec import Struct

from publisher.targets.http import CUT_REST, Http, Response, find_failure
from publisher.targets.target import NotNow, Refused
from redaksi.text import clean

MOST_ANSWER = 4 * 1024 * 1024  # bytes: an article comes back whole, and rendered beside it
Params = Mapping[str, str | int | Sequence[str]]
Shape = TypeVar("Shape")


class Stop(Exception):
    """Why nothing more can be done now."""

    def __init__(self, outcome: NotNow | Refused) -> None:
        super().__init__(outcome)
        self.outcome = outcome


class Trouble(Struct, frozen=True, kw_only=True):
    """A refusal as WordPress words it: {"code": "rest_forbidden", "data": {"status": 403}}."""

    code: str = ""
    data: Any = None


class Reply(Struct, frozen=True, kw_only=True):
    """What was answered to a request. `trouble` stands where the status is no success."""

    response: Response
    changes: bool  # the request was one that may change something
    trouble: Trouble | None = None

    @property
    def status(self) -> int:
        return self.response.status

    @property
    def code(self) -> str:
        return self.trouble.code if self.trouble else ""

    def read(self, shape: type[Shape]) -> Shape:
        """The answer as what it should be. Raises Stop for a failure, and for what is no
        WordPress's answer: after a change it may have been done all the same."""
        waits = CUT_REST if self.changes else None
        if is_cut(self.response):
            raise Stop(NotNow(code="unreachable", retry_after=waits, detail="cut answer"))
        if failure := find_failure(self.response):
            raise Stop(self._explain(failure))
        try:
            return msgspec.convert(parse_json(self.response.body), shape)
        except ValueError as error:  # msgspec's too
            detail = "no REST answer"
            if self.changes:
                late = NotNow(code="server_error", retry_after=waits, detail=detail)
                raise Stop(late) from error
            raise Stop(Refused(code="rejected", detail=detail)) from error

    def _explain(self, failure: NotNow | Refused) -> NotNow | Refused:
        onward = self.response.headers.get("location", "")
        detail = clean.line(f"{failure.detail} {self.code or onward}", 120)
        if isinstance(failure, Refused):
            return Refused(code=failure.code, detail=detail)
        waits = failure.retry_after
        if self.changes:  # a gateway that gave up says nothing of the PHP behind it
            waits = max(waits or CUT_REST, CUT_REST)
        return NotNow(code=failure.code, retry_after=waits, detail=detail)


class Rest(Struct, frozen=True, kw_only=True):
    """A site and who we are there."""

    http: Http
    url: str
    user: str
    password: str

    def get(self, route: str, params: Params | None = None) -> Reply:
        """Ask for what is under a route ("wp/v2/posts")."""
        return self._ask("GET", route, params or {}, {}, None)

    def post(self, route: str, body: Mapping[str, object]) -> Reply:
        """Make or change something."""
        headers = {"Content-Type": "application/json"}
        return self._ask("POST", route, {}, headers, json.dumps(body).encode())

    def upload(self, name: str, content: bytes) -> Reply:
        """Make an attachment of a JPEG. Its slug is asked for in the same call: WordPress would
        make it of a title that it finds inside the file."""
        headers = {
            "Content-Type": "image/jpeg",
            "Content-Disposition": f'attachment; filename="{name}.jpg"',
        }
        return self._ask("POST", "wp/v2/media", {"slug": name, "title": name}, headers, content)

    def check_login(self) -> None:
        """Raises Stop(login_refused) where the site does not know us: it takes a wrong password for
        none, and answers as it answers anybody."""
        reply = self.get("wp/v2/users/me", {"_fields": "id"})
        if reply.status == 401:
            detail = clean.line(f"HTTP 401 {reply.code}", 120)
            raise Stop(Refused(code="login_refused", detail=detail))

    def _ask(
        self,
        method: str,
        route: str,
        params: Params,
        headers: Mapping[str, str],
        body: bytes | None,
    ) -> Reply:
        query = urlencode({"rest_route": f"/{route}", **params}, doseq=True)
        login = b64encode(f"{self.user}:{self.password}".encode()).decode()
        ours = {"Authorization": f"Basic {login}", "Accept": "application/json", **headers}
        url = f"{self.url.rstrip('/')}/?{query}"
        answer = self.http.request(method, url, ours, body, most=MOST_ANSWER)
        if not isinstance(answer, Response):
            raise Stop(answer)
        trouble = None if 200 <= answer.status < 300 else read_trouble(answer.body)
        return Reply(response=answer, changes=method == "POST", trouble=trouble)


def is_cut(answer: Response) -> bool:
    """Whether an answer broke off. PHP says no length, so that its end is only known by its JSON."""
    if "content-length" in answer.headers or not answer.is_whole:
        return not answer.is_whole
    start = find_start(answer.body)
    if answer.body.strip() and start < 0:
        return False
    try:
        parse_json(answer.body)
    except ValueError:
        return True
    return False


def read_trouble(body: bytes) -> Trouble:
    """WordPress's own word for a refusal; an empty one where it is not its."""
    try:
        return msgspec.convert(parse_json(body), Trouble)
    except ValueError:
        return Trouble()


def parse_json(body: bytes) -> Any:
    """The JSON in an answer. A site that shows PHP's warnings prints them before it, and caches add
    a comment after it. Raises ValueError."""
    start = find_start(body)
    if start < 0:
        raise ValueError("no JSON")
    try:
        return json.JSONDecoder().raw_decode(body[start:].decode())[0]
    except RecursionError as error:
        raise ValueError("too deep") from error


def find_start(body: bytes) -> int:
    """Where the JSON begins; -1: nowhere."""
    plain = body.removeprefix(b"\xef\xbb\xbf").lstrip()
    if plain.startswith((b"{", b"[")):
        return len(body) - len(plain)
    return min((at for sign in (b'{"', b'[{"') if (at := body.find(sign)) >= 0), default=-1)
