"""Articles at their targets, killed and cut: each is one article afterwards, and its letter came after
its page."""

from tests.drill import folder, letters, webhook, wordpress
from tests.wordpress import find_missing, run_wordpress


def drill() -> bool:
    """Every target's own, then the letters at each."""
    held = all([folder.drill(), webhook.drill(), wordpress.drill()])
    if find_missing():  # said by its own drill
        return letters.drill(None) and held
    with run_wordpress() as site:
        return letters.drill(site) and held
