"""Everything a reading may load, loaded once: a child that is forked then finds it in memory."""

import encodings
import gc
import importlib
import pkgutil

from desk.sandbox.heap import settle_heap

_READERS = (
    "docx",
    "ingest.read.document.doc",
    "ingest.read.document.docx",
    "ingest.read.document.ooxml.flat",
    "ingest.read.document.reformat",
    "ingest.read.photo.coded.strict_jpeg",
    "lxml.etree",
    "numpy",
    "olefile",
    "pillow_heif",
    "PIL.ImageCms",
    "PIL.ImageStat",
    "simplejpeg",
    "zoneinfo",
)
_NO_CODECS = {"encodings.mbcs", "encodings.oem"}  # Windows


def import_readers() -> None:
    """Load every reader, decoder and codec, and take what is there out of the collector's way."""
    from PIL import Image  # noqa: PLC0415 - the worker loads this module too

    from desk.sandbox.rehearsal import rehearse  # noqa: PLC0415
    from redaksi import catalog  # noqa: PLC0415
    from validators.registry import make_rulebook  # noqa: PLC0415

    for name in _READERS:
        importlib.import_module(name)
    for codec in pkgutil.iter_modules(encodings.__path__, "encodings."):
        if codec.name not in _NO_CODECS:
            importlib.import_module(codec.name)
    Image.init()
    make_rulebook({})
    for language in ("id", "en"):
        catalog.load(language)
    rehearse()
    gc.collect()
    gc.freeze()
    settle_heap()
