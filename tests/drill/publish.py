"""Articles at their targets, killed and cut: each is one article afterwards."""

from tests.drill import folder, webhook, wordpress


def drill() -> bool:
    """Every target's own."""
    return all([folder.drill(), webhook.drill(), wordpress.drill()])
