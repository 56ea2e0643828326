"""Word lists and rules of proposals, a folder for each language."""
