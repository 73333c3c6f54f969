"""What researchers and other readers see: pages, feeds, holidays."""
