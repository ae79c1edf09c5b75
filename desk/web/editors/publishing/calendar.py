"""*Jadwal*: what is planned for a month and what stands since, a day in the reader's zone."""

from starlette.responses import Response

from desk.presentation.pages.publications import name_month, open_month
from desk.web.editors.errors import show_error
from desk.web.render import render
from desk.web.visit import Visit, WebRoute
from redaksi.text.places import name_zone


def show_calendar(visit: Visit) -> Response:
    """A month, this one by default."""
    current = name_month(visit.app.clock(), visit.reader.config.zone)
    month = open_month(visit.reader, visit.query.get("bulan") or current)
    if month is None:
        return show_error(visit, 404)
    zone = name_zone(visit.app.clock().astimezone(visit.reader.config.zone))
    return render(visit, "calendar.html.j2", month=month, zone=zone)


ROUTES = (WebRoute(path="/jadwal", answer=show_calendar),)
