#!/usr/bin/env python3
"""Makes the labelled sequences of examples/, which nobody wrote or measured: messages from templates, and gestures from equations.

    python3 tools/examples/make_sequences.py examples
"""
import csv
import math
import pathlib
import random
import sys

THINGS = ["parcel", "order", "kettle", "lamp", "chair", "jacket", "camera", "book", "bicycle", "phone"]
OPENINGS = ["hello,", "hi there,", "good morning,", "please help:", "dear team,", "", "", ""]
CLOSINGS = ["thank you", "please answer soon", "many thanks", "i am waiting", "", "", ""]

# What each department hears, with a place for a thing; some words stand in several departments.
SENTENCES = {
    "billing": [
        "i was charged twice for the {}",
        "the invoice for my {} shows the wrong amount",
        "when do i get the money back for the {}",
        "my card was declined when i paid for the {}",
        "the discount is missing on the bill of my {}",
        "the price of the {} on the invoice is not what the page said",
        "you took the payment for a {} that i cancelled",
    ],
    "delivery": [
        "where is my {}",
        "the {} was left with a neighbour i do not know",
        "the {} has not arrived and the tracking page is empty",
        "can the {} come to another address",
        "the courier never rang and took the {} away again",
        "my {} should have been here on monday",
        "half of the order came, the {} did not",
    ],
    "repair": [
        "the {} arrived broken",
        "my {} stopped working after a week",
        "the {} does not switch on any more",
        "a part of the {} is cracked",
        "the {} makes a strange noise",
        "how do i send the {} in for repair",
        "the screen of my {} stays dark",
    ],
}
# Said in new messages only.
NEW_SENTENCES = {
    "billing": ["please refund the {}", "why did you charge more for the {} than agreed"],
    "delivery": ["nobody brought the {} yet", "the tracking page says that my {} is in another town"],
    "repair": ["the {} fell apart", "my {} is dead after one day"],
}
WRONG = 0.04  # the share of departments that somebody clicked by mistake
JOINTS = [", and ", "; also ", ". besides, "]


def message(draw, departments, new):
    parts = [draw.choice(SENTENCES[name] + (2 * NEW_SENTENCES[name] if new else [])).format(draw.choice(THINGS)) for name in departments]
    text = draw.choice(JOINTS).join(parts)
    return " ".join(word for word in [draw.choice(OPENINGS), text, draw.choice(CLOSINGS)] if word)


def messages(draw, count, new):
    names = sorted(SENTENCES)
    for i in range(count):
        first = draw.choice(names)
        topics = [first]
        if draw.random() < 0.25:
            topics.append(draw.choice([name for name in names if name != first]))
        department = draw.choice([name for name in names if name != first]) if draw.random() < WRONG else first
        yield f"m{i + 1}", message(draw, topics, new), department, "|".join(sorted(topics))


def gesture(draw, kind, steps):
    phase = draw.uniform(0, 2 * math.pi)
    speed = draw.uniform(0.35, 0.55)
    hit = draw.randrange(steps // 4, 3 * steps // 4)
    for t in range(steps):
        x, y = draw.gauss(0, 0.4), draw.gauss(0, 0.4)
        if kind == "circle":
            x += math.cos(phase + speed * t)
            y += math.sin(phase + speed * t)
        elif kind == "shake":
            x += math.cos(phase + 4 * speed * t)
        elif abs(t - hit) <= 1:  # tap
            y += 1.6 if t == hit else 0.8
        yield round(x, 3), round(y, 3)


def gestures(draw, count):
    for i in range(count):
        kind = draw.choice(["circle", "shake", "tap"])
        for x, y in gesture(draw, kind, draw.randrange(16, 28)):
            yield f"g{i + 1}", x, y, kind


def write(path, header, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main(target):
    folder = pathlib.Path(target)
    columns = ["id", "text", "department", "topics"]
    write(folder / "messages.csv", columns, messages(random.Random("messages"), 300, False))
    write(folder / "messages-new.csv", columns, messages(random.Random("more messages"), 100, True))
    columns = ["gesture", "x", "y", "kind"]
    write(folder / "gestures.csv", columns, gestures(random.Random("gestures"), 120))
    write(folder / "gestures-new.csv", columns, gestures(random.Random("more gestures"), 60))


if __name__ == "__main__":
    main(sys.argv[1])
