"""What a person sees: PySide6 and pyqtgraph. Views never import one another's rooms."""
