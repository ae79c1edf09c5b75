"""The stylesheet: contrast by WCAG 2.1 in both colour schemes, no class without a rule that
should have one."""

import re

import pytest

from redaksi import paths

CSS = (paths.templates() / "static" / "queue.css").read_text()
LIGHT, DARK = (
    dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", block))
    for block in re.findall(r":root \{(.*?)\n\s*\}", CSS, re.DOTALL)
)
TEXT = (  # colour of words, of what they stand on
    ("ink", "bg"), ("ink", "card"), ("ink", "sunk"), ("ink", "hl"), ("mut", "bg"), ("mut", "card"), ("mut", "sunk"),
    ("mut", "hl"), ("brand", "bg"), ("brand", "card"), ("brand", "brand-soft"), ("brand", "sunk"),
    ("brand-ink", "brand"), ("ok", "ok-s"), ("warn", "warn-s"), ("bad", "bad-s"), ("info", "info-s"),
    ("wait", "wait-s"), ("warn", "card"), ("brand", "info-s"), ("ink", "info-s"),
)  # fmt: skip
SHAPES = (("info", "card"), ("info", "bg"), ("dot-ok", "bg"), ("dot-warn", "bg"), ("edge", "card"))


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.1, definitions)."""
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    dark, light = sorted((luminance(one), luminance(two)))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_is_wcags() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", [LIGHT, LIGHT | DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("words", "ground"), TEXT)
def test_words_are_legible(scheme: dict[str, str], words: str, ground: str) -> None:
    assert contrast(scheme[words], scheme[ground]) >= 4.5


@pytest.mark.parametrize("scheme", [LIGHT, LIGHT | DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_marks_are_visible(scheme: dict[str, str], shape: str, ground: str) -> None:
    assert contrast(scheme[shape], scheme[ground]) >= 3


def test_every_colour_has_its_dark_twin() -> None:
    shared = {"dot-ok", "dot-warn", "dot-info", "edge"}
    assert set(LIGHT) - set(DARK) == shared


def test_focus_is_never_hidden_without_another_mark() -> None:
    assert ":focus-visible { outline: 3px" in CSS
    hidden = re.findall(r"([^{}]*)\{[^{}]*outline: (?:0|none)", CSS)
    assert [one.strip() for one in hidden] == [".q .t:focus-visible"]
    assert ".q li:has(.t:focus-visible) { outline: 3px" in CSS
