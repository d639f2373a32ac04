"""One step of each model, fast: value and gradient on blocks of samples."""
