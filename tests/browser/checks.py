"""What has to hold on every screen: each check gives what is wrong, and nothing where all is well."""

from pprint import pformat

from axe_playwright_python.sync_playwright import Axe

LEGIBLE = 12  # pixels: the least that a drawing may write in
POINTS_20 = 20 * 96 / 72  # pixels that 20 points take, the least in a room: CSS Values 4, 5.2
SAYS_SOMETHING = 40  # characters: a shorter description of a chart is but its name
THERE_ALREADY = "null"  # a script that does nothing: half a megabyte need not be read twice by one page
SIDEWAYS = """() => { const main = document.querySelector('[data-testid="stMain"]');
    return Math.max(0, main.scrollWidth - main.clientWidth, document.documentElement.scrollWidth - innerWidth); }"""
BELOW_THE_FOLD = """() => { const main = document.querySelector('[data-testid="stMain"]');
    return Math.max(0, main.scrollHeight - main.clientHeight); }"""
# Every text node that is painted: with its size in pixels of the screen, as scaled text in a drawing may differ.
SMALL = """least => { const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const text = walk.currentNode.data.trim(), at = walk.currentNode.parentElement;
        if (!text || at.closest('script, style, noscript, title, desc, annotation, .katex-mathml')) continue;
        const range = document.createRange(); range.selectNode(walk.currentNode);
        const box = range.getBoundingClientRect(), look = getComputedStyle(at);
        if (box.width <= 1 || box.height <= 1 || look.visibility !== 'visible' || +look.opacity === 0) continue;
        if (at.closest('[style*="opacity: 0"], [aria-hidden="true"] .sr-only')) continue;
        const clipped = at.closest('[data-testid="stMarkdownContainer"], kbd');
        if (clipped && getComputedStyle(clipped).clipPath !== 'none') continue;
        const icon = look.fontFamily.includes('Material'), size = parseFloat(look.fontSize);
        const name = at.className.baseVal ?? at.className;
        if (!icon && size < least - 0.05) found.push([text.slice(0, 40), size, at.tagName, name]);
    }
    return found; }"""
DRAWN_SMALL = """least => [...document.querySelectorAll('.js-plotly-plot text')].filter(text => text.textContent)
    .map(text => [text.textContent, parseFloat(getComputedStyle(text).fontSize)]).filter(text => text[1] < least)"""
# What is written in charts and is seen: [chart, text, left, top, right, bottom, whether it is turned].
WRITTEN = """[...document.querySelectorAll('.js-plotly-plot')].flatMap((chart, number) => {
    const inside = chart.getBoundingClientRect();
    return [...chart.querySelectorAll('text')].map(text => {
        const box = text.getBoundingClientRect(), look = getComputedStyle(text);
        const seen = text.textContent.trim() && box.width && look.visibility === 'visible' && +look.opacity;
        const turned = text.getScreenCTM().b !== 0;
        return seen && { number, said: text.textContent, turned, inside, box };
    }).filter(Boolean); })"""
CUT = (
    "() => "
    + WRITTEN
    + """.filter(({ box, inside }) => box.left < inside.left - 1 || box.right > inside.right + 1
    || box.top < inside.top - 1 || box.bottom > inside.bottom + 1).map(one => one.said)
    .concat([...document.querySelectorAll('button p, label p, [data-testid=stMain] h1, .sa-finding, .sa-prose')]
        .filter(one => one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1
            && getComputedStyle(one).overflowX !== 'visible').map(one => one.textContent))"""
)
COVERED = (
    "() => { const all = "
    + WRITTEN
    + """, found = [];
    all.forEach((one, at) => all.slice(at + 1).forEach(other => {
        if (one.number !== other.number || one.turned && other.turned) return;
        const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const ink = ({ top, bottom, height }) => [top + height / 5, bottom - height / 5]; // the rest is between lines
        const [[a, b], [c, d]] = [ink(one.box), ink(other.box)], high = Math.min(b, d) - Math.max(a, c);
        if (wide > 2 && high > 2)
            found.push([one.said, other.said, Math.round(wide), Math.round(high)]);
    })); return found; }"""
)
BOTTOMS = """all => all.map(chart => [chart.ariaLabel, Math.round(chart.getBoundingClientRect().bottom)])"""


class Complaints:
    """What is wrong with which screen: gathered on a walk and told at its end, so that no screen hides another.

    A wait that fails ends the walk, as what comes after it would fail too; it is told with the rest.
    """

    def __init__(self):
        self.by_screen, self.here = {}, None

    def __enter__(self):
        return self

    def at(self, screen):
        """Say on which screen the next checks are made."""
        self.here = str(screen)

    def about(self, **checks):
        """Note what is wrong with the screen: a name and a result a check."""
        for name, wrong in checks.items():
            if wrong:
                self.by_screen.setdefault(self.here, []).append((name, wrong))

    def __exit__(self, _kind, error, _traceback):
        if error:
            error.add_note(f"on the screen {self.here}; wrong before: {pformat(self.by_screen, width=160)}")
        else:
            assert not self.by_screen, pformat(self.by_screen, width=160)


def serious(screen):
    """What axe calls serious or critical: {rule: where}."""
    axe = Axe(THERE_ALREADY) if screen.page.evaluate("'axe' in window") else Axe()
    return {
        rule["id"]: [f"{node['target']} {node['html'][:160]}" for node in rule["nodes"]]
        for rule in axe.run(screen.page).response["violations"]
        if rule["impact"] in ("serious", "critical")
    }


def sideways(screen):
    """How many pixels the page scrolls sideways."""
    return screen.page.evaluate(SIDEWAYS)


def below_the_fold(screen):
    """How many pixels of the page are below the window."""
    return screen.page.evaluate(BELOW_THE_FOLD)


def small_words(screen, least=POINTS_20):
    """Every text on the screen whose letters are smaller."""
    return screen.page.evaluate(SMALL, least)


def small_labels(screen):
    """Every text in a chart that is too small to be read."""
    return screen.page.evaluate(DRAWN_SMALL, LEGIBLE)


def cut_words(screen):
    """Every text of a chart that goes over its edge, and every other one that is not seen whole."""
    return screen.page.evaluate(CUT)


def covered_words(screen):
    """Every two texts of a chart of which one lies on the other; turned ones only seem to."""
    return screen.page.evaluate(COVERED)


def descriptions(screen):
    """What stands in for every chart, for who cannot see it."""
    return screen.find(".stPlotlyChart").evaluate_all("all => all.map(chart => chart.ariaLabel || '')")


def undescribed(screen):
    """Every description of a chart that says too little."""
    return [text for text in descriptions(screen) if len(text) <= SAYS_SOMETHING]


def cut_off_charts(screen):
    """Every chart that goes on below the window."""
    height = screen.page.viewport_size["height"]
    return [chart for chart in screen.find(".stPlotlyChart").evaluate_all(BOTTOMS) if chart[1] > height]


def low_finding(screen, least):
    """Where the finding begins, if that is not above so many pixels."""
    top = screen.finding().first.bounding_box()["y"]
    return top if top >= least else None


def unsaid(screen, text):
    """What a screen reader ought to be told, and is not."""
    said = screen.page.get_by_role("status").filter(has_text=text).first
    return None if said.is_visible() else f"{text!r} is not among {screen.page.get_by_role('status').all_inner_texts()}"
