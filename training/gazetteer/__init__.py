"""Builds the gazetteer that ships with Sayso: ``python -m training.gazetteer``."""
