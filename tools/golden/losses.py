"""Values and gradients of the losses by PyTorch, in float64 from float32 inputs.

Writes carousel-core/src/test/resources/golden/losses.json; run from the root of the project.
"""
import json
import statistics
import torch
import torch.nn.functional as F

torch.manual_seed(20)
COUNT = 24


def numbers(*shape, scale=1.0):
    return (torch.randn(*shape, dtype=torch.float32) * scale).double()


def case(name, outputs, loss, arguments=None, spread=2.0):
    raw = numbers(COUNT, outputs, scale=spread).requires_grad_(True)
    target = numbers(COUNT, scale=2.0)
    value = loss(raw, target)
    value.backward()
    return {
        "loss": {"type": name, **(arguments or {})},
        "raw": raw.detach().flatten().tolist(),
        "target": target.tolist(),
        "value": value.item(),
        "gradient": raw.grad.flatten().tolist(),
    }


def gaussian(raw, target):
    scale = 1e-3 + F.softplus(raw[:, 1])
    return F.gaussian_nll_loss(raw[:, 0], target, scale ** 2, full=True, eps=1e-12, reduction="sum")


def student(raw, target):
    scale = 1e-3 + F.softplus(raw[:, 1])
    degrees = 2.001 + F.softplus(raw[:, 2])
    return -torch.distributions.StudentT(degrees, raw[:, 0], scale).log_prob(target).sum()


def pinball(levels, anchor):
    def loss(raw, target):
        steps = F.softplus(raw)
        columns = [None] * len(levels)
        columns[anchor] = raw[:, anchor]
        for j in range(anchor + 1, len(levels)):
            columns[j] = columns[j - 1] + steps[:, j]
        for j in range(anchor - 1, -1, -1):
            columns[j] = columns[j + 1] - steps[:, j]
        error = target[:, None] - torch.stack(columns, 1)
        p = torch.tensor(levels, dtype=torch.float64)
        return torch.maximum(p * error, (p - 1) * error).mean(1).sum()

    return loss


def labels():
    """Several labels at once: raw and targets [8, 3]."""
    raw = numbers(8, 3, scale=2.0).requires_grad_(True)
    target = torch.randint(0, 2, (8, 3)).double()
    positive = torch.tensor([1.0, 4.0, 0.5], dtype=torch.float64)
    weight = torch.tensor([1.0, 0.75, 2.0], dtype=torch.float64)
    value = F.binary_cross_entropy_with_logits(raw, target, weight=weight, pos_weight=positive, reduction="sum")
    value.backward()
    both = [{"present": (w * p).item(), "absent": w.item()} for w, p in zip(weight, positive)]
    return {
        "loss": {"type": "weightedLogistic", "labels": both},
        "raw": raw.detach().flatten().tolist(),
        "target": target.flatten().tolist(),
        "value": value.item(),
        "gradient": raw.grad.flatten().tolist(),
    }


def main():
    cases = [
        case("squared", 1, lambda r, t: F.mse_loss(r[:, 0], t, reduction="sum")),
        case("absolute", 1, lambda r, t: F.l1_loss(r[:, 0], t, reduction="sum")),
        case("huber", 1, lambda r, t: F.huber_loss(r[:, 0], t, reduction="sum", delta=0.75), {"delta": 0.75}),
        case("quantile", 3, pinball([0.1, 0.5, 0.9], 1), {"levels": [0.1, 0.5, 0.9]}),
        case("quantile", 2, pinball([0.5, 0.9], 0), {"levels": [0.5, 0.9]}),
        case("quantile", 4, pinball([0.05, 0.25, 0.6, 0.95], 2), {"levels": [0.05, 0.25, 0.6, 0.95]}),
        case("gaussian", 2, gaussian, {"minScale": 1e-3}),
        case("studentT", 3, student, {"minScale": 1e-3}),
        labels(),
    ]
    levels = [1e-6, 0.001, 0.05, 0.3, 0.5, 0.8, 0.975, 0.99999]
    normal = statistics.NormalDist()  # Wichura's AS 241; torch.erfinv has eight digits in the tails
    x = torch.tensor([0.3, 1, 2.5, 5, 17, 30.5, 400]).double()
    special = {
        "levels": levels,
        "normalQuantiles": [normal.inv_cdf(level) for level in levels],
        "x": x.tolist(),
        "logGamma": torch.lgamma(x).tolist(),
        "digamma": torch.digamma(x).tolist(),
    }
    with open("carousel-core/src/test/resources/golden/losses.json", "w") as out:
        json.dump({"cases": cases, "special": special}, out, indent=1)
        out.write("\n")


main()
