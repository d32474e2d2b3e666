"""Which user PostgreSQL runs as: it refuses root, so a root-owned stack drops to another user.

The owner of an existing data directory stays the owner. No user is added and no mode of a parent folder is
widened: where the other user could not reach the binaries or the data (a checkout under a home directory
of mode 0700), the process keeps the one capability that lets it pass.
"""

from __future__ import annotations

import os
import pwd
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

from deploy.errors import EngineMissing

_PREFERRED = ("postgres", "nobody")


@dataclass(frozen=True, slots=True)
class Owner:
    """The user of a process; ``launcher`` is put before its command line."""

    uid: int
    gid: int
    launcher: tuple[str, ...]

    def give(self, path: Path) -> None:
        """Make the user the owner of a file or folder."""
        if (path.stat().st_uid, path.stat().st_gid) != (self.uid, self.gid):
            os.chown(path, self.uid, self.gid)


def choose_owner(data: Path, binaries: Path) -> Owner:
    """The user for a server that keeps its files in ``data``. Raises `EngineMissing` without setpriv(1)."""
    if os.geteuid() != 0:
        return Owner(os.geteuid(), os.getegid(), ())
    entry = _entry(data)
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise EngineMissing(
            "PostgreSQL refuses to run as root and there is no setpriv (package util-linux) to drop to another user"
        )
    drop: tuple[str, ...] = (setpriv, f"--reuid={entry.pw_uid}", f"--regid={entry.pw_gid}", "--clear-groups")
    if not (_reachable(data.parent, entry) and _reachable(binaries, entry)):
        drop += ("--inh-caps=+dac_override", "--ambient-caps=+dac_override")
    return Owner(entry.pw_uid, entry.pw_gid, drop)


def _entry(data: Path) -> pwd.struct_passwd:
    if data.is_dir() and data.stat().st_uid != 0:
        return pwd.getpwuid(data.stat().st_uid)
    for name in _PREFERRED:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise EngineMissing("PostgreSQL refuses to run as root and there is neither a user postgres nor nobody")


def _reachable(path: Path, entry: pwd.struct_passwd) -> bool:
    return all(_may_enter(folder.stat(), entry) for folder in (path, *path.resolve().parents))


def _may_enter(folder: os.stat_result, entry: pwd.struct_passwd) -> bool:
    if folder.st_uid == entry.pw_uid:
        return bool(folder.st_mode & stat.S_IXUSR)
    if folder.st_gid == entry.pw_gid:
        return bool(folder.st_mode & stat.S_IXGRP)
    return bool(folder.st_mode & stat.S_IXOTH)
