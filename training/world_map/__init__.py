"""Builds the world map that ships with Sayso."""
