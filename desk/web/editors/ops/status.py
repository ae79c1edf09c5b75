"""/status: how things stand, and the three things that are done about it here."""

from starlette.responses import Response

from desk.domain.actor import name_actor
from desk.inbound.asked import ask_to_poll
from desk.presentation.pages.status import make_status
from desk.store.inbound import dead_letters
from desk.store.outbound import relay
from desk.web.editors.errors import show_error
from desk.web.render import render, see_other
from desk.web.visit import ALLOWED, Visit, WebRoute

DONE = ("periksa", "ulangi", "relay")  # what a 303 says was done
_DIGITS = 9  # of a job's number


def show_status(visit: Visit) -> Response:
    """How things stand now."""
    done = visit.query.get("selesai")
    return render(
        visit,
        "status.html.j2",
        page=make_status(visit.reader),
        may_act=visit.who.role in ALLOWED["ops"],
        done=done if done in DONE else "",
    )


def poll_now(visit: Visit) -> Response:
    """The worker looks at every mailbox at once, in whatever process it is."""
    ask_to_poll(visit.app)
    return see_other("/status?selesai=periksa")


def retry_job(visit: Visit) -> Response:
    """A mail that was set aside is examined, or asked for, anew."""
    number = visit.path["job"]
    app = visit.app
    is_number = number.isascii() and number.isdecimal() and len(number) <= _DIGITS
    with app.store.begin() as tx:
        actor = name_actor(account=visit.who.id)
        is_begun = is_number and dead_letters.retry_job(tx, int(number), app.clock(), actor)
        app.new_job.ring_after(tx)
    return see_other("/status?selesai=ulangi") if is_begun else show_error(visit, 404)


def try_relay(visit: Visit) -> Response:
    """Letters are handed to the relay again at the next turn."""
    app = visit.app
    with app.store.begin() as tx:
        relay.reopen(tx)
        app.new_letter.ring_after(tx)
    return see_other("/status?selesai=relay")


ROUTES = (
    WebRoute(path="/status", answer=show_status),
    WebRoute(path="/status/periksa-sekarang", answer=poll_now, may="ops", method="POST"),
    WebRoute(path="/status/ulangi/{job}", answer=retry_job, may="ops", method="POST"),
    WebRoute(path="/status/relay", answer=try_relay, may="ops", method="POST"),
)
