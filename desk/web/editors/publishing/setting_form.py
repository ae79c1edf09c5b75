"""The forms of the copy desk: what was typed, as the workflow takes it, and what is wrong with it."""

from collections.abc import Mapping

from desk.presentation.pages.setting import Setting
from desk.web.visit import Form
from desk.workflow.deciding.decision import Decision
from publisher.articles.edition import Amendments
from redaksi import catalog
from redaksi.catalog import Sentence
from redaksi.errors import RedaksiError
from redaksi.model import Language
from redaksi.states import Event

LONGEST_CAPTION, LONGEST_CAUSE = 500, 500
_DIGITS = 9
# where what is wrong is put right, by the code of the error; else at the form's reason
_FIELDS: Mapping[str, str] = {
    "needs_address": "tautan",
    "no_web_address": "tautan",
    "address_with_user": "tautan",
    "foreign_address": "tautan",
    "headline_not_seen": "tautan",
    "headline_unknown": "tautan",
    "headline_too_long": "judul",
    "no_headline": "judul",
    "nothing_to_correct": "judul",
    "may_still_be_seen": "tetap_turun",
    "not_asked_down": "tetap_turun",
    "nothing_to_publish_anew": "ulangi",
    "asked_back_first": "ulangi",
    "still_embargoed": "ulangi",
}


class Refused(Exception):
    """A form that cannot be taken as it is. `field`: where it is put right; `code`: a key of
    [desk.setting_refused]."""

    def __init__(self, field: str, code: str, **facts: object) -> None:
        super().__init__(code)
        self.field = field
        self.sentence = Sentence(section="desk.setting_refused", key=code, facts=facts)


def read_word(form: Form, account: int, event: Event, reason: str = "") -> Decision:
    """Whose word it is, and what was seen."""
    return Decision(
        event=event,
        account=account,
        seen_revision=read_number(form.get("revisi")),
        seen_version=read_number(form.get("versi")),
        reason=reason,
    )


def read_number(word: str) -> int:
    """A number that the page put there; -1, which nothing is, for what it did not."""
    is_number = word.isascii() and word.isdecimal() and len(word) <= _DIGITS
    return int(word) if is_number else -1


def read_reason(form: Form, field: str) -> str:
    """Why, in one go. Raises Refused where it is too long."""
    reason = form.get(field).strip()
    if len(reason) > LONGEST_CAUSE:
        raise Refused(field, "reason_too_long", n=len(reason), most=LONGEST_CAUSE)
    return reason


def read_correction(form: Form, setting: Setting) -> tuple[Amendments, dict[int, str]]:
    """What is to be another, and the captions that are. Raises Refused."""
    headline, body = form.get("judul").strip(), form.get("artikel").strip()
    category, captions = form.get("rubrik"), _read_captions(form, setting)
    if not headline:
        raise Refused("judul", "no_headline")
    if not body:
        raise Refused("artikel", "body_empty_here")
    amendments = Amendments(
        headline=headline if headline != setting.title else None,
        body=body if body != setting.body.replace("\r\n", "\n").strip() else None,
        category=category
        if category in setting.categories and category != setting.category
        else None,
    )
    if amendments == Amendments() and not captions:
        raise Refused("judul", "nothing_to_correct")
    return amendments, captions


def _read_captions(form: Form, setting: Setting) -> dict[int, str]:
    captions = {}
    for photo in setting.photos:
        field = f"keterangan-{photo.number}"
        caption = " ".join(form.get(field, photo.caption).split())
        if len(caption) > LONGEST_CAPTION:
            raise Refused(field, "caption_too_long", n=len(caption), most=LONGEST_CAPTION)
        if not caption and photo.caption:
            raise Refused(field, "caption_empty")
        if caption != " ".join(photo.caption.split()):
            captions[photo.number] = caption
    return captions


def describe_wrong(error: Refused | RedaksiError, field: str, language: Language) -> dict[str, str]:
    """Field -> what is wrong, as this page says it: no options of the command line. `field`: where
    it is put right unless its code says otherwise."""
    words, sentence = catalog.load(language), error.sentence
    own = words.say_or("", "desk.setting_refused", sentence.key, **sentence.facts)
    where = error.field if isinstance(error, Refused) else _FIELDS.get(sentence.key, field)
    return {where: own or words.render(sentence)}
