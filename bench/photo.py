"""A photo in the child: whether it is whole, and with what people look at, beside Pillow's full
load of the same file; and the memory it takes."""

import io
import multiprocessing
import random
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image, ImageChops

from ingest.read.photo.coded.strict_jpeg import SMALLEST
from ingest.read.photo.formats import look
from ingest.read.photo.integrity import judge_picture
from ingest.read.photo.picture import look_at
from redaksi.limits import Safety

Row = tuple[str, float, str]
_SIZES = ((12, 4000, 3000), (48, 8000, 6000))
_TURNS = 5


def rows() -> Iterator[Row]:
    """Ratios by processor time, alternated; megabytes of a fresh process."""
    for megapixels, width, height in _SIZES:
        content = make_camera_file(width, height)
        integrity, whole = _measure(content)
        yield f"integrity / Pillow's full load, {megapixels} MP", integrity, "0.6 at 12 MP"
        against = "1.6" if megapixels == 12 else "0.9"
        yield f"with both derivatives / full load, {megapixels} MP", whole, against
        against = "40 MB" if megapixels == 12 else "80 MB"
        yield f"memory added, {megapixels} MP, MB", measure_memory(content), against


def make_camera_file(width: int, height: int) -> bytes:
    """A JPEG as phones write it: quality 90, 4:2:0, detail at all sizes, a sensor's grain."""
    chance = random.Random(width)
    scene = Image.new("RGB", (width, height), (128, 128, 128))
    for cells, weight in ((4, 0.6), (16, 0.4), (64, 0.25), (256, 0.15)):
        across, down = cells, cells * height // width
        coarse = Image.frombytes("RGB", (across, down), chance.randbytes(across * down * 3))
        scene = Image.blend(scene, coarse.resize((width, height), Image.Resampling.BICUBIC), weight)
    grain = Image.effect_noise((width, height), 6).convert("RGB")
    target = io.BytesIO()
    ImageChops.add(scene, grain, 1, -128).save(target, "JPEG", quality=90)
    return target.getvalue()


def _measure(content: bytes) -> tuple[float, float]:
    """(integrity, one look with derivatives) in full loads; the best of some alternated turns."""
    spent: dict[str, list[float]] = {"load": [], "integrity": [], "look": []}
    ways: dict[str, Callable[[], object]] = {
        "load": lambda: _load(content),
        "integrity": lambda: judge_picture(content, look(content), Safety(), SMALLEST),
        "look": lambda: look_at(content, "", Safety(), _forget),
    }
    for _ in range(_TURNS):
        for name, way in ways.items():
            start = time.process_time()
            way()
            spent[name].append(time.process_time() - start)
    load = min(spent["load"])
    return min(spent["integrity"]) / load, min(spent["look"]) / load


def _load(content: bytes) -> None:
    with Image.open(io.BytesIO(content)) as image:
        image.load()


def _forget(_original: str, _role: str, _content: bytes) -> None:
    return


def measure_memory(content: bytes) -> float:
    """Megabytes that one look adds to a process that has looked at a small photo before."""
    context = multiprocessing.get_context("spawn")
    mine, theirs = context.Pipe()
    child = context.Process(target=_look_and_tell, args=(theirs, content))
    child.start()
    added: float = mine.recv()
    child.join()
    return added


def _look_and_tell(pipe: "multiprocessing.connection.Connection", content: bytes) -> None:
    small = io.BytesIO()
    Image.new("RGB", (64, 64)).save(small, "JPEG")
    look_at(small.getvalue(), "", Safety(), _forget)
    before = _peak()
    look_at(content, "", Safety(), _forget)
    pipe.send(_peak() - before)


def _peak() -> float:
    """Most megabytes this process ever had resident. Linux hands `ru_maxrss` on to a new program;
    VmHWM (proc(5)) begins anew."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)
    line = next(x for x in status.read_text().splitlines() if x.startswith("VmHWM"))
    return int(line.split()[1]) / (1 << 10)
