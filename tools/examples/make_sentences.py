"""Writes examples/sentences.txt: sentences of a small grammar, in which what comes first decides what may come last.

Run in the folder of the project: python3 tools/examples/make_sentences.py
"""
import random

random.seed(1997)

WEATHER = {
    "raining": ["stay at home", "take my umbrella", "read a book by the window"],
    "snowing": ["stay at home", "light the stove", "build a snowman in the garden"],
    "sunny": ["go to the beach", "swim in the lake", "have lunch in the garden"],
    "windy": ["fly my kite", "close all the windows", "watch the waves in the harbour"],
}
SKY = {
    "a storm is coming": ["grey", "black"],
    "evening is coming": ["red", "dark"],
    "the clouds are gone": ["blue", "clear"],
}
PEOPLE = {
    "Anna": "she", "Maria": "she", "my sister": "she", "the old captain": "he", "Peter": "he", "my neighbour Tom": "he",
}
LIKES = {
    "tea": ["drinks it every morning", "drinks it with milk"],
    "bread": ["bakes it every Sunday", "eats it with cheese"],
    "music": ["plays the violin every evening", "sings in the choir"],
    "the sea": ["sails to the islands every summer", "walks along the shore every evening"],
}
DAYS = ["today", "this morning", "again"]


def first_upper(text):
    return text[0].upper() + text[1:]


def weather():
    kind = random.choice(list(WEATHER))
    return f"It's {kind} {random.choice(DAYS)}, I {random.choice(WEATHER[kind])}."


def sky():
    cause = random.choice(list(SKY))
    colour = random.choice(SKY[cause])
    return random.choice([
        f"The sky has turned {colour}, {cause}.",
        f"Look, {cause}: the sky has turned {colour}.",
    ])


def person():
    name = random.choice(list(PEOPLE))
    thing = random.choice(list(LIKES))
    return f"{first_upper(name)} likes {thing}, and {PEOPLE[name]} {random.choice(LIKES[thing])}."


def two_people():
    one, two = random.sample(list(PEOPLE), 2)
    thing, other = random.sample(list(LIKES), 2)
    return f"{first_upper(one)} likes {thing} and {two} likes {other}, so {PEOPLE[two]} {random.choice(LIKES[other])}."


def main():
    kinds = [weather, sky, person, two_people]
    with open("examples/sentences.txt", "w") as file:
        for _ in range(1500):
            file.write(random.choice(kinds)() + "\n")


main()
