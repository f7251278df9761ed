"""Rebuilds what ships as data or weights; not part of the wheel."""
