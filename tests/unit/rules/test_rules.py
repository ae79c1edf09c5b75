"""Every rule by its own examples, every sentence in both languages, and the laws that hold for
all rules."""

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redaksi.decide import decide, letter_for, worst_of
from redaksi.errors import ConfigError
from redaksi.model import (
    Document,
    Fault,
    Finding,
    Label,
    Language,
    Other,
    Photo,
    Picture,
    Place,
    Share,
    Submission,
    Unread,
)
from redaksi.reasons import Reason, ReasonCode, explain
from validators import registry
from validators.handbook import render_handbook
from validators.registry import RULES, check, make_rulebook
from validators.rule import Example, Rule
from validators.samples import make_document, make_photo, make_submission
from validators.words import say, say_line

DEFAULT = make_rulebook({})
EXAMPLES = [
    pytest.param(r, e, id=f"{r.code}-{e.what}".replace(" ", "-")) for r in RULES for e in r.examples
]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_an_example_says_what_it_says(rule: Rule, example: Example) -> None:
    assert (
        tuple(seen.subject for seen in rule.check(example.submission, rule.limits)) == example.says
    )


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_an_example_is_told_in_both_languages(rule: Rule, example: Example) -> None:
    for finding in check(example.submission, DEFAULT):
        for language in ("id", "en"):
            words = say(finding, language)
            assert not re.search(r"[{}\[\]]", "".join(msgspec.structs.astuple(words)))
            assert all(text.strip() for text in msgspec.structs.astuple(words))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_has_a_good_and_a_bad_example(rule: Rule) -> None:
    assert {bool(example.says) for example in rule.examples} == {True, False}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_wording_has_an_example_that_is_told_with_it(rule: Rule) -> None:
    told = {
        seen.facts.get("case", "")
        for example in rule.examples
        for seen in rule.check(example.submission, rule.limits)
    }
    codes = {other.code for other in RULES}  # wordings for two findings told together
    assert set(rule.variants) - codes <= told


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_no_limit_is_written_into_a_sentence(rule: Rule) -> None:
    for words in (*rule.message.values(), *(w for v in rule.variants.values() for w in v.values())):
        assert not re.search(
            r"2[.,]?500|1[.,]?024|768|\b12\b", " ".join(msgspec.structs.astuple(words))
        )


def fixes_of(code: str, language: Language) -> list[str]:
    """Every remedy a rule may tell."""
    rule = next(rule for rule in RULES if rule.code == code)
    return [words[language].fix for words in (rule.message, *rule.variants.values())]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
@pytest.mark.parametrize("language", ["id", "en"])
def test_no_remedy_begins_with_all_of_the_text(rule: Rule, language: Language) -> None:
    """It would undo the title and the captions: what is faulty comes first."""
    for fix in fixes_of(rule.code, language):
        assert "Ctrl+A" not in fix[: len(fix) // 2]


@pytest.mark.parametrize("code", ["N001", "N002", "N003", "N008", "F003", "F005", "P001"])
def test_a_remedy_can_be_done_on_a_phone_or_says_that_it_cannot(code: str) -> None:
    needs_no_program = ("Unduh", "Buat salinan", "Tutup", "Pemilik", "Di iPhone")
    for fix in fixes_of(code, "id"):
        has_device = re.search(
            r"\b(?:di|dari|aplikasi fotonya di) (?:HP|komputer)\b", fix, re.IGNORECASE
        )
        assert has_device or fix.startswith(needs_no_program), fix


@pytest.mark.parametrize("language", ["id", "en"])
def test_nobody_is_asked_to_take_a_photo_out_of_the_document(language: Language) -> None:
    assert not re.search(r"hapus|buang|remove|delete", " ".join(fixes_of("F005", language)), re.I)


def test_damage_is_told_with_where_it_begins_when_that_is_known() -> None:
    def found_of(**facts: int) -> str:
        cut = make_photo(intact=False, damage=explain(ReasonCode.PICTURE_CUT, **facts))
        (finding,) = check(make_submission(photos=(cut,)), DEFAULT)
        return say(finding, "id").found

    assert "hilang mulai 63 % dari atas" in found_of(from_top=63)
    assert "dari atas" not in found_of()


def test_a_finding_stored_before_a_fact_was_known_is_still_told() -> None:
    old = Finding(code="F004", rule="photo-broken", severity="must", subject="a.jpg")
    assert say(old, "id").found == "berkasnya rusak atau terpotong"


def test_a_short_link_is_told_as_one() -> None:
    (finding,) = check(
        make_submission(photos=(), links=("s.id", "Google Drive (drive.google.com)")), DEFAULT
    )
    assert (
        "tautan pendek s.id dan tautan Google Drive (drive.google.com)" in say(finding, "id").found
    )
    assert "a short link by s.id and a link to Google Drive" in say(finding, "en").found


def test_a_good_submission_is_accepted_without_a_word() -> None:
    assert check(make_submission(), DEFAULT) == ()
    assert decide(make_submission(), ())[0] == "accept"


def test_every_key_has_a_meaning() -> None:
    assert [s for s in registry.list_settings() if not s.meaning] == []


def test_the_handbook_is_current() -> None:
    kept = Path(__file__).resolve().parents[3] / "docs" / "rules.md"
    assert kept.read_text(encoding="utf-8") == render_handbook()


# ── config ────────────────────────────────────────────────────────────────────────────────────────


def test_all_mistakes_are_told_at_once() -> None:
    with pytest.raises(ConfigError) as told:
        make_rulebook(
            {
                "lenght": {},
                "length": {"max_character": 1, "max_pages": "2"},
                "font": {"level": "strict"},
            }
        )
    text = str(told.value)
    assert len(text.splitlines()) == 4
    assert '"length"' in text
    assert '"max_characters"' in text


def test_indonesian_levels_are_understood_and_an_off_rule_is_silent() -> None:
    long = make_submission(documents=(make_document(characters=9000),))
    assert check(long, make_rulebook({"length": {"level": "saran"}}))[0].severity == "advice"
    assert check(long, make_rulebook({"length": {"level": "mati"}})) == ()


def test_pages_pass_when_either_is_enough() -> None:
    fits = make_submission(documents=(make_document(characters=4045, pages=1.8),))
    assert check(fits, make_rulebook({"length": {"pass_if": "either"}})) == ()
    assert [f.code for f in check(fits, DEFAULT)] == ["N005"]


# ── never twice ───────────────────────────────────────────────────────────────────────────────────

RUN = (Place(paragraph=4, quote="Ketua BKM", what="Calibri 11"),)
OTHER = (Place(paragraph=6, quote="Lurah", what="Times New Roman 14"),)


def _typed(size: tuple[Place, ...], **rest: Any) -> Submission:
    font = Fault(found=(("Calibri 11", 0.5),), places=RUN)
    share = Share(font=0.5, size=0.5, spacing=rest.pop("spaced", 1.0))
    return make_submission(
        documents=(make_document(share=share, font=font, size_fault=Fault(places=size), **rest),)
    )


@pytest.mark.parametrize("size", [RUN, ()], ids=["same run", "left out by the reader"])
def test_a_run_in_the_wrong_font_and_size_is_one_finding_that_asks_for_both(
    size: tuple[Place, ...],
) -> None:
    (only,) = check(_typed(size), DEFAULT)
    told = say(only, "id")
    assert only.code == "N006"
    assert "Calibri 11" in told.found
    assert "Times New Roman" in told.fix
    assert "12" in told.fix


def test_a_size_that_alone_is_wrong_is_told_by_its_own_rule() -> None:
    found = check(_typed(RUN + OTHER), DEFAULT)
    assert [(f.code, f.places) for f in found] == [("N006", RUN), ("N007", OTHER)]


def test_spacing_is_another_fault_of_the_same_place() -> None:
    found = check(_typed(RUN, spaced=0.2, spacing=Fault(places=RUN)), DEFAULT)
    assert [f.code for f in found] == ["N006", "N008"]


def test_a_milder_finding_does_not_silence_a_severer_one() -> None:
    found = check(_typed(RUN), make_rulebook({"font": {"level": "advice"}}))
    assert [(f.code, f.severity) for f in found] == [("N006", "advice"), ("N007", "must")]


# ── words ─────────────────────────────────────────────────────────────────────────────────────────


def test_thousands_are_grouped_as_the_language_does() -> None:
    (found,) = check(make_submission(documents=(make_document(characters=2812),)), DEFAULT)
    assert "2.812" in say_line(found, "id")
    assert "2,812" in say_line(found, "en")


def test_lists_and_decimals_are_written_as_the_language_does() -> None:
    (pdf,) = check(
        make_submission(photos=(make_photo(name="foto.pdf", kind="pdf", width=0, height=0),)),
        DEFAULT,
    )
    assert "JPEG, PNG, atau TIFF" in say(pdf, "id").rule
    (wide,) = check(
        make_submission(
            documents=(
                make_document(share=Share(spacing=0.1), spacing=Fault(found=(("1.15", 0.9),))),
            )
        ),
        DEFAULT,
    )
    assert "1,15" in say(wide, "id").found
    assert "1.15" in say(wide, "en").found


def test_captions_are_asked_for_also_beside_an_archive_that_could_not_be_opened() -> None:
    rar = Other(
        name="a.rar", kind="rar", sha256="", why=explain(ReasonCode.ARCHIVE_KIND, kind="rar")
    )
    bare = make_submission(photos=(make_photo(caption=None),), caption_action="ask", others=(rar,))
    assert [f.code for f in check(bare, DEFAULT)] == ["K001"]


def test_a_name_out_of_a_mail_is_cleaned_and_never_a_template() -> None:
    (found,) = check(
        make_submission(
            photos=(make_photo(name="a\u202e{count}\r\n[x].jpg", width=10, height=10),)
        ),
        DEFAULT,
    )
    told = say(found, "en").title
    assert "{count}" in told
    assert not re.search("[\u202e\r\n]", told)


# ── decide ────────────────────────────────────────────────────────────────────────────────────────

MUST = Finding(code="N005", rule="text-too-long", severity="must", subject="")
BOMB = Other(
    name="a.zip", kind="zip", sha256="", why=explain(ReasonCode.ARCHIVE_SIZE_LIMIT, most=200)
)

A_LINE = Unread(may_be="caption", kind="line", text="Foto kedua: warga menanam pohon")
A_BODY = Unread(may_be="article", kind="body", text="Pontianak, 12 November. Warga …")


@pytest.mark.parametrize(
    ("what", "findings", "verdict"),
    [
        ({}, (), "accept"),
        ({}, (MUST,), "revise"),
        ({"documents": ()}, (MUST,), "incomplete"),
        ({"documents": (make_document(readable=False),)}, (), "incomplete"),
        ({"documents": (make_document(readable=False, hostile=True),)}, (), "quarantine"),
        ({"documents": (), "others": (BOMB,)}, (), "quarantine"),
        ({"documents": (make_document(judged=False),)}, (MUST,), "review"),
        ({"doubts": ("several-articles",)}, (MUST,), "review"),
        ({"caption_action": "editor_confirm"}, (), "accept"),
        ({"caption_action": "editor_confirm"}, (MUST,), "revise"),
        ({"photos": (make_photo(judged=False),)}, (), "review"),
        ({"unread": (A_LINE,)}, (MUST,), "review"),
        ({"documents": (), "unread": (A_BODY,)}, (MUST,), "review"),
        ({"documents": (), "unread": (A_LINE,)}, (MUST,), "incomplete"),
    ],
)
def test_a_verdict(what: dict[str, Any], findings: tuple[Finding, ...], verdict: str) -> None:
    assert decide(make_submission(**what), findings)[0] == verdict


def test_the_worst_of_verdicts() -> None:
    assert worst_of(["accept", "review", "revise"]) == "revise"
    assert worst_of([]) == "ignore"


def test_nothing_attached_is_not_said_of_a_mail_with_photos() -> None:
    assert letter_for("incomplete", make_submission(documents=()), (MUST,)) == "revise"
    assert (
        letter_for("incomplete", make_submission(documents=(), photos=()), (MUST,))
        == "nothing-attached"
    )
    assert (
        letter_for("incomplete", make_submission(documents=(make_document(readable=False),)), ())
        == "unreadable"
    )
    assert letter_for("review", make_submission(), ()) == ""


# ── laws ──────────────────────────────────────────────────────────────────────────────────────────

TEXT = st.text(max_size=12)
PICTURE = st.builds(
    Picture, name=TEXT, kind=TEXT, width=st.integers(-5, 9000), height=st.integers(-5, 9000)
)
FAULTS = st.builds(
    Fault,
    places=st.tuples(st.builds(Place, paragraph=st.integers(-1, 9), quote=TEXT)),
    found=st.tuples(st.tuples(TEXT, st.floats())),
)
REASONS = st.builds(
    Reason, st.sampled_from(ReasonCode), st.fixed_dictionaries({"most": TEXT, "kind": TEXT})
)
DOCUMENTS = st.builds(
    Document,
    name=TEXT,
    kind=st.sampled_from(["docx", "pdf", "broken", "encrypted", "word95", ""]),
    sha256=TEXT,
    readable=st.booleans(),
    judged=st.booleans(),
    hostile=st.booleans(),
    refused=st.none() | REASONS,
    characters=st.integers(),
    pages=st.floats(),
    share=st.builds(Share, font=st.floats(), size=st.floats()),
    pictures=st.lists(PICTURE, max_size=3).map(tuple),
    font=FAULTS,
    size_fault=FAULTS,
    spacing=FAULTS,
)
PHOTOS = st.builds(
    Photo,
    name=TEXT,
    kind=st.sampled_from(["jpeg", "heic", "pdf", "mp4", "unknown"]),
    sha256=TEXT,
    size=st.integers(),
    width=st.integers(-2, 5000),
    height=st.integers(-2, 5000),
    intact=st.booleans(),
    judged=st.booleans(),
    notes=st.sampled_from([(), ("too-many-pixels",), ("also-in-document",)]),
)
OTHERS = st.builds(
    Other,
    name=TEXT,
    kind=TEXT,
    sha256=TEXT,
    why=REASONS,
)
LABELS = st.lists(st.builds(Label, text=TEXT, key=TEXT), max_size=3).map(tuple)
SUBMISSIONS = st.builds(
    Submission,
    documents=st.lists(DOCUMENTS, max_size=2).map(tuple),
    photos=st.lists(PHOTOS, max_size=3).map(tuple),
    others=st.lists(OTHERS, max_size=2).map(tuple),
    links=st.lists(TEXT, max_size=2).map(tuple),
    orphans=LABELS,
    loose=LABELS,
    caption_action=st.sampled_from(["auto", "ask", "editor_confirm"]),
    doubts=st.sampled_from([(), ("several-documents",)]),
)


@settings(max_examples=150, deadline=None)
@given(SUBMISSIONS)
def test_whatever_was_read_is_judged_and_told(any_submission: Submission) -> None:
    findings = check(any_submission, DEFAULT)
    assert decide(any_submission, findings)[0] in (
        "accept",
        "revise",
        "incomplete",
        "review",
        "quarantine",
    )
    for finding in findings:
        for language in ("id", "en"):
            assert "\n" not in say_line(finding, language)
