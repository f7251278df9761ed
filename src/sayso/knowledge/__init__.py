"""What Sayso knows, as data under ``data/``, and the loaders that read and check it."""
