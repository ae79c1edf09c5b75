"""Shares of font, size and spacing over the body's characters; faults with what was found and
where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.read.document.typography import (
    Asked,
    Part,
    Typography,
    is_single,
    make_matcher,
    measure,
)
from redaksi.model import Run, Spacing
from redaksi.text.counting import count

ASKED = Asked()
TNR = "Times New Roman"


def run(text: str, font: str = TNR, size: float = 12) -> Run:
    return Run(text=text, font=font, size=size)


def of(*runs: Run, spacing: Spacing | None = None) -> Typography:
    return measure([Part(1, runs, spacing or Spacing())], ASKED)


@pytest.mark.parametrize(
    "font",
    [
        TNR,
        "times new roman",
        "TimesNewRoman",
        "Times New Roman,Bold",
        "Times New Roman Bold",
        "TimesNewRomanPSMT",
        "TimesNewRomanPS-BoldItalicMT",
        "Times New Roman (Body CS)",
        "Times New Roman CE",
        "Times New Roman;Times",
        "",
    ],
)
def test_times_new_roman_by_its_names(font: str) -> None:
    assert make_matcher((TNR,))(font)


@pytest.mark.parametrize(
    "font",
    ["Times", "Calibri", "Liberation Serif", "Tinos", "Times New Roman Condensed", "Timesroman"],
)
def test_other_fonts(font: str) -> None:
    assert not make_matcher((TNR,))(font)


def test_any_of_the_configured_fonts_will_do() -> None:
    asked = Asked(names=("Cambria", "Georgia"))
    parts = [Part(1, (run("aa", "Georgia"), run("bb", "cambria"), run("cc")), Spacing())]
    assert measure(parts, asked).share.font == pytest.approx(4 / 6)


def test_shares_are_by_character_without_spaces() -> None:
    found = of(run("Warga kerja"), run(" bakti", "Calibri", 11))
    assert found.share.font == pytest.approx(10 / 15)
    assert found.share.size == pytest.approx(10 / 15)
    assert found.font.found == (("Calibri 11", 0.3333),)


def test_spaces_in_another_font_do_not_matter() -> None:
    found = of(run("Warga"), run(" \u00a0\t", "Calibri", 48), run("kerja"))
    assert found == of(run("Warga kerja"))
    assert found.share.font == 1
    assert found.font.places == ()


def test_a_run_wrong_in_font_and_size_is_told_once() -> None:
    found = of(run("Satu", "Calibri", 11), run("dua", TNR, 11))
    assert [what for what, _ in found.font.found] == ["Calibri 11"]
    assert [what for what, _ in found.size.found] == ["Times New Roman 11"]


def test_neighbouring_wrong_runs_are_one_quotation() -> None:
    found = of(
        run("Ketua", "Calibri", 11), run(" ", TNR), run("BKM", "Calibri", 11), run(" berkata")
    )
    assert [(place.paragraph, place.quote, place.what) for place in found.font.places] == [
        (1, "Ketua BKM", "Calibri 11")
    ]


def test_at_most_five_places_and_every_weighty_value_has_one() -> None:
    parts = [Part(n, (run("Calibri di sini", "Calibri", 11),), Spacing()) for n in range(1, 10)]
    parts.append(Part(10, (run("Arial", "Arial"),), Spacing()))
    places = measure(parts, ASKED).font.places
    assert len(places) == 5
    assert {place.what for place in places} == {"Calibri 11", "Arial 12"}
    assert [place.paragraph for place in places] == sorted(place.paragraph for place in places)


def test_what_is_unknown_is_held_against_no_one() -> None:
    assert of(run("Warga", "", 0)).share == of(run("Warga")).share


def test_an_empty_body_has_no_fault() -> None:
    assert measure([], ASKED) == Typography()
    assert of(run(" \u00a0", "Calibri")) == Typography()


@pytest.mark.parametrize(
    ("spacing", "single"),
    [
        (Spacing(), True),
        (Spacing(value=0.9), True),
        (Spacing(value=241 / 240), True),
        (Spacing(value=259 / 240), False),
        (Spacing(value=1.15), False),
        (Spacing(value=1.5), False),
        (Spacing(rule="atLeast", value=12), True),
        (Spacing(rule="atLeast", value=13.8), True),
        (Spacing(rule="atLeast", value=18), False),
        (Spacing(rule="exact", value=12), True),
        (Spacing(rule="exact", value=13.8), True),
        (Spacing(rule="exact", value=18), False),
    ],
)
def test_single_is_no_more_than_the_natural_line(spacing: Spacing, single: bool) -> None:
    assert is_single(spacing, [run("Warga")]) is single


def test_wrong_spacing_tells_its_value() -> None:
    found = of(run("Warga"), spacing=Spacing(value=1.5))
    assert found.share.spacing == 0
    assert found.spacing.found == (("1.5", 1.0),)
    assert found.spacing.places[0].quote == "Warga"
    assert of(run("a"), spacing=Spacing(rule="exact", value=20)).spacing.found[0][0] == "20 pt"
    assert (
        of(run("a"), spacing=Spacing(rule="atLeast", value=20.5)).spacing.found[0][0] == "≥ 20.5 pt"
    )


def test_wider_spacing_can_be_asked_for() -> None:
    parts = [Part(1, (run("Warga"),), Spacing(value=1.5))]
    assert measure(parts, Asked(lines=1.5)).share.spacing == 1


RUNS = st.lists(
    st.builds(
        run,
        st.text("ab \u00a0", max_size=6),
        st.sampled_from([TNR, "Calibri", "Arial"]),
        st.sampled_from([10.0, 12.0]),
    ),
    max_size=8,
)


@given(RUNS)
def test_shares_add_up_character_by_character(runs: list[Run]) -> None:
    whole = sum(count(one.text) for one in runs)
    found = of(*runs)
    if whole:
        assert found.share.font == pytest.approx(
            sum(count(r.text) for r in runs if r.font == TNR) / whole
        )
        assert found.share.size == pytest.approx(
            sum(count(r.text) for r in runs if r.size == 12) / whole
        )
        assert sum(share for _, share in found.font.found) == pytest.approx(
            1 - found.share.font, abs=1e-3
        )


@given(RUNS, st.integers(0, 8))
def test_cutting_a_run_in_two_changes_nothing(runs: list[Run], at: int) -> None:
    cut = [
        piece
        for one in runs
        for piece in (
            run(one.text[:at], one.font, one.size),
            run(one.text[at:], one.font, one.size),
        )
    ]
    assert of(*cut) == of(*runs)
