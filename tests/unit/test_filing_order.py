"""A sender's mails are filed in the order they came in; nobody else waits for them."""

import threading
import time

import pytest

from desk.workflow.filing_order import FilingOrder


@pytest.fixture
def order() -> FilingOrder:
    """Two jobs under way, the first one before the second."""
    made = FilingOrder(patience=30)
    for job in (1, 2):
        made.enter(job)
    return made


def waits(order: FilingOrder, job: int, sender: str) -> bool:
    """Whether the job is still not filed after a moment; it is let go afterwards."""
    passed = threading.Event()

    def file() -> None:
        order.wait_turn(job, sender)
        passed.set()

    thread = threading.Thread(target=file)
    thread.start()
    waiting = not passed.wait(0.2)
    for other in (1, 2):
        order.leave(other)
    thread.join(20)
    assert passed.is_set()
    return waiting


def test_the_first_waits_for_nobody(order: FilingOrder) -> None:
    assert not waits(order, 1, "a@x.example")


def test_the_second_waits_while_the_first_may_be_the_same_senders(order: FilingOrder) -> None:
    assert waits(order, 2, "a@x.example")


def test_the_second_waits_for_the_first_of_the_same_sender(order: FilingOrder) -> None:
    order.wait_turn(1, "a@x.example")
    assert waits(order, 2, "a@x.example")


def test_another_senders_mail_goes_on(order: FilingOrder) -> None:
    order.wait_turn(1, "a@x.example")
    assert not waits(order, 2, "b@x.example")


def test_patience_ends() -> None:
    order = FilingOrder(patience=0.1)
    for job in (1, 2):
        order.enter(job)
    begun = time.monotonic()
    order.wait_turn(2, "a@x.example")
    assert time.monotonic() - begun < 20
