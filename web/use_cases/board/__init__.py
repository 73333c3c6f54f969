"""The board: where stays may go, moves, and what they break."""
