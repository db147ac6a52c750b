"""Published self-evaluation forms, read and checked; and the same bytes only split."""

import pathlib
import re
import subprocess
import time

YEAR = re.compile(r"20(2\d)(?=\s*年度?\s*[)）])")


def texts(data):
    """The published forms, which lie beside the data; none where they are not there."""
    return sorted((pathlib.Path(data).parent / "seeds").glob("*.txt"))


def copies(files, folder, count):
    """As many bodies' years: each copy has years of its own, so that no two are one body's."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.txt"):
        old.unlink()
    for copy in range(count):
        for file in files:
            text = file.read_text(encoding="utf-8")
            year = YEAR.sub(lambda found: str(2000 + copy * 2 + int(found[1]) % 2), text)
            (folder / f"{copy:03}-{file.name[:3]}.txt").write_text(year, encoding="utf-8")


def check(executable, paths):
    """Seconds that the command takes, from its start to its end."""
    started = time.monotonic()
    subprocess.run([executable, "evaluation", "check", "--json", *map(str, paths)], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.monotonic() - started


def split(folder):
    """Seconds that Python takes to read the same files and part them into lines and words."""
    started = time.monotonic()
    for file in sorted(folder.glob("*.txt")):
        for line in file.read_bytes().decode("utf-8").splitlines():
            line.split()
    return time.monotonic() - started
