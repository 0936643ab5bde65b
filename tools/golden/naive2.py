#!/usr/bin/env python3
"""Naive2 of the M4 competition with NumPy, written after R's acf, filter and decompose.

    python3 tools/golden/naive2.py > carousel-core/src/test/resources/golden/naive2.json
"""
import csv
import json
import math
import pathlib

import numpy as np

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "examples"


def acf(x):
    lags = min(math.floor(10 * math.log10(len(x))), len(x) - 1)
    d = x - x.mean()
    full = np.correlate(d, d, mode="full")[len(x) - 1:]
    return (full / full[0])[1:lags + 1]


def seasonal(x, m):
    if m < 2 or len(x) < 3 * m:
        return False
    r = acf(x)
    if m > len(r):
        return False
    limit = 1.645 / np.sqrt(len(x)) * np.sqrt(np.cumsum(np.concatenate([[1.0], 2 * r**2])))
    return bool(abs(r[m - 1]) > limit[m - 1])


def decompose(x, m):
    weights = np.full(m, 1.0) if m % 2 else np.concatenate([[0.5], np.ones(m - 1), [0.5]])
    trend = np.full(len(x), np.nan)
    half = len(weights) // 2
    trend[half:len(x) - half] = np.convolve(x, weights / m, mode="valid")
    ratio = x / trend
    figure = np.array([np.nanmean(ratio[j::m]) for j in range(m)])
    return figure / figure.mean()


def naive2(x, m, horizon):
    if not seasonal(x, m):
        return [float(x[-1])] * horizon
    figure = decompose(x, m)
    cycle = np.resize(figure, len(x))
    out = np.resize(cycle[-m:], horizon)
    return ((x / cycle)[-1] * out).tolist()


def column(name, column):
    with open(EXAMPLES / name, newline="") as file:
        return np.array([float(row[column]) for row in csv.DictReader(file)])


CASES = [
    ("co2.csv", "co2", 0, 672, 12, 18),
    ("co2.csv", "co2", 0, 60, 12, 6),
    ("co2.csv", "co2", 5, 125, 12, 18),
    ("co2.csv", "co2", 0, 35, 12, 3),
    ("seattle-weather.csv", "wind", 0, 400, 7, 10),
    ("seattle-weather.csv", "wind", 0, 1461, 3, 4),
    ("seattle-weather.csv", "temp_max", 200, 700, 7, 15),
    ("seattle-weather.csv", "temp_max", 0, 1461, 365, 3),
]

result = []
for file, name, start, end, m, horizon in CASES:
    x = column(file, name)[start:end]
    result.append({"file": file, "column": name, "from": start, "to": end, "season": m,
                   "seasonal": seasonal(x, m), "forecast": naive2(x, m, horizon)})
print(json.dumps(result, indent=1))
