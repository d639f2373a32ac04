"""Output layers side by side: softmax, |z|, z^2 and K sigmoids of the same logits."""
