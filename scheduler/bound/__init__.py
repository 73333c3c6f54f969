"""Proven upper bounds, and the prices and losses that come with them."""
