"""``script/bench WHAT [--json FILE]``: hands over to the benchmark of that name."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable

BENCHMARKS = {
    "engine": "gradient steps and exact optima against PyTorch and scikit-learn",
    "window": "frames, steps and clicks of the real window while it trains",
    "large": "frames, clicks, pointer, scrubbing and memory with a million samples",
    "memory": "memory of the real window with a million samples, each instrument opened in turn",
    "tabs": "frames of the real window with each instrument of the lab open while it trains",
    "start": "time to the first painted frame against a bare plot window",
    "load": "loading a CSV file of people against pyarrow alone",
    "lab": "start maps against the same loop in PyTorch, and loss landscapes",
}


def usage() -> str:
    """Text that says which benchmarks there are."""
    width = max(map(len, BENCHMARKS))
    lines = [f"  {name:<{width}}  {what}" for name, what in BENCHMARKS.items()]
    return "\n".join(["usage: script/bench WHAT [--json FILE]", "", *lines])


def main(argv: list[str]) -> int:
    """Run the benchmark that `argv[0]` names with the rest of `argv`; the result is the exit status.

    Each benchmark is a module with ``main(argv: list[str]) -> int``. Only the one asked for is imported:
    a window need not wait for PyTorch to load, nor PyTorch's memory be counted in its frames.
    """
    if argv[:1] in (["-h"], ["--help"]):
        print(usage())
        return 0
    if not argv or argv[0] not in BENCHMARKS:
        print(usage(), file=sys.stderr)
        return 2
    run: Callable[[list[str]], int] = importlib.import_module(f"benchmarks.{argv[0]}").main
    return run(argv[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
