"""Softmax against K sigmoids: two models in lockstep, and what they are to one another."""
