#!/usr/bin/env python3
"""Draws the curves of the guide "Why an LSTM remembers": the gradient at the memory of each network, by lag.

    ./carousel lags --task 2c --lag 50 --cell elman --sequences 10000 --gradients --json > elman.json
    ./carousel lags --task 2c --lag 50 --cell lstm --gradients --json > lstm.json
    python3 tools/figures/gradient_by_lag.py elman.json lstm.json > docs/figures/gradient-by-lag.svg
"""
import json
import math
import sys

WIDTH, HEIGHT = 760, 400
LEFT, RIGHT, TOP, BOTTOM = 64, 196, 24, 52
COLORS = {"elman": "#b3541e", "lstm": "#0a6c8c"}
NAMES = {"elman": "Elman network", "lstm": "LSTM"}


def curves(path):
    """The curves of the part of the state that is the memory: the cell state where there is one."""
    with open(path, encoding="utf-8") as file:
        result = json.load(file)
    return result["cell"], result["gradients"][-1]


def main(paths):
    drawn = [curves(path) for path in paths]
    lags = max(len(curve["start"]) for _, curve in drawn)
    values = [v for _, curve in drawn for key in ("start", "trained") for v in curve[key] if v]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    across = lambda lag: LEFT + (WIDTH - LEFT - RIGHT) * lag / (lags - 1)
    down = lambda value: TOP + (HEIGHT - TOP - BOTTOM) * (high - math.log10(value)) / (high - low)
    print(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
          'font-family="system-ui, sans-serif" font-size="13" role="img" aria-labelledby="title">')
    print('<title id="title">The gradient at the memory of an Elman network falls by powers of ten with the lag; '
          'that of an LSTM hardly falls.</title>')
    print(f'<rect width="{WIDTH}" height="{HEIGHT}" rx="6" fill="#fcfbf8"/>')
    for power in range(low, high + 1):
        y = down(10.0 ** power)
        text = {0: "1", 1: "10", -1: "0.1"}.get(power, f'10<tspan dy="-5" font-size="9">−{-power}</tspan>')
        print(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#e3e0d8"/>')
        print(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end" fill="#5b626b">{text}</text>')
    for lag in range(0, lags, 10):
        print(f'<text x="{across(lag):.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle" fill="#5b626b">{lag}</text>')
    print(f'<text x="{(LEFT + WIDTH - RIGHT) / 2:.0f}" y="{HEIGHT - 10}" text-anchor="middle" fill="#5b626b">'
          'time steps before the end</text>')
    taken = []
    for cell, curve in drawn:
        for key, dash in (("start", ' stroke-dasharray="5 4"'), ("trained", "")):
            points = " ".join(f"{across(lag):.1f},{down(v):.1f}" for lag, v in enumerate(curve[key]) if v)
            print(f'<polyline points="{points}" fill="none" stroke="{COLORS[cell]}" stroke-width="2"{dash}/>')
            y = down(curve[key][-1])
            while any(abs(y - other) < 15 for other in taken):  # names must not lie upon each other
                y += 1
            taken.append(y)
            when = "at the start" if key == "start" else "trained"
            print(f'<text x="{WIDTH - RIGHT + 8}" y="{y + 4:.1f}" fill="{COLORS[cell]}">{NAMES[cell]}, {when}</text>')
    print("</svg>")


if __name__ == "__main__":
    main(sys.argv[1:])
