"""How files are read and written: whole or not at all, strictly, every error with its place."""
