"""The landscape instrument: the loss over two weights, with paths and chords."""
