"""A submission: its article with the findings in place, photos, mails, letters, history, and the form
of a decision about it."""

from collections.abc import Sequence

from msgspec import Struct
from starlette.responses import Response

from desk.presentation.pages.deciding import Deciding, echo_moment
from desk.presentation.pages.submission import Opened, find_place_of, open_submission
from desk.store.editors.form_drafts import FormDraft
from desk.store.submissions.queue_filter import Key, Place
from desk.web.editors.decision_form import (
    Mistake,
    Refused,
    find_own_words,
    read_moment,
    read_number,
    read_seen,
    spread_asked,
)
from desk.web.editors.errors import show_error
from desk.web.editors.form_drafts import find_drafts
from desk.web.editors.photos.form import SentPhotos, fill_photo_form
from desk.web.links import Links
from desk.web.list_query import read_came_from, write_list
from desk.web.render import REFUSED, language_of, render
from desk.web.visit import ALLOWED, Form, Visit, WebRoute
from desk.workflow.deciding.seen import look_seen
from publisher.site.pages import Step
from redaksi import catalog
from redaksi.errors import IllegalMove, Stale
from redaksi.text import locale

STALE = 409


class Turn(Struct, frozen=True, kw_only=True):
    """Where the page stands in the list it was opened from; addresses of its neighbours."""

    position: int
    total: int
    before: str = ""
    behind: str = ""


def show_submission(visit: Visit) -> Response:
    """Everything about it, on one page."""
    return show_page(visit)


def show_page(
    visit: Visit,
    *,
    form: Form | None = None,
    mistakes: Sequence[Mistake] = (),
    stale: Stale | None = None,
    sent_photos: SentPhotos | None = None,
    unasked: str = "",
    status: int = 200,
) -> Response:
    """The page; `form`: what was typed into it, None: what it begins with, or the draft that is
    kept. `stale`: it was decided on an older one; `sent_photos`: the form of photos, sent and not
    kept; `unasked`: why the worker is not asked for something."""
    opened = open_submission(visit.reader, visit.path["number"])
    if opened is None:
        was_sent = form is not None or sent_photos is not None
        return _show_stray(visit, status) if was_sent else show_error(visit, 404)
    drafts = find_drafts(visit, opened.id)
    kept = drafts.get("decision")
    draft = kept if form is None else None
    came_from = (visit.form if visit.method == "POST" else visit.query).get("dari")
    typed = form or _begin(opened.deciding, draft)
    since = list_since(visit, opened) if status == STALE else ()
    return render(
        visit,
        "submission.html.j2",
        status,
        opened=opened,
        came_from=came_from,
        turn=_find_turn(visit, opened, came_from),
        may_decide=visit.who.role in ALLOWED["editor"],
        typed=typed,
        ticked=_list_ticked(opened.deciding, typed),
        asked=spread_asked(typed),
        draft=draft,
        seq=kept.seq if kept else 0,
        mistakes=mistakes,
        wrong={each.field: each.text for each in mistakes if each.field},
        echo=echo_typed(visit, typed),
        own_letter=find_own_words(typed),
        stale=stale,
        unasked=unasked[:1].upper() + unasked[1:],
        stale_title=say_stale(visit, stale) if stale else "",
        compared=_find_compared(opened, typed) if stale else 0,
        held_since=_say_since(visit, opened),
        since=since,
        photo_form=fill_photo_form(visit, opened, sent_photos, drafts, since),
    )


def show_again(visit: Visit) -> Response:
    """The form of a decision as it was typed, and nothing decided; 409 where its page was older than
    what there is."""
    try:
        look_seen(visit.app, visit.path["number"], read_seen(visit.form))
    except Stale as error:
        return show_page(visit, form=visit.form, stale=error, status=STALE)
    except IllegalMove:
        return show_error(visit, 404)
    return show_page(visit, form=visit.form)


def _show_stray(visit: Visit, status: int) -> Response:
    """It is taken for no submission by now: there is no page for what was typed."""
    return render(visit, "stray.html.j2", status if status >= REFUSED else STALE)


def _begin(deciding: Deciding, draft: FormDraft | None) -> Form:
    """The form as it begins: with what was typed before and not sent."""
    fields = {
        "keputusan": [deciding.chosen],
        "judul": [deciding.headline],
        "rubrik": [deciding.category],
        "tanggal": [deciding.day],
        "pukul": [deciding.clock],
        "surat": ["kirim"],
    }
    return Form({**fields, **draft.fields} if draft is not None else fields)


def _list_ticked(deciding: Deciding, typed: Form) -> frozenset[str]:
    """The findings that are ticked; one that nobody was offered yet is."""
    offered, ticked = typed.get_all("ditawarkan"), typed.get_all("temuan")
    return frozenset(
        tick.key for tick in deciding.musts if tick.key in ticked or tick.key not in offered
    )


def _find_turn(visit: Visit, opened: Opened, came_from: str) -> Turn | None:
    wanted = read_came_from(came_from, visit.who.id) if came_from else None
    place = find_place_of(visit.app, wanted, opened.id) if wanted is not None else None
    if wanted is None or place is None:
        return None

    def lead(found: tuple[str, Key] | None) -> str:
        return Links().submission(found[0], write_list(wanted, found[1])) if found else ""

    return _make_turn(place, lead(place.before), lead(place.behind))


def _make_turn(place: Place, before: str, behind: str) -> Turn:
    return Turn(position=place.position, total=place.total, before=before, behind=behind)


def echo_typed(visit: Visit, typed: Form) -> str:
    """The publication date that was typed, in words; "" where none was."""
    try:
        when = read_moment(typed, visit.app.clock(), visit.reader.config.zone)
    except Refused:
        return ""
    return echo_moment(visit.reader, visit.app.config.zone, visit.path["number"], when)


def say_stale(visit: Visit, stale: Stale) -> str:
    """What it is that was not seen."""
    words = catalog.load(language_of(visit))
    return words.say("desk.stale", stale.sentence.key, **stale.sentence.facts)


def _find_compared(opened: Opened, typed: Form) -> int:
    """The revision that was decided on, where another came since; 0 for none."""
    seen = read_number(typed.get("revisi"))
    return seen if 0 < seen < opened.revision else 0


def _say_since(visit: Visit, opened: Opened) -> str:
    if opened.holder is None:
        return ""
    shown = visit.reader.config
    return locale.format_clock(opened.holder.since, shown.language, shown.zone)


def list_since(visit: Visit, opened: Opened | None) -> tuple[Step, ...]:
    """What happened since the page was opened whose form was sent, the newest first."""
    seen = read_number(visit.form.get("sejak"))
    if opened is None or seen < 0:
        return ()
    return tuple(step for step in opened.page.history if step.id > seen)


ROUTES = (WebRoute(path="/kiriman/{number}", answer=show_submission),)
