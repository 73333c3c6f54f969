"""The exact CP-SAT model over candidates and resources; one function per rule."""
