"""The payloads by kind of deed: all are in PAYLOADS once this package is imported."""

from tests.payloads import excess, kernel, loosening, processes, reading, sockets, writing
from tests.payloads.target import DONE, PAYLOADS, Payload, Target, number_calls

__all__ = [
    "DONE",
    "PAYLOADS",
    "Payload",
    "Target",
    "excess",
    "kernel",
    "loosening",
    "number_calls",
    "processes",
    "reading",
    "sockets",
    "writing",
]
