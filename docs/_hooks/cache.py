"""Results that are kept, in .cache/, each under a sum of all that it depends on.

A cache saves work and is never a source: what is missing, cut short, of another version
or cannot be read is made anew, and what cannot be written is not kept. So nothing here
raises, and one line of warning at most says that keeping does not work.
"""

import hashlib
import logging
import os
import pickle
import sys
import sysconfig
import time
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path
from stat import S_ISREG
from threading import get_ident

from reading.files import files_below

# Not below "mkdocs": a strict build ends at every warning from there.
log = logging.getLogger("cache")

FOLDER = ".cache/site"
# What nobody has used for so long is deleted when a build has ended.
LONGEST_UNUSED = 30 * 24 * 3600  # seconds
DAY = 24 * 3600

_DIGEST = hashlib.sha256().digest_size


def sum_of(*parts: str | bytes | None) -> str:
    """Return one sum of some parts, in which their order and their borders count."""
    total = hashlib.sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        total.update(b"-" if content is None else b"%d:%b" % (len(content), content))
    return total.hexdigest()


@cache
def versions() -> str:
    """Sum of Python, its platform and every package installed."""
    packages = Path(sysconfig.get_path("purelib")).glob("*.dist-info")
    names = sorted(package.name for package in packages)
    return sum_of(sys.version, sysconfig.get_platform(), *names)


@cache
def our_code(*names: str) -> str:
    """Sum of some code beside this file.

    Args:
        names: folders, or modules in them: ``reading``, ``publishing/kernel``.
    """
    here = Path(__file__).parent
    files = [here.joinpath(name).with_suffix(".py") for name in names]
    found = [f for f in files if f.is_file()]
    found += [file for name in names for file in files_below(here / name, "*.py")]
    return sum_of(*(part for file in found for part in (file.name, file.read_bytes())))


def sum_of_file(file: Path) -> str | None:
    """Return the sum of what a file holds; None where there is no file."""
    try:
        stat = file.stat()
    except OSError:
        return None
    if not S_ISREG(stat.st_mode):
        return None
    return _sum_of_file(str(file), (stat.st_mtime_ns, stat.st_size))


@cache
def _sum_of_file(file: str, stamp: tuple[int, int]) -> str:
    del stamp  # a file that changed is read again
    return sum_of(Path(file).read_bytes())


class Cache:
    """The results of one project that are kept.

    Args:
        root: the folder of the project.
    """

    def __init__(self, root: Path) -> None:
        self.folder = root / FOLDER
        self._memory: dict[Path, object] | None = None
        self._used: dict[Path, object] = {}  # since `clean`
        self._warned = False

    def remember(self) -> None:
        """Hold results in memory too, from one build to the next: for `mkdocs serve`."""
        if self._memory is None:
            self._memory = {}

    def get(self, kind: str, key: str) -> object | None:
        """Return a result that was kept; None if it must be made.

        Args:
            kind: what it is, as ``put`` was told.
            key: sum of all that it depends on.
        """
        file = self._file(kind, key)
        if self._memory and file in self._memory:
            self._used[file] = self._memory[file]
            return self._memory[file]
        try:
            content = file.read_bytes()
            digest, body = content[:_DIGEST], content[_DIGEST:]
            if hashlib.sha256(body).digest() != digest:
                return None
            value = pickle.loads(body)  # written by a build of ours, whole
        except FileNotFoundError:
            return None
        except Exception as error:  # pickle raises whatever it likes
            self._warn(error)
            return None
        self._hold(file, value)
        with suppress(OSError):  # read-only, or deleted by another build
            if time.time() - file.stat().st_mtime > DAY:
                os.utime(file)
        return value

    def put(self, kind: str, key: str, value: object) -> None:
        """Keep a result; whoever reads at the same time sees all of it or nothing."""
        file = self._file(kind, key)
        self._hold(file, value)
        body = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        half = file.with_name(f"{file.name}.{os.getpid()}.{get_ident()}")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            half.write_bytes(hashlib.sha256(body).digest() + body)
            half.replace(file)
        except OSError as error:
            self._warn(error)
        finally:  # also when somebody interrupts
            with suppress(OSError):
                half.unlink(missing_ok=True)

    def clean(self) -> None:
        """Forget what the build that ends here did not use, on disk after a while."""
        if self._memory is not None:
            self._memory = self._used
        self._used = {}
        with suppress(OSError):  # another build deletes too, or nothing was ever kept
            for file in self.folder.iterdir():
                if time.time() - file.stat().st_mtime > LONGEST_UNUSED:
                    file.unlink()

    def _hold(self, file: Path, value: object) -> None:
        if self._memory is not None:
            self._memory[file] = self._used[file] = value

    def _file(self, kind: str, key: str) -> Path:
        return self.folder / f"{kind}-{key}"

    def _warn(self, error: Exception) -> None:
        if not self._warned:
            log.warning("Nothing is kept in %s: %s", self.folder, error)
        self._warned = True


@lru_cache(maxsize=8)
def cache_of(root: Path) -> Cache:
    """Return the cache of a project, the same one each time."""
    return Cache(root)
