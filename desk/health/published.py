"""What somebody should look at of the articles at their targets. Pure."""

from collections.abc import Iterator
from datetime import datetime

from desk.health.observed import Observed
from desk.health.trouble import Trouble, TroubleCode
from redaksi.config.schema import Config

MOST_DAYS = 1  # working days that an editor may leave an article waiting


def judge_publications(observed: Observed, config: Config, now: datetime) -> Iterator[Trouble]:
    """What failed, what waits for more than a working day, and a configured target that is paused:
    what is no longer configured is knocked at no more."""
    alarms = observed.publications
    if alarms.failed:
        yield Trouble(code=TroubleCode.PUBLISH_FAILED, facts={"n": alarms.failed})
    if alarms.asking and observed.asking_days > MOST_DAYS:
        facts = {"n": alarms.asking, "age": _age(alarms.asking_since, now)}
        yield Trouble(code=TroubleCode.PUBLISH_ASKS, facts=facts)
    if alarms.checking and observed.checking_days > MOST_DAYS:
        facts = {"n": alarms.checking, "age": _age(alarms.checking_since, now)}
        yield Trouble(code=TroubleCode.PUBLISH_UNSEEN, facts=facts)
    known = {target.id for target in config.publish.targets}
    for pause in alarms.paused:
        if pause.target in known:
            until = f"{pause.until.astimezone(config.zone):%H:%M}"
            reason = {"code": pause.code, "detail": pause.detail}
            at = {"target": pause.target, "until": until}
            yield Trouble(code=TroubleCode.TARGET_PAUSED, facts={**at, **reason})


def _age(since: datetime | None, now: datetime) -> int:
    """Seconds, at least 0."""
    return max(0, int((now - since).total_seconds())) if since else 0
