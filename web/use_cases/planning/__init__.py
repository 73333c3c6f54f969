"""Runs: plans and answers, made in processes of their own, and what becomes of them."""
