"""What it would write or change in files."""

# The system calls themselves are what is tried.
# ruff: noqa: PTH101, PTH102, PTH104, PTH108, PTH211

import fcntl
import mmap
import os

from tests.payloads.target import MB, Target, payload, raw


def make(path: str) -> object:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        return os.write(descriptor, b"x")
    finally:
        os.unlink(path)


@payload
def write_in_folder(at: Target) -> object:
    return make(f"{at.folder}/made")


@payload
def write_in_tmp(at: Target) -> object:
    return make(f"/tmp/redaksi-payload-{os.getpid()}")


@payload
def write_in_shm(at: Target) -> object:
    return make(f"/dev/shm/redaksi-payload-{os.getpid()}")


@payload
def write_here(at: Target) -> object:
    return make("redaksi-payload-made")


@payload
def make_empty_file(at: Target) -> object:
    return os.open(f"{at.folder}/empty", os.O_WRONLY | os.O_CREAT)


@payload
def write_nameless(at: Target) -> object:
    return os.write(os.open(at.folder, os.O_TMPFILE | os.O_WRONLY), b"x")


@payload
def write_leaked_descriptor(at: Target) -> object:
    return os.write(at.leaked, b"x")


@payload
def write_300_mb(at: Target) -> object:
    return [os.pwrite(at.leaked, b"x" * MB, n * MB) for n in range(300)]


@payload
def reopen_mail_for_writing(at: Target) -> object:
    return os.open(f"/proc/self/fd/{at.mail}", os.O_RDWR)


@payload
def map_mail_for_writing(at: Target) -> object:
    return mmap.mmap(at.mail, 1, access=mmap.ACCESS_WRITE)


@payload
def truncate_mail(at: Target) -> object:
    os.truncate(at.mail_path, 0)
    return "cut"


@payload
def open_mail_truncated(at: Target) -> object:
    return os.open(at.mail_path, os.O_RDONLY | os.O_TRUNC)


@payload
def truncate_descriptor(at: Target) -> object:
    os.ftruncate(at.leaked, 0)
    return "cut"


@payload
def change_mode(at: Target) -> object:
    os.chmod(at.secret, 0o644)
    return "changed"


@payload
def change_mode_of_descriptor(at: Target) -> object:
    os.fchmod(at.mail, 0o666)
    return "changed"


@payload
def change_mode_by_new_call(at: Target) -> object:
    return raw("fchmodat2", -100, at.secret.encode(), 0o644, 0) == 0 and "changed"


@payload
def change_owner(at: Target) -> object:
    os.fchown(at.mail, os.getuid(), os.getgid())
    return "changed"


@payload
def change_times(at: Target) -> object:
    os.utime(at.mail, (0, 0))
    return "changed"


@payload
def set_attribute(at: Target) -> object:
    os.setxattr(at.mail, "user.payload", b"x")
    return "set"


@payload
def link(at: Target) -> object:
    os.link(at.secret, f"{at.folder}/linked")
    return "made"


@payload
def symlink(at: Target) -> object:
    os.symlink("/etc/passwd", f"{at.folder}/symlinked")
    return "made"


@payload
def rename(at: Target) -> object:
    os.rename(at.mail_path, f"{at.folder}/renamed")
    return "moved"


@payload
def unlink(at: Target) -> object:
    os.unlink(at.mail_path)
    return "gone"


@payload
def make_folder(at: Target) -> object:
    os.mkdir(f"{at.folder}/folder")
    return "made"


@payload
def make_fifo(at: Target) -> object:
    os.mkfifo(f"{at.folder}/fifo")
    return "made"


@payload
def change_root(at: Target) -> object:
    os.chroot(at.folder)
    return "changed"


@payload
def change_folder(at: Target) -> object:
    os.chdir(at.folder)
    return "changed"


@payload
def lock_mail(at: Target) -> object:
    fcntl.flock(at.mail, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return "locked"


@payload
def watch_folder(at: Target) -> object:
    return raw("inotify_add_watch", raw("inotify_init1", 0), at.folder.encode(), 0x100)
