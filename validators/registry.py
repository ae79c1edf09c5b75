"""All rules, how config.toml bends them, and the one way to run them."""

import difflib
import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from typing import Any, get_args, get_type_hints

import msgspec
from msgspec import Meta, Struct

from redaksi.catalog import Sentence
from redaksi.errors import ConfigError, find_mismatch, show_value
from redaksi.model import Finding, Place, Severity, Submission
from validators import rules
from validators.certain import keep_certain
from validators.rule import Observed, Rule

LEVELS: Mapping[str, Severity] = {
    "must": "must", "tidy": "tidy", "advice": "advice", "off": "off",
    "wajib": "must", "dirapikan": "tidy", "saran": "advice", "mati": "off",
}  # fmt: skip
_RANK: Mapping[Severity, int] = {"must": 3, "tidy": 2, "advice": 1, "off": 0}
LEVEL_MEANING = "must (wajib), tidy (dirapikan), advice (saran) or off (mati)"


# the order findings are told in: the article, what came with the mail, photos, captions
_KINDS = "NPFK"


class Active(Struct, frozen=True, kw_only=True):
    """A rule as configured."""

    rule: Rule
    severity: Severity
    limits: Struct | None


class Rulebook(Struct, frozen=True, kw_only=True):
    """Every rule as configured, by code."""

    entries: tuple[Active, ...]

    def limit(self, section: str, key: str) -> Any:
        """One limit as configured."""
        return getattr(
            next(entry.limits for entry in self.entries if entry.rule.section == section), key
        )

    @property
    def pixels(self) -> tuple[int, int]:
        """The least longer and shorter side of a photo."""
        return int(self.limit("photo_size", "longer")), int(self.limit("photo_size", "shorter"))

    @property
    def most_characters(self) -> int:
        """The longest article, in characters without spaces."""
        return int(self.limit("length", "max_characters"))

    @property
    def fonts(self) -> tuple[str, ...]:
        """The fonts the body may be set in."""
        return tuple(self.limit("font", "names"))

    @property
    def points(self) -> float:
        """The size of the body."""
        return float(self.limit("size", "points"))

    @property
    def lines(self) -> float:
        """The line spacing of the body; 1.0 is single."""
        return float(self.limit("spacing", "lines"))


class Setting(Struct, frozen=True, kw_only=True):
    """A key of `[rules.<section>]`."""

    section: str
    key: str
    default: object
    meaning: str


def _collect() -> tuple[Rule, ...]:
    names = sorted(module.name for module in pkgutil.iter_modules(rules.__path__))
    found: list[Rule] = [importlib.import_module(f"validators.rules.{name}").RULE for name in names]
    for key in ("code", "section", "name"):
        values = [getattr(rule, key) for rule in found]
        twice = {value for value in values if values.count(value) > 1}
        if twice:
            raise RuntimeError(f"two rules share a {key}: {', '.join(sorted(twice))}")
    return tuple(sorted(found, key=lambda rule: (_KINDS.index(rule.code[0]), rule.code)))


RULES: tuple[Rule, ...] = _collect()
BY_CODE: Mapping[str, Rule] = {rule.code: rule for rule in RULES}
TIDIED = frozenset(rule.code for rule in RULES if rule.is_tidied)  # codes


def list_settings() -> tuple[Setting, ...]:
    """Every key of every section with its default and one line of meaning."""
    return tuple(setting for rule in RULES for setting in _settings_of(rule))


def _settings_of(rule: Rule) -> Iterator[Setting]:
    yield Setting(section=rule.section, key="level", default=rule.severity, meaning=LEVEL_MEANING)
    if rule.limits is None:
        return
    hints = get_type_hints(type(rule.limits), include_extras=True)
    for spec in msgspec.structs.fields(rule.limits):
        value = getattr(rule.limits, spec.name)
        yield Setting(
            section=rule.section, key=spec.name, default=value, meaning=_meaning(hints[spec.name])
        )


def _meaning(hint: object) -> str:
    return next(
        (m.description for m in get_args(hint) if isinstance(m, Meta) and m.description), ""
    )


def make_rulebook(sections: Mapping[str, Mapping[str, object]]) -> Rulebook:
    """The rules bent by `[rules.*]`. Raises ConfigError naming every mistake, a line each."""
    mistakes: list[Sentence] = []
    known = {rule.section for rule in RULES}
    mistakes += [
        _unknown("unknown_section", f"rules.{section}", section, known)
        for section in sections
        if section not in known
    ]
    entries = tuple(_active(rule, sections.get(rule.section, {}), mistakes) for rule in RULES)
    if mistakes:
        raise ConfigError.of(mistakes)
    return Rulebook(entries=entries)


def _unknown(code: str, where: str, name: str, known: set[str]) -> Sentence:
    near = difflib.get_close_matches(name, sorted(known), 1, 0.5)
    facts = {"where": where, "near": near[0] if near else "", "known": ", ".join(sorted(known))}
    return Sentence(section="error", key=f"{code}_near" if near else code, facts=facts)


def _active(rule: Rule, table: Mapping[str, object], mistakes: list[Sentence]) -> Active:
    where = f"rules.{rule.section}"
    value = table.get("level", rule.severity)
    severity = LEVELS.get(value) if isinstance(value, str) else None
    if severity is None:
        facts = {"where": where, "value": show_value(value), "levels": ", ".join(LEVELS)}
        mistakes.append(Sentence(section="error", key="no_level", facts=facts))
    bent = table and rule.limits is not None
    hints = get_type_hints(type(rule.limits), include_extras=True) if bent else {}
    changed: dict[str, object] = {}
    for key, value in table.items():
        if key == "level":
            continue
        if key not in hints:
            known = {*hints, "level"}
            mistakes.append(_unknown("unknown_rule_key", f"{where}.{key}", key, known))
            continue
        try:
            changed[key] = msgspec.convert(value, hints[key])
        except msgspec.ValidationError:
            meaning = _explain(rule, key, _meaning(hints[key]))
            mistakes.append(find_mismatch(f"{where}.{key}", value, hints[key], meaning))
    limits = msgspec.structs.replace(rule.limits, **changed) if rule.limits is not None else None
    return Active(rule=rule, severity=severity or rule.severity, limits=limits)


def _explain(rule: Rule, key: str, meaning: str) -> Sentence:
    """What a key means, behind a dash; English stands in the rule, the rest in the catalog."""
    section = f"meaning.rules.{rule.section}"
    words = Sentence(section=section, key=key, facts={"otherwise": meaning})
    return Sentence(section="error", key="meaning", facts={"meaning": words})


# ── running them ──────────────────────────────────────────────────────────────────────────────────


def check(submission: Submission, book: Rulebook) -> tuple[Finding, ...]:
    """What the rules find, the article first. The same wrong run is never told twice; where
    something was left unjudged, only what is so whatever that holds."""
    found = [
        _finding(entry, seen)
        for entry in book.entries
        if entry.severity != "off"
        for seen in entry.rule.check(submission, entry.limits)
    ]
    return keep_certain(submission, _told_once(found))


def _finding(entry: Active, seen: Observed) -> Finding:
    rule = entry.rule
    return Finding(
        code=rule.code,
        rule=rule.name,
        severity=entry.severity,
        subject=seen.subject,
        facts=seen.facts,
        places=seen.places,
    )


def _told_once(found: list[Finding]) -> tuple[Finding, ...]:
    """Places an earlier finding of the same file and aspect has told leave a later one; a finding
    left without any leaves altogether and lends what it asks to the earlier one (`with`), so that
    nothing is asked for a second time.

    A milder finding never silences a severer one.
    """
    kept: list[Finding] = []
    for finding in found:
        earlier = [i for i, other in enumerate(kept) if other.places and _outranks(other, finding)]
        told = {_spot(place) for i in earlier for place in kept[i].places}
        left = tuple(place for place in finding.places if _spot(place) not in told)
        if earlier and not left:
            kept[earlier[0]] = _lend(kept[earlier[0]], finding)
        else:
            kept.append(msgspec.structs.replace(finding, places=left))
    return tuple(kept)


def _outranks(earlier: Finding, later: Finding) -> bool:
    aspect = BY_CODE[later.code].aspect
    return (
        bool(aspect)
        and earlier.code != later.code
        and BY_CODE[earlier.code].aspect == aspect
        and earlier.subject == later.subject
        and _RANK[earlier.severity] >= _RANK[later.severity]
    )


def _spot(place: Place) -> tuple[int, str]:
    return place.paragraph, place.quote


def _lend(keeper: Finding, dropped: Finding) -> Finding:
    lent = {f"{dropped.code}.{key}": value for key, value in dropped.facts.items()}
    return msgspec.structs.replace(keeper, facts={**keeper.facts, "with": dropped.code, **lent})
