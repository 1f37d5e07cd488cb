"""When a page stands still: what the browser tests wait for before they measure, read or click."""

import os

PATIENCE = 60_000  # milliseconds that a busy machine may take; every wait ends as soon as its condition holds
SLOWER = float(os.environ.get("SELFATTN_SLOW", "1"))  # how many times slower the browser is made
# Tells whether the server has answered the last thing that the page told it.
LINE = """(() => {
    const Plain = WebSocket;
    window.WebSocket = class extends Plain {
        constructor(...parts) {
            super(...parts);
            this.addEventListener('message', () => { window.unanswered = false; });
        }
        send(said) { window.unanswered = true; super.send(said); }
    };
})()"""
# The same in three frames, one after another: every word, and the place of everything that Streamlit or Plotly draws.
STILL = """() => {
    const find = selector => [...document.querySelectorAll(selector)], done = () => {
        if (window.unanswered || document.fonts.status !== 'loaded') return false;
        if (!find("[data-testid='stApp'][data-test-script-state='notRunning'] h1").length) return false;
        if (find("[data-stale='true'], [data-testid='stSkeleton']").length) return false;
        const fits = chart => !chart.clientWidth || Math.abs(chart.clientWidth - fits.svg(chart)?.clientWidth) < 2;
        fits.svg = chart => chart.querySelector('.main-svg'); // as wide as its place: also after a resize
        return find('.stPlotlyChart').every(fits)
            && find('img').every(image => image.complete || image.loading === 'lazy')
            && document.getAnimations().every(one => one.playState !== 'running' ||
                one.effect.getComputedTiming().iterations === Infinity);
    };
    const places = () => find('.stElementContainer, .stVerticalBlock, .stPlotlyChart text, .plane svg').map(one => {
        const box = one.getBoundingClientRect(); return [box.x, box.y, box.width, box.height].map(Math.round); });
    const seen = done() && document.body.textContent + places().join(' ');
    [window.frames_still, window.seen] = [seen && seen === window.seen ? window.frames_still + 1 : 0, seen];
    return window.frames_still >= 2;
}"""


def watch(tab):
    """Prepare a new tab: it is patient, notes what is not answered yet, and is slow where SELFATTN_SLOW says so."""
    tab.set_default_timeout(PATIENCE)
    tab.add_init_script(LINE)
    if SLOWER > 1:
        tab.context.new_cdp_session(tab).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return tab


def still(tab):
    """Wait until the server has answered, the script has run, everything is drawn and nothing moves."""
    tab.evaluate("window.frames_still = 0")
    tab.wait_for_function(STILL)


def parameter(tab, name, value):
    """Wait until a parameter of the address has this value, all of it: while one types, a part stands there."""
    tab.wait_for_function(
        "([name, value]) => new URLSearchParams(location.search).get(name) === value", arg=[name, value]
    )
