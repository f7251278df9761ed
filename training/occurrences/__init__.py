"""Rebuilds the models that group reports into occurrences."""
