"""Several articles in one parcel: which photo goes with which."""

import re
from collections.abc import Mapping, Sequence

from ingest.read.pairing import name_form, squeeze, stem
from redaksi.model import Document, File, Label, Photo

_WORDS = re.compile(r"[^\W\d_]{4,}")


def share_out(
    articles: Sequence[Document], photos: Sequence[Photo], common: Sequence[Label], files: Mapping[str, File]
) -> tuple[list[int], bool]:
    """The article's index for each photo, and whether that is sure: every photo placed by evidence of its own and no
    article left without one. Silent evidence gives a photo to the article it follows in the mail."""
    owners = [_owner(articles, photo, common, files) for photo in photos]
    sure = all(owner is not None for owner in owners) and {*owners} == {*range(len(articles))}
    order = {sha: i for i, sha in enumerate(files)}
    return [
        _following(articles, photo, order) if o is None else o
        for photo, o in zip(photos, owners, strict=True)
    ], sure


def _owner(
    articles: Sequence[Document], photo: Photo, common: Sequence[Label], files: Mapping[str, File]
) -> int | None:
    """The one article that the strongest evidence names: its bytes, a caption's key, the archive it came in, words."""
    caption = next((x.text for x in common if x.key and name_form(x.key) == name_form(photo.name)), "")
    tests = (
        [photo.sha256 in {p.sha256 for p in article.pictures} for article in articles],
        [
            name_form(photo.name) in {name_form(x.key) for x in article.captions if x.key}
            for article in articles
        ],
        [_same_container(files, article, photo) for article in articles],
        _by_words(articles, stem(photo.name)),
        _by_words(articles, caption),
    )
    for verdicts in tests:
        if sum(verdicts) == 1:
            return verdicts.index(True)
    return None


def _same_container(files: Mapping[str, File], article: Document, photo: Photo) -> bool:
    one, two = files.get(article.sha256), files.get(photo.sha256)
    return bool(one and two and one.container and one.container == two.container)


def _by_words(articles: Sequence[Document], words: str) -> list[bool]:
    """Which articles have the most of the words that not all articles have."""
    tokens = {token.casefold() for token in _WORDS.findall(words)}
    texts = [squeeze(a.name + a.title + "".join(p.text for p in a.paragraphs)) for a in articles]
    scores = [0] * len(articles)
    for token in tokens:
        having = [i for i, text in enumerate(texts) if token in text]
        if len(having) == 1:
            scores[having[0]] += 1
    best = max(scores, default=0)
    return [score == best > 0 for score in scores]


def _following(articles: Sequence[Document], photo: Photo, order: Mapping[str, int]) -> int:
    """The last article that stands before the photo in the mail, else the first."""
    at = order.get(photo.sha256, 0)
    before = [i for i, article in enumerate(articles) if order.get(article.sha256, 0) < at]
    return before[-1] if before else 0
