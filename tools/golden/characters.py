"""The readers of characters by PyTorch in float64 from float32 numbers: a convolution whose maximum is taken over the characters of a
word, and the last states of an LSTM in both directions; values and all gradients.

Writes carousel-core/src/test/resources/golden/characters.json; run from the root of the project.
"""
import json
import torch

torch.manual_seed(23)
V, E, O, WIDTH, H = 7, 4, 6, 3, 5
WORDS = [[1, 2, 3], [6], [4, 4, 5, 4, 0], [1, 2, 3], [6, 5, 4, 3, 2, 1, 0]]


def places_first(weight):
    """[O, E, width] as [O, width * E]: the places of the window before the features."""
    return weight.transpose(1, 2).reshape(weight.shape[0], -1)


def convolution():
    embedding, layer = torch.nn.Embedding(V, E).double(), torch.nn.Conv1d(E, O, WIDTH, padding=WIDTH // 2).double()
    rows = [torch.tanh(layer(embedding(torch.tensor(word)).T[None]).max(2).values[0]) for word in WORDS]
    weights = {"weight": embedding.weight, "convolution.weight": layer.weight, "convolution.bias": layer.bias}
    return rows, weights, {"convolution.weight": places_first}


def recurrent():
    embedding, layer = torch.nn.Embedding(V, E).double(), torch.nn.LSTM(E, H, bidirectional=True).double()
    rows = [torch.cat(list(layer(embedding(torch.tensor(word)))[1][0])) for word in WORDS]
    return rows, {"weight": embedding.weight, **dict(layer.named_parameters())}, {}


def case(kind, made):
    rows, weights, layouts = made
    rows = torch.stack(rows)
    mix = torch.randn(rows.shape).double()
    (rows * mix).sum().backward()

    def numbers(of):
        return {
            name: layouts.get(name, lambda same: same)(of(value)).detach().flatten().tolist()
            for name, value in weights.items()
        }

    return {
        "kind": kind,
        "mix": mix.flatten().tolist(),
        "weights": numbers(lambda value: value),
        "rows": rows.detach().flatten().tolist(),
        "gradients": numbers(lambda value: value.grad),
    }


with open("carousel-core/src/test/resources/golden/characters.json", "w") as out:
    sizes = {"vocabulary": V, "size": E, "filters": O, "width": WIDTH, "hidden": H}
    cases = [case("convolution", convolution()), case("recurrent", recurrent())]
    json.dump({"torch": torch.__version__, **sizes, "words": WORDS, "cases": cases}, out)
    out.write("\n")
