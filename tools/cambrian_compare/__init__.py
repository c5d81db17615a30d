"""Cambrian and pyribs at the same works, by turns; and how Cambrian's cost grows."""
