"""How fast the book is built, served and read, beside other tools: README.md."""


class BenchError(Exception):
    """What kept a measurement from being made, in one sentence."""
