"""/healthz and /readyz, for programs that ask nobody to sign in: codes alone, no name and no
count."""

from starlette.responses import PlainTextResponse, Response

from desk.health.ready import name_stopped
from desk.web.visit import Visit, WebRoute


def say_alive(_: Visit) -> Response:
    """The process answers."""
    return PlainTextResponse("ok\n")


def say_ready(visit: Visit) -> Response:
    """The database was written lately and the inbox was looked at lately, else 503 and the codes."""
    if codes := name_stopped(visit.app):
        return PlainTextResponse("".join(f"{code}\n" for code in codes), status_code=503)
    return PlainTextResponse("ok\n")


ROUTES = (
    WebRoute(path="/healthz", answer=say_alive, may="anybody"),
    WebRoute(path="/readyz", answer=say_ready, may="anybody"),
)
