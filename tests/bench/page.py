"""Draws the results of the benchmarks as one self-contained HTML page."""

import html
import math

TOOLS = {"tenure": "tenure", "explicit": "explicit search", "spin": "SPIN"}
TARGETS = ((1, "floor"), (3, "3x"), (10, "10x"))

STYLE = """
:root { color-scheme: light dark; --ground: #fcfcfb; --ink: #1c1c1a; --quiet: #6b6a66; --grid: #e3e2dd;
  --tenure: #2a66c8; --explicit: #b4620a; --spin: #177a5a; --bar: #2a66c8; --bar-new: #8fb3e8; }
@media (prefers-color-scheme: dark) { :root { --ground: #1a1a19; --ink: #eeede8; --quiet: #a3a29b; --grid: #383835;
  --tenure: #7fb0ff; --explicit: #f0a04b; --spin: #4fc79d; --bar: #7fb0ff; --bar-new: #3f6199; } }
body { background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto;
  max-width: 60rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2.5rem; } p { max-width: 42rem; }
.quiet, .quiet * { color: var(--quiet); fill: var(--quiet); }
svg { display: block; width: 100%; height: auto; } svg text { font: 12px system-ui, sans-serif; fill: var(--ink); }
svg .quiet { fill: var(--quiet); }
.grid { stroke: var(--grid); } .target { stroke: var(--quiet); stroke-dasharray: 2 3; }
.panels { display: grid; grid-template-columns: repeat(auto-fit, minmax(22rem, 1fr)); gap: 1rem; }
.curve { fill: none; stroke-width: 2; stroke: var(--color); } .faulty { stroke-dasharray: 5 4; }
.dot { fill: var(--color); } .open { fill: var(--ground); stroke: var(--color); stroke-width: 2; }
.old { fill: var(--bar); } .new { fill: var(--bar-new); }
.key { display: flex; flex-wrap: wrap; gap: .3rem 1.5rem; align-items: center; }
.key svg { display: inline; width: 2.2rem; height: .8rem; }
"""


def logarithmic(low, high, begin, end):
    """A logarithmic scale: from a value between `low` and `high` to a place between `begin` and `end`."""
    span = math.log(high / low)
    return lambda value: round(begin + (end - begin) * math.log(max(value, low) / low) / span, 1)


def powers(low, high):
    """The powers of ten between two values."""
    return [10.0**e for e in range(math.ceil(math.log10(low) - 1e-9), math.floor(math.log10(high) + 1e-9) + 1)]


def text(x, y, words, anchor="start", style=""):
    """A text of a drawing."""
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" class="{style}">{html.escape(words)}</text>'


def line(x1, y1, x2, y2, style):
    """A line of a drawing."""
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" class="{style}"/>'


def told(row):
    """A row's figures, as they are shown where the pointer is."""
    return f"{row['cpu']} s, {row['megabytes']} MB, {row['says']}"


def drawing(width, height, label, parts):
    """A drawing of these parts."""
    return f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{label}">{"".join(parts)}</svg>'


def curve(rows, x, y):
    """The curve of one tool: what holds or is violated as dots, where it was stopped as an open one."""
    points = [(x(row["size"]), y(row["cpu"]), row) for row in sorted(rows, key=lambda row: row["size"])]
    style = f"--color: var(--{rows[0]['tool']})"
    path = " ".join(f"{px},{py}" for px, py, _ in points)
    parts = [f'<polyline class="curve{" faulty" if rows[0]["faulty"] else ""}" points="{path}"/>']
    for px, py, row in points:
        is_answer = row["says"] in ("holds", "violated")
        title = f"{TOOLS[row['tool']]}: {row['statements']} statements, {told(row)}"
        parts.append(
            f'<circle class="{"dot" if is_answer else "open"}" cx="{px}" cy="{py}" r="4">'
            f"<title>{html.escape(title)}</title></circle>"
        )
    return f'<g style="{style}">{"".join(parts)}</g>'


def growth_panel(rows, booleans, low, high, sizes):
    """The curves for one number of configuration booleans."""
    width, height, left, right, top, bottom = 420, 300, 48, 12, 28, 40
    x = logarithmic(min(sizes), max(sizes), left + 8, width - right - 8)
    y = logarithmic(low, high, height - bottom, top)
    parts = [text(left, 16, f"{booleans} configuration booleans")]
    for tick in powers(low, high):
        parts += [
            line(left, y(tick), width - right, y(tick), "grid"),
            text(left - 6, y(tick) + 4, f"{tick:g} s", "end", "quiet"),
        ]
    for tick in sorted({*powers(min(sizes), max(sizes)), max(sizes)}):
        parts.append(text(x(tick), height - bottom + 18, f"{tick:,.0f}", "middle", "quiet"))
    parts.append(text(width - right, height - 6, "statements", "end", "quiet"))
    for tool in TOOLS:
        for faulty in (False, True):
            chosen = [row for row in rows if (row["tool"], row["booleans"], row["faulty"]) == (tool, booleans, faulty)]
            if chosen:
                parts.append(curve(chosen, x, y))
    return drawing(width, height, f"{booleans} configuration booleans", parts)


def key():
    """What the curves mean."""
    stroke = '<line class="curve{}" x1="0" y1="6" x2="34" y2="6"/>'
    signs = [(tool, stroke.format(""), name) for tool, name in TOOLS.items()]
    signs.append(("quiet", stroke.format(" faulty"), "faulty driver"))
    signs.append(("quiet", '<circle class="open" cx="17" cy="6" r="4"/>', "stopped, or undecided"))
    items = [
        f'<span style="--color: var(--{color})"><svg viewBox="0 0 34 12">{sign}</svg> {words}</span>'
        for color, sign, words in signs
    ]
    return f'<p class="key">{"".join(items)}</p>'


def bars(rows):
    """Ratios to the floor: a pair of bars for each driver, one for each semantics."""
    names = list(dict.fromkeys(row["name"] for row in rows))
    left, right, top, step = 250, 110, 24, 40
    width, height = 860, top + step * len(names) + 6
    low, high = 0.8, max(12, *(row["ratio"] for row in rows)) * 1.1
    x = logarithmic(low, high, left, width - right)
    parts = []
    for value, words in TARGETS:
        parts += [
            line(x(value), top - 4, x(value), height, "target"),
            text(x(value), top - 10, words, "middle", "quiet"),
        ]
    for row in rows:
        y = top + step * names.index(row["name"]) + (0 if row["semantics"] == "old" else 15)
        title = f"{row['name']}, {row['semantics']}: {told(row)}"
        parts.append(
            f'<rect class="{row["semantics"]}" x="{left}" y="{y}" width="{x(row["ratio"]) - left}" height="13" rx="2">'
            f"<title>{html.escape(title)}</title></rect>"
        )
        limit = " (stopped)" if row["stopped"] else ""
        parts.append(text(x(row["ratio"]) + 6, y + 11, f"{row['ratio']:.1f}{limit}", "start", "quiet"))
    for index, name in enumerate(names):
        parts.append(text(left - 10, top + step * index + 18, name, "end"))
    return drawing(width, height, "ratios to the floor", parts)


def page_of(result):
    """The page, as text."""
    parts = []
    for title, rows in (
        ("Drivers beside the floor", result["drivers"]),
        ("The corpus in one process", result["corpus"]),
    ):
        if rows:
            parts += [
                f"<h2>{title}</h2>",
                "<p class='quiet'>Processor time as a multiple of the floor's; upper bar: semantics old, "
                "lower bar: new.</p>",
                bars(rows),
            ]
    rows = result["growth"]
    if rows:
        sizes = [row["size"] for row in rows]
        times = [max(row["cpu"], 0.01) for row in rows]
        low, high = 10 ** math.floor(math.log10(min(times))), max(times) * 1.2
        panels = [
            growth_panel(rows, booleans, low, high, sizes) for booleans in sorted({row["booleans"] for row in rows})
        ]
        parts += [
            "<h2>Growth</h2>",
            "<p class='quiet'>Generated drivers; processor time of whole processes, SPIN with its " "compiler.</p>",
            key(),
            f'<div class="panels">{"".join(panels)}</div>',
        ]
    head = (
        f"<!doctype html><html lang='en'><meta charset='utf-8'><title>tenure: benchmarks</title><style>{STYLE}</style>"
    )
    about = f"{result['machine']}; medians of {result['runs']} runs; stopped after {result['limit']:g} s."
    return f"{head}<h1>tenure: benchmarks</h1><p class='quiet'>{html.escape(about)}</p>{''.join(parts)}</html>\n"
