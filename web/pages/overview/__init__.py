"""Home and overview."""
