"""What was typed into a form whose session had ended before it came. It stands in the page that asks
to sign in, is kept nowhere, and comes back to its own form: nothing of it is done by that."""

from collections.abc import Sequence
from urllib.parse import quote_plus

import msgspec
from msgspec import Struct
from starlette.routing import compile_path

from desk.web.forms import FIELDS
from desk.web.kept import SECRETS, list_typed
from desk.web.visit import FORM, Form, Upload, Visit, WebRoute

FIELD = "dibawa"  # of the page that asks to sign in
WRITER = "penulis"  # of every form with words: for whom its page was made
LONGEST = FORM  # bytes that it takes in the form that is sent
_DIGITS = 9
# the form that a draft is of, by its scope: the two are one on the page
_DRAFTED = {"decision": "putuskan", "photos": "foto", "edition": "tayang/betulkan"}


class Carried(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A form that was sent to `path`, without passwords; `files`: names of those that came with it
    and are to be chosen again."""

    path: str
    fields: dict[str, list[str]]
    files: list[str] = []

    @property
    def writer(self) -> int:
        """The account whose page it was; 0 where the page does not say."""
        word = (self.fields.get(WRITER) or [""])[-1]
        is_id = word.isascii() and word.isdecimal() and len(word) <= _DIGITS
        return int(word) if is_id else 0


def find_carried(visit: Visit) -> Carried | None:
    """What is to be carried past the door; None for a form that nobody typed into, and for what the
    script sends: it keeps its page, and sends it again."""
    form = Form(
        {name: values for name, values in visit.form.plain().items() if name not in SECRETS},
        visit.form.files,
    )
    if visit.method != "POST" or _is_of_script(visit) or not (any(list_typed(form)) or form.files):
        return None
    path = _name_form(visit.url.partition("?")[0], form)
    names = [file.name for file in form.files]
    return Carried(path=path, fields=form.plain(), files=names)


def _is_of_script(visit: Visit) -> bool:
    """W3C Fetch Metadata; what desk.js says, where a browser does not tell."""
    is_fetch = visit.headers.get("sec-fetch-mode", "navigate") != "navigate"
    return is_fetch or visit.form.has("skrip") or visit.form.has("bagian")


def _name_form(path: str, form: Form) -> str:
    page, _, last = path.rpartition("/")
    drafted = _DRAFTED.get(form.get("scope", "decision"), "")
    return f"{page}/{drafted}" if last == "konsep" and drafted else path


def write_carried(carried: Carried) -> str:
    """As the sign-in form has it; "" where it is too long to be sent with it."""
    text = msgspec.json.encode(carried).decode()
    return text if len(quote_plus(text)) <= LONGEST else ""


def read_carried(text: str) -> Carried | None:
    """The same, as it came back; None for anything else."""
    try:
        carried = msgspec.json.decode(text.encode(), type=Carried) if text else None
    except (msgspec.DecodeError, UnicodeEncodeError):
        return None
    if carried is None or sum(map(len, carried.fields.values())) > FIELDS:
        return None
    return carried


def find_route(routes: Sequence[WebRoute], path: str) -> tuple[WebRoute, dict[str, str]] | None:
    """The route of a form that can be shown again, and the parts of its address: no other address
    is gone to, whatever it says."""
    if not path.isascii() or not path.isprintable():
        return None
    for route in routes:
        found = compile_path(route.path)[0].match(path) if route.again is not None else None
        if found is not None:
            return route, found.groupdict()
    return None


def put_back(visit: Visit, carried: Carried, path: dict[str, str]) -> Visit:
    """The visit as it would have been, but for the files."""
    fields = {
        name: [value.replace("\x00", "") for value in values if name not in SECRETS]
        for name, values in carried.fields.items()
    }
    files = tuple(Upload(name=name, content=b"") for name in carried.files)
    return msgspec.structs.replace(
        visit, url=carried.path, path=path, query=Form(), form=Form(fields, files), is_back=True
    )
