"""Rebuilds the confidence of events."""
