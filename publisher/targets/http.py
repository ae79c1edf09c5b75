"""The one file in `publisher` that speaks HTTP (RFC 9110, 9112), behind the guard of publishing.md,
section 4.

https alone, but to a neighbour; every address a name has must be allowed, and the connection goes
to one that was checked, under the TLS name and Host of the URL. No proxy is asked, and nothing of
the environment but the authorities that OpenSSL reads. Nothing here raises for what the other side
says or does.
"""

import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import quote, urljoin, urlsplit

import urllib3.connection
from msgspec import Struct
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from publisher.targets.guard import is_reachable
from publisher.targets.target import Final, NotNow, Passing, Refused
from redaksi.redact import mask_addresses
from redaksi.text import clean

Resolver = Callable[[str, int], Sequence[str]]
Headers = Mapping[str, str]

CONNECT, SILENCE = 5.0, 20.0  # seconds: for a connection, for each word of the answer
WHOLE = 180.0  # seconds for a request, however busily the other side talks
MOST = 64 * 1024  # bytes of an answer that are read
MOST_REDIRECTS = 3
MOST_PATIENCE = timedelta(hours=6)  # what a Retry-After may ask for
CUT_REST = timedelta(seconds=60)  # how long the other side may still be at a request that was cut
_MOST_ADDRESSES = 4  # of one name that are tried
_PORTS = {"https": 443, "http": 80}
_REDIRECTS = (301, 302, 303, 307, 308)
_FINAL: Mapping[int, Final] = {401: "login_refused", 403: "not_allowed", 410: "gone"}


class Response(Struct, frozen=True, kw_only=True):
    """What was answered. Header names are lower case; of a `body` that was longer, the first
    bytes."""

    status: int
    headers: Headers
    body: bytes
    is_whole: bool = True
    url: str = ""  # where it stands: after the redirects


Answer = Response | NotNow | Refused


class Place(Struct, frozen=True, kw_only=True):
    """Where a request goes: `name` is what DNS, TLS and Host are given."""

    scheme: str
    name: str
    port: int
    path: str

    @property
    def host(self) -> str:
        name = f"[{self.name}]" if ":" in self.name else self.name
        return name if self.port == _PORTS[self.scheme] else f"{name}:{self.port}"


def resolve(name: str, port: int) -> Sequence[str]:
    """The addresses of a name, as the system knows them; spellings such as 0x7f.1 come out as
    addresses too. Raises OSError."""
    found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(each[4][0]) for each in found))


class Http(Struct, frozen=True, kw_only=True):
    """How we speak to a target. `private`: it may be a neighbour and speak http; `may_be_plain`:
    http is allowed to public addresses too, as of a pasted URL. The resolver may raise OSError."""

    private: bool = False
    may_be_plain: bool = False
    resolver: Resolver = resolve
    whole: float = WHOLE

    def request(
        self,
        method: str,
        url: str,
        headers: Headers | None = None,
        body: bytes | None = None,
        *,
        most: int = MOST,
    ) -> Answer:
        """Ask once, and follow no redirect. Whatever status comes is a Response (`find_failure`
        says what it means); of its body at most `most` bytes are read. NotNow after a request that
        may have arrived and changed something asks for `CUT_REST`."""
        place = self._place(url)
        if isinstance(place, Refused):
            return place
        addresses = self._find_addresses(place)
        if not isinstance(addresses, tuple):
            return addresses
        connection = _connect(place, addresses)
        if isinstance(connection, NotNow):
            return connection
        exchange = _Exchange(connection, place, most)
        answer = exchange.run(method, {**(headers or {})}, body, self.whole)
        if isinstance(answer, NotNow) and method not in ("GET", "HEAD"):
            return NotNow(code=answer.code, detail=answer.detail, retry_after=CUT_REST)
        return answer

    def get_page(self, url: str, *, most: int = MOST) -> Answer:
        """GET as a reader does: at most 3 redirects, on the same host, each checked anew. A
        redirect elsewhere is the answer itself."""
        for _ in range(MOST_REDIRECTS + 1):
            answer = self.request("GET", url, {"Accept": "text/html, */*"}, most=most)
            if not isinstance(answer, Response) or answer.status not in _REDIRECTS:
                return answer
            onward = _find_onward(url, answer.headers.get("location", ""))
            if not onward:
                return answer
            url = onward
        return answer

    def _place(self, url: str) -> Place | Refused:
        place = read_url(url)
        if place is None:
            return Refused(code="blocked_address", detail=clean.line(url, 200))
        if place.scheme == "https" or self.private or self.may_be_plain:
            return place
        return Refused(code="blocked_address", detail=clean.line(f"http: {place.host}"))

    def _find_addresses(self, place: Place) -> tuple[str, ...] | NotNow | Refused:
        """Every address of the name, if each may be spoken to."""
        try:
            addresses = tuple(self.resolver(place.name, place.port))
        except (OSError, UnicodeError) as error:
            return NotNow(code="unreachable", detail=_say(error))
        if not addresses:
            return NotNow(code="unreachable", detail=clean.line(place.name))
        for each in addresses:
            if not is_reachable(each, private=self.private):
                return Refused(code="blocked_address", detail=clean.line(f"{place.name}: {each}"))
        return addresses


def read_url(url: str) -> Place | None:
    """Where a URL leads; None for what is no http(s) address of a host, or carries a user."""
    if not url.isprintable() or any(each in url for each in " \\"):
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
        name = (parts.hostname or "").encode("idna" if parts.hostname else "ascii").decode("ascii")
    except ValueError:  # UnicodeError too
        return None
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not name or "@" in parts.netloc or port == 0:
        return None
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~?[]")
    return Place(
        scheme=scheme,
        name=name,
        port=port or _PORTS[scheme],
        path=f"{path}?{query}" if query else path,
    )


def find_failure(answer: Response) -> NotNow | Refused | None:
    """What a status means where it is no success; None: 2xx."""
    status = answer.status
    if 200 <= status < 300:
        return None
    detail = f"HTTP {status}"
    retry_after = read_retry_after(answer.headers)
    if status == 429 or (status == 503 and retry_after is not None):
        return NotNow(code="throttled", retry_after=retry_after, detail=detail)
    if status >= 500:
        return NotNow(code="server_error", detail=detail)
    if status in (408, 425):
        return NotNow(code="timeout", detail=detail)
    return Refused(code=_FINAL.get(status, "rejected"), detail=detail)


def read_retry_after(headers: Headers) -> timedelta | None:
    """Retry-After (RFC 9110, 10.2.3): seconds, or a date, which is held against the answer's own
    Date. At most 6 hours."""
    written = headers.get("retry-after", "").strip()
    if written.isascii() and written.isdigit():
        return min(timedelta(seconds=int(written[:9])), MOST_PATIENCE)
    try:
        later = parsedate_to_datetime(written)
        wait = later - parsedate_to_datetime(headers.get("date", ""))
    except (TypeError, ValueError, OverflowError):
        return None
    return min(max(wait, timedelta(0)), MOST_PATIENCE)


def _find_onward(url: str, location: str) -> str:
    """Where a redirect leads if it is the same host, by https if it was; "": elsewhere."""
    try:
        onward = urljoin(url, location)
    except ValueError:
        return ""
    here, there = read_url(url), read_url(onward)
    if not location or here is None or there is None or there.name != here.name:
        return ""
    if there.scheme == here.scheme:
        return onward if there.port == here.port else ""
    upgraded = (here.scheme, there.scheme) == ("http", "https") and there.port == _PORTS["https"]
    return onward if upgraded else ""


def _connect(place: Place, addresses: Sequence[str]) -> urllib3.connection.HTTPConnection | NotNow:
    """A connection to the first address that takes one."""
    trouble = NotNow(code="unreachable")
    for address in addresses[:_MOST_ADDRESSES]:
        connection = _make_connection(place, address)
        try:
            connection.connect()
        except (HTTPError, OSError, ValueError) as error:
            code: Passing = "timeout" if _is_timeout(error) else "unreachable"
            trouble = NotNow(code=code, detail=_say(error))
        else:
            return connection
        connection.close()
    return trouble


def _make_connection(place: Place, address: str) -> urllib3.connection.HTTPConnection:
    if place.scheme == "http":
        return urllib3.connection.HTTPConnection(address, place.port, timeout=CONNECT)
    return urllib3.connection.HTTPSConnection(
        address,
        place.port,
        timeout=CONNECT,
        server_hostname=place.name,
        ssl_context=ssl.create_default_context(),
    )


class _Exchange:
    """One request on a connection, and its answer."""

    def __init__(
        self, connection: urllib3.connection.HTTPConnection, place: Place, most: int
    ) -> None:
        self.connection = connection
        self.place = place
        self.most = most
        self.is_late = False

    def run(
        self, method: str, headers: dict[str, str], body: bytes | None, whole: float
    ) -> Response | NotNow:
        self.connection.timeout = SILENCE  # which `request` sets on the socket
        try:
            with self._ending_after(whole):
                answer = self._ask(method, headers, body)
            if self.is_late:  # what we cut looks like an end
                return NotNow(code="timeout")
            return answer
        except (HTTPError, http.client.HTTPException, OSError, ValueError) as error:
            late = self.is_late or _is_timeout(error)
            return NotNow(code="timeout" if late else "unreachable", detail=_say(error))
        finally:
            self.connection.close()

    def _ask(self, method: str, headers: dict[str, str], body: bytes | None) -> Response:
        ours = {"Host": self.place.host, "User-Agent": "Redaksi", "Accept-Encoding": "identity"}
        with suppress(BrokenPipeError):  # who hangs up on a long body may have said why
            self.connection.request(
                method,
                self.place.path,
                body=body,
                headers={**headers, **ours, "Connection": "close"},
                preload_content=False,
            )
        return self._read(self.connection.getresponse())

    def _read(self, response: BaseHTTPResponse) -> Response:
        body = response.read(self.most + 1, decode_content=True)
        return Response(
            status=response.status,
            headers={name.lower(): value for name, value in response.headers.items()},
            body=body[: self.most],
            is_whole=len(body) <= self.most,
            url=f"{self.place.scheme}://{self.place.host}{self.place.path}",
        )

    @contextmanager
    def _ending_after(self, seconds: float) -> Iterator[None]:
        """A socket's timeout is for one read; who sends a byte a second would hold us for ever."""
        timer = threading.Timer(seconds, self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _cut(self) -> None:
        self.is_late = True
        if self.connection.sock is not None:
            with suppress(OSError):  # the base class's: TLS must not be taken off before
                socket.socket.shutdown(self.connection.sock, socket.SHUT_RDWR)


def _is_timeout(error: BaseException) -> bool:
    """Whether it is one, or was made of one."""
    return isinstance(error, TimeoutError) or isinstance(error.__cause__, TimeoutError)


def _say(error: Exception) -> str:
    """A fault of the wire on one line."""
    return mask_addresses(clean.line(f"{type(error).__name__}: {error}", 200))
