"""What-ifs: branches of the draft, compared, rebased and taken over."""
