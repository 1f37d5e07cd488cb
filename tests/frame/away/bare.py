"""Runs notebooks in an environment that has NumPy and Matplotlib, and compares what they print with what they hold.

Not a test: a program for `python -I`, which is told whether "all" cells are run or not the pictures, and the files.
"""

import io
import json
import os
import re
import sys
from contextlib import redirect_stdout
from pathlib import Path

REFUSED = {"selfattn", "gensim", "streamlit", "plotly", "pandas", "scipy", "sklearn"}
NUMBER = re.compile(r"-?\d+\.?\d*(?:e[-+]?\d+)?")


class Refuse:
    """Finds none of what a bare environment lacks."""

    def find_spec(self, name, *_):
        if name.partition(".")[0] in REFUSED:
            raise ImportError(f"{name} is not here")


def same(printed, held):
    """Tell whether two texts are the same, but for the last decimals of numbers."""
    numbers = zip(*(map(float, NUMBER.findall(text)) for text in (printed, held)), strict=True)
    return NUMBER.sub("0", printed) == NUMBER.sub("0", held) and all(
        abs(a - b) < 1e-5 * (1 + abs(b)) for a, b in numbers
    )


def run(path, *, pictures):
    names = {"__name__": "__main__"}
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code" and (pictures or "plt." not in cell["source"]):
            printed = io.StringIO()
            with redirect_stdout(printed):
                exec(compile(cell["source"], f"{path.name}, {cell['id']}", "exec"), names)
            held = "".join(output["text"] for output in cell["outputs"])
            assert not held or same(printed.getvalue(), held), f"{path.name}: {printed.getvalue()!r} is not {held!r}"
    if "plt" in names:
        names["plt"].close("all")


if __name__ == "__main__":
    sys.meta_path.insert(0, Refuse())
    pictures = sys.argv[1] == "all"
    os.environ["MPLBACKEND"] = "Agg"
    for file in sys.argv[2:]:
        run(Path(file), pictures=pictures)
        sys.stdout.write(f"{file}\n")
