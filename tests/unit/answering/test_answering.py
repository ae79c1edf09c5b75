"""redaksi.sender_policy.table: every row of the table in several spellings, and no row that
could be left out."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaksi.arrival import Mail
from redaksi.limits import Identity
from redaksi.model import MailKind
from redaksi.reasons import ReasonCode, explain
from redaksi.sender_policy import table
from redaksi.sender_policy.ruling import SenderRuling
from redaksi.sender_policy.table import answer
from redaksi.sender_rule import SenderRule
from tests.unit.answering.sender_cases import (
    A_PERSON,
    AUTHENTICATED,
    AUTOMATIC,
    CASES,
    NOT_AUTHENTICATED,
    OUT_OF_OFFICE,
    OWN,
    REPLY,
    SHOWN,
    STAND_IN,
    STAND_INS,
    SUBJECTS_OF_RESPONDERS,
    UNDECIDED,
    UNKNOWN,
    Field,
    mail,
    ruled,
    sender,
)


@pytest.mark.parametrize(("rule", "kind", "case"), CASES)
def test_the_first_matching_row_decides(rule: SenderRule, kind: MailKind, case: Mail) -> None:
    ruling = ruled(case)
    assert (ruling.rule, ruling.kind) == (rule, kind), ruling.reason


@pytest.mark.parametrize("subject", SUBJECTS_OF_RESPONDERS)
def test_out_of_office_with_nothing_attached(subject: str) -> None:
    ruling = ruled(mail(REPLY, subject=subject), attached=False)
    assert (ruling.rule, ruling.kind, ruling.verdict) == (OUT_OF_OFFICE, "auto_reply", "ignore")


@pytest.mark.parametrize("subject", A_PERSON)
def test_out_of_office_leaves_a_persons_reply_alone(subject: str) -> None:
    assert ruled(mail(REPLY, subject=subject), attached=False).rule == AUTHENTICATED


@pytest.mark.parametrize("subject", SUBJECTS_OF_RESPONDERS)
def test_out_of_office_leaves_a_mail_alone_that_replies_to_nothing(subject: str) -> None:
    assert ruled(mail(("In-Reply-To", " "), subject=subject), attached=False).rule == AUTHENTICATED


@pytest.mark.parametrize("place", range(1, 14))
def test_without_any_one_row_a_case_would_be_decided_otherwise(
    place: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = [
        *((rule, case, True) for rule, _, case in CASES),
        (OUT_OF_OFFICE, mail(REPLY, subject=SUBJECTS_OF_RESPONDERS[0]), False),
        (STAND_IN, STAND_INS[0], False),
    ]
    rows = table.ROWS
    assert len(rows) == 13
    monkeypatch.setattr(table, "ROWS", rows[: place - 1] + rows[place:])
    assert any(ruled(case, attached=attached).rule != rule for rule, case, attached in everything)


def test_every_row_is_held_by_at_least_three_cases() -> None:
    held = [rule for rule, _, _ in CASES] + [OUT_OF_OFFICE] * len(SUBJECTS_OF_RESPONDERS)
    held += [STAND_IN] * len(STAND_INS)
    assert all(held.count(rule) >= 3 for rule in SenderRule if rule != UNDECIDED)


def test_the_page_names_every_row() -> None:
    page = Path(__file__).parents[3] / "docs" / "answering.md"
    named = page.read_text(encoding="utf-8")
    assert [rule for rule in SenderRule if f"`{rule}`" not in named] == [UNDECIDED]


# ── what a ruling means for the mail ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("rule", "kind", "case"),
    [case for case in CASES if (case[0] in SHOWN or case[1] == "own") and not case[2].links],
)
def test_rows_shown_to_an_editor_are_examined_only_when_something_came_with_them(
    rule: SenderRule, kind: MailKind, case: Mail
) -> None:
    assert ruled(case, attached=True).verdict == "review"
    assert ruled(case, attached=False).verdict == "ignore"


@pytest.mark.parametrize(
    ("rule", "kind", "case"),
    [case for case in CASES if case[1] == "loop"],
)
def test_what_circles_is_not_a_submission(rule: SenderRule, kind: MailKind, case: Mail) -> None:
    assert ruled(case).verdict == "ignore"


@pytest.mark.parametrize(
    ("rule", "kind", "case"),
    [case for case in CASES if case[0] in (NOT_AUTHENTICATED, UNKNOWN, AUTHENTICATED)],
)
def test_authentication_never_changes_the_verdict(
    rule: SenderRule, kind: MailKind, case: Mail
) -> None:
    assert ruled(case).verdict is None


def test_without_a_border_of_ours_every_letter_waits() -> None:
    ruling = ruled(mail(), Identity(addresses=OWN.addresses, authserv_id=""))
    assert (ruling.rule, ruling.letter) == (UNKNOWN, "held")


# ── the answer ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("rule", "kind", "case"), CASES)
def test_only_authenticated_sends_and_only_unknown_holds(
    rule: SenderRule, kind: MailKind, case: Mail
) -> None:
    said = answer(case, OWN, ruled(case), "accept", "accepted")
    assert said.send is (rule == AUTHENTICATED)
    assert (said.letter, bool(said.to)) == (
        ("accepted", True) if rule in (UNKNOWN, AUTHENTICATED) else ("", False)
    )
    assert said.rule == rule


def test_a_letter_goes_to_from_alone() -> None:
    case = mail(("Reply-To", "a@example.com"), ("Disposition-Notification-To", "b@example.com"))
    assert answer(case, OWN, ruled(case), "revise", "revise").to == "rahmawati@example.net"


@pytest.mark.parametrize("verdict", ["review", "quarantine", "failed", "ignore"])
def test_these_verdicts_are_never_answered(verdict: str) -> None:
    said = answer(mail(), OWN, ruled(mail()), verdict, "accepted")  # type: ignore[arg-type]
    assert (said.send, said.letter, said.to) == (False, "", "")


def test_no_letter_to_write_is_no_letter_to_send() -> None:
    assert not answer(mail(), OWN, ruled(mail()), "accept", "").send


def test_our_own_address_is_never_written_to_whatever_the_ruling() -> None:
    case = sender("redaksi+x@example.org")
    forced = SenderRuling(
        rule=AUTHENTICATED,
        kind="normal",
        letter="send",
        examine=True,
        reason=explain(ReasonCode.DMARC_PASS),
    )
    assert answer(case, OWN, forced, "accept", "accepted").to == ""


# ── nothing gets past a row by spelling ───────────────────────────────────────────────────────────

_CFWS = st.lists(
    st.sampled_from([" ", "\t", "\r\n ", "(x)", "(a (b) \\) c)", '("no)']), max_size=3
).map("".join)


@given(
    before=_CFWS,
    after=_CFWS,
    upper=st.booleans(),
    word=st.sampled_from(["auto-replied", "auto-generated", "x"]),
)
def test_no_comment_or_folding_hides_auto_submitted(
    before: str, after: str, upper: bool, word: str
) -> None:
    value = f"{before}{word.upper() if upper else word}{after}"
    assert ruled(mail(("Auto-Submitted", value))).rule == AUTOMATIC


@given(before=_CFWS, after=_CFWS, upper=st.booleans())
def test_no_comment_or_folding_turns_no_into_something_else(
    before: str, after: str, upper: bool
) -> None:
    assert (
        ruled(mail(("Auto-Submitted", f"{before}{'NO' if upper else 'no'}{after}"))).rule
        == AUTHENTICATED
    )


@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                [
                    "From",
                    "Auto-Submitted",
                    "Precedence",
                    "Authentication-Results",
                    "Content-Type",
                    "Return-Path",
                    "In-Reply-To",
                ]
            ),
            st.text(max_size=80),
        ),
        max_size=8,
    )
)
def test_no_header_breaks_the_table_and_only_a_pass_of_our_border_sends(
    fields: list[Field],
) -> None:
    case = Mail(headers=tuple(fields), subject="".join(value for _, value in fields))
    ruling = ruled(case)
    assert ruling.rule != UNDECIDED
    said = answer(case, OWN, ruling, "accept", "accepted")
    assert not said.send or ruling.rule == AUTHENTICATED


@pytest.mark.parametrize(
    "hostile", [piece * 30_000 for piece in ("(", '"', "<", "a,", "a@", "[", "=?a?q?", "\\(")]
)
def test_hostile_fields_cost_linear_time(hostile: str) -> None:
    case = Mail(
        headers=(
            ("From", hostile),
            ("Auto-Submitted", hostile),
            ("Authentication-Results", hostile),
        )
    )
    assert ruled(case).rule != UNDECIDED
