"""What axe finds on every page, light and dark, and the words that stand in for every chart."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

STEPS = ("1 Vectors", "2 Dot products", "3 Scaled", "5 Weighted sum", "6 Contextual")


def serious(screen):
    """What axe calls serious or critical: {rule: where}."""
    return {
        rule["id"]: [f"{node['target']} {node['html'][:160]}" for node in rule["nodes"]]
        for rule in Axe().run(screen.page).response["violations"]
        if rule["impact"] in ("serious", "critical")
    }


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("page", ["home", "self_attention", "motion"])
def test_axe_finds_nothing_serious(open_screen, page, theme):
    screen = open_screen(page, theme=theme, pulls="1")
    assert serious(screen) == {}
    for title in STEPS if page == "self_attention" else ():
        screen.choose(title)
        screen.settled()
        assert serious(screen) == {}, title


@pytest.mark.parametrize("page", ["home", "self_attention", "motion"])
def test_every_chart_says_what_it_shows(open_screen, page):
    screen = open_screen(page)
    said = screen.find(".stPlotlyChart").evaluate_all("all => all.map(chart => chart.ariaLabel)")
    assert said
    assert all(text and len(text) > 40 for text in said)


def test_finding_is_announced(open_screen):
    assert open_screen().page.get_by_role("status").filter(has_text="In A,").count() == 1
