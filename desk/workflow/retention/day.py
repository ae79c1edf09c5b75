"""The day that a letter names: until it nothing is deleted."""

from datetime import date, datetime

from desk.app import App
from desk.domain.retention.rule import find_day
from redaksi.states import State


def name_day(app: App, state: State, since: datetime) -> date:
    """The day on which what came into this state at `since` is deleted."""
    return find_day(since, app.config.retention.periods()[state], app.config.zone)
