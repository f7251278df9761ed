"""Rendering: a Record as people want to read it, on a terminal, on a page, in a table.

``account`` puts a Record into words once; ``terminal`` and ``page`` only lay those words out.
"""
