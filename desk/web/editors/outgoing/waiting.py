"""Letters that wait for an editor: the list, one read before it goes, and what is done with it."""

from collections.abc import Callable

import msgspec
from starlette.responses import Response

from desk.presentation.pages.letters import LetterPage, list_letters, open_letter
from desk.web.editors.errors import show_error
from desk.web.render import language_of, render, see_other
from desk.web.visit import Answer, Visit, WebRoute
from desk.workflow.deciding import letters
from publisher.letters.source import LetterText
from redaksi.errors import LetterChanged, RedaksiError, StoreError

_DIGITS = 9


def show_letters(visit: Visit) -> Response:
    """What waits, the longest due first."""
    waits, held = list_letters(visit.reader)
    done = visit.query.get("selesai")
    return render(visit, "letters.html.j2", waits=waits, held=held, done=done == "1")


def show_letter(visit: Visit) -> Response:
    """One letter, as it would leave now."""
    page = _open(visit)
    return show_error(visit, 404) if page is None else _render(visit, page)


def send(visit: Visit) -> Response:
    """It leaves as it was shown; on to the next."""
    return _do(visit, _send)


def save(visit: Visit) -> Response:
    """Keep the words as they were typed."""
    return _do(visit, _save)


def show_again(visit: Visit) -> Response:
    """The letter with the words that were typed, and nothing kept or sent; beside the letter as it is
    now, where that is another."""
    page = _open(visit)
    if page is None:
        return show_error(visit, 404)
    text = _read_text(visit)
    if text.is_untouched:
        return _render(visit, page)
    if page.facts_hash == text.facts_hash:
        return _render(visit, page, typed=text.source)
    changed = LetterChanged(
        is_edited=True, source=page.source, text=page.text, facts_hash=page.facts_hash
    )
    return _render(visit, page, 422, changed)


def compose_anew(visit: Visit) -> Response:
    """Our words again."""
    return _do(visit, _compose_anew)


def drop(visit: Visit) -> Response:
    """It will not be sent."""
    return _do(visit, _drop)


def _do(visit: Visit, act: Callable[[Visit, int], Response]) -> Response:
    page = _open(visit)
    if page is None:
        return show_error(visit, 404)
    try:
        return act(visit, page.id)
    except LetterChanged as error:
        return _render(visit, _open(visit) or page, 422, error)
    except StoreError:
        raise
    except RedaksiError as error:
        return _render(visit, _open(visit) or page, 422, error)


def _send(visit: Visit, letter_id: int) -> Response:
    following = letters.find_next_letter(visit.app, letter_id)
    goes = letters.send_letter(visit.app, letter_id, _read_text(visit), visit.who)
    if not goes:
        page = _open(visit)
        return show_error(visit, 404) if page is None else _render(visit, page, 409)
    if visit.form.has("lanjut") and following is not None:
        return see_other(f"/surat/{following}")
    return see_other("/surat?selesai=1" if following is None else "/surat")


def _save(visit: Visit, letter_id: int) -> Response:
    letters.save_letter(visit.app, letter_id, _read_text(visit), visit.who)
    return see_other(f"/surat/{letter_id}")


def _compose_anew(visit: Visit, letter_id: int) -> Response:
    letters.compose_letter_anew(visit.app, letter_id, visit.who)
    return see_other(f"/surat/{letter_id}")


def _drop(visit: Visit, letter_id: int) -> Response:
    letters.drop_letter(visit.app, letter_id, visit.who)
    return see_other("/surat")


def _read_text(visit: Visit) -> LetterText:
    return LetterText(source=visit.form.get("teks"), facts_hash=visit.form.get("sidik"))


def _open(visit: Visit) -> LetterPage | None:
    word = visit.path["letter"]
    is_number = word.isascii() and word.isdecimal() and len(word) <= _DIGITS
    return open_letter(visit.reader, int(word)) if is_number else None


def _render(
    visit: Visit,
    page: LetterPage,
    status: int = 200,
    error: RedaksiError | None = None,
    typed: str | None = None,
) -> Response:
    """The page; with an error what was typed stays, beside the letter as it is now."""
    if error is not None and visit.form.has("teks"):
        typed = visit.form.get("teks")
    is_replaced = isinstance(error, LetterChanged) and not error.is_edited
    if isinstance(error, LetterChanged):  # the letter as it would be, beside what was typed
        page = msgspec.structs.replace(
            page, source=error.source, text=error.text, facts_hash=error.facts_hash
        )
    return render(
        visit,
        "letter.html.j2",
        status,
        page=page,
        wrong=error.say(language_of(visit)) if error is not None else "",
        typed=None if is_replaced else typed,
        moved_on=status == 409,
    )


def _form(name: str, answer: Answer) -> WebRoute:
    path = f"/surat/{{letter}}/{name}"
    return WebRoute(path=path, answer=answer, may="editor", method="POST", again=show_again)


ROUTES = (
    WebRoute(path="/surat", answer=show_letters),
    WebRoute(path="/surat/{letter}", answer=show_letter),
    _form("kirim", send),
    _form("simpan", save),
    _form("susun-ulang", compose_anew),
    _form("buang", drop),
)
