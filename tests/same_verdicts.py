"""Are two runs of `redaksi check --json` the same verdicts? `python -m tests.same_verdicts BEFORE AFTER`.

BEFORE is a run of 0.1 over the same files: its `answer.row` is today's `answer.rule`, its reasons are sentences that
desk.store.legacy_reasons knows. All else must be equal but for the time it took, and for what was decided since: a
caption by order, or out of the photo itself, is an editor's to confirm (a mark, no verdict); photos bear notes for
editors; findings have better words and more facts.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from desk.store.columns import RULE_NUMBERS
from desk.store.legacy_reasons import translate
from redaksi.reasons import ReasonCode

REASONS = ("reason", "why", "refused", "damage")
RULES = {number: rule.value for rule, number in RULE_NUMBERS.items()}
Plain = dict[str, Any]
_WORDED_ANEW = frozenset({"timing_ms", "message", "notes", "caption_action"})
_UNJUDGED = frozenset({"unjudged", "unjudged_facts"})  # 0.1 left nothing unjudged but by kind
_OF_A_PHOTO = frozenset(
    {"captured", "byline", "credit", "located", "digital_source_type", "judged"}
)
_CONFIRMED = frozenset({"order", "date", "metadata"})


def translated(before: Any) -> Any:
    """What 0.1 printed, as it would be printed today."""
    if isinstance(before, list):
        return [translated(each) for each in before]
    if not isinstance(before, dict):
        return before
    today: Plain = {}
    for key, value in before.items():
        if key == "row":
            today["rule"] = RULES[value]
        elif key in REASONS and "facts" not in before:
            reason = translate(value or "")
            today[key] = reason.code.value if reason else None
            today[f"{key}_facts"] = dict(reason.facts) if reason else {}
        elif key not in _WORDED_ANEW:
            today[key] = translated(value)
    if "evidence" in today:
        today["offered"] = []
        today["evidence"] = "metadata" if today["source"] == "metadata" else today["evidence"]
        today["action"] = "confirm" if today["evidence"] in _CONFIRMED else today["action"]
    if "doubts" in today or "schema" in today:
        today["unread"] = []
    return today


def find_differences(expected: Any, found: Any, at: str = "") -> Iterator[str]:
    """Where the two differ, a line each. A fact that 0.1 did not say may be told today."""
    if isinstance(expected, dict) and isinstance(found, dict):
        fresh = _WORDED_ANEW | _UNJUDGED | (_OF_A_PHOTO if "orientation" in found else set())
        more = set() if at.endswith("facts") else found.keys() - fresh
        for key in sorted(expected.keys() | more):
            yield from find_differences(
                expected.get(key, "(none)"), found.get(key, "(none)"), f"{at}.{key}"
            )
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for number, pair in enumerate(zip(expected, found, strict=True)):
            yield from find_differences(*pair, f"{at}[{number}]")
    elif expected != found or (at.endswith(REASONS) and expected == ReasonCode.UNKNOWN):
        yield f"{at}: {found!r}, not {expected!r}"


def compare(before: Iterable[str], after: Iterable[str]) -> Iterator[str]:
    """The differences of two runs over the same files, in the same order."""
    for old, new in zip(before, after, strict=True):
        expected, found = translated(json.loads(old)), json.loads(new)
        for line in find_differences(expected, found):
            yield f"{expected['source']}{line}"


def main() -> None:
    """Exit 1 when anything differs."""
    paths = [Path(name) for name in sys.argv[1:3]]
    old, new = (path.read_text(encoding="utf-8").splitlines() for path in paths)
    differences = list(compare(old, new))
    print("\n".join([*differences[:200], f"{len(old)} parcels, {len(differences)} differences"]))
    sys.exit(bool(differences))


if __name__ == "__main__":
    main()
