"""A run and the thread it lives in: commands, history, records, snapshots out."""
