"""Cases that are not right yet, by name. Both lists are strict: one that comes out right fails its
test until its line is taken away here."""

from collections.abc import Mapping

_NAMED = "issue Mail: what came is named, never 'nothing attached'"
_TRANSPORT = "issue Mail: a broken transport form is taken apart, or an editor looks"

# What later issues bring, with the issue and its words.
LATER: Mapping[str, str] = {
    "field/base64-footer-added": _TRANSPORT,
    "field/base64-padded-in-the-middle": _TRANSPORT,
    "field/base64-padded-once": _TRANSPORT,
    "field/body-base64-with-footer": _TRANSPORT,
    "field/same-boundary-nested": _TRANSPORT,
    "field/two-transfer-encodings": _TRANSPORT,
}

# What this issue brings; empty when it ends.
NOT_YET: frozenset[str] = frozenset()
