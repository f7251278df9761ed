"""Evaluation: how good Sayso is on a user's own gold, with figures that others compute alike.

One module reads each kind of gold and one scores each kind of item; what they share (counts, intervals, calibration)
has a module of its own.
"""
