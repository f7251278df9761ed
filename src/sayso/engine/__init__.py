"""Engines: how many documents are coded, in this process or in several."""
