"""A webhook whose answers are cut, refused and lost at random: an action has one id at every try, so
that the receiver takes it once, and every try is signed."""

import random
import time

from publisher.targets.target import Action, Article, Delivered, Known, NotNow, Outcome
from publisher.targets.webhook import Webhook
from tests.editions import make_article, make_edition
from tests.listener import answer
from tests.receiver import Receiver, Said, receiving

ACTIONS = 500
MOST_FAILURES = 4  # of an action, one behind the other
FAILURES: tuple[Said, ...] = (
    [],  # it hangs up
    b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{",
    b"HTTP/1.1 2",
    answer(b"", "500 Oh"),
    answer(b"", "502 Bad"),
    answer(b"", "503 Busy", "Retry-After: 1"),
    answer(b"", "429 Slow"),
)
VERBS: tuple[Action, ...] = ("publish", "correct", "take_down")


def act(target: Webhook, article: Article, action: Action) -> Outcome:
    """As the workflow does it."""
    known = Known(url="https://warta.example/")
    if action == "publish":
        return target.publish(article, None)
    return (target.correct if action == "correct" else target.take_down)(article, known)


def list_actions(count: int) -> list[tuple[Article, Action]]:
    """Articles one after the other, each published, corrected and taken down."""
    actions = []
    for number in range(count):
        article, action = 1 + number // 3, VERBS[number % 3]
        name = f"W-2026-{article:04d}"
        edition = make_edition(
            1 + (action != "publish"), submission=name, uri=f"tag:warta.example,2026:{name}"
        )
        given = make_article(edition, action)
        key = given.key.replace("pub_17_", f"pub_{article}_")
        actions.append(
            (Article(edition=edition, photos=given.photos, key=key, now=given.now), action)
        )
    return actions


def cut(count: int, seed: int = 0) -> dict[str, int]:
    """So many actions. Raises AssertionError where a promise is not kept."""
    rng = random.Random(seed)
    receiver = Receiver()
    with receiving(receiver) as (target, _):
        for article, action in list_actions(count):
            failures = rng.randint(0, MOST_FAILURES)
            receiver.fails = [(rng.random() < 0.5, rng.choice(FAILURES)) for _ in range(failures)]
            began = len(receiver.tries)
            while isinstance(outcome := act(target, article, action), NotNow):
                pass
            assert isinstance(outcome, Delivered), outcome
            assert set(receiver.tries[began:]) == {article.key}
            assert len(receiver.tries) - began == failures + 1
    assert (receiver.forged, len(receiver.events)) == ([], count)
    return {"actions": count, "tries": len(receiver.tries)}


def drill() -> bool:
    """500 actions."""
    began = time.monotonic()
    figures = cut(ACTIONS)
    print(f"webhook: {figures}, {time.monotonic() - began:.0f} s")
    return True
