"""Kill a session in the real window at many random moments, and print what was lost each time.

``script/kill_storm.py [--kills 50] [--longest 4] [--seed 0]``; the figures in docs/recovery.md are from here.
Each time the program is started again as well, and brings back what it offers. Ends with status 1 where
something older than a second was missing, a file was half-written, or the undo stack did not come back.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.e2e.kill_tools import Killed, kill_session, start_again, state_folder  # noqa: E402

MOST_SECONDS = 1.0


def environment_in(home: Path) -> dict[str, str]:
    """The environment of a person without settings, whose state is kept in `home`."""
    folders = {"HOME": "", "XDG_STATE_HOME": "state", "XDG_CONFIG_HOME": "config", "XDG_CACHE_HOME": "cache"}
    own = {variable: str(home / folder) for variable, folder in folders.items()}
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "OMP_NUM_THREADS": "1", **own}


def faults_of(killed: Killed, home: Path, environment: dict[str, str]) -> list[str]:
    """What is wrong with what was left, and with what the next start brought back."""
    if killed.kept is None:
        return ["the journal holds a document that never stood in the window"]
    faults = []
    if killed.lost_seconds > MOST_SECONDS:
        faults.append(f"{killed.lost_seconds:.2f} s of changes lost")
    if killed.run_age_ticks is None:
        faults.append("the run was never shown")
    if not killed.can_undo_and_redo:
        faults.append("undo and redo lead elsewhere")
    started, *told = start_again(home, environment)
    if started["state"] != killed.documents[0]["state"]:
        faults.append("the next start was not clean")
    if killed.work is not None:
        expected = killed.documents[killed.kept]
        if any(told[0][name] != expected[name] for name in ("state", "index", "count", "texts")):
            faults.append("the next start brought back something else")
        if told[-1]["state"] != expected["state"]:
            faults.append("undoing and doing again everything led elsewhere")
    if left := list((state_folder(environment) / "recovery").glob("*")):  # killed early, there is no folder
        faults.append(f"left behind: {[path.name for path in left]}")
    return faults


def main() -> int:
    """Run the storm and return the exit status."""
    parser = argparse.ArgumentParser(description="Kill sessions and look at what is left of them.")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--longest", type=float, default=4.0, help="longest life of a session in seconds")
    parser.add_argument("--seed", type=int, default=0, help="of the first session; the others follow")
    options = parser.parse_args()
    results: list[Killed] = []
    n_faulty = 0
    for seed in range(options.seed, options.seed + options.kills):
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            environment = environment_in(home)
            killed = kill_session(home, environment, seed, options.longest)
            results.append(killed)
            faults = faults_of(killed, home, environment)
        n_faulty += bool(faults)
        commands = 0 if killed.work is None else len(killed.work.entries)
        print(
            f"seed {seed:3}: {len(killed.documents):4} changes told, {commands:3} commands back, "
            f"lost {killed.lost_seconds:.2f} s; {'; '.join(faults) or 'ok'}",
            flush=True,
        )
    summarise(results, n_faulty)
    return 1 if n_faulty else 0


def summarise(results: list[Killed], n_faulty: int) -> None:
    """Print the figures of all sessions."""
    lost = [killed.lost_seconds for killed in results]
    run_ages = [age for killed in results if (age := killed.run_age_ticks) is not None]
    print(
        f"\n{len(results)} sessions killed, {n_faulty} with faults\n"
        f"changes of the document told: {sum(len(killed.documents) for killed in results):,}\n"
        f"age of the oldest change that was missing: median {statistics.median(lost):.2f} s, "
        f"at most {max(lost):.2f} s; nothing missing in {sum(value == 0.0 for value in lost)}\n"
        f"age of the run that came back: at most {max(run_ages) * 0.02:.2f} s\n"
        f"killed while a snapshot was being written: {sum(killed.halves for killed in results)}\n"
        f"session files read whole: {sum(killed.has_session for killed in results)}"
    )


if __name__ == "__main__":
    sys.exit(main())
