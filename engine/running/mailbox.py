"""Between the training thread and the window: the newest snapshot wins, records and marks never get lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock

from engine.snapshots import LossRecords, Mark, Snapshot


class Mailbox:
    """One slot for a snapshot and two queues, safe to use from two threads.

    Parameters
    ----------
    on_first_post : callable, optional
        Called on the posting thread, outside the lock, when something is put into the empty box; it must
        only pass the news on.
    """

    def __init__(self, on_first_post: Callable[[], None] | None = None) -> None:
        self.on_first_post = on_first_post
        self._lock = Lock()
        self._snapshot: Snapshot | None = None
        self._records: list[LossRecords] = []
        self._marks: list[Mark] = []

    @property
    def has_snapshot(self) -> bool:
        """Whether a snapshot is waiting to be taken."""
        return self._snapshot is not None

    def post(
        self,
        snapshot: Snapshot | None = None,
        records: Sequence[LossRecords] = (),
        marks: Sequence[Mark] = (),
    ) -> None:
        """Replace the snapshot, where one is given, and add records and marks."""
        with self._lock:
            was_empty = self._is_empty()
            if snapshot is not None:
                self._snapshot = snapshot
            self._records.extend(records)
            self._marks.extend(marks)
            is_news = was_empty and not self._is_empty()
        if is_news and self.on_first_post is not None:
            self.on_first_post()

    def take(self) -> tuple[Snapshot | None, list[LossRecords], list[Mark]]:
        """Empty the box: the newest snapshot since the last call, if any, and everything else in order."""
        with self._lock:
            taken = (self._snapshot, self._records, self._marks)
            self._snapshot, self._records, self._marks = None, [], []
        return taken

    def _is_empty(self) -> bool:
        return self._snapshot is None and not self._records and not self._marks
