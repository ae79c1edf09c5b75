"""The same mail given to every caller there is gets one Decision."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from desk.cli import cli
from desk.demo import dovecot
from desk.demo.samples import Sample, samples
from desk.demo.show import stage
from desk.inbound.dry_run import MailSeen, preview
from desk.pipeline import examine
from desk.sandbox.host import Sandbox
from desk.store.inbound import mails
from desk.worker.round import one_round
from ingest.read.parcel import read_email
from redaksi.config.schema import make_limits
from redaksi.limits import Limits

CHOSEN = [
    s
    for s in samples()
    if s.name in ("lengkap", "huruf-spasi-foto-kecil", "bersandi", "cuti", "tautan-drive")
]


@pytest.mark.parametrize("sample", CHOSEN, ids=lambda s: s.name)
def test_every_caller_decides_alike(sample: Sample, tmp_path: Path) -> None:
    if dovecot.missing():
        pytest.skip(dovecot.missing())
    path = tmp_path / "mail.eml"
    path.write_bytes(sample.raw)
    with stage(tmp_path / "demo") as on:
        bounds = make_limits(on.app.config)
        decided: dict[str, str | None] = {
            "pipeline": examine(read_email(sample.raw, "m", bounds.safety), bounds).decision
        }
        with Sandbox() as sandbox:
            decided["sandbox"] = sandbox.examine_mail(path, "m", bounds).decision
        on.deliver(sample.raw)
        (seen,) = [seen for seen in preview(on.app) if isinstance(seen, MailSeen)]
        decided["poll --dry-run"] = seen.examination.decision if seen.examination else None
        one_round(on.app)
        with on.app.store.read() as tx:
            (decided["poll"],) = mails.outcomes(tx).values()
    decided["check"] = json.loads(CliRunner().invoke(cli, ["check", "--json", str(path)]).output)[
        "decision"
    ]
    assert decided == dict.fromkeys(decided, sample.decision)


def test_files_named_together_decide_as_the_mail_that_carries_them(tmp_path: Path) -> None:
    (sample,) = [s for s in samples() if s.name == "huruf-spasi-foto-kecil"]
    parcel = read_email(sample.raw, "m", Limits().safety)
    paths = []
    for file in parcel.files:
        (tmp_path / file.name).write_bytes(file.load())
        paths.append(str(tmp_path / file.name))
    told = json.loads(CliRunner().invoke(cli, ["check", "--json", *paths]).output)
    mail = examine(parcel, Limits())
    assert told["decision"] == mail.decision
    assert [f["code"] for f in told["findings"]] == [f.code for f in mail.assessments[0].findings]
