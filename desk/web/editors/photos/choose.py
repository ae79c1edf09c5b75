"""Photos: which are used, the main one, whose caption is whose."""

from starlette.responses import Response

from desk.presentation.photos.form import MAIN, NAMES
from desk.web.editors.decision_form import read_seen
from desk.web.editors.errors import show_error
from desk.web.editors.photos.form import SentPhotos
from desk.web.editors.submission import show_page
from desk.web.links import Links
from desk.web.render import see_other
from desk.web.visit import Form, Visit, WebRoute
from desk.workflow.deciding.choose_photos import PhotoWish, PhotoWords, WrongField, choose_photos
from desk.workflow.deciding.seen import look_seen
from redaksi.errors import IllegalMove, Stale

_DIGITS = 9


def take_photos(visit: Visit) -> Response:
    """The form was sent: kept whole, or shown again as it was typed."""
    number = visit.path["number"]
    wrong: tuple[WrongField, ...] = ()
    stale = ""
    try:
        wrong = choose_photos(visit.app, number, read_wish(visit.form, visit.who.id))
    except Stale as error:
        stale = error.say(visit.reader.config.language)
    except IllegalMove:
        return show_error(visit, 404)
    if wrong or stale:
        sent = SentPhotos(typed=visit.form.fields, wrong=wrong, stale=stale)
        return show_page(visit, sent_photos=sent, status=409 if stale else 422)
    return see_other(f"{Links().submission(number, visit.form.get('dari'))}#foto")


def show_again(visit: Visit) -> Response:
    """The form as it was typed, and nothing kept; 409 where its page was older than what there is."""
    stale = ""
    try:
        look_seen(visit.app, visit.path["number"], read_seen(visit.form))
    except Stale as error:
        stale = error.say(visit.reader.config.language)
    except IllegalMove:
        return show_error(visit, 404)
    sent = SentPhotos(typed=visit.form.fields, stale=stale)
    return show_page(visit, sent_photos=sent, status=409 if stale else 200)


def read_wish(form: Form, account: int) -> PhotoWish:
    """What was typed, by the keys of photos: each has a field for its caption."""
    prefix = f"{NAMES['caption']}-"
    keys = [name.removeprefix(prefix) for name in form.fields if name.startswith(prefix)]
    return PhotoWish(
        account=account,
        seen_revision=_number(form.get("revisi")),
        seen_version=_number(form.get("versi")),
        words={key: _read_words(form, key) for key in keys},
        main=form.get(MAIN),
    )


def _read_words(form: Form, key: str) -> PhotoWords:
    return PhotoWords(
        used=form.has(f"{NAMES['used']}-{key}"),
        caption=form.get(f"{NAMES['caption']}-{key}"),
        credit=form.get(f"{NAMES['credit']}-{key}"),
        alt=form.get(f"{NAMES['alt']}-{key}"),
        taken_from=form.get(f"{NAMES['taken_from']}-{key}"),
        is_right=form.has(f"{NAMES['is_right']}-{key}"),
    )


def _number(word: str) -> int:
    return int(word) if word.isdecimal() and len(word) <= _DIGITS else 0


ROUTES = (
    WebRoute(
        path="/kiriman/{number}/foto",
        answer=take_photos,
        may="editor",
        method="POST",
        again=show_again,
    ),
)
