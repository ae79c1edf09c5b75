"""A view cut into pages: every row on one page, in order; pages that are neither too long nor too
short; a change changes few."""

from hypothesis import given
from hypothesis import strategies as st

from publisher.site.cut import BEGIN, LEAST, MOST, Key, Part, Series, dirty, recut

KEYS = st.sets(st.tuples(st.integers(0, 400), st.integers(1, 9)), max_size=400)


def rows(series: Series) -> list[Key]:
    return [row for part in series.parts for row in part.rows]


@given(st.lists(KEYS, max_size=5))
def test_every_row_stands_on_one_page_in_order(versions: list[set[Key]]) -> None:
    series = Series()
    for keys in versions:
        series = recut(series, sorted(keys))
        assert rows(series) == sorted(keys)
        for part, following in zip(series.parts, series.parts[1:], strict=False):
            assert part.first <= part.rows[0] <= part.rows[-1] < following.first
        assert len({part.number for part in series.parts}) == len(series.parts)
        assert (series.parts[0].number, series.parts[0].first) == (0, BEGIN)


@given(st.lists(KEYS, max_size=5))
def test_no_page_is_too_long_and_none_of_several_too_short(versions: list[set[Key]]) -> None:
    series = Series()
    for keys in versions:
        series = recut(series, sorted(keys))
        sizes = [len(part.rows) for part in series.parts]
        assert max(sizes) <= MOST
        assert len(sizes) == 1 or min(sizes) >= LEAST


@given(KEYS, st.tuples(st.integers(0, 400), st.integers(1, 9)))
def test_a_row_that_comes_changes_two_pages_at_most_and_their_neighbours(
    keys: set[Key], key: Key
) -> None:
    before = recut(Series(), sorted(keys - {key}))
    after = recut(before, sorted(keys | {key}))
    same = set(before.parts) & set(after.parts)
    assert len(before.parts) - len(same) <= 1
    written = list(dirty({"view": before}, {"view": after}, frozenset({key[1] + 1_000})))
    assert len(written) <= 4


def test_the_same_rows_are_cut_as_they_were() -> None:
    series = recut(Series(), [(n, 1) for n in range(300)])
    assert recut(series, rows(series)) == series


def test_a_page_that_is_split_keeps_its_file_and_its_place() -> None:
    series = recut(Series(), [(n, 1) for n in range(75)])
    assert [part.number for part in series.parts] == [0]
    split = recut(series, [(n, 1) for n in range(76)])
    assert [(part.number, len(part.rows)) for part in split.parts] == [(0, 38), (1, 38)]


def test_a_number_is_never_given_twice() -> None:
    series = recut(Series(), [(n, 1) for n in range(100)])
    merged = recut(series, [(n, 1) for n in range(10)])
    again = recut(merged, [(n, 1) for n in range(100)])
    assert series.parts[1] == Part(1, (50, 1), tuple((n, 1) for n in range(50, 100)))
    assert [part.number for part in again.parts] == [0, 2]
