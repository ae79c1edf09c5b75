"""How many examiners memory holds: the machine's and the control group's word, whichever is less."""

from pathlib import Path

import pytest

from desk.sandbox.free_memory import find_free_memory

MB = 1024 * 1024
MACHINE = f"MemTotal:  {8 << 20} kB\nMemFree:  {1 << 20} kB\nMemAvailable:  {4 << 20} kB\n"
V1 = "9:name=systemd:/\n4:memory:/a/b\n0::/\n"
V2 = "0::/a/b\n"

# what is written below the root of a system -> megabytes free
CASES: dict[str, tuple[dict[str, str], int | None]] = {
    "nothing is told": ({}, None),
    "the machine alone": ({"proc/meminfo": MACHINE}, 4096),
    "a kernel before MemAvailable": ({"proc/meminfo": "MemTotal: 1 kB\n"}, None),
    "v2, no limit": (
        {"proc/meminfo": MACHINE, "proc/self/cgroup": V2, "sys/fs/cgroup/a/b/memory.max": "max\n"},
        4096,
    ),
    "v2, ours": (
        {
            "proc/meminfo": MACHINE,
            "proc/self/cgroup": V2,
            "sys/fs/cgroup/a/b/memory.max": f"{2048 * MB}\n",
            "sys/fs/cgroup/a/b/memory.current": f"{600 * MB}\n",
        },
        1448,
    ),
    "v2, the one above is tighter": (
        {
            "proc/self/cgroup": V2,
            "sys/fs/cgroup/a/b/memory.max": f"{2048 * MB}\n",
            "sys/fs/cgroup/a/b/memory.current": "0\n",
            "sys/fs/cgroup/a/memory.max": f"{512 * MB}\n",
            "sys/fs/cgroup/a/memory.current": "0\n",
        },
        512,
    ),
    "v2, a container that sees its own group as the topmost": (
        {
            "proc/self/cgroup": "0::/docker/abc\n",
            "sys/fs/cgroup/memory.max": f"{1024 * MB}\n",
            "sys/fs/cgroup/memory.current": f"{24 * MB}\n",
        },
        1000,
    ),
    "v2, cached files give way": (
        {
            "proc/self/cgroup": V2,
            "sys/fs/cgroup/a/b/memory.max": f"{1000 * MB}\n",
            "sys/fs/cgroup/a/b/memory.current": f"{900 * MB}\n",
            "sys/fs/cgroup/a/b/memory.stat": f"anon 5\ninactive_file {700 * MB}\n",
        },
        800,
    ),
    "v1": (
        {
            "proc/meminfo": MACHINE,
            "proc/self/cgroup": V1,
            "sys/fs/cgroup/memory/a/b/memory.limit_in_bytes": f"{3000 * MB}\n",
            "sys/fs/cgroup/memory/a/b/memory.usage_in_bytes": f"{1000 * MB}\n",
            "sys/fs/cgroup/memory/a/b/memory.stat": f"total_inactive_file {500 * MB}\n",
        },
        2500,
    ),
    "over its limit": (
        {
            "proc/self/cgroup": V2,
            "sys/fs/cgroup/a/b/memory.max": "1\n",
            "sys/fs/cgroup/a/b/memory.current": "5\n",
        },
        0,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_tightest_bound_counts(name: str, tmp_path: Path) -> None:
    files, free = CASES[name]
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    found = find_free_memory(tmp_path)
    assert found is None if free is None else found == free * MB


def test_this_machine_tells() -> None:
    found = find_free_memory()
    assert found is None or found >= 0
