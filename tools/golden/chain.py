"""A linear-chain conditional random field by PyTorch in float64 from float32 weights, with and without forbidden transitions:
losses, all gradients, probabilities of tags. The forward sum runs over tags; the best paths are found among all of them.

Writes carousel-core/src/test/resources/golden/chain.json; run from the root of the project.
"""
import itertools
import json
import torch

torch.manual_seed(32)
LENGTHS = [4, 1, 6, 4]
BEST = 5


def score(path, e, transitions, start, end):
    total = start[path[0]] + end[path[-1]]
    for t, tag in enumerate(path):
        total = total + e[t, tag]
        if t > 0:
            total = total + transitions[path[t - 1], tag]
    return total


def partition(e, transitions, start, end):
    alpha = start + e[0]
    for t in range(1, len(e)):
        alpha = e[t] + torch.logsumexp(alpha[:, None] + transitions, 0)
    return torch.logsumexp(alpha + end, 0)


def masked(weights, rules):
    if rules is None:
        return weights
    return [value.masked_fill(~allowed, float("-inf")) for value, allowed in zip(weights, rules)]


def allowed(path, rules):
    return rules is None or bool(
        rules[1][path[0]] and rules[2][path[-1]] and all(rules[0][i, j] for i, j in zip(path, path[1:])))


def may(before, tag):
    return not tag.startswith("I") or before[-1:] == tag[-1:] and before != "O"


def case(names, scheme, scale):
    K = len(names)
    rules = None
    if scheme == "IOB2":
        rules = [
            torch.tensor([[may(i, j) for j in names] for i in names]),
            torch.tensor([may("O", j) for j in names]),
            torch.tensor([True] * K),
        ]
    weights = [(scale * torch.randn(K, K)).float(), torch.randn(K).float(), torch.randn(K).float()]
    exact = [w.double().requires_grad_(True) for w in weights]
    used = masked(exact, rules)
    sequences = []
    total = 0
    for length in LENGTHS:
        values = (scale * torch.randn(length, K)).float()
        e = values.double().requires_grad_(True)
        paths = [p for p in itertools.product(range(K), repeat=length) if allowed(p, rules)]
        path = paths[torch.randint(0, len(paths), (1,)).item()]
        z = partition(e, *used)
        (marginals,) = torch.autograd.grad(z, e, retain_graph=True)
        loss = z - score(path, e, *used)
        total = total + loss
        with torch.no_grad():
            plain = [w.tolist() for w in used]
            table = e.tolist()

            def quick(p):
                s = plain[1][p[0]] + plain[2][p[-1]]
                for t, tag in enumerate(p):
                    s += table[t][tag] + (plain[0][p[t - 1]][tag] if t else 0)
                return s

            best = sorted(paths, key=quick, reverse=True)[:BEST]
        sequences.append((values, e, path, z, loss, marginals, best, [quick(p) for p in best]))
    total.backward()
    return {
        "names": names,
        "scheme": scheme,
        "transitions": weights[0].flatten().tolist(),
        "start": weights[1].tolist(),
        "end": weights[2].tolist(),
        "loss": total.item(),
        "gradients": {n: w.grad.flatten().tolist() for n, w in zip(["transitions", "start", "end"], exact)},
        "sequences": [
            {
                "emissions": values.flatten().tolist(),
                "tags": list(path),
                "logPartition": z.item(),
                "loss": loss.item(),
                "marginals": marginals.flatten().tolist(),
                "gradient": e.grad.flatten().tolist(),
                "best": [list(p) for p in best],
                "scores": scores,
            }
            for values, e, path, z, loss, marginals, best, scores in sequences
        ],
    }


cases = [
    case(["O", "B-A", "I-A", "B-B"], "NONE", 1.0),
    case(["O", "B-A", "I-A", "B-B", "I-B"], "IOB2", 1.0),
    case(["O", "B-A", "I-A", "B-B"], "NONE", 6.0),
]
with open("carousel-core/src/test/resources/golden/chain.json", "w") as file:
    json.dump({"torch": torch.__version__, "cases": cases}, file)
