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
    span = max(now - then, timedelta())
    words, section = catalog.load(language), f"desk.{how}"
    if span < _MINUTE:
        return words.say(section, "now")
    if span < _HOUR:
        return words.say(section, "minutes", n=span // _MINUTE)
    if span < _DAY:
        return words.say(section, "hours", n=span // _HOUR)
    return words.say(section, "days", n=span // _DAY)
