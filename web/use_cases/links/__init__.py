"""Private links of readers."""
