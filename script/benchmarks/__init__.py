"""Benchmarks of Fall Line: measured here, never asserted in a test."""
