"""All poisoned mails, in groups; each group is a grammar."""

from collections.abc import Callable, Iterable
from functools import partial

from tests.hostile.poison import documents, mail_tokens, pictures, words
from tests.hostile.poison.reading import Case
from tests.hostile.poison.texts import PLACES

Group = Callable[[int], list[Case]]


def _of_words(place: str) -> Group:
    def cases(count: int) -> list[Case]:
        return [*_words(place, words.EVERY, count), *_words(place, words.pairs(), count)]

    return cases


def _words(place: str, tokens: Iterable[str], count: int) -> list[Case]:
    return [
        Case(
            f"{place}, {shape} of {token!r}",
            partial(_shaped, place, shape, token, count),
        )
        for token in tokens
        for shape in words.SHAPES
    ]


def _shaped(place: str, shape: str, token: str, count: int) -> bytes:
    return PLACES[place](words.SHAPES[shape](token, count))


GROUPS: dict[str, Group] = {
    **{f"words in {place}": _of_words(place) for place in PLACES},
    "header": mail_tokens.header_cases,
    "html": mail_tokens.html_cases,
    "parts": mail_tokens.part_cases,
    "reports": mail_tokens.report_cases,
    "files": mail_tokens.file_cases,
    "many files": mail_tokens.files_cases,
    "docx": documents.docx_cases,
    "styles": documents.style_cases,
    "doc": documents.doc_cases,
    "pictures": pictures.picture_cases,
}
