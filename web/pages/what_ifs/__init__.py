"""What-ifs: pages, forms and words."""
