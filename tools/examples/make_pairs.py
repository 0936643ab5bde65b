#!/usr/bin/env python3
"""Makes the pairs of examples/: dates as people write them, and as machines do.

    python3 tools/examples/make_pairs.py examples
"""
import datetime
import pathlib
import random
import sys

FIRST = datetime.date(1900, 1, 1)
DAYS = 73_000


def ending(day):
    return "th" if 10 < day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def written(day):
    form = random.randrange(6)
    month = day.strftime("%B")
    return [
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{day.strftime('%A')}, {day.day} {month} {day.year}",
        f"the {day.day}{ending(day.day)} of {month}, {day.year}",
        f"{day.strftime('%b')} {day.day} {day.year}",
        f"{day.day}.{day.month}.{day.year}",
    ][form]


def pairs(days):
    return "".join(f"{written(day)}\t{day.isoformat()}\n" for day in days)


def main(target):
    random.seed(4)
    days = [FIRST + datetime.timedelta(days=number) for number in random.sample(range(DAYS), 2_700)]
    target = pathlib.Path(target)
    (target / "dates.tsv").write_text(pairs(days[:2_500]), encoding="utf-8")
    (target / "dates-test.tsv").write_text(pairs(days[2_500:]), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
