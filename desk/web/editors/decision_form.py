"""The form of a decision: what was typed, as a decision, and what is wrong with it. Each choice takes
its own fields alone; the rest stays as it was typed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from desk.presentation.pages.deciding import Deciding, read_key
from desk.web.visit import Form
from desk.workflow.deciding.choices import find_event, name_event
from desk.workflow.deciding.decision import Decision
from publisher.letters.letter_context import Remark
from publisher.letters.source import LetterText
from redaksi import catalog
from redaksi.catalog import Sentence
from redaksi.errors import RedaksiError
from redaksi.model import Language

PLACES = 3  # for what is asked, and one more than was filled
MOST_PLACES = 20
LONGEST_CAUSE = 500
_LONGEST_NUMBER = 9  # digits
_FIELDS: Mapping[str, str] = {  # where what is wrong is put right, by the code of the error
    "needs_choice": "keputusan",
    "not_offered": "keputusan",
    "no_headline": "judul",
    "headline_too_long": "judul",
    "headline_unknown": "judul",
    "needs_moment": "tanggal",
    "no_moment": "tanggal",
    "moment_passed": "tanggal",
    "moment_too_far": "tanggal",
    "embargoed": "tanggal",
    "needs_address": "tautan",
    "no_web_address": "tautan",
    "address_with_user": "tautan",
    "foreign_address": "tautan",
    "headline_not_seen": "tautan",
    "may_still_be_seen": "tetap_catat",
    "needs_override": "alasan",
    "needs_reason": "alasan",
    "reason_too_long": "alasan",
    "takedown_needs_reason": "sebab",
    "cause_too_long": "sebab",
    "needs_asking": "permintaan-1",
    "nothing_to_mend": "permintaan-1",
    "remark_length": "permintaan-1",
    "held": "tetap",
}


class Mistake(Struct, frozen=True, kw_only=True):
    """What is wrong, in words, and the field where it is put right; "" for none of them."""

    text: str
    field: str = ""


class Refused(Exception):
    """The form cannot be a decision as it is. `code`: a key of [desk.refused]."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.sentence = Sentence(section="desk.refused", key=code, facts=facts)


def read_decision(form: Form, deciding: Deciding, *, now: datetime, zone: ZoneInfo) -> Decision:
    """What was typed, whether this state allows it or not (`check_offered`). `zone`: the editor's;
    `now`: when *now* is. Raises Refused."""
    word = form.get("keputusan")
    event = find_event(word, deciding.state) or name_event(word)
    if event is None:
        raise Refused("needs_choice")
    plain = Decision(
        event=event,
        seen_revision=read_number(form.get("revisi")),
        seen_version=read_number(form.get("versi")),
        silent=form.get("surat", "kirim") == "tanpa",
    )
    return msgspec.structs.replace(plain, **_read_own(word, form, deciding, now, zone))


def read_seen(form: Form) -> Decision:
    """What was seen, of a form that is no decision."""
    return Decision(
        event="seen",
        seen_revision=read_number(form.get("revisi")),
        seen_version=read_number(form.get("versi")),
    )


def read_letter(form: Form) -> LetterText | None:
    """The letter as it came back; None where none was shown."""
    if not form.has("sidik"):
        return None
    return LetterText(source=form.get("teks"), facts_hash=form.get("sidik"))


def find_own_words(form: Form) -> str:
    """The letter as an editor wrote it; "" where it has our words."""
    letter = read_letter(form)
    return form.get("teks") if letter is None or not letter.is_untouched else ""


def check_offered(form: Form, deciding: Deciding) -> None:
    """Raise Refused for what this state does not allow."""
    if find_event(form.get("keputusan"), deciding.state) is None:
        raise Refused("not_offered")


def _read_own(
    word: str, form: Form, deciding: Deciding, now: datetime, zone: ZoneInfo
) -> dict[str, object]:
    reason, cause = form.get("alasan").strip(), form.get("sebab").strip()
    if word in ("jadwalkan", "tayang"):
        own = {**_read_article(form, deciding), "reason": reason}
        if word == "jadwalkan":
            own |= {"publish_at": read_moment(form, now, zone), "note": form.get("catatan").strip()}
        else:
            own |= {"url": form.get("tautan").strip(), "unchecked": form.has("tetap_catat")}
        return own
    if word == "kembalikan":
        unasked = _read_unasked(form)
        return {**_read_asked(form), "unasked": unasked, "reason": reason if unasked else ""}
    if word == "catatan":
        return _read_asked(form)
    if word in ("tolak", "tarik", "turunkan"):
        if len(cause) > LONGEST_CAUSE:
            raise Refused("cause_too_long", n=len(cause), most=LONGEST_CAUSE)
        return {"reason": cause}
    return {"unchecked": form.has("tetap_catat")} if word == "sudah-turun" else {}


def _read_article(form: Form, deciding: Deciding) -> dict[str, object]:
    headline = form.get("judul").strip()
    if not headline and deciding.state != "published":
        raise Refused("no_headline")
    category = form.get("rubrik")
    if category not in deciding.categories:
        category = ""
    return {
        "headline": "" if headline == deciding.headline else headline,
        "category": "" if category == deciding.category else category,
    }


def _read_asked(form: Form) -> dict[str, object]:
    asked = (text.strip() for text in form.get_all("permintaan"))
    remarks = tuple(Remark(ask=text) for text in asked if text)
    return {"remarks": remarks, "note": form.get("catatan").strip()}


def _read_unasked(form: Form) -> tuple[tuple[str, str], ...]:
    """What was offered and is not ticked; what was never offered is asked for."""
    ticked = form.get_all("temuan")
    return tuple(read_key(key) for key in form.get_all("ditawarkan") if key not in ticked)


def read_moment(form: Form, now: datetime, zone: ZoneInfo) -> datetime:
    """Tanggal and pukul, in `zone`; `now` where *now* is ticked. Raises Refused."""
    if form.has("sekarang"):
        return now
    day, clock = form.get("tanggal").strip(), form.get("pukul").strip()
    if not day or not clock:
        raise Refused("needs_moment")
    try:
        when = datetime.strptime(f"{day} {clock}", "%Y-%m-%d %H:%M")
        return when.replace(tzinfo=zone)
    except ValueError as error:
        raise Refused("no_moment", value=f"{day} {clock}"[:60]) from error


def read_number(word: str) -> int:
    """A number that the page put there; -1, which nothing is, for what it did not."""
    is_number = word.isascii() and word.isdecimal() and len(word) <= _LONGEST_NUMBER
    return int(word) if is_number else -1


def describe_mistake(error: Refused | RedaksiError, language: Language) -> Mistake:
    """What is wrong, as this page says it."""
    words, sentence = catalog.load(language), error.sentence
    text = words.say_or("", "desk.refused", sentence.key, **sentence.facts)
    return Mistake(text=text or words.render(sentence), field=_FIELDS.get(sentence.key, ""))


def spread_asked(form: Form) -> Sequence[str]:
    """What is asked for as it was typed, and room for more."""
    typed = [text for text in form.get_all("permintaan") if text.strip()]
    more = max(1, PLACES - len(typed)) if len(typed) < MOST_PLACES else 0
    return [*typed, *[""] * more]
