"""The version of Sayso, for modules that may not know the rest of the package."""

__version__ = "0.1.0"
