"""Pooling of ragged sequences by PyTorch in float64 from float32 numbers: values and all gradients of the mean, the maximum and
additive attention with a learned query.

Writes carousel-core/src/test/resources/golden/pooling.json; run from the root of the project.
"""
import json
import torch

torch.manual_seed(17)
F, A, LENGTHS = 5, 4, [4, 1, 6, 3]


def pooled(kind, x, weights):
    if kind == "mean":
        return x.mean(0)
    if kind == "max":
        return x.max(0).values
    scores = torch.tanh(torch.nn.functional.linear(x, weights["weight"], weights["bias"])) @ weights["query"]
    return torch.softmax(scores, 0) @ x


def case(kind):
    sequences = [torch.randn(length, F).double().requires_grad_(True) for length in LENGTHS]
    mix = torch.randn(len(LENGTHS), F).double()
    weights = {}
    if kind == "attention":
        weights = {"weight": torch.randn(A, F), "bias": torch.randn(A), "query": torch.randn(A)}
        weights = {name: value.double().requires_grad_(True) for name, value in weights.items()}
    rows = torch.stack([pooled(kind, x, weights) for x in sequences])
    (rows * mix).sum().backward()
    return {
        "kind": kind,
        "size": A if weights else 0,
        "sequences": [x.detach().tolist() for x in sequences],
        "mix": mix.flatten().tolist(),
        "weights": {name: value.detach().flatten().tolist() for name, value in weights.items()},
        "rows": rows.detach().flatten().tolist(),
        "gradients": {name: value.grad.flatten().tolist() for name, value in weights.items()},
        "inputGradients": [x.grad.tolist() for x in sequences],
    }


with open("carousel-core/src/test/resources/golden/pooling.json", "w") as out:
    json.dump({"torch": torch.__version__, "cases": [case(kind) for kind in ("mean", "max", "attention")]}, out)
    out.write("\n")
