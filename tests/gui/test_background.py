"""Work beside the window: what becomes of it where nobody waits for it any more."""

from __future__ import annotations

import threading

import pytest
from shiboken6 import delete

from gui.background import Background


@pytest.mark.parametrize("is_stream", [False, True])
def test_who_asked_may_be_gone_when_the_work_is_done(qapp, caplog, is_stream):
    asked, gate, begun = Background(), threading.Event(), threading.Event()

    def wait(*rest: object) -> bool:
        begun.set()
        return gate.wait(30)

    def values(should_stop):
        yield wait()

    jobs = asked._jobs
    if is_stream:
        asked.stream("slow", values)
    else:
        asked.run("slow", wait)
    assert begun.wait(30)
    delete(asked)
    gate.set()
    assert jobs.wait_until_idle()
    jobs.close()  # an exception of its thread fails this test
    assert caplog.text == ""
