"""The pictures of staff's pages; the numbers behind each are in a CSV beside the page."""

import pandas as pd

from coursework.core.text import counted
from coursework.returning.sheet import png

BLUE, GREEN, RED, GRAY = "#3b6fd4", "#1b7a43", "#b3261e", "#8a93a3"


def _axes(height: float, **several):  # type: ignore[no-untyped-def]
    """A figure as wide as the page, without the lines that say nothing."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, height), layout="constrained")
    axes = figure.subplots(**several)
    for axis in [axes] if not several else list(axes):
        axis.spines[["top", "right"]].set_visible(False)
    return figure, axes


def distribution(totals: pd.DataFrame, most: float) -> bytes:
    """How many students have how many points, and the median."""
    figure, axis = _axes(3)
    points = pd.to_numeric(totals["total"]).dropna()
    axis.hist(points, bins=[most * i / 20 for i in range(21)], color=BLUE)
    if len(points):
        axis.axvline(points.median(), color="black", linewidth=1)
        axis.annotate(
            f" median {points.median():.4g}", (points.median(), 1), xycoords=("data", "axes fraction"), va="top"
        )
    axis.yaxis.get_major_locator().set_params(integer=True)
    axis.set(xlabel=f"points of {most:g} (answers that wait count as 0)", ylabel="students", title="Distribution")
    return png(figure)


def questions(table: pd.DataFrame) -> bytes:
    """The mean share of the points beside discrimination."""
    figure, axis = _axes(3.6)
    shown = table.dropna(subset=["discrimination"])
    axis.scatter(shown["mean share"], shown["discrimination"], s=20 + 6 * shown["points"], color=GREEN, alpha=0.6)
    places: dict[tuple[float, float], list[str]] = {}  # questions in the same place share a label
    for _, row in shown.iterrows():
        places.setdefault((round(row["mean share"], 2), round(row["discrimination"], 2)), []).append(row["question"])
    for place, names in places.items():
        axis.annotate(", ".join(names), place, xytext=(6, 4), textcoords="offset points")
    axis.axhline(0.2, color="gray", linestyle=":")
    axis.set(xlabel="mean share of the points (right: easy)", ylabel="item-rest correlation", xlim=(-0.02, 1.05))
    axis.set(title="Questions: those below the line hardly tell who knows more")
    return png(figure)


def budget(runs: pd.DataFrame) -> bytes:
    """The share of the time and of the memory that each student's run took, sorted; red where a limit was hit."""
    figure, axes = _axes(2.4, ncols=2, sharey=True)
    for axis, name in zip(axes, ("of the time", "of the memory"), strict=True):
        table = runs.sort_values(name, ignore_index=True)
        colours = [RED if hit else BLUE for hit in table["limits hit"]]
        axis.vlines(table.index, 0, 100 * table[name], color=colours, linewidth=1)
        axis.scatter(table.index, 100 * table[name], color=colours, s=12, zorder=2)
        axis.axhline(100, color="gray", linestyle=":")
        axis.set(
            xticks=[], xlabel=f"{counted(len(table), 'student')}, sorted", title=f"Share {name} allowed", ylim=(0, None)
        )
    axes[0].set_ylabel("%")
    return png(figure)


def arrivals(table: pd.DataFrame) -> bytes:
    """How much of the class had handed in, day by day before and after the deadline."""
    figure, axis = _axes(2.4)
    days = (table["hours after"] / 24).sort_values(ignore_index=True)
    share = [100 * (i + 1) / len(days) for i in range(len(days))]
    axis.step(days, share, where="post", color=BLUE)
    late = days > 0
    axis.scatter(days[late], [s for s, over in zip(share, late, strict=True) if over], color=RED, s=14, zorder=3)
    axis.axvline(0, color="gray", linestyle=":")
    axis.set(xlabel="days after the deadline (each student's own)", ylabel="% of the submissions", ylim=(0, 103))
    axis.set(title=f"When they handed in: {int(late.sum())} after the deadline")
    return png(figure)


def medians(shares: pd.DataFrame, table: pd.DataFrame) -> bytes:
    """The class over the assignments: every student a thin line, the middle half shaded, the median on top.

    `shares` has a row a student and a column an assignment, `table` a row an assignment, all in percent.
    """
    figure, axis = _axes(3.6)
    places = range(len(table))
    for _, row in shares.iterrows():
        axis.plot(places, row, color=GRAY, linewidth=0.7, alpha=0.45, marker=".", markersize=2)
    axis.fill_between(places, table["lower quarter"], table["upper quarter"], color=BLUE, alpha=0.18, linewidth=0)
    axis.plot(places, table["median"], color=BLUE, linewidth=2.2, marker="o")
    for place, value in zip(places, table["median"], strict=True):
        if pd.isna(value):
            continue
        axis.annotate(f"{value:.0f}", (place, value), xytext=(0, 7), textcoords="offset points", ha="center")
    labels = [f"{a}\n{counted(n, 'student')}" for a, n in zip(table["assignment"], table["students"], strict=True)]
    axis.set_xticks(places, labels)
    axis.set(ylabel="% of the graded points", ylim=(0, 105), xlim=(-0.3, len(table) - 0.7))
    axis.set_title("Median of the class, and its middle half", pad=18)  # above the number of a median near 100
    return png(figure)
