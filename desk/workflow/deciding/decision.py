"""An editor's decision, as it is handed in, and what of it fits which event. Pure."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from publisher.letters.letter_context import Remark
from publisher.letters.source import LetterText
from redaksi.errors import IllegalMove
from redaksi.states import Event


class Decision(Struct, frozen=True, kw_only=True):
    """An editor's word. `seen_revision`, `seen_version`: what the editor saw; a newer try, or
    anything that happened since, refuses the decision. `account`: whose word it is; its name and
    initials then stand where none are given."""

    event: Event
    account: int | None = None
    editor: str = ""  # a name, as it signs the letter
    initials: str = ""  # as the article carries them, "EPN"
    seen_revision: int | None = None
    seen_version: int | None = None
    publish_at: datetime | None = None
    embargo: datetime | None = None  # not to be published before; None: as it was
    url: str = ""  # where readers see it, of what is published already
    target: str = ""  # of which publish and taken_down speak; "": the leading one
    headline: str = ""
    category: str = ""
    body: str = ""  # Markdown, in place of the document's text
    note: str = ""  # a word to the contributor
    reason: str = ""  # why it is declined or taken back, or findings are set aside
    remarks: tuple[Remark, ...] = ()
    # findings of the newest try, code and subject, that a return does not ask for: set aside
    unasked: tuple[tuple[str, str], ...] = ()
    captions: tuple[tuple[int, str], ...] = ()  # of the photos that can be shown, by place from 1
    silent: bool = False  # no letter of any kind; that it is published is told to nobody either
    tell: bool = False  # scheduled silently: write once it is published all the same
    unchecked: bool = False  # the page was not looked at: the editor's word alone
    # the letter as it was shown, and perhaps edited; None: as it is composed
    letter: LetterText | None = None


# What each event takes beside revision, editor and silence; an event that is not named takes nothing.
_TAKES: Mapping[str, frozenset[str]] = {
    "schedule": frozenset(
        {
            "embargo",
            "publish_at",
            "headline",
            "category",
            "body",
            "note",
            "reason",
            "initials",
            "tell",
            "captions",
        }
    ),
    "publish": frozenset(
        {
            "url",
            "target",
            "headline",
            "category",
            "body",
            "reason",
            "initials",
            "captions",
            "unchecked",
        }
    ),
    "note": frozenset({"remarks", "note"}),
    "return": frozenset({"remarks", "note", "reason", "unasked"}),
    "decline": frozenset({"reason"}),
    "withdraw": frozenset({"reason"}),
    "take_down": frozenset({"reason"}),
    "taken_down": frozenset({"unchecked", "target"}),
}
_OPTIONAL = (
    "publish_at",
    "embargo",
    "headline",
    "category",
    "body",
    "note",
    "reason",
    "remarks",
    "unasked",
    "url",
    "target",
    "captions",
)
# as the command names them
OPTIONS: Mapping[str, str] = {
    "publish_at": "--on",
    "embargo": "--embargo",
    "headline": "--headline",
    "category": "--category",
    "body": "--body",
    "note": "--note",
    "reason": "--reason",
    "remarks": "--ask",
    "unasked": "--unasked",
    "url": "--url",
    "target": "--target",
    "captions": "--caption",
    "initials": "--initials",
    "tell": "--tell",
    "unchecked": "--unchecked",
}


def refuse_foreign(decision: Decision) -> None:
    """Raise IllegalMove for what this decision has no place for: nothing typed is lost unseen."""
    takes = _TAKES.get(decision.event, frozenset())
    if decision.event == "return" and not decision.unasked:
        takes -= {"reason"}  # of what is set aside
    foreign = [
        OPTIONS[name]
        for name in (*_OPTIONAL, "initials", "tell", "unchecked")
        if getattr(decision, name) and name not in takes
    ]
    if foreign:
        raise IllegalMove("foreign_options", event=decision.event, options=foreign)
