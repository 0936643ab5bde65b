"""An encoder, a bridge and a decoder with attention by PyTorch in float64 from float32 weights: outputs, attention and all gradients.

The encoder is torch.gru, the decoder's cell torch.lstm_cell, several heads multi_head_attention_forward; the other scores,
a local window and coverage are written with operations of PyTorch, which differentiates them.

Writes carousel-core/src/test/resources/golden/attention.json; run from the root of the project.
"""
import json
import torch

torch.manual_seed(23)
F, E, H, O, A, HEADS, D, LOSS = 3, 6, 5, 4, 6, 3, 1, 0.7
SOURCES, TARGETS = [4, 1, 5], [3, 4, 2]


def weights(kind, feeding):
    fed = {"context": A if kind == "scaled" else E, "output": O}[feeding]
    shapes = {}
    for suffix in ("", "_reverse"):
        shapes |= {
            f"encoder.weight_ih_l0{suffix}": (9, F),
            f"encoder.weight_hh_l0{suffix}": (9, 3),
            f"encoder.bias_ih_l0{suffix}": (9,),
            f"encoder.bias_hh_l0{suffix}": (9,),
        }
    shapes |= {
        "bridge.weight_decoder_hidden_l0": (H, E),
        "bridge.bias_decoder_hidden_l0": (H,),
        "bridge.weight_decoder_cell_l0": (H, E),
        "bridge.bias_decoder_cell_l0": (H,),
        "decoder.weight_ih_l0": (4 * H, F + fed),
        "decoder.weight_hh_l0": (4 * H, H),
        "decoder.bias_ih_l0": (4 * H,),
        "decoder.bias_hh_l0": (4 * H,),
        "decoder.attended": (O, H + (A if kind == "scaled" else E)),
    }
    if kind in ("additive", "coverage", "scaled"):
        shapes |= {"decoder.attention_query": (A, H), "decoder.attention_key": (A, E)}
    if kind in ("additive", "coverage"):
        shapes |= {"decoder.attention_bias": (A,), "decoder.attention_score": (A,)}
    if kind == "coverage":
        shapes |= {"decoder.attention_coverage": (A,)}
    if kind == "scaled":
        shapes |= {"decoder.attention_value": (A, E)}
    if kind == "local":
        shapes |= {
            "decoder.attention_key": (H, E),
            "decoder.attention_position_weight": (A, H),
            "decoder.attention_position": (A,),
        }
    return {name: (0.5 * torch.randn(shape)).double().requires_grad_(True) for name, shape in shapes.items()}


def attend(kind, w, h, rows, covered):
    """The context and the weights."""
    n = len(rows)
    if kind == "scaled":
        square = w["decoder.attention_query"] @ torch.eye(H, A).double()
        query = torch.cat([h, torch.zeros(A - H).double()])
        context, seen = torch.nn.functional.multi_head_attention_forward(
            query[None, None], rows[:, None], rows[:, None], A, HEADS, None, None, None, None, False, 0.0,
            torch.eye(A).double(), None, use_separate_proj_weight=True, q_proj_weight=square,
            k_proj_weight=w["decoder.attention_key"], v_proj_weight=w["decoder.attention_value"])
        return context[0, 0], seen[0, 0]
    if kind == "local":
        scores = rows @ w["decoder.attention_key"].T @ h
        p = n * torch.sigmoid(torch.tanh(w["decoder.attention_position_weight"] @ h) @ w["decoder.attention_position"])
        distance = torch.arange(n).double() - p
        scores = scores.masked_fill(distance.abs() > D, float("-inf"))
        seen = torch.softmax(scores, 0) * torch.exp(-(distance ** 2) / (2 * (D / 2) ** 2))
        return seen @ rows, seen
    z = h @ w["decoder.attention_query"].T + rows @ w["decoder.attention_key"].T + w["decoder.attention_bias"]
    if kind == "coverage":
        z = z + covered[:, None] * w["decoder.attention_coverage"]
    seen = torch.softmax(torch.tanh(z) @ w["decoder.attention_score"], 0)
    return seen @ rows, seen


def run(kind, feeding, w, source, x):
    parts = [value for name, value in w.items() if name.startswith("encoder.")]
    rows, last = torch.gru(source[:, None], torch.zeros(2, 1, 3).double(), parts, True, 1, 0.0, True, True, False)
    rows = rows[:, 0]
    last = last.flatten()
    first = [
        torch.tanh(w[f"bridge.weight_decoder_{part}_l0"] @ last + w[f"bridge.bias_decoder_{part}_l0"])
        for part in ("hidden", "cell")
    ]
    parts = [w[f"decoder.{name}_l0"] for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")]
    h, c = first
    y = torch.zeros(O).double()
    covered = torch.zeros(len(rows)).double()
    outputs, attention, cost = [], [], 0
    for row in x:
        if feeding == "context":
            context, seen = attend(kind, w, h, rows, covered)
            given = torch.cat([row, context])
        else:
            given = torch.cat([row, y])
        h, c = (part[0] for part in torch.lstm_cell(given[None], (h[None], c[None]), *parts))
        if feeding == "output":
            context, seen = attend(kind, w, h, rows, covered)
        cost = cost + torch.minimum(seen, covered).sum()
        covered = covered + seen
        y = torch.tanh(w["decoder.attended"] @ torch.cat([context, h]))
        outputs.append(y)
        attention.append(seen)
    return torch.stack(outputs), attention, cost


def case(kind, feeding):
    w = weights(kind, feeding)
    sources = [torch.randn(n, F).double() for n in SOURCES]
    inputs = [torch.randn(n, F).double() for n in TARGETS]
    mixes = [torch.randn(n, O).double() for n in TARGETS]
    results = [run(kind, feeding, w, source, x) for source, x in zip(sources, inputs)]
    loss = sum((y * mix).sum() for (y, _, _), mix in zip(results, mixes))
    if kind == "coverage":
        loss = loss + LOSS * sum(cost for _, _, cost in results) / sum(TARGETS)
    loss.backward()
    return {
        "kind": kind,
        "feeding": feeding,
        "sources": [x.tolist() for x in sources],
        "inputs": [x.tolist() for x in inputs],
        "mixes": [x.tolist() for x in mixes],
        "weights": {name: value.detach().flatten().tolist() for name, value in w.items()},
        "gradients": {name: value.grad.flatten().tolist() for name, value in w.items()},
        "outputs": [y.detach().tolist() for y, _, _ in results],
        "attention": [[seen.detach().tolist() for seen in attention] for _, attention, _ in results],
    }


CASES = [("additive", "context"), ("scaled", "output"), ("coverage", "context"), ("local", "output")]
with open("carousel-core/src/test/resources/golden/attention.json", "w") as out:
    json.dump({"torch": torch.__version__, "cases": [case(kind, feeding) for kind, feeding in CASES]}, out)
    out.write("\n")
