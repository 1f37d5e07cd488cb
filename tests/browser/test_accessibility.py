"""What axe finds on every page, light and dark, and the words that stand in for every chart."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

PLACES = [("home", "weights"), *(("self_attention", step) for step in ("vectors", "scores", "weights", "contextual")),
          ("motion", "weights")]  # fmt: skip


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("page", "step"), PLACES)
def test_axe_finds_nothing_serious(open_screen, page, step, theme):
    screen = open_screen(page, theme=theme, step=step, pulls="1")
    found = Axe().run(screen.page).response["violations"]
    serious = {
        rule["id"]: [f"{node['target']} {node['html'][:160]}" for node in rule["nodes"]]
        for rule in found
        if rule["impact"] in ("serious", "critical")
    }
    assert not serious


@pytest.mark.parametrize(("page", "step"), PLACES)
def test_every_chart_says_what_it_shows(open_screen, page, step):
    screen = open_screen(page, step=step)
    said = screen.find(".stPlotlyChart").evaluate_all("all => all.map(chart => chart.ariaLabel)")
    assert said
    assert all(text and len(text) > 40 for text in said)


def test_finding_is_announced(open_screen):
    assert open_screen().page.get_by_role("status").filter(has_text="In A,").count() == 1
