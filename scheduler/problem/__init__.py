"""What is asked: the scenario of a programme as frozen dataclasses, and its file."""
