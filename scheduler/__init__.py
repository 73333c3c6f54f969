"""Problem in, checked and explained plan out; no database, no Flask, no calendar."""
