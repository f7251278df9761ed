"""Rebuilds the scale of factuality."""
