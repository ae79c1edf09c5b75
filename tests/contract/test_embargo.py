"""Under an embargo nothing is published by itself: an editor is called and told, then and once it is
over."""

from datetime import timedelta

import pytest

from desk.cli.publishing.publications import say_remedy
from desk.presentation.publication.standing import commands_of, say_call
from desk.store.publications import alarms
from desk.store.submissions import review_queue
from desk.workflow.publishing.correct import try_again
from redaksi import catalog
from redaksi.config.publish import PublishTarget
from redaksi.errors import IllegalMove
from tests.contract.test_ask_again import Desk
from tests.ready_desk import (
    NUMBER,
    configure,
    decide,
    desk,
    flags,
    row,
    schedule,
    tick,
)
from tests.sites import Site, tools_of

__all__ = ["desk"]


def test_an_editor_is_called_and_lets_it_go_once_the_embargo_is_over(desk: Desk) -> None:
    configure(desk, PublishTarget(id="situs"), PublishTarget(id="lain"))
    schedule(desk, 301, embargo=desk.now + timedelta(hours=5))
    decide(desk, "publish", url="https://situs.example/1")  # online already, whoever put it there
    other = Site(id="lain")
    tick(desk, tools_of(Site(), other))
    assert (row(desk, "lain").error_code, other.made, flags(desk)) == ("embargoed", [], {"asking"})
    with pytest.raises(IllegalMove, match="embargo"):
        try_again(desk.app, NUMBER, target="lain")
    tick(desk, tools_of(Site(), other), 60 * 48)  # nobody decides
    assert (other.made, flags(desk)) == ([], {"asking"})
    with desk.app.store.read() as tx:
        (shown,) = [each for each in review_queue.queue_rows(tx) if each.number == NUMBER]
        counted = alarms.find_alarms(tx)
    assert (counted.asking, shown.attention.since is not None) == (1, True)
    assert list(commands_of(shown)) == [f"redaksi publish {NUMBER} --target lain --now"]
    held = shown.publications[1]
    assert "embargo" in say_call(shown, held, "id")[1]
    assert "--target lain --now" in say_remedy(row(desk, "lain"), NUMBER, catalog.load("id"))
    try_again(desk.app, NUMBER, target="lain")
    tick(desk, tools_of(Site(), other))
    assert (other.made, row(desk, "lain").state, flags(desk)) == ([NUMBER], "standing", set())
