"""Changes of published stays that researchers ask for: what is possible, asking, deciding."""
