"""A word model by PyTorch in float64 from float32 weights: loss and all gradients of an embedding, an LSTM and an output layer
with cross-entropy, of which some targets are padding and the others are smoothed or not.

Writes carousel-core/src/test/resources/golden/softmax.json; run from the root of the project.
"""
import json
import torch
import torch.nn.functional as F

torch.manual_seed(31)
E, H, T, B = 6, 7, 5, 3


def case(V, smoothing, tied):
    size = H if tied else E
    weights = {"embedding.weight": torch.randn(V, size)}
    lstm = torch.nn.LSTM(size, H)
    for name, value in lstm.named_parameters():
        weights["lstm." + name] = value.detach().clone()
    if not tied:
        weights["decoder.weight"] = torch.randn(V, H)
    weights["decoder.bias"] = torch.randn(V)
    weights = {name: value.float() for name, value in weights.items()}
    exact = {name: value.double().requires_grad_(True) for name, value in weights.items()}
    tokens = torch.randint(0, V, (T, B))
    targets = torch.randint(0, V, (T, B))
    targets[1, 2] = -1
    targets[4, 0] = -1
    lstm = lstm.double()
    x = F.embedding(tokens, exact["embedding.weight"])
    y, _ = lstm(x)
    decoder = exact["embedding.weight" if tied else "decoder.weight"]
    scores = y @ decoder.T + exact["decoder.bias"]
    loss = F.cross_entropy(
        scores.reshape(-1, V), targets.reshape(-1), ignore_index=-1, label_smoothing=smoothing, reduction="sum")
    loss.backward()
    exact.update({"lstm." + name: value for name, value in lstm.named_parameters()})
    return {
        "vocabulary": V,
        "size": size,
        "hiddenSize": H,
        "tied": tied,
        "smoothing": smoothing,
        "tokens": tokens.T.tolist(),
        "targets": targets.T.tolist(),
        "weights": {name: value.flatten().tolist() for name, value in weights.items()},
        "loss": loss.item(),
        "gradients": {name: value.grad.flatten().tolist() for name, value in exact.items()},
    }


cases = [case(20, 0.0, False), case(260, 0.1, True)]
with open("carousel-core/src/test/resources/golden/softmax.json", "w") as file:
    json.dump({"torch": torch.__version__, "cases": cases}, file)
