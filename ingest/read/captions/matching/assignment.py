"""The one assignment that agrees with most of the evidence: a maximum-weight matching.

Exact, by shortest augmenting paths with potentials (Jonker and Volgenant, 1987) over the pairs there
is evidence for; all others weigh nothing and are not looked at, so that a thousand captions and five
hundred photos stay quick. A row may stay alone: it never loses by that.
"""

from collections.abc import Iterable, Mapping
from heapq import heappop, heappush


def assign(weights: Mapping[tuple[int, int], int]) -> dict[int, int]:
    """By row the column it goes with, such that the sum of `weights` is the largest there is.

    `weights` are positive and by (row, column). No column is used twice; rows may be absent.
    """
    table = _Matching(weights)
    for row in table.costs:
        table.place(row)
    return {row: column for column, row in table.row_of.items() if column >= 0}


class _Matching:
    """What is matched so far. A column -1 - row stands for "row stays alone" and costs nothing."""

    def __init__(self, weights: Mapping[tuple[int, int], int]) -> None:
        self.costs: dict[int, dict[int, int]] = {}
        for (row, column), weight in sorted(weights.items()):
            self.costs.setdefault(row, {-1 - row: 0})[column] = -weight
        self.of_row = {row: min(costs.values()) for row, costs in self.costs.items()}
        self.of_column: dict[int, int] = {}  # potentials; a column not named has 0
        self.row_of: dict[int, int] = {}  # column -> row

    def place(self, start: int) -> None:
        """Give `start` a column along the cheapest chain of changes."""
        distance: dict[int, int] = {}
        came_from: dict[int, int] = {}
        done: dict[int, None] = {}
        heap: list[tuple[int, int]] = []
        row, so_far = start, 0
        while True:
            for column, cost in self.costs[row].items():
                step = so_far + cost - self.of_row[row] - self.of_column.get(column, 0)
                if step < distance.get(column, step + 1):
                    distance[column], came_from[column] = step, row
                    heappush(heap, (step, column))
            so_far, column = self._nearest(heap, distance, done)
            if column not in self.row_of:
                break
            done[column] = None
            row = self.row_of[column]
        self._shift(start, so_far, distance, done)
        self._turn(start, column, came_from)

    def _nearest(
        self, heap: list[tuple[int, int]], distance: Mapping[int, int], done: Mapping[int, None]
    ) -> tuple[int, int]:
        """The nearest column not yet done. There always is one: every row may stay alone."""
        while True:
            step, column = heappop(heap)
            if step == distance[column] and column not in done:
                return step, column

    def _shift(
        self, start: int, length: int, distance: Mapping[int, int], done: Iterable[int]
    ) -> None:
        """Keep every reduced cost at 0 or above, and at 0 along the chain."""
        self.of_row[start] += length
        for column in done:
            slack = length - distance[column]
            self.of_column[column] = self.of_column.get(column, 0) - slack
            self.of_row[self.row_of[column]] += slack

    def _turn(self, start: int, column: int, came_from: Mapping[int, int]) -> None:
        """Move every row of the chain to its new column, from the end back to `start`."""
        taken = {row: at for at, row in self.row_of.items()}
        while True:
            row = came_from[column]
            before = taken.get(row)
            self.row_of[column] = row
            if row == start or before is None:
                return
            column = before
