"""Several articles in one parcel: which photo goes with which, and which captions of the mail.

By the pictures an article shows, by its captions (names and numbers), by the folder or archive
both came in, by words of the photo's, its folder's and its caption's that only one article has.
Where these disagree or are silent, an editor looks.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from ingest.read.captions.matching.evidence import Table, collect
from ingest.read.captions.matching.stems import all_stems, split_words, stems_of
from ingest.read.captions.photo_names import squeeze, stem
from redaksi.arrival import File
from redaksi.model import Document, Label, Photo


class Shares(Struct, frozen=True, kw_only=True):
    """`owners`: the article's index for each photo. `labels`: for each article the captions of the
    mail that may be its photos'. `sure`: each photo was placed by evidence of its own that nothing
    contradicts, and no article is left without a photo."""

    owners: tuple[int, ...]
    labels: tuple[tuple[Label, ...], ...]
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
    spoken = collect(photos, common)
    clues = _Clues(articles, photos, spoken, {file.sha256: file.container for file in files})
    found: list[int | None] = []
    disagree = False
    for i in range(len(photos)):
        strong = [verdicts.index(True) for verdicts in clues.strong(i) if sum(verdicts) == 1]
        weak = [verdicts.index(True) for verdicts in clues.weak(i) if sum(verdicts) == 1]
        disagree = disagree or len(set(strong or weak)) > 1
        found.append(next(iter([*strong, *weak]), None))
    order = {file.sha256: i for i, file in enumerate(files)}
    owners = tuple(
        _followed(articles, photo, order) if owner is None else owner
        for photo, owner in zip(photos, found, strict=True)
    )
    complete = None not in found and {*owners} == {*range(len(articles))}
    labels = tuple(_labels_of(article, spoken, owners) for article in range(len(articles)))
    return Shares(owners=owners, labels=labels, sure=complete and not disagree)


class _Clues:
    """What tells of which article a photo is: for each clue, which articles it speaks for."""

    def __init__(
        self,
        articles: Sequence[Document],
        photos: Sequence[Photo],
        spoken: Table,
        folders: Mapping[str, str],
    ) -> None:
        self.photos, self.folders = photos, folders
        self.shown = [{picture.sha256 for picture in a.pictures} for a in articles]
        self.claimed = [_claims(collect(photos, a.captions)) for a in articles]
        self.places = [folders.get(a.sha256, "") for a in articles]
        self.captions = _claims(spoken)
        self.words = _Words(articles)

    def strong(self, photo: int) -> list[list[bool]]:
        """The picture itself, its caption, its folder."""
        sha256 = self.photos[photo].sha256
        return [
            [sha256 in shown for shown in self.shown],
            [photo in claimed for claimed in self.claimed],
            _in_folder(self.places, self.folders.get(sha256, "")),
        ]

    def weak(self, photo: int) -> list[list[bool]]:
        """Words of its name, its folder's and its caption's."""
        folder = self.folders.get(self.photos[photo].sha256, "")
        texts = (stem(self.photos[photo].name), stem(folder), self.captions.get(photo, ""))
        return [self.words.find(text.replace("/", " ")) for text in texts]


def _claims(table: Table) -> dict[int, str]:
    """The photos that captions name, or number where people numbered them, with their words."""
    found: dict[int, str] = {}
    for (photo, label), clue in table.clues.items():
        if clue.is_claim:
            found[photo] = f"{found.get(photo, '')} {table.labels[label].text}"
    return found


def _labels_of(article: int, spoken: Table, owners: Sequence[int]) -> tuple[Label, ...]:
    """The mail's captions that may be of an article's photos: those that name a photo go with
    it."""
    named: dict[int, set[int]] = {}
    for (photo, label), clue in spoken.clues.items():
        if clue.is_claim:
            named.setdefault(label, set()).add(owners[photo])
    return tuple(
        label for i, label in enumerate(spoken.labels) if article in named.get(i, {article})
    )


def _in_folder(folders: Sequence[str], folder: str) -> list[bool]:
    """Which articles came in the folder, archive or forwarded mail that a photo came in, or in the
    nearest one around it."""
    around = [
        len(own) if own and (folder == own or folder.startswith(own + "/")) else 0
        for own in folders
    ]
    nearest = max(around, default=0)
    return [length == nearest > 0 for length in around]


class _Words:
    """The words of the articles, and which of them only one article has."""

    def __init__(self, articles: Sequence[Document]) -> None:
        whole = [
            f"{stem(a.name)} {a.title} {' '.join(p.text for p in a.paragraphs)}" for a in articles
        ]
        self.stems = [all_stems(text, most=5000) for text in whole]
        self.squeezed = [squeeze(text) for text in whole]

    def find(self, words: str) -> list[bool]:
        """The article that has the most of those words that no other has."""
        scores: Counter[int] = Counter()
        for word in split_words(words.replace("_", " ")):
            having = [i for i, stems in enumerate(self.stems) if stems & stems_of(word)] or [
                i for i, text in enumerate(self.squeezed) if word in text
            ]
            if len(having) == 1:
                scores[having[0]] += 1
        best = max(scores.values(), default=0)
        return [scores[i] == best > 0 for i in range(len(self.stems))]


def _followed(articles: Sequence[Document], photo: Photo, order: Mapping[str, int]) -> int:
    """The last article that stands before the photo in the mail, else the first."""
    at = order.get(photo.sha256, 0)
    before = [i for i, article in enumerate(articles) if order.get(article.sha256, 0) < at]
    return max(before, key=lambda i: order.get(articles[i].sha256, 0), default=0)
