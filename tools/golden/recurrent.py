"""Golden numbers of PyTorch's recurrent layers on ragged batches, in double precision.

Prints JSON: one case for RNN (tanh, ReLU), LSTM, GRU and LSTM with projection, each with one and with two layers, in one and
in both directions. A case has the weights, the inputs of a packed batch (the shortest sequence has length 1) and initial
states; the outputs and final states; and the gradient of every weight, input and initial state of a fixed linear function
of outputs and final states. What goes in are multiples of 1/64, so that a float holds them and few digits write them; what
comes out is rounded to ten digits, a thousand times closer than a float.

    /usr/bin/python3 tools/golden/recurrent.py > carousel-core/src/test/resources/golden/recurrent.json
"""
import json

import torch
from torch import nn
from torch.nn.utils.rnn import pack_sequence, pad_packed_sequence

FEATURES, HIDDEN, PROJECTION = 2, 3, 2
LENGTHS = [2, 4, 1]
KINDS = {
    "rnn-tanh": lambda **sizes: nn.RNN(FEATURES, HIDDEN, nonlinearity="tanh", **sizes),
    "rnn-relu": lambda **sizes: nn.RNN(FEATURES, HIDDEN, nonlinearity="relu", **sizes),
    "lstm": lambda **sizes: nn.LSTM(FEATURES, HIDDEN, **sizes),
    "lstm-projection": lambda **sizes: nn.LSTM(FEATURES, HIDDEN, proj_size=PROJECTION, **sizes),
    "gru": lambda **sizes: nn.GRU(FEATURES, HIDDEN, **sizes),
}


def draw(*shape, scale=1.0):
    """Normal numbers on a grid of 1/64."""
    return torch.round(torch.randn(*shape, dtype=torch.float64) * (64 * scale)) / 64


def given(tensor):
    return tensor.detach().reshape(-1).tolist()


def made(tensor):
    return [float(f"{x:.10g}") for x in tensor.detach().reshape(-1).tolist()]


def states(tensors, directions, write):
    """One list [B, size] for each part of the state, by the names of weights: hidden_l0, hidden_l0_reverse, cell_l0."""
    named = {}
    for part, tensor in zip(["hidden", "cell"], tensors):
        for i, values in enumerate(tensor):
            layer, reverse = divmod(i, directions)
            named[f"{part}_l{layer}" + ("_reverse" if reverse else "")] = write(values)
    return named


def case(kind, layers, directions):
    network = KINDS[kind](num_layers=layers, bidirectional=directions == 2).double()
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.copy_(draw(*parameter.shape, scale=0.5))
    width = PROJECTION if kind == "lstm-projection" else HIDDEN
    sizes = [width, HIDDEN] if kind.startswith("lstm") else [width]
    inputs = [draw(n, FEATURES).requires_grad_() for n in LENGTHS]
    initial = [draw(layers * directions, len(LENGTHS), size).requires_grad_() for size in sizes]
    packed, final = network(
        pack_sequence(inputs, enforce_sorted=False), tuple(initial) if len(initial) == 2 else initial[0])
    final = list(final) if len(initial) == 2 else [final]
    padded, lengths = pad_packed_sequence(packed, batch_first=True)
    outputs = [padded[i, :n] for i, n in enumerate(lengths.tolist())]
    output_factors = [draw(*o.shape) for o in outputs]
    final_factors = [draw(*s.shape) for s in final]
    value = sum((o * f).sum() for o, f in zip(outputs + final, output_factors + final_factors))
    value.backward()
    return {
        "kind": kind,
        "layers": layers,
        "directions": directions,
        "weights": {n: {"shape": list(p.shape), "values": given(p)} for n, p in network.named_parameters()},
        "inputs": [given(i) for i in inputs],
        "initial": states(initial, directions, given),
        "outputFactors": [given(f) for f in output_factors],
        "finalFactors": states(final_factors, directions, given),
        "value": made(value)[0],
        "outputs": [made(o) for o in outputs],
        "final": states(final, directions, made),
        "weightGradients": {n: made(p.grad) for n, p in network.named_parameters()},
        "inputGradients": [made(i.grad) for i in inputs],
        "initialGradients": states([s.grad for s in initial], directions, made),
    }


def main():
    torch.manual_seed(20261121)
    cases = [case(kind, layers, directions) for kind in KINDS for layers in (1, 2) for directions in (1, 2)]
    print('{"madeBy":', json.dumps("tools/golden/recurrent.py, PyTorch " + torch.__version__ + ", float64"))
    sizes = {"features": FEATURES, "hidden": HIDDEN, "projection": PROJECTION, "lengths": LENGTHS}
    for key, value in sizes.items():
        print(",", json.dumps(key) + ":", json.dumps(value))
    print(', "cases": [')
    print(",\n".join("\n, ".join(
        ("{" if i == 0 else "") + json.dumps(k) + ": " + json.dumps(v, separators=(",", ":"))
        for i, (k, v) in enumerate(c.items())) + "}" for c in cases))
    print("]}")


if __name__ == "__main__":
    main()
