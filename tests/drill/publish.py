"""Articles at their targets, killed and cut: each is one article afterwards."""

from tests.drill import folder


def drill() -> bool:
    """Every target's own."""
    return all([folder.drill()])
