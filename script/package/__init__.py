"""Fall Line as an installed program: everything it has under this one name.

In a checkout `engine`, `gui` and `main` lie at the top; installed there, names as common as these would meet
others'. So the wheel keeps them in the folder `program` of this package, which is put on the path of the
program's own process only.
"""

from __future__ import annotations

import sys
from pathlib import Path

PROGRAM = Path(__file__).resolve().parent / "program"


def main() -> int:
    """Run the program with the arguments of the command line; returns its exit status."""
    sys.path.insert(0, str(PROGRAM))
    from main import main as run

    return run()
