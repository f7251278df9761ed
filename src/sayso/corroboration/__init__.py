"""Many Records become occurrences: who reports the same, who confirms it, who disputes it, in what numbers."""
