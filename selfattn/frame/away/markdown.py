"""Streamlit's Markdown, as far as the app writes it, as HTML for a file that opens without the app."""

import html
import re

from selfattn.figures.mathml import FormulaError, mathml

ACROSS = 75  # letters of a formula that are as wide as a page
PIECE = re.compile(
    r"\\(?P<escaped>[^A-Za-z0-9\s])|`(?P<code>[^`]+)`|\$(?P<formula>(?:\\.|[^$\\])+)\$|\*\*(?P<bold>(?:\\.|[^*\\])+)\*\*"
    r"|\[(?P<label>(?:\\.|[^\]\\])+)\]\((?P<link>[^)\s]+)\)|:material/\w+:"
)


def written(markdown: str, level: int = 0) -> str:
    r"""Write Markdown as HTML: headings, lists, paragraphs; code, formulas, bold; links become their words.

    Parameters
    ----------
    markdown : str
        What a user typed stands in it escaped, as `write.plain` and `text.latex` write it.
    level : int
        By how much headings stand lower.

    Examples
    --------
    >>> written(r"**So** \<b\> is $x^2$")
    '<p><b>So</b> &lt;b&gt; is <math><msup><mi>x</mi><mn>2</mn></msup></math></p>'
    """
    blocks = [_block(block, level) for block in re.split(r"\n\n+|\n(?=- )", markdown.strip())]
    return re.sub("</ul><ul>", "", "".join(blocks))


def _block(block: str, level: int) -> str:
    if heading := re.match(r"(#+) ([^\n]*)\n?", block):
        kind = f"h{len(heading[1]) + level}"
        rest = block[heading.end() :]
        return f"<{kind}>{inline(heading[2])}</{kind}>" + (f"<p>{inline(rest)}</p>" if rest else "")
    if block.startswith("- "):
        return f"<ul><li>{inline(block[2:])}</li></ul>"
    return f"<p>{inline(block)}</p>"


def inline(text: str) -> str:
    """Write a line: all that is not markup is escaped."""
    parts, last = [], 0
    for match in PIECE.finditer(text):
        parts += [html.escape(text[last : match.start()]), _piece(match)]
        last = match.end()
    return "".join([*parts, html.escape(text[last:])])


def _piece(match: re.Match[str]) -> str:
    kind, found = match.lastgroup or "", match[match.lastgroup] if match.lastgroup else ""
    if kind == "escaped":
        return html.escape(found)
    if kind == "code":
        return f"<code>{html.escape(found)}</code>"
    if kind == "formula":
        return formula(found)
    if kind == "bold":
        return f"<b>{inline(found)}</b>"
    return inline(match["label"]) if kind == "link" else ""


def formula(latex: str) -> str:
    """Write a formula as MathML, smaller where it is wide; one that cannot be is shown as it was written."""
    try:
        written = mathml(latex)
    except FormulaError:
        return f"<code>{html.escape(latex)}</code>"
    if (wide := letters(written)) > ACROSS:
        return written.replace("<math>", f'<math style="font-size:{ACROSS / wide:.2f}em">')
    return written


def letters(written: str) -> int:
    """Count the letters of the longest line in HTML that nothing breaks: of a formula, or a line of one."""
    lines = re.split("</mtr>|</math>", "".join(re.findall("<math.*?</math>", written)))
    return max((len(html.unescape(re.sub("<[^>]*>", "", line))) for line in lines), default=0)
