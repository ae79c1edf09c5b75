"""Laws of pairing: whatever the photos and captions are."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.read.captions.pairing import Paired, pair
from redaksi.model import Caption, Label, Photo
from tests import builders

_STEMS = ["IMG_1", "IMG_2", "DSC_2041", "Foto 1", "Foto 2", "kerja bakti", "rapat warga", "3 pilar"]
_NAMES = st.lists(st.sampled_from([f"{stem}.jpg" for stem in _STEMS]), max_size=6, unique=True)
_KEYS = ["", "Foto 1", "Foto 2", "2041", "IMG_9.jpg", *_STEMS, *(f"{stem}.jpg" for stem in _STEMS)]
_TEXTS = st.sampled_from(["Kerja bakti di parit", "Rapat di balai", "Lurah", "Panen padi", "Senam"])
_CAPTIONS = st.lists(st.tuples(st.sampled_from(_KEYS), _TEXTS, st.booleans()), max_size=7)
_Captions = list[tuple[str, str, bool]]
lawful = settings(deadline=None, max_examples=150)  # a busy machine is no fault


def photo(name: str) -> Photo:
    return builders.photo(name=name, caption=None)


def labels_of(captions: _Captions) -> list[Label]:
    return [
        Label(key=key, text=f"{text} {i}", sure=sure)
        for i, (key, text, sure) in enumerate(captions)
    ]


def by_name(paired: Paired) -> dict[str, Caption]:
    return {photo.name: photo.caption for photo in paired.photos if photo.caption}


@lawful
@given(_NAMES, _CAPTIONS)
def test_no_caption_is_used_twice_and_the_photos_stay(
    names: list[str], captions: _Captions
) -> None:
    paired = pair([photo(name) for name in names], labels_of(captions))
    used = [c.text for c in by_name(paired).values() if c.evidence not in ("shared", "file_name")]
    assert len(used) == len(set(used))
    assert [p.name for p in paired.photos] == names


@lawful
@given(_NAMES, _CAPTIONS)
def test_only_names_numbers_and_words_are_certain(names: list[str], captions: _Captions) -> None:
    paired = pair([photo(name) for name in names], labels_of(captions))
    certain = {c.evidence for c in by_name(paired).values() if c.action == "auto"}
    assert certain <= {"name", "label", "words"}
    assert all(not c.offered for c in by_name(paired).values() if c.action == "auto")
    assert all(c.text not in c.offered for c in by_name(paired).values())


@lawful
@given(_NAMES, _CAPTIONS)
def test_the_action_says_what_there_is(names: list[str], captions: _Captions) -> None:
    paired = pair([photo(name) for name in names], labels_of(captions))
    bare = any(p.caption is None for p in paired.photos)
    unsure = any(c.action == "confirm" for c in by_name(paired).values())
    assert (paired.action == "auto") == (not bare and not unsure)
    assert bare or paired.action != "ask"
    assert bare or not paired.unread
    assert not (bare and paired.orphans)


@lawful
@given(_NAMES, _CAPTIONS, st.randoms(use_true_random=False))
def test_the_order_of_the_photos_changes_no_certain_pair(
    names: list[str], captions: _Captions, chance: Random
) -> None:
    turned = list(names)
    chance.shuffle(turned)
    here = by_name(pair([photo(name) for name in names], labels_of(captions)))
    there = by_name(pair([photo(name) for name in turned], labels_of(captions)))
    for name, caption in here.items():
        if caption.action == "auto" and caption.evidence in ("name", "label"):
            assert there[name].text == caption.text


@lawful
@given(_NAMES, _CAPTIONS, st.integers(0, 6))
def test_a_photo_more_changes_no_pair_that_is_certain_by_name(
    names: list[str], captions: _Captions, place: int
) -> None:
    before = by_name(pair([photo(name) for name in names], labels_of(captions)))
    more = [*names[:place], "Zaitun.jpg", *names[place:]]
    after = by_name(pair([photo(name) for name in more], labels_of(captions)))
    for name, caption in before.items():
        if caption.action == "auto" and caption.evidence == "name":
            assert after[name].text == caption.text


@lawful
@given(_CAPTIONS, st.sampled_from(_STEMS), _TEXTS)
def test_a_second_caption_of_a_photo_is_never_swallowed(
    captions: _Captions, stem: str, text: str
) -> None:
    name = f"{stem}.jpg"
    labels = [*labels_of(captions), Label(key=name, text="Panen raya"), Label(key=name, text=text)]
    found = by_name(pair([photo(name)], labels))[name]
    assert found.action == "confirm"
    assert found.offered
