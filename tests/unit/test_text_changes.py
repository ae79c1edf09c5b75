"""What became of a text: both can be read out of it, and no text makes the work long."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain import text_changes
from desk.domain.text_changes import Paragraph, Piece, compare_texts, compare_words, split_words

WORDS = st.text(alphabet="ab \n.,é\u202e<", max_size=12)
TEXTS = st.lists(st.one_of(WORDS, st.sampled_from(["Warga bekerja.", "Ibu memasak di dapur."])))


def read(paragraphs: tuple[Paragraph, ...], without: str) -> list[str]:
    """The paragraphs of one side."""
    return [
        "".join(piece.text for piece in paragraph if piece.kind != without)
        for paragraph in paragraphs
        if any(piece.kind != without for piece in paragraph)
    ]


@given(before=TEXTS, after=TEXTS)
def test_both_texts_can_be_read_out_of_the_changes(before: list[str], after: list[str]) -> None:
    changes = compare_texts(before, after)
    assert read(changes, "new") == before
    assert read(changes, "gone") == after


@given(text=st.text())
def test_words_joined_are_the_text(text: str) -> None:
    assert "".join(split_words(text)) == text


@given(texts=TEXTS)
def test_what_stayed_is_shown_as_it_is(texts: list[str]) -> None:
    assert compare_texts(texts, texts) == tuple((Piece(kind="same", text=text),) for text in texts)


def mark(paragraphs: tuple[Paragraph, ...]) -> list[str]:
    signs = {"same": "{}", "gone": "[-{}-]", "new": "[+{}+]"}
    return ["".join(signs[p.kind].format(p.text) for p in each) for each in paragraphs]


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        (
            ["Warga menggali 240 meter saluran."],
            ["Warga menggali 250 meter saluran."],
            ["Warga menggali [-240-][+250+] meter saluran."],
        ),
        (["A.", "B."], ["A.", "Baru sama sekali.", "B."], ["A.", "[+Baru sama sekali.+]", "B."]),
        (["A.", "Pergi.", "B."], ["A.", "B."], ["A.", "[-Pergi.-]", "B."]),
        (
            ["Satu dua tiga."],
            ["Lain benar isinya"],
            ["[-Satu dua tiga.-]", "[+Lain benar isinya+]"],
        ),
        ([], [], []),
    ],
)
def test_a_change_is_shown_where_it_is(
    before: list[str], after: list[str], shown: list[str]
) -> None:
    assert mark(compare_texts(before, after)) == shown


HOSTILE = {
    "one word again and again": (["a " * 400] * 50, ["a " * 399 + "b"] * 50),
    "two in turns": (["a b " * 240, "x"], ["b a " * 240, "y"]),
    "many short paragraphs": ([str(n % 7) for n in range(499)], [str(n % 5) for n in range(499)]),
    "very many": (["a"] * 40_000, ["b"] * 40_000),
    "one very long": (["kata " * 200_000], ["kata " * 199_999 + "lain"]),
    "no white space": (["a" * 1_000_000], ["a" * 999_999]),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_takes_more_cells_than_there_are(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells: list[int] = []
    measure = text_changes._measure_common

    def count(before: list[str], after: list[str]) -> list[list[int]]:
        cells.append(len(before) * len(after))
        return measure(before, after)

    monkeypatch.setattr(text_changes, "_measure_common", count)
    before, after = HOSTILE[name]
    changes = compare_texts(before, after)
    assert read(changes, "new") == before
    assert sum(cells) <= text_changes.ALL_CELLS + text_changes.MOST_LINES**2
    assert max(cells, default=0) <= text_changes.MOST_CELLS


def test_a_pair_over_the_bound_is_shown_as_replaced() -> None:
    before, after = "satu dua " * 200, "satu dua " * 199 + "tiga "
    kinds = [piece.kind for paragraph in compare_texts([before], [after]) for piece in paragraph]
    assert kinds == ["gone", "new"]


def test_words_of_nothing_are_all_new() -> None:
    assert list(compare_words([], ["a"])) == [Piece(kind="new", text="a")]
