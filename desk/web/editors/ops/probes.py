"""/healthz and /readyz, for programs that ask nobody to sign in: codes alone, no name and no
count."""

from starlette.responses import PlainTextResponse, Response

from desk.health.trouble import TroubleCode
from desk.presentation.pages.status import name_codes
from desk.store.jobs import processes
from desk.web.visit import Visit, WebRoute
from redaksi.errors import StoreError

# what keeps us from being ready; a letter that waits for an editor does not
STOPPED: frozenset[str] = frozenset({
    TroubleCode.FOLDER_LATE,
    TroubleCode.FOLDER_UNPOLLED,
    TroubleCode.FOLDER_FAILS,
    TroubleCode.MAILBOX_FAILS,
    TroubleCode.EXAMINER_GONE,
    TroubleCode.DISK_BYTES,
    TroubleCode.STORE_CLOSED,
})  # fmt: skip
NOT_WRITTEN = "not_written"


def say_alive(_: Visit) -> Response:
    """The process answers."""
    return PlainTextResponse("ok\n")


def say_ready(visit: Visit) -> Response:
    """The database was written lately and the inbox was looked at lately, else 503 and the codes."""
    try:
        codes = [code for code in name_codes(visit.app) if code in STOPPED]
        with visit.app.store.read() as tx:
            codes += [] if processes.is_any_alive(tx) else [NOT_WRITTEN]
    except StoreError:
        codes = [TroubleCode.STORE_CLOSED]
    if codes:
        return PlainTextResponse("".join(f"{code}\n" for code in codes), status_code=503)
    return PlainTextResponse("ok\n")


ROUTES = (
    WebRoute(path="/healthz", answer=say_alive, may="anybody"),
    WebRoute(path="/readyz", answer=say_ready, may="anybody"),
)
