"""How long ago, in a word: what a page that is made when it is asked for may say."""

from datetime import datetime, timedelta
from typing import Literal

from redaksi import catalog
from redaksi.model import Language

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def say_since(
    then: datetime, now: datetime, language: Language, how: Literal["wait", "ago"]
) -> str:
    """ "20 mnt", "5 jam", "2 hari"; as `ago` "20 menit lalu". What is not yet a minute, or lies
    ahead by two clocks' difference, is just now."""
    unit, number = _measure(max(now - then, timedelta()))
    words = catalog.load(language)
    if how == "wait":
        return words.say("desk.wait", unit, n=number)
    return words.say("desk.ago", unit, n=number)


def _measure(span: timedelta) -> tuple[str, int]:
    if span < _MINUTE:
        return "now", 0
    if span < _HOUR:
        return "minutes", span // _MINUTE
    return ("hours", span // _HOUR) if span < _DAY else ("days", span // _DAY)
