"""What a child says is checked frame by frame: whatever it is, there is an answer or one of two
errors. `make drill ARGS=frames` tries a million."""

import random

import pytest

from desk.sandbox.receive import Receiver, decode
from redaksi.model import Examination
from tests.hostile.frames import (
    CAPS,
    MUTATIONS,
    NONCE,
    CountingSink,
    find_strange,
    make_conversation,
    read_slowly,
)

SEEDS, EACH = range(10), 5000


@pytest.mark.parametrize("seed", SEEDS)
def test_an_honest_conversation_is_heard_whole(seed: int) -> None:
    chance = random.Random(seed)
    octets = b"".join(make_conversation(chance))
    sink = CountingSink()
    receiver = Receiver(read_slowly(chance, octets), NONCE, sink, CAPS)
    assert decode(receiver.receive(), Examination).source == "m"
    assert len(receiver.files) == sink.opened


@pytest.mark.parametrize("seed", SEEDS)
def test_no_conversation_does_anything_but_end(seed: int) -> None:
    assert list(find_strange(seed, EACH)) == []


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda each: each.__name__)
def test_each_mutation_makes_what_is_refused(mutation: object) -> None:
    """Else the two above would try nothing."""
    assert callable(mutation)
    refused = 0
    for seed in range(50):
        chance = random.Random(seed)
        octets = b"".join(mutation(chance, make_conversation(chance)))
        receiver = Receiver(read_slowly(chance, octets), NONCE, CountingSink(), CAPS)
        try:
            decode(receiver.receive(), Examination)
        except Exception:  # noqa: BLE001 - any
            refused += 1
    assert refused >= 10
