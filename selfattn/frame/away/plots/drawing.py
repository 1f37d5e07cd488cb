"""How the pictures of a notebook are drawn: what follows is its first picture cell, as text; the app never runs it."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import LinearSegmentedColormap

plt.rcParams.update({"text.parse_math": False, "figure.constrained_layout.use": True})  # a "$" in a word is a letter
COLOURS = ["#E69F00", "#0072B2", "#009E73", "#CC79A7", "#56B4E9", "#D55E00"]  # Okabe & Ito: one a sentence
QUIET = "#5B6470"
PALE_TO_DEEP = LinearSegmentedColormap.from_list("weights", ["#F5F3FA", "#C9BFE3", "#8F7BC2", "#5B3F9B", "#2E1065"])
TWO_SIDES = LinearSegmentedColormap.from_list("signs", ["#B35806", "#F1A340", "#F7F7F7", "#67A9CF", "#2166AC"])


def draw_table(axis, table, rows, columns, title, weights=False):
    """Draw numbers as colours: weights from pale, 0, to deep, 1; others on both sides of 0; nothing for infinity."""
    table = np.where(np.isfinite(table), table, np.nan)
    numbered = table.shape[1] <= 12 and table.size <= 150
    most = 1 if weights and numbered else np.nanmax(np.abs(table)) or 1
    colours, least = (PALE_TO_DEEP, 0) if weights else (TWO_SIDES, -most)
    image = axis.imshow(table, cmap=colours, vmin=least, vmax=most, aspect="auto")
    for names, set_ticks, turned in ((rows, axis.set_yticks, 0), (columns, axis.set_xticks, 45)):
        written = isinstance(names[0], str)
        places = range(0, len(names), -(-len(names) // (50 if written else 12)))
        set_ticks(places, [names[place] for place in places], rotation=turned if written else 0)
    for (row, column), number in np.ndenumerate(table if numbered else []):
        dark = number / most > 0.5 or number / most < -0.8
        text = "" if np.isnan(number) else f"{number:.2f}"
        axis.text(column, row, text, ha="center", va="center", size=9, color="white" if dark else "black")
    if not numbered:
        axis.figure.colorbar(image, ax=axis)
    axis.set_title(title)


def draw_bars(axis, names, values, title, colours=QUIET, most=40, digits=2):
    """Draw a bar for each name, the first on top; where there are more than `most`, the longest bars."""
    values, colours = np.asarray(values, dtype=float), np.resize(colours, len(values))
    shown = np.sort(np.argsort(-np.abs(values), kind="stable")[:most])
    bars = axis.barh(range(len(shown)), values[shown], color=colours[shown])
    axis.bar_label(bars, fmt=f"%.{digits}f", padding=3)
    axis.set_yticks(range(len(shown)), [names[place] for place in shown])
    axis.set_ylim(max(len(shown), 3) - 0.5, -0.5)
    axis.margins(x=0.15)
    axis.axvline(0, color=QUIET, linewidth=0.8)
    axis.set_title(title if len(shown) == len(values) else f"{title}\nthe {most} longest of {len(values)}")


def draw_pulls(axis, x, weights, row, names, plane, letter="", colour=COLOURS[0], most=6):
    """Draw what moves a word in a plane of directions, (2, d): each weight times the way to a word, tip to tail."""
    pulls = np.asarray(weights)[:, None] * (x - x[row])  # (n, d): they add up to the new vector minus the old one
    order = np.argsort(-np.linalg.norm(pulls, axis=1), kind="stable")
    corners = (x[row] + np.vstack([0 * x[row], np.cumsum(pulls[order], axis=0)])) @ plane.T
    axis.plot(*corners.T, ":", color=colour, linewidth=1)
    beside = {"xytext": (7, 7 - 15 * "ABCDEF".find(letter or "A")), "textcoords": "offset points"}
    arrow, behind = {"arrowstyle": "->", "color": colour, "linewidth": 1.6}, {"color": "white", "pad": 1}
    for word, start, end in list(zip(order, corners, corners[1:], strict=False))[:most]:
        if np.abs(pulls[word]).max() > 0:
            axis.annotate("", end, start, arrowprops=arrow)
            axis.annotate(names[word], (start + end) / 2, size=9, ha="center", va="center", bbox=behind)
    axis.plot(*corners[0], "o", color=QUIET, fillstyle="none", markersize=9)
    axis.plot(*corners[-1], "o", color=colour, markersize=9, alpha=0.7)
    axis.annotate(names[row], corners[0], xytext=(7, 7), textcoords="offset points", color=QUIET)
    axis.annotate(f"{names[row]}′ {letter}", corners[-1], **beside)
    axis.margins(0.15)
    axis.set_title(f"What moves “{names[row]}”, tip to tail")


def draw_line(axis, names, places, title, ends=("", ""), colours=QUIET):
    """Draw a mark for each name on a line between two senses, the first name on top."""
    axis.scatter(places, range(len(places)), c=np.resize(colours, len(places)), s=60, zorder=2)
    axis.set_yticks(range(len(places)), names)
    axis.set_ylim(len(places) - 0.5, -0.5)
    axis.axvline(0, color=QUIET, linewidth=0.8)
    most = 1.15 * max([1, *np.abs(axis.dataLim.intervalx)])  # all that stands there, also of other calls
    axis.set_xlim(-most, most)
    axis.grid(axis="y", alpha=0.4)
    axis.set_xlabel(f"← {ends[0]}          {ends[1]} →" if any(ends) else "")
    axis.set_title(title)


def draw_points(axis, points, names, title, colours=QUIET):
    """Draw a point with its name for each row, (n, 2): the name where it covers the fewest of the others."""
    axis.scatter(*np.asarray(points).T, c=np.resize(colours, len(points)), s=30)
    axis.margins(0.12)
    axis.figure.draw_without_rendering()  # so that places in pixels are known
    pixels, taken = axis.transData.transform(points), np.empty((0, 4))
    for name, place, point in zip(names, pixels, points, strict=True):
        around = [(5, 3), (-5 - 7 * len(name), 3), (-3.5 * len(name), 9), (-3.5 * len(name), -15)]
        boxes = np.array([[*(place + way), *(place + way + (7 * len(name), 12))] for way in around])
        met = [((box[:2] < taken[:, 2:]) & (taken[:, :2] < box[2:])).all(axis=1).sum() for box in boxes]
        best = np.argmin(met)
        taken = np.vstack([taken, boxes[best]])
        axis.annotate(name, point, xytext=around[best], textcoords="offset pixels", size=9)
    axis.set_title(title)


def plane_of(points):
    """Give the two directions, (2, d), in which points, (n, d), differ most."""
    return np.linalg.svd(points - points.mean(axis=0))[2][:2]
