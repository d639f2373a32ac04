"""The values of a loss curve's buckets: first, last, smallest and largest of the recorded steps in each."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Buckets:
    """Four values a bucket, arrays of shape (..., capacity); what was never `put` means nothing.

    Attributes
    ----------
    first, last, min, max : ndarray
    """

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.first, self.last, self.min, self.max = (np.empty(shape) for _ in range(4))

    def put(self, where: slice, values: Floats | float) -> None:
        """Begin buckets of one record each; `values` has the buckets last."""
        for array in (self.first, self.last, self.min, self.max):
            array[..., where] = values

    def shrink_to_first(self, index: int) -> None:
        """Forget all but the first record of a bucket."""
        for array in (self.last, self.min, self.max):
            array[..., index] = self.first[..., index]

    def merge(self, used: slice, new: slice, starts: Ints, ends: Ints) -> None:
        """Join the buckets `used` into `new` ones: groups from `starts` to `ends`, counted within `used`."""
        self.first[..., new] = self.first[..., used][..., starts]
        self.last[..., new] = self.last[..., used][..., ends]
        self.min[..., new] = np.fmin.reduceat(self.min[..., used], starts, axis=-1)
        self.max[..., new] = np.fmax.reduceat(self.max[..., used], starts, axis=-1)


class SparseBuckets(Buckets):
    """The same for values that some records lack (NaN): a group's last value is the last known one."""

    def merge(self, used: slice, new: slice, starts: Ints, ends: Ints) -> None:
        """See `Buckets.merge`."""
        last = self.last[..., used]
        known = np.where(np.isnan(last), 0, np.arange(last.shape[-1]))
        newest = np.maximum(np.maximum.reduceat(known, starts, axis=-1), starts)
        last = np.take_along_axis(last, newest, axis=-1)
        super().merge(used, new, starts, ends)
        self.last[..., new] = last
