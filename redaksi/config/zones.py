"""Time zones as people write them: "WIB", "GMT+7", "asia/jakarta", "Jakarta"."""

import difflib
import re
from zoneinfo import ZoneInfo, available_timezones

_INDONESIAN = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
_BY_OFFSET = {7: "Asia/Jakarta", 8: "Asia/Makassar", 9: "Asia/Jayapura"}
_OFFSET = re.compile(r"(?:UTC|GMT)?\s*\+\s*0?(\d)(?:[:.]?00)?")


def is_zone(name: str) -> bool:
    """Whether there is a zone of this name."""
    try:
        ZoneInfo(name)
    except (KeyError, OSError, ValueError):  # a folder of zones is an OSError, "../x" a ValueError
        return False
    return True


def suggest_zone(name: str) -> str:
    """The zone that is most likely meant; Jakarta's where nothing is near."""
    value = name.strip()
    if known := _INDONESIAN.get(value.upper()):
        return known
    if (offset := _OFFSET.fullmatch(value.upper())) and (named := _BY_OFFSET.get(int(offset[1]))):
        return named
    zones = {zone.casefold(): zone for zone in sorted(available_timezones())}
    wanted = value.replace(" ", "_").casefold()
    cities = {zone.rpartition("/")[2]: zone for zone in zones}
    for names in (zones, cities):
        if near := difflib.get_close_matches(wanted, names, 1, cutoff=0.8):
            return zones[near[0] if names is zones else cities[near[0]]]
    return "Asia/Jakarta"
