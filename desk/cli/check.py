"""`redaksi check`: the same examination, offline. Stores nothing, answers nobody."""

import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

import click

from desk.cli.common import language_option, load_configuration, tell_level
from desk.cli.speech import HELP, speak
from desk.health.confined import describe
from desk.presentation.check_json import plain_examination
from desk.presentation.check_text import format_examination
from desk.sandbox.host import Crashed, Request, Sandbox, sandbox_limits_of
from desk.sandbox.sink import FolderSink
from desk.sandbox.trust.agreed import AgreedExaminer
from desk.sandbox.trust.loose_files import read_loose_files
from redaksi.config.schema import make_limits
from redaksi.limits import Limits
from redaksi.model import Examination, Language, Verdict
from redaksi.reasons import ReasonCode, explain

Bundle = tuple[str, tuple[Path, ...]]  # a parcel's name and its files


@click.command()
@click.argument(
    "paths",
    metavar=HELP.say("help.metavar", "paths"),
    nargs=-1,
    required=True,
    type=click.Path(exists=True, path_type=Path),
)
@click.option("--json", "as_json", is_flag=True, help=HELP.say("help.check", "json"))
@click.option("--full", is_flag=True, help=HELP.say("help.check", "full"))
@click.option("--each", is_flag=True, help=HELP.say("help.check", "each"))
@click.option(
    "--config",
    "config_path",
    type=click.Path(path_type=Path),
    help=HELP.say("help.check", "config"),
)
@click.option(
    "--fix",
    "fix_path",
    type=click.Path(path_type=Path, dir_okay=False),
    help=HELP.say("help.check", "fix"),
)
@language_option
def check(
    *,
    paths: tuple[Path, ...],
    as_json: bool,
    full: bool,
    each: bool,
    config_path: Path | None,
    language: str | None,
    fix_path: Path | None,
) -> None:
    """Judge each parcel in the sandbox, print it, exit by the worst verdict."""
    config = load_configuration(config_path)
    spoken = cast(Language, language or (config.language if config else "id"))
    speak(spoken)
    bounds = make_limits(config) if config else Limits()
    verdicts = []
    with Sandbox(sandbox_limits_of(config.sandbox) if config else None) as sandbox:
        measures = sandbox.start()
        if not as_json:
            tell_level(describe(measures), spoken)
        for name, files in bundles(paths, each=each):
            started = time.perf_counter()
            examination = examine(sandbox, name, files, bounds, fix_path)
            took = (time.perf_counter() - started) * 1000
            verdicts.append(examination.decision)
            if as_json:
                click.echo(
                    json.dumps(
                        plain_examination(examination, spoken, full=full, milliseconds=took),
                        ensure_ascii=False,
                    )
                )
            else:
                click.echo(format_examination(examination, spoken))
    sys.exit(exit_code(verdicts))


def exit_code(verdicts: Sequence[Verdict]) -> int:
    """0 when every parcel was accepted."""
    return 0 if all(verdict == "accept" for verdict in verdicts) else 1


def bundles(paths: tuple[Path, ...], *, each: bool) -> Iterator[Bundle]:
    """The parcels the arguments stand for, in order; files that are no mails are one parcel
    together."""
    files = [file for path in paths for file in files_of(path)]
    together = []
    for file in files:
        if each or is_mail(file):
            yield file.name, (file,)
        else:
            together.append(file)
    if together:
        yield together[0].name, tuple(together)


def files_of(path: Path) -> list[Path]:
    """The file itself, or the files below a folder in order of name."""
    if not path.is_dir():
        return [path]
    return sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))


def is_mail(path: Path) -> bool:
    """Whether a file is taken for a mail: by its ending, or by a header field on its first line."""
    if path.suffix.lower() == ".eml":
        return True
    if path.suffix:
        return False
    with path.open("rb") as stream:
        first = stream.readline(1000)
    name, colon, _ = first.partition(b":")
    return first.startswith(b"From ") or (
        bool(colon) and name.replace(b"-", b"").isalnum() and name.isascii()
    )


def examine(
    sandbox: Sandbox, name: str, files: tuple[Path, ...], bounds: Limits, fix: Path | None = None
) -> Examination:
    """One parcel; a child that dies is an outcome here, not an error."""
    one_mail = len(files) == 1 and is_mail(files[0])
    request = Request(
        source=name,
        limits=bounds,
        mail=files[0] if one_mail else None,
        files=() if one_mail else tuple((file.name, file) for file in files),
        tidy=fix is not None,
        anew=True,
    )
    try:
        with tempfile.TemporaryDirectory() as folder:
            sink = FolderSink(Path(folder))
            if one_mail:
                reader = AgreedExaminer(sandbox, files[0], bounds, at_once=True)
                examination = reader.read(request, sink).examination
            else:
                examination = read_loose_files(sandbox, request, sink)
            if fix and sink.received:
                fix.write_bytes(sink.received[0].path.read_bytes())
            return examination
    except Crashed as error:
        return Examination(
            source=name,
            mail=None,
            mail_kind=None,
            assessments=(),
            others=(),
            decision="failed",
            answer=None,
            reason=explain(ReasonCode.EXAMINATION_ENDED, line=error),
        )
