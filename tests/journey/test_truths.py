"""What pages, queue and letters say is so: when it came, who was told, what was asked."""

from datetime import timedelta

from desk.demo.post import part
from redaksi.text import locale
from tests.journey.scene import Scene, first, only

DAY = timedelta(days=1)


def test_an_outage_of_ours_is_not_hidden(scene: Scene) -> None:
    came = scene.now.replace(microsecond=0)
    scene.on.deliver(first(), came)
    scene.now += 9 * DAY
    scene.round()
    assert scene.row().received_at == came
    letter = part(only(scene.letters()), "text/plain")
    days = scene.app.config.zone
    assert locale.format_day((scene.now + 14 * DAY).astimezone(days).date(), "id") in letter
