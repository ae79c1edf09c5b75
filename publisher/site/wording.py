"""How long ago something was, in the pages' words. Pure."""

from datetime import datetime

from redaksi import catalog
from redaksi.model import Language


def ago(value: datetime, now: datetime, language: Language) -> str:
    """How long ago, in the largest whole unit: "20 mnt", "5 jam", "2 hari"."""
    words = catalog.load(language)
    minutes = max(0, int((now - value).total_seconds() // 60))
    if minutes < 1:
        return words.say("ago", "now")
    if minutes < 60:
        return words.say("ago", "minutes", n=minutes)
    if minutes < 48 * 60:
        return words.say("ago", "hours", n=minutes // 60)
    return words.say("ago", "days", n=minutes // 1440)
