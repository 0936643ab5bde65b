#!/usr/bin/env python3
"""Writes examples/pump.csv and examples/pump-week.csv: a pump's pressure and temperature every ten minutes.

Both follow the day; the temperature follows the pressure late. pump.csv is two weeks without trouble but for a few
readings that are missing. pump-week.csv is the week after, with four troubles that its column `label` marks: a drop of
the pressure, a pressure that stays still, a temperature that leaves the pressure, and a shift of both.
"""
import datetime
import math
import random

START = datetime.datetime(2026, 3, 2)
STEP = datetime.timedelta(minutes=10)
DAY = 144


def main():
    rng = random.Random(5)
    rows = []
    temperature = 48.0
    drift = 0.0
    for t in range(21 * DAY):
        drift = 0.98 * drift + rng.gauss(0, 0.02)
        load = math.sin(2 * math.pi * t / DAY) + 0.4 * math.sin(4 * math.pi * t / DAY)
        pressure = 6 + 0.8 * load + drift + rng.gauss(0, 0.03)
        temperature += 0.05 * (40 + 1.5 * pressure - temperature) + rng.gauss(0, 0.04)
        rows.append([START + t * STEP, pressure, temperature, 0])
    week = 14 * DAY
    trouble(rows, week + 200, 3, lambda i, r: (r[1] - 1.5, r[2]))
    still = rows[week + 420][1]
    trouble(rows, week + 420, 40, lambda i, r: (still, r[2]))
    trouble(rows, week + 650, 6, lambda i, r: (r[1], r[2] + 0.6 * (i + 1)))
    trouble(rows, week + 860, 12, lambda i, r: (r[1] + 0.9, r[2] + 1.2))
    write("examples/pump.csv", rows[:week], False, rng)
    write("examples/pump-week.csv", rows[week:], True, rng)


def trouble(rows, at, length, change):
    for i in range(length):
        row = rows[at + i]
        row[1], row[2] = change(i, row)
        row[3] = 1


def write(name, rows, labelled, rng):
    with open(name, "w", encoding="utf-8") as out:
        out.write("time,pressure,temperature" + (",label" if labelled else "") + "\n")
        for time, pressure, temperature, label in rows:
            cell = "" if rng.random() < 0.002 else f"{pressure:.3f}"
            out.write(f"{time:%Y-%m-%d %H:%M},{cell},{temperature:.2f}" + (f",{label}" if labelled else "") + "\n")


if __name__ == "__main__":
    main()
