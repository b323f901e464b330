"""What is wrong with a figure."""


class FigureError(Exception):
    """What is wrong with a figure, in one sentence; and what to look for in the snippet: strings, or names of calls.

    Of calls in `sole` one has to be the only one, or it may be another that is meant.
    """

    line: int | None = None  # of the snippet, where it is found

    def __init__(self, sentence: str, *said: str, sole: tuple[str, ...] = ()):
        super().__init__(sentence.replace("\n", "\\n"))
        self.said, self.sole = said, sole
