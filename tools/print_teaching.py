"""Make the printed form of the teacher's page: ``python -m tools.print_teaching`` writes docs/teaching.html anew.

One file without scripts that opens offline and prints on A4 and Letter.
"""

from __future__ import annotations

from markdown_it import MarkdownIt

from tools.serve import ROOT

SOURCE, PRINTED = ROOT / "docs" / "teaching.md", ROOT / "docs" / "teaching.html"
STYLE = """
@page { margin: 15mm; }
html { color-scheme: light; background: #fff; color: #1B1F24; font: 10.5pt/1.45 "Source Sans 3", Arial, sans-serif; }
body { max-width: 46rem; margin: 1rem auto; padding: 0 1rem; }
h1 { font-size: 1.8rem; line-height: 1.2; }
h2 { font-size: 1.35rem; margin: 1.6rem 0 0.4rem; padding-bottom: 0.1rem; border-bottom: 1px solid #8A93A0; }
h3 { font-size: 1.05rem; margin: 1rem 0 0.2rem; }
p { margin: 0.3rem 0; }
a { color: #005E94; }
table { border-collapse: collapse; width: 100%; margin: 0.4rem 0; }
th, td { text-align: left; vertical-align: top; padding: 0.2rem 0.7rem 0.2rem 0; border-bottom: 1px solid #D8DCE2; }
th:first-child { min-width: 4rem; }
h3 + table th { width: 40%; }
h3 + table th:first-child { width: 20%; }
blockquote { margin: 0.3rem 0 0.6rem; padding: 0.1rem 0.8rem; border-left: 4px solid #5B3F9B; background: #F5F3FA; }
code { font-size: 0.95em; overflow-wrap: anywhere; }
tr, blockquote, li { break-inside: avoid; }
h1, h2, h3, thead, p:has(+ blockquote) { break-after: avoid; }
@media print { body { max-width: none; margin: 0; padding: 0; } }
"""


def page(text: str) -> str:
    """Turn the Markdown of the page into HTML that stands by itself."""
    body = MarkdownIt("commonmark").enable("table").render(text)
    title = text.partition("\n")[0].removeprefix("# ")
    return (
        f'<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{title}</title>\n'
        f"<style>{STYLE}</style>\n<main>\n{body}</main>\n</html>\n"
    )


if __name__ == "__main__":
    PRINTED.write_text(page(SOURCE.read_text(encoding="utf-8")), encoding="utf-8")
