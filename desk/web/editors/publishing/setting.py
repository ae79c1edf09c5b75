"""The copy desk: an article as it is set, and what an editor says of where it stands."""

from collections.abc import Callable, Mapping

import msgspec
from starlette.responses import Response

from desk.presentation.pages.setting import Setting, open_setting
from desk.presentation.pages.submission import open_submission
from desk.store.editors import form_drafts
from desk.web.editors.decision_form import find_own_words, read_letter, read_seen
from desk.web.editors.errors import show_error
from desk.web.editors.form_drafts import find_draft
from desk.web.editors.incoming.asked import ask_worker
from desk.web.editors.outgoing.preview import render_letter
from desk.web.editors.publishing.setting_form import (
    Refused,
    describe_wrong,
    read_correction,
    read_reason,
    read_word,
)
from desk.web.editors.submission import STALE, list_since
from desk.web.links import Links
from desk.web.render import language_of, render, see_other
from desk.web.visit import ALLOWED, Answer, Form, Visit, WebRoute
from desk.workflow.asked.ask import Asked
from desk.workflow.deciding.decision import Decision
from desk.workflow.deciding.preview import Preview, decide_as_shown, preview_letter
from desk.workflow.deciding.seen import look_seen
from desk.workflow.publishing.check_page import check_page
from desk.workflow.publishing.correct import correct_as, try_again
from redaksi.errors import IllegalMove, LetterChanged, Stale, Unwritable

DONE = ("terbit", "betulkan", "turunkan", "ulangi", "foto")  # what a 303 says was done
SCOPE = "edition"
Deed = Callable[[Visit, Setting], Response | None]  # the page of a letter that must be read before


def show_setting(visit: Visit) -> Response:
    """The page."""
    setting = open_setting(visit.reader, visit.path["number"])
    if setting is None:
        return show_error(visit, 404)
    return _page(visit, setting, done=visit.query.get("selesai"))


def take_published(visit: Visit) -> Response:
    """It stands at this address, an editor says; the page is looked at first."""
    return _take(visit, _say_published, "tautan")


def take_correction(visit: Visit) -> Response:
    """Another edition is to stand."""
    return _take(visit, _correct, "alasan_betulkan")


def take_takedown(visit: Visit) -> Response:
    """It is to come down; or it is down, an editor says."""
    return _take(visit, _take_down, "alasan_turunkan")


def take_again(visit: Visit) -> Response:
    """What failed or waits is begun anew, now."""
    return _take(visit, _begin_anew, "ulangi")


def take_photos_wanted(visit: Visit) -> Response:
    """The worker makes the photos as readers get them."""
    return _take(visit, _ask_for_photos, "siapkan")


def _take(visit: Visit, do: Deed, field: str) -> Response:
    """303 where it was done, its letter where that was not shown yet; 409 where the page was older than what there is, 422 where it cannot be:
    the forms as they were typed."""
    setting = open_setting(visit.reader, visit.path["number"])
    if setting is None:
        return show_error(visit, 404)
    if visit.form.has("lihat"):
        return show_again(visit)
    try:
        letter = _do_on_what_stands(visit, setting, do)
    except Stale as error:
        return _show_stale(visit, open_setting(visit.reader, setting.number) or setting, error)
    except (Refused, IllegalMove, Unwritable) as error:
        wrong = describe_wrong(error, field, language_of(visit))
        return _page(visit, setting, wrong, status=422)
    if letter is not None:
        return letter
    return see_other(f"{Links().set(setting.number)}?selesai={_name_form(visit)}")


def show_again(visit: Visit) -> Response:
    """The forms as they were typed, and nothing done; 409 where their page was older than what there
    is."""
    setting = open_setting(visit.reader, visit.path["number"])
    if setting is None:
        return show_error(visit, 404)
    try:
        look_seen(visit.app, setting.number, read_seen(visit.form))
    except Stale as error:
        return _show_stale(visit, setting, error)
    return _page(visit, setting)


def _show_stale(visit: Visit, setting: Setting, error: Stale) -> Response:
    wrong = describe_wrong(error, "isi-tayang", language_of(visit))
    return _page(visit, setting, wrong, status=STALE)


def _do_on_what_stands(visit: Visit, setting: Setting, do: Deed) -> Response | None:
    """What is no longer so is no mistake of his. Raises Stale before Refused and IllegalMove."""
    try:
        return do(visit, setting)
    except Stale:
        raise
    except (Refused, IllegalMove):
        look_seen(visit.app, setting.number, read_seen(visit.form))
        raise


def _name_form(visit: Visit) -> str:
    """Which form of the page was sent, a word of DONE."""
    return visit.url.partition("?")[0].rpartition("/")[2]


def _say_published(visit: Visit, setting: Setting) -> Response | None:
    reason = read_reason(visit.form, "alasan_terbit")
    word = msgspec.structs.replace(
        read_word(visit.form, visit.who.id, "publish", reason),
        url=visit.form.get("tautan").strip(),
        target=_read_target(visit.form, setting),
        unchecked=visit.form.has("tetap_catat"),
    )
    return _decide(visit, setting, word)


def _take_down(visit: Visit, setting: Setting) -> Response | None:
    if visit.form.has("sudah"):
        word = msgspec.structs.replace(
            read_word(visit.form, visit.who.id, "taken_down"),
            target=_read_target(visit.form, setting),
            unchecked=visit.form.has("tetap_turun"),
        )
    else:
        reason = read_reason(visit.form, "alasan_turunkan")
        word = read_word(visit.form, visit.who.id, "take_down", reason)
    silent = visit.form.has("tanpa_surat")
    return _decide(visit, setting, msgspec.structs.replace(word, silent=silent))


def _decide(visit: Visit, setting: Setting, word: Decision) -> Response | None:
    """The letter, where it was not shown as it would go. What is stale is so before any page is looked
    at, and that is outside the transaction."""
    if look_seen(visit.app, setting.number, word) is not None:
        return None
    check_page(visit.app, setting.number, word)
    letter = None if word.silent else read_letter(visit.form)
    word = msgspec.structs.replace(word, letter=letter)
    try:
        if decide_as_shown(visit.app, setting.number, word):
            return None
    except LetterChanged as error:
        own = visit.form.get("teks") if error.is_edited else ""
        return _show_letter(visit, error, own=own, wrong=error.say(language_of(visit)))
    except IllegalMove as error:
        if error.sentence.key != "letter_length":
            raise
        preview = preview_letter(visit.app, setting.number, word)
        wrong = error.say(language_of(visit))
        return _show_letter(visit, preview, own=visit.form.get("teks"), wrong=wrong)
    preview = preview_letter(visit.app, setting.number, word)
    return _show_letter(visit, preview, own=find_own_words(visit.form))


def _show_letter(
    visit: Visit, letter: Preview | LetterChanged | None, *, own: str, wrong: str = ""
) -> Response:
    action = f"{Links().set(visit.path['number'])}/{_name_form(visit)}"
    return render_letter(visit, letter, visit.form, action=action, own=own, wrong=wrong)


def _correct(visit: Visit, setting: Setting) -> None:
    reason = read_reason(visit.form, "alasan_betulkan")
    word = read_word(visit.form, visit.who.id, "correct", reason)
    word = msgspec.structs.replace(
        word, initials=visit.who.initials, silent=not visit.form.has("kabari")
    )
    amendments, captions = read_correction(visit.form, setting)
    correct_as(visit.app, setting.number, amendments, captions, word)
    with visit.app.store.begin() as tx:
        form_drafts.discard(tx, visit.who.id, setting.id, SCOPE)


def _begin_anew(visit: Visit, setting: Setting) -> None:
    seen = read_word(visit.form, visit.who.id, "seen")
    target = _read_target(visit.form, setting)
    try_again(visit.app, setting.number, target=target, account=visit.who.id, seen=seen)


def _ask_for_photos(visit: Visit, setting: Setting) -> None:
    ask_worker(visit, setting.id, Asked(what="photos", account=visit.who.id))


def _read_target(form: Form, setting: Setting) -> str:
    """Which of the targets it stands at; "" for the leading one, or for all. Raises Refused."""
    target = form.get("tujuan")
    if target and target not in (place.target for place in setting.places):
        raise Refused("tautan", "no_such_target", target=target[:60], known=[])
    return target


def _page(
    visit: Visit,
    setting: Setting,
    wrong: Mapping[str, str] | None = None,
    *,
    done: str = "",
    status: int = 200,
) -> Response:
    """The page. A draft of the correction stands there whichever other form was sent."""
    may_change = visit.who.role in ALLOWED["editor"]
    draft = find_draft(visit, setting.id, SCOPE) if may_change else None
    is_correction = _name_form(visit) == "betulkan"
    kept = draft.fields if draft is not None and not is_correction else {}
    typed = Form({**kept, **visit.form.fields})
    opened = open_submission(visit.reader, setting.number) if status == STALE else None
    return render(
        visit,
        "setting.html.j2",
        status,
        since=list_since(visit, opened),
        setting=setting,
        typed=typed,
        wrong=wrong or {},
        seq=draft.seq if draft is not None else 0,
        done=done if done in DONE else "",
        own_letter=find_own_words(typed),
        own_form=_name_form(visit),
        may_change=may_change,
    )


_PAGE = "/kiriman/{number}/tayang"


def _form(name: str, answer: Answer) -> WebRoute:
    path = f"{_PAGE}/{name}"
    return WebRoute(path=path, answer=answer, may="editor", method="POST", again=show_again)


ROUTES = (
    WebRoute(path=_PAGE, answer=show_setting),
    _form("terbit", take_published),
    _form("betulkan", take_correction),
    _form("turunkan", take_takedown),
    _form("ulangi", take_again),
    _form("foto", take_photos_wanted),
)
