"""What is published, with what changed, and back again."""
