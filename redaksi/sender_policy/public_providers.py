"""Which mail domains belong to everybody, and which organisation the others belong to.

Pure but for reading the packaged file once (rulings.md, "Measure": a loader).
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from msgspec import Struct


class PublicProviders(Struct, frozen=True, kw_only=True):
    """The domains of public mail providers; and the names that, below a country's domain, are no
    organisation's ("go" of "go.id")."""

    domains: frozenset[str] = frozenset()
    second_level: frozenset[str] = frozenset()
    providers: Mapping[str, str] = {}  # whose each domain is: "google"

    def is_public(self, domain: str) -> bool:
        """Whether anybody may have an address there. `domain` in ASCII and lower case."""
        return domain in self.domains or self.find_organisation(domain) in self.domains

    def find_organisation(self, domain: str) -> str:
        """The domain that somebody registered: "ditjen.pu.go.id" is "pu.go.id". Told by the shape
        alone, without the list of all public suffixes: it errs towards one organisation."""
        labels = domain.strip(".").split(".")
        country = len(labels[-1]) == 2
        below = len(labels) > 2 and country and labels[-2] in self.second_level
        return ".".join(labels[-3:] if below else labels[-2:])


@cache
def load() -> PublicProviders:
    """What the packaged file says."""
    path = Path(__file__).with_suffix(".toml")
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    names = [domain for domains in told["providers"].values() for domain in domains]
    return PublicProviders(
        domains=frozenset(names),
        second_level=frozenset(told["suffixes"]["second_level"]),
        providers={each: name for name, of in told["providers"].items() for each in of},
    )
