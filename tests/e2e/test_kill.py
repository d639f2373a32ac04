"""A session that is killed at any moment stands again at the next start, but for its last second at most."""

from __future__ import annotations

import os
import sys

import pytest

from tests.e2e.kill_tools import TICKS_A_SECOND, kill_session, start_again, state_folder

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL"),
    pytest.mark.skipif(sys.platform == "darwin", reason="the state folder is not named by the environment"),
]


@pytest.mark.parametrize("seed", range(4))
def test_a_killed_session_comes_back(own_home, tmp_path, seed):
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    killed = kill_session(tmp_path, environment, seed, longest_seconds=2.5)
    assert killed.kept is not None
    # Both are counted on the session's own clock, which stands still when the machine does.
    assert killed.lost_ticks <= TICKS_A_SECOND
    assert killed.run_age_ticks is not None
    assert killed.run_age_ticks <= TICKS_A_SECOND
    assert killed.can_undo_and_redo
    assert killed.journals == (killed.work is not None)

    started, *told = start_again(tmp_path, environment)
    assert started["offered"] == (killed.work is not None)
    assert started["state"] == killed.documents[0]["state"]  # it starts clean
    if killed.work is not None:
        assert told[0]["state"] == killed.documents[killed.kept]["state"]
        assert told[0]["texts"] == killed.documents[killed.kept]["texts"]
        assert (told[0]["index"], told[0]["count"]) == (killed.work.index, len(killed.work.entries))
        assert told[-1]["state"] == told[0]["state"]
    assert list((state_folder(environment) / "recovery").glob("*")) == []
