"""Writes docs/rules.md from the rules themselves: python -m validators.handbook > docs/rules.md"""

import inspect
import sys
from collections.abc import Iterator

from validators.registry import RULES, list_settings
from validators.rule import Rule

HEAD = """\
# The rules

Written from the rules themselves (`python -m validators.handbook > docs/rules.md`); a test compares.
Levels: must (wajib) returns a submission, tidy (dirapikan) is mended by us,
advice (saran) is noted, off (mati) is not looked at.
"""


def render_handbook() -> str:
    """All of docs/rules.md."""
    return "\n".join([HEAD, *(text for rule in RULES for text in _chapter(rule))])


def _chapter(rule: Rule) -> Iterator[str]:
    words = rule.message["id"]
    yield f"## {rule.code} {rule.name}\n"
    yield f"{inspect.getdoc(inspect.getmodule(rule.check)) or ''}\n"
    yield f"> **{words.title}**: {words.found}. Ketentuan: {words.rule}. {words.fix}\n"
    yield f"`[rules.{rule.section}]`\n"
    yield "| key | default | meaning |\n|---|---|---|"
    for setting in list_settings():
        if setting.section == rule.section:
            yield f"| `{setting.key}` | `{setting.default}` | {setting.meaning} |"
    yield "\nExamples:\n"
    for example in rule.examples:
        yield f"- {example.what}: {'finding' if example.says else 'nothing'}"
    yield ""


if __name__ == "__main__":
    sys.stdout.write(render_handbook())
