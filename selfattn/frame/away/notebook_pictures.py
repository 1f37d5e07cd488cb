"""The pictures of a notebook: lines of Matplotlib that draw the variables which the code of a screen leaves.

Every cell computes from these variables. What the user typed stands in a cell by `repr` only, and Matplotlib is told to
take it as text, never as formulas.
"""

from selfattn.frame.away.plots import layers, learned, sentences, words
from selfattn.frame.away.plots.cells import START, Names

PICTURES = (*sentences.PICTURES, *words.PICTURES, *learned.PICTURES, *layers.PICTURES)


def picture_cells(namespace: Names) -> list[str]:
    """Write the cells that draw what the code of a screen has computed.

    Parameters
    ----------
    namespace : mapping of str to object
        The variables that the code leaves, as the notebook has them.

    Returns
    -------
    cells : list of str
        The first is `START`, the same in every notebook: what the others draw with. Nothing where there is no picture.
    """
    cells = [cell for picture in PICTURES for cell in picture(namespace)]
    return [START, *cells] if cells else []
