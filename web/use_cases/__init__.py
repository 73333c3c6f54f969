"""What the product does, as verbs; Flask-free."""
