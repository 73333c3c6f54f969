"""The search's own view: unary rules make candidates, coupling rules are resources."""
