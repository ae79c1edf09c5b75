"""Cases that are not right yet, by name. Both lists are strict: one that comes out right fails its
test until its line is taken away here."""

from collections.abc import Mapping

_NAMED = "issue Mail: what came is named, never 'nothing attached'"

# What later issues bring, with the issue and its words.
LATER: Mapping[str, str] = {}

# What this issue brings; empty when it ends.
NOT_YET: frozenset[str] = frozenset()
