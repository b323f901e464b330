"""What a user of markdown-exec writes to see figures: showing them prints them as SVG into the page."""

import io


def figures(print) -> None:
    """Let `plt.show()` print the open figures; markdown-exec captures no other `print` than the block's own."""
    import matplotlib

    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    def show(*_, **__) -> None:
        for number in plt.get_fignums():
            buffer = io.StringIO()
            plt.figure(number).savefig(buffer, format="svg")
            print(buffer.getvalue()[buffer.getvalue().index("<svg") :])
        plt.close("all")

    plt.show = show
