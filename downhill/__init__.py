"""Downhill's machinery: runs the book's snippets, localizes them, and builds its pages; it knows nothing of optimization."""

LANGUAGES = ("zh", "en")


class BookError(Exception):
    """What is wrong with the book, one or more sentences, each on a line of its own."""
