"""Several articles in one parcel: which photo goes with which."""

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from ingest.read.captions.photo_names import name_form, squeeze, stem
from redaksi.arrival import File
from redaksi.model import Document, Label, Photo

_WORDS = re.compile(r"[^\W\d_]{4,}")


class Shares(Struct, frozen=True, kw_only=True):
    """`owners`: the article's index for each photo. `sure`: each was placed by evidence of its
    own and no article is left without a photo."""

    owners: tuple[int, ...]
    sure: bool


def share_out(
    articles: Sequence[Document],
    photos: Sequence[Photo],
    common: Sequence[Label],
    files: Sequence[File],
) -> Shares:
    """Give each photo to an article; without evidence to the one it follows in the mail.

    `common` are captions that stand in no article, `files` the parcel's in their order.
    """
    texts = [squeeze(a.name + a.title + "".join(p.text for p in a.paragraphs)) for a in articles]
    containers = {file.sha256: file.container for file in files}
    captions = {name_form(label.key): label.text for label in common if label.key}
    found: list[int | None] = []
    for photo in photos:
        tests = (
            [
                photo.sha256 in {picture.sha256 for picture in article.pictures}
                for article in articles
            ],
            [
                name_form(photo.name) in {name_form(x.key) for x in article.captions if x.key}
                for article in articles
            ],
            [_together(containers, article.sha256, photo.sha256) for article in articles],
            _by_words(texts, stem(photo.name)),
            _by_words(texts, captions.get(name_form(photo.name), "")),
        )
        found.append(next((verdicts.index(True) for verdicts in tests if sum(verdicts) == 1), None))
    order = {file.sha256: i for i, file in enumerate(files)}
    owners = tuple(
        _followed(articles, photo, order) if owner is None else owner
        for photo, owner in zip(photos, found, strict=True)
    )
    return Shares(owners=owners, sure=None not in found and {*owners} == {*range(len(articles))})


def _together(containers: Mapping[str, str], one: str, two: str) -> bool:
    """Both came out of the same archive or forwarded mail."""
    return bool(containers.get(one)) and containers.get(one) == containers.get(two)


def _by_words(texts: Sequence[str], words: str) -> list[bool]:
    """Which article has the most of the words that only one article has."""
    scores = [0] * len(texts)
    for token in {token.casefold() for token in _WORDS.findall(words)}:
        having = [i for i, text in enumerate(texts) if token in text]
        if len(having) == 1:
            scores[having[0]] += 1
    best = max(scores, default=0)
    return [score == best > 0 for score in scores]


def _followed(articles: Sequence[Document], photo: Photo, order: Mapping[str, int]) -> int:
    """The last article that stands before the photo in the mail, else the first."""
    at = order.get(photo.sha256, 0)
    before = [i for i, article in enumerate(articles) if order.get(article.sha256, 0) < at]
    return max(before, key=lambda i: order.get(articles[i].sha256, 0), default=0)
