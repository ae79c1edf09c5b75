"""The C library's heap, so that a child touches few pages: each page it is the first to write costs
a fault, and a reading's pictures are some thousands of them. Measured in docs/adr/0034."""

import ctypes
from contextlib import suppress

# For the environment of a process of ours: large blocks in large pages (glibc 2.35, "tunables").
TUNABLES = "glibc.malloc.hugetlb=1"
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # <malloc.h>
_KEPT = 1 << 30  # bytes at the heap's end that are kept for the next picture
_LARGEST = 32 << 20  # bytes: larger blocks alone are mapped and given back (glibc's own most)


def settle_heap() -> None:
    """Give back what was freed, lest children copy it to write over it; then keep what is freed.
    Nothing happens where the C library is no glibc."""
    with suppress(AttributeError):
        libc = ctypes.CDLL(None)
        libc.malloc_trim(0)
        libc.mallopt(_MMAP_THRESHOLD, _LARGEST)
        libc.mallopt(_TRIM_THRESHOLD, _KEPT)
