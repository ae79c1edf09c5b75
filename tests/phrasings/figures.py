"""What the pipeline makes of captioned and of bare mails, and the figures of it."""

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

from desk.pipeline import examine
from ingest.read.parcel import read_email
from redaksi.limits import Identity, Limits
from redaksi.model import Examination, Photo
from tests.phrasings.bare import BareCase
from tests.phrasings.mails import CARRIERS, NAMINGS, Case

LIMITS = Limits(
    identity=Identity(authserv_id="mx.warta.example", addresses=("redaksi@warta.example",))
)
Fault = Literal[
    "", "false K001", "wrong pair taken as certain", "other finding", "not paired",
    "other words", "certain", "not certain", "not told", "told of some", "verdict",
]  # fmt: skip


class Outcome(Struct, frozen=True, kw_only=True):
    """What came of one mail; no fault: it is right."""

    name: str
    carrier: str
    naming: str
    fault: Fault = ""
    seen: str = ""  # what the pipeline made of it, for people

    @property
    def line(self) -> str:
        """For the list of what went wrong."""
        where = f"[{self.carrier} · {self.naming}]"
        return f"{self.fault:<28} {self.name:<44} {where:<22} {self.seen}"


def read(raw: bytes) -> Examination:
    """As the pipeline sees it."""
    return examine(read_email(raw, "mail", LIMITS.safety), LIMITS)


def describe(examination: Examination) -> str:
    """Verdict, findings, pairs and what was not understood, in a line."""
    photos = [photo for one in examination.assessments for photo in one.submission.photos]
    pairs = ", ".join(
        f"{photo.name}={photo.caption.action}/{photo.caption.evidence}:{photo.caption.text[:48]!r}"
        if photo.caption
        else f"{photo.name}=none"
        for photo in photos
    )
    unread = [line for one in examination.assessments for line in one.submission.unread]
    codes = sorted(finding.code for one in examination.assessments for finding in one.findings)
    return f"{examination.decision} {codes} {pairs} unread={[line.text[:40] for line in unread]}"


# ── mails with captions ───────────────────────────────────────────────────────────────────────────


def examine_case(case: Case) -> Outcome:
    """One captioned mail."""
    found = read(case.raw)
    return Outcome(
        name=case.phrasing.id,
        carrier=case.carrier,
        naming=case.naming,
        fault=find_fault(case, found),
        seen=describe(found),
    )


def find_fault(case: Case, found: Examination) -> Fault:
    """The worst that is wrong with it."""
    codes = {
        finding.code
        for one in found.assessments
        for finding in one.findings
        if finding.severity == "must"
    }
    photos = [photo for one in found.assessments for photo in one.submission.photos]
    fits = {photo.name: fit(photo, case) for photo in photos}
    certain = {p.name for p in photos if p.caption and p.caption.action == "auto"}
    if "K001" in codes:
        return "false K001"
    if any(fits.get(name) == "wrong" for name in certain):
        return "wrong pair taken as certain"
    if codes:
        return "other finding"
    if fits.keys() != case.captions.keys():
        return "not paired"
    if case.right == "unsure":
        return "" if found.decision in {"accept", "review"} else "verdict"
    return find_fault_of_pairs(case, found, set(fits.values()), len(certain))


def find_fault_of_pairs(case: Case, found: Examination, fits: set[str], certain: int) -> Fault:
    """What is wrong where every photo's caption can be known."""
    if fits & {"wrong", "none"}:
        return "not paired"
    if "unclean" in fits:
        return "other words"
    if case.right == "auto" and certain < len(case.captions):
        return "not certain"
    if case.right == "confirm" and certain == len(case.captions):
        return "certain"
    return "" if found.decision == "accept" else "verdict"


def fit(photo: Photo, case: Case) -> Literal["right", "unclean", "wrong", "none"]:
    """How the photo's caption compares to the one that is its own."""
    if photo.caption is None:
        return "none"
    right, found = plain(case.captions.get(photo.name, "")), plain(photo.caption.text)
    bare = photo.caption.text
    for leave in case.phrasing.leaves:
        bare = bare.replace(leave, "")
    if plain(bare) == right:
        return "right"
    others = {plain(text) for text in case.captions.values()} - {right}
    more = right in found and not any(other in found for other in others)
    less = found in right and len(found) > 8
    if right and (more or less):
        return "unclean"
    return "wrong"


def plain(text: str) -> str:
    """Without case, quotation marks, full stop at the end and doubled blanks."""
    return re.sub(r"\s+", " ", text.strip(' \t\n."“”*')).strip().casefold()


# ── mails without captions ────────────────────────────────────────────────────────────────────────


def examine_bare(case: BareCase) -> Outcome:
    """One mail truly without captions: the letter asks for them, and for nothing else."""
    found = read(case.raw)
    findings = [finding for one in found.assessments for finding in one.findings]
    asked = [finding.subject for finding in findings if finding.code == "K001"]
    others = [f for f in findings if f.severity == "must" and f.code != "K001"]
    photos = [photo for one in found.assessments for photo in one.submission.photos]
    fault: Fault = ""
    if any(photo.caption and photo.caption.action == "auto" for photo in photos):
        fault = "wrong pair taken as certain"
    elif others:
        fault = "other finding"
    elif not asked:
        fault = "not told"
    elif len(asked) < case.photos:
        fault = "told of some"
    return Outcome(
        name=case.name, carrier="bare", naming=case.naming, fault=fault, seen=describe(found)
    )


# ── figures ───────────────────────────────────────────────────────────────────────────────────────


def count(outcomes: Iterable[Outcome], fault: Fault) -> int:
    """How many came out so."""
    return sum(outcome.fault == fault for outcome in outcomes)


def share_right(outcomes: Sequence[Outcome]) -> float:
    """0..1."""
    return count(outcomes, "") / len(outcomes)


def print_table(outcomes: Sequence[Outcome], *, failures: bool) -> None:
    """A row a carrier, a column a naming; then what went wrong, and each case of it."""
    print(f"{'right of all':<14}" + "".join(f"{naming:>14}" for naming in NAMINGS))
    for carrier in CARRIERS:
        row = [
            [o for o in outcomes if (o.carrier, o.naming) == (carrier, naming)]
            for naming in NAMINGS
        ]
        cells = [f"{count(some, '')}/{len(some)}" for some in row]
        print(f"{carrier:<14}" + "".join(f"{cell:>14}" for cell in cells))
    print_faults(outcomes, failures=failures)


def print_faults(outcomes: Sequence[Outcome], *, failures: bool) -> None:
    """How often what went wrong, and, asked for, which."""
    wrong = sorted((o for o in outcomes if o.fault), key=lambda o: (o.fault, o.name))
    for fault in dict.fromkeys(o.fault for o in wrong):
        print(f"  {fault}: {count(outcomes, fault)}")
    print(f"  right: {count(outcomes, '')} of {len(outcomes)} ({share_right(outcomes):.1%})")
    if failures:
        print("\n".join(outcome.line for outcome in wrong))
