"""Plans without proof: greedy ones, ones that prices guide, and better ones part by part."""
