"""Rebuilds what attribution has learned: the network's weights, and the figures of the cue lexicon."""
