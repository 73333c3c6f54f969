"""The board: pages and answers to its scripts."""
