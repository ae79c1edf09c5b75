"""Whose word a decision is, and what of the account goes into letters and articles."""

import msgspec

from desk.domain.actor import name_actor
from desk.store import Transaction
from desk.store.editors import accounts
from desk.workflow.deciding.decision import Decision
from redaksi.errors import IllegalMove

_ACCEPTING = frozenset({"schedule", "publish"})


def sign(tx: Transaction, decision: Decision) -> Decision:
    """The same in the account's name; its initials are the article's. Raises IllegalMove for an
    account that has ended since."""
    if decision.account is None:
        return decision
    account = accounts.get(tx, decision.account)
    if account is None or account.disabled_at is not None:
        raise IllegalMove("account_ended")
    initials = decision.initials or account.initials
    return msgspec.structs.replace(
        decision,
        editor=account.signs_as,
        initials=initials if decision.event in _ACCEPTING else "",
    )


def actor_of(decision: Decision) -> str:
    """Who decided, as the history has it."""
    return name_actor(decision.editor, decision.account)
