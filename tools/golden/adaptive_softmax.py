"""Adaptive softmax by PyTorch in float64 from float32 weights: logarithms of all probabilities, loss and gradients.

Writes carousel-core/src/test/resources/golden/adaptive_softmax.json; run from the root of the project.
"""
import json
import torch

torch.manual_seed(41)
ROWS = 12


def gradient(value):
    # a cluster that no target is in has none
    return (torch.zeros_like(value) if value.grad is None else value.grad).flatten().tolist()


def case(features, classes, cutoffs, divisor):
    layer = torch.nn.AdaptiveLogSoftmaxWithLoss(features, classes, cutoffs, div_value=divisor, head_bias=True)
    with torch.no_grad():
        for value in layer.parameters():
            value.copy_(torch.randn_like(value))
    weights = {name: value.detach().clone() for name, value in layer.named_parameters()}
    layer = layer.double()
    x = torch.randn(ROWS, features).double().requires_grad_(True)
    targets = torch.randint(0, classes, (ROWS,))
    targets[:4] = torch.tensor([0, cutoffs[0] - 1, cutoffs[0], classes - 1])
    loss = -layer(x, targets).output.sum()
    loss.backward()
    return {
        "features": features,
        "classes": classes,
        "cutoffs": cutoffs,
        "divisor": divisor,
        "x": x.tolist(),
        "targets": targets.tolist(),
        "weights": {"decoder." + name: value.flatten().tolist() for name, value in weights.items()},
        "logProbabilities": layer.log_prob(x).tolist(),
        "loss": loss.item(),
        "gradients": {"decoder." + name: gradient(value) for name, value in layer.named_parameters()},
        "inputGradient": x.grad.tolist(),
    }


cases = [case(8, 20, [5], 4.0), case(9, 40, [4, 13, 30], 2.0)]
with open("carousel-core/src/test/resources/golden/adaptive_softmax.json", "w") as file:
    json.dump({"torch": torch.__version__, "cases": cases}, file)
