"""Forms, read within their bounds: what is longer is refused before it is parsed."""

from collections.abc import AsyncGenerator, Mapping
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

from desk.web.visit import Form, Upload

FIELDS = 200
FILES = 60


class TooLong(Exception):
    """The form is longer than its route takes."""


class Malformed(Exception):
    """It is no form."""


async def read_form(request: Request, limit: int) -> Form:
    """The form of a request, urlencoded or multipart. Raises TooLong, Malformed."""
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > limit:
        raise TooLong
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return await _read_multipart(request, limit)
    body = b"".join([chunk async for chunk in _bounded(request, limit)])
    if not body:
        return Form()
    if kind != "application/x-www-form-urlencoded":
        raise Malformed
    return parse_fields(body.decode("utf-8", "replace"))


def parse_fields(text: str) -> Form:
    """`application/x-www-form-urlencoded`, a query too. Raises Malformed for too many fields."""
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=FIELDS, errors="replace")
    except ValueError as error:
        raise Malformed from error
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(_as_typed(value))
    return Form(fields)


async def _read_multipart(request: Request, limit: int) -> Form:
    parser = MultiPartParser(
        request.headers,
        _bounded(request, limit),
        max_files=FILES,
        max_fields=FIELDS,
        max_part_size=limit,
    )
    try:
        parsed = await parser.parse()
    except (MultiPartException, KeyError, ValueError) as error:
        raise Malformed from error
    try:
        fields: dict[str, list[str]] = {}
        files: list[Upload] = []
        for name, value in parsed.multi_items():
            if isinstance(value, UploadFile):
                if value.filename:
                    files.append(Upload(name=value.filename, content=await value.read()))
            else:
                fields.setdefault(name, []).append(_as_typed(value))
    finally:
        await parsed.close()
    return Form(fields, tuple(files))


async def _bounded(request: Request, limit: int) -> AsyncGenerator[bytes, None]:
    length = 0
    try:
        async for chunk in request.stream():
            length += len(chunk)
            if length > limit:
                raise TooLong
            yield chunk
    except ClientDisconnect as error:
        raise Malformed from error


def _as_typed(value: str) -> str:
    """Browsers send line ends as CR LF (WHATWG HTML, 4.10.22.4); nobody types NUL."""
    return value.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def plain_headers(request: Request) -> Mapping[str, str]:
    """Header fields by lower-case name; of a repeated one the last."""
    return {name.lower(): value for name, value in request.headers.items()}
