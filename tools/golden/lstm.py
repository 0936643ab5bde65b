"""Golden numbers of a stacked LSTM on ragged batches, by PyTorch in double precision.

Prints JSON: the weights, a batch of sequences of different lengths (the shortest 1) with initial states, the outputs and
final states, the gradient of every weight, input and initial state of a fixed linear function of outputs and final
states, and ten steps of Adam on another, with a dense head on the last output.

    /usr/bin/python3 tools/golden/lstm.py > carousel-core/src/test/resources/golden/lstm.json
"""
import json

import torch
from torch import nn
from torch.nn.utils.rnn import pack_sequence, pad_packed_sequence

FEATURES, HIDDEN, LAYERS = 3, 4, 2
LENGTHS = [5, 1, 3, 7, 3]
STEPS, LEARNING_RATE, EPSILON = 10, 0.01, 1e-2


def single(tensor):
    """The nearest numbers that a float holds, kept as doubles."""
    return tensor.float().double()


def normal(*shape):
    return single(torch.randn(*shape, dtype=torch.float64))


def flat(tensor):
    return tensor.detach().reshape(-1).tolist()


def named(parameters):
    return {name: {"shape": list(p.shape), "values": flat(p)} for name, p in parameters}


class Forecast(nn.Module):
    """The network of the training steps: an LSTM, and a dense head on the last output of each sequence."""

    def __init__(self):
        super().__init__()
        self.encoder = nn.LSTM(FEATURES, HIDDEN, LAYERS).double()
        self.head = nn.Linear(HIDDEN, 1).double()
        with torch.no_grad():
            for p in self.parameters():
                p.copy_(single(torch.randn(p.shape, dtype=torch.float64) * 0.5))

    def forward(self, sequences):
        _, (hidden, _) = self.encoder(pack_sequence(sequences, enforce_sorted=False))
        return self.head(hidden[-1])[:, 0]


def gradients(network, sequences):
    """Outputs, final states and every gradient of sum(outputs * a) + sum(hidden * b) + sum(cell * c)."""
    inputs = [s.clone().requires_grad_() for s in sequences]
    initial = [normal(LAYERS, len(inputs), HIDDEN).requires_grad_() for _ in range(2)]
    packed, final = network.encoder(pack_sequence(inputs, enforce_sorted=False), tuple(initial))
    padded, lengths = pad_packed_sequence(packed, batch_first=True)
    outputs = [padded[i, :n] for i, n in enumerate(lengths.tolist())]
    output_factors = [normal(n, HIDDEN) for n in LENGTHS]
    state_factors = [normal(LAYERS, len(inputs), HIDDEN) for _ in range(2)]
    value = sum((o * f).sum() for o, f in zip(outputs, output_factors))
    value = value + sum((s * f).sum() for s, f in zip(final, state_factors))
    value.backward()
    encoder = [(n, p) for n, p in network.named_parameters() if n.startswith("encoder.")]
    return {
        "initialHidden": flat(initial[0]),
        "initialCell": flat(initial[1]),
        "outputs": [flat(o) for o in outputs],
        "finalHidden": flat(final[0]),
        "finalCell": flat(final[1]),
        "outputFactors": [flat(f) for f in output_factors],
        "hiddenFactors": flat(state_factors[0]),
        "cellFactors": flat(state_factors[1]),
        "value": value.item(),
        "weightGradients": {n: flat(p.grad) for n, p in encoder},
        "inputGradients": [flat(i.grad) for i in inputs],
        "initialHiddenGradient": flat(initial[0].grad),
        "initialCellGradient": flat(initial[1].grad),
    }


def training(network, sequences):
    """Ten steps of Adam on the mean squared error; losses before each step, weights after the last."""
    targets = normal(len(sequences))
    optimizer = torch.optim.Adam(network.parameters(), lr=LEARNING_RATE, betas=(0.9, 0.999), eps=EPSILON)
    losses, largest, loss_sensitivity = [], 0.0, []
    sensitivity = {n: torch.zeros_like(p) for n, p in network.named_parameters()}
    for step in range(1, STEPS + 1):
        optimizer.zero_grad()
        loss = ((network(sequences) - targets) ** 2).sum() / len(sequences)
        loss.backward()
        losses.append(loss.item())
        loss_sensitivity.append(
            sum((p.grad.abs() * sensitivity[n]).sum().item() for n, p in network.named_parameters()))
        optimizer.step()
        for name, p in network.named_parameters():
            largest = max(largest, p.grad.abs().max().item())
            # The update is lr m / r with r = sqrt(v) + eps. A change of all gradients by at most d changes m and r by
            # at most d each, so it changes the update by at most lr d (1 + |m| / r) / r.
            state = optimizer.state[p]
            m = state["exp_avg"].abs() / (1 - 0.9**step)
            root = (state["exp_avg_sq"] / (1 - 0.999**step)).sqrt() + EPSILON
            sensitivity[name] += LEARNING_RATE * (1 + m / root) / root
    return {
        "steps": STEPS,
        "learningRate": LEARNING_RATE,
        "epsilon": EPSILON,
        "targets": flat(targets),
        "losses": losses,
        "lossSensitivity": loss_sensitivity,
        "largestGradient": largest,
        "weights": named(network.named_parameters()),
        "sensitivity": {n: flat(s) for n, s in sensitivity.items()},
    }


def main():
    torch.manual_seed(20261120)
    network = Forecast()
    sequences = [normal(n, FEATURES) for n in LENGTHS]
    golden = {
        "madeBy": "tools/golden/lstm.py, PyTorch " + torch.__version__ + ", float64",
        "features": FEATURES,
        "hidden": HIDDEN,
        "layers": LAYERS,
        "lengths": LENGTHS,
        "weights": named(network.named_parameters()),
        "inputs": [flat(s) for s in sequences],
        "batch": gradients(network, sequences),
        "training": training(network, sequences),
    }
    for i, (key, value) in enumerate(golden.items()):
        print("{" if i == 0 else ",", json.dumps(key) + ":", json.dumps(value))
    print("}")


if __name__ == "__main__":
    main()
