#!/usr/bin/env python3
"""Makes the series of examples/ from the npm package vega-datasets.

    npm pack vega-datasets@3.2.1 && tar xzf vega-datasets-3.2.1.tgz
    python3 tools/examples/make_examples.py package examples
"""
import csv
import pathlib
import sys


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def write(path, header, lines):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(lines)


def main(package, target):
    data = pathlib.Path(package) / "data"
    target = pathlib.Path(target)
    # Months are missing before May 1964; from then on there is one value for each.
    co2 = [(row["Date"][:7], row["CO2"]) for row in rows(data / "co2-concentration.csv") if row["Date"] >= "1964-05"]
    write(target / "co2.csv", ["month", "co2"], co2)
    # The column of words, weather, is left out.
    names = ["date", "precipitation", "temp_max", "temp_min", "wind"]
    weather = [[row[name] for name in names] for row in rows(data / "seattle-weather.csv")]
    write(target / "seattle-weather.csv", names, weather)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
