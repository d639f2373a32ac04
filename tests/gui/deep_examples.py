"""Networks with hidden layers for the tests of views: known weights, and snapshots with their boundaries."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from engine.decision_regions import regions_of
from engine.scaling import Standardizer
from engine.snapshots import RegionRequest, Snapshot
from gui.document import Document
from tests.gui.view_fakes import document_of, snapshot_of

SMALL = (
    (2.0, 0.0, 0.5),
    (0.0, -1.0, 0.0),
    (1.0, 1.0, 0.0),
    (3.0, -2.0, 1.0, 0.25),
)
"""2-3-1: the rows of a layer of three units, then the output's."""
SMALL_ROW = tuple(number for row in SMALL for number in row)


def small_document(**settings: object) -> Document:
    """A document whose model is the network of `SMALL`."""
    return document_of(2, **{"model": "mlp", "hidden": (3,), **settings})


def band_row(half_width: float = 1.0) -> list[float]:
    """2-2-1 with tanh: p is above 1/2 where |z_height| is below about `half_width`: two upright lines."""
    steep = 20.0
    return [steep, 0.0, steep * half_width, -steep, 0.0, steep * half_width, 5.0, 5.0, -5.0]


def with_regions(snapshot: Snapshot, request: RegionRequest) -> Snapshot:
    """The same snapshot with the map and the curves of a request."""
    regions, contours = regions_of(snapshot.spec.model, snapshot.parameters, snapshot.scaler, request)
    return replace(snapshot, regions=regions, contours=contours)


def band_snapshot(document: Document, half_widths: tuple[float, ...] = (1.0, 2.0)) -> Snapshot:
    """Two models of bands around 165 cm, 10 cm to a z-score."""
    rows = np.array([band_row(one) for one in half_widths])
    return snapshot_of(document, parameters=rows, scaler=Standardizer(165.0, 65.0, 10.0, 10.0))
