"""Files of 20 MB made to take all memory, each read in a process that may have 2 GB of memory.

``python -m script.fuzzing.large NAME FILE`` reads one and tells what came of it.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from engine.errors import FallLineError
from script.fuzzing.large_cases import CASES

MEMORY_BYTES = 2 << 30
SLOW_SECONDS = 20.0
"""What can be so large is read in the background, with a button that ends it; more is a trouble."""
LONGEST_SECONDS = 150


def read_large_files(names: list[str] | None = None) -> int:
    """Make and read them one after the other, and print a line for each; the exit status."""
    failed = False
    for name in names or CASES:
        told = read_large_file(name)
        print(json.dumps({"case": name, **told}), flush=True)
        failed |= told["outcome"] not in ("read", "refused") or told["seconds"] > SLOW_SECONDS
    return int(failed)


def read_large_file(name: str) -> dict[str, object]:
    """Make a file and read it in a process of its own: the outcome, seconds, and megabytes at most."""
    called, make, _ = CASES[name]
    with tempfile.TemporaryDirectory(prefix="fall-line-fuzz-") as folder:
        path = Path(folder) / called
        path.write_bytes(make())
        words = [sys.executable, "-m", "script.fuzzing.large", name, str(path)]
        environment = {**os.environ, "RUST_BACKTRACE": "0"}
        try:
            done = subprocess.run(
                words, capture_output=True, text=True, env=environment, timeout=LONGEST_SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            return {"outcome": "hangs", "seconds": float(LONGEST_SECONDS)}
    if done.returncode != 0:
        return {"outcome": "broken", "seconds": 0.0, "why": done.stderr[-2000:]}
    told: dict[str, object] = json.loads(done.stdout)
    return told


def main(words: list[str]) -> None:
    """Read one file, and print what came of it."""
    name, path = words
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
    started = time.perf_counter()
    sentence = ""
    try:
        CASES[name][2](Path(path))
    except FallLineError as error:
        sentence = str(error)
    told = {
        "outcome": "refused" if sentence else "read",
        "seconds": round(time.perf_counter() - started, 2),
        "resident_mb": _resident_mb(),
        "sentence": sentence.replace(str(Path(path).parent), "")[:200],
    }
    print(json.dumps(told))


def _resident_mb() -> int:
    """At most, of this process or one that it has started."""
    own = next(
        line
        for line in Path("/proc/self/status").read_text("ascii").splitlines()
        if line.startswith("VmHWM:")
    )
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return round(max(int(own.split()[1]), children) / 1024)


if __name__ == "__main__":
    main(sys.argv[1:])
