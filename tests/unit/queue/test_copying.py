"""A page to copy from stays a page, and no article is copied in half."""

from html import escape

from publisher.site.copying import CopyArea, CopyView, bound


def view(*texts: str) -> CopyView:
    areas = tuple(CopyArea(label=str(at), text=text) for at, text in enumerate(texts))
    return CopyView(title="Warga", areas=areas)


def test_an_area_that_does_not_fit_is_left_out_whole_and_the_next_still_stands() -> None:
    areas = bound(view("a", "<" * 300_000, "c")).areas
    assert [(area.text, area.too_long) for area in areas] == [
        ("a", False),
        ("", True),
        ("c", False),
    ]


def test_what_is_shown_weighs_less_than_a_page_may() -> None:
    shown = bound(view(*["&" * 60_000] * 9)).areas
    assert sum(len(escape(area.text)) for area in shown) <= 900_000
    assert any(area.too_long for area in shown)
