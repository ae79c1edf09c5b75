"""The desk as an ASGI application: routes, guards, and what becomes of errors.

A request is looked at (guards), read within its bounds (forms), and answered by one plain function
in a pool of threads. A fault in one is a 500 with a number that the log has too; it ends nothing.
"""

import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import anyio.to_thread
import msgspec
from anyio import CapacityLimiter
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from desk.web import guards
from desk.web.auth import find_session
from desk.web.editors.errors import show_busy, show_error, show_too_long
from desk.web.editors.routes import ROUTES
from desk.web.editors.sign_in import ask_to_sign_in
from desk.web.forms import Malformed, TooLong, parse_fields, plain_headers, read_form
from desk.web.network import find_network
from desk.web.render import see_other
from desk.web.visit import FORM, TAKES_MAIL, Desk, Form, Method, Visit, WebRoute, judge_access
from redaksi.errors import StoreError
from redaksi.log import get_logger

THREADS = 8  # the store's pool has 15 connections
GZIP_FROM = 1_024  # bytes
GZIP_LEVEL = 5  # of 9, which takes thrice the time for a thirtieth of the bytes
log = get_logger("web")


def make_web(desk: Desk) -> Starlette:
    """The application, every route of ROUTES in it."""
    desk.routes = ROUTES
    return Starlette(
        routes=[_make_route(desk, route) for route in ROUTES],
        middleware=[Middleware(GZipMiddleware, minimum_size=GZIP_FROM, compresslevel=GZIP_LEVEL)],
        exception_handlers={404: _answer_unknown(desk, 404), 405: _answer_unknown(desk, 405)},
        lifespan=_with_pool(desk),
    )


def _with_pool(desk: Desk) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        desk.threads = CapacityLimiter(THREADS)
        yield

    return lifespan


def _make_route(desk: Desk, route: WebRoute) -> Route:
    async def endpoint(request: Request) -> Response:
        return await _serve(desk, route, request)

    return Route(route.path, endpoint, methods=[route.method], name=f"{route.method} {route.path}")


def _answer_unknown(desk: Desk, status: int) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def answer(request: Request, _: Exception) -> Response:
        refusal = _find_refusal(desk, request)
        visit = _make_visit(desk, request, Form())
        return _finish(desk, show_error(visit, guards.STATUS.get(refusal, status)))

    return answer


async def _serve(desk: Desk, route: WebRoute, request: Request) -> Response:
    refusal = _find_refusal(desk, request)
    if refusal:
        visit = _make_visit(desk, request, Form())
        return _finish(desk, show_error(visit, guards.STATUS[refusal], refusal))
    limit = route.limit or desk.app.config.safety.max_message + FORM
    try:
        form = await read_form(request, limit) if route.method == "POST" else Form()
        visit = _make_visit(desk, request, form)
    except (TooLong, Malformed) as error:
        status = 413 if isinstance(error, TooLong) else 400
        nobody = Visit(desk=desk, method="GET", url="/")
        if status == 413 and route.limit == TAKES_MAIL:
            return _finish(desk, show_too_long(nobody, request.headers.get("content-length", "")))
        return _finish(desk, show_error(nobody, status))
    response = await anyio.to_thread.run_sync(_answer, desk, route, visit, limiter=desk.threads)
    return _finish(desk, response)


def _answer(desk: Desk, route: WebRoute, visit: Visit) -> Response:
    """In a thread: the page, or why there is none. What only looks reads one state of the store."""
    try:
        if visit.method == "POST":
            return _admit(desk, route, visit)
        with desk.app.store.read_as_one():
            return _admit(desk, route, visit)
    except StoreError as error:
        log.warning("web.store", error=error, route=route.path)
        return show_busy(visit)
    except Exception:
        incident = secrets.token_hex(4)
        log.exception("web.fault", incident=incident, route=route.path)
        return show_error(visit, 500, "fault", incident=incident)


def _admit(desk: Desk, route: WebRoute, visit: Visit) -> Response:
    """Who it is, whether he may, and the page."""
    visit = _recognise(desk, visit)
    access = judge_access(route, visit.account)
    if access == "sign in":
        return ask_to_sign_in(visit)
    if access == "no":
        return show_error(visit, 403, "role")
    if visit.account is not None and visit.account.must_change and not route.open_to_new:
        return see_other("/akun")
    return route.answer(visit)


def _recognise(desk: Desk, visit: Visit) -> Visit:
    found = find_session(desk, visit.cookies)
    if found is None:
        return visit
    session, account = found
    return msgspec.structs.replace(visit, session=session, account=account)


def _find_refusal(desk: Desk, request: Request) -> guards.Refusal:
    return guards.find_refusal(desk, _method_of(request), _url_of(request), plain_headers(request))


def _method_of(request: Request) -> Method:
    return "GET" if request.method in ("GET", "HEAD") else "POST"


def _url_of(request: Request) -> str:
    query = request.url.query
    return f"{request.url.path}?{query}" if query else request.url.path


def _make_visit(desk: Desk, request: Request, form: Form) -> Visit:
    headers = plain_headers(request)
    peer = request.client.host if request.client else ""
    return Visit(
        desk=desk,
        method=_method_of(request),
        url=_url_of(request),
        path=dict(request.path_params),
        query=parse_fields(request.url.query),
        form=form,
        cookies=request.cookies,
        headers=headers,
        network=find_network(
            peer, headers.get("x-forwarded-for", ""), desk.app.config.web.trusted_proxies
        ),
    )


def _finish(desk: Desk, response: Response) -> Response:
    for name, value in guards.headers_of_every_answer(desk).items():
        response.headers.setdefault(name, value)
    return response
