"""The open document as plain immutable data, and the commands that change it. No Qt."""
