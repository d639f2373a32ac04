"""The columns around the canvas: problem and settings, transport, network, weights."""
