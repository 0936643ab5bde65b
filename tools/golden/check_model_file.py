"""Opens a model file without Carousel or any safetensors library, checks it, and runs its LSTM in PyTorch.

    /usr/bin/python3 tools/golden/check_model_file.py MODEL < INPUT.json

The input is {"name": "encoder", "head": "head", "sequence": [[…], …]}; the output {"outputs": […], "head": […]} in
double precision: all outputs of the top layer, and the head on each of them.
"""
import hashlib
import json
import struct
import sys

import torch
from torch import nn


def unique(pairs):
    assert len(dict(pairs)) == len(pairs), "a key comes twice"
    return dict(pairs)


def read_safetensors(path):
    """The metadata, and for each tensor its shape and bytes."""
    with open(path, "rb") as file:
        content = file.read()
    (length,) = struct.unpack("<Q", content[:8])
    assert length % 8 == 0 and 8 + length <= len(content)
    header = json.loads(content[8 : 8 + length].decode("utf-8"), object_pairs_hook=unique)
    data = content[8 + length :]
    metadata = header.pop("__metadata__", {})
    end = 0
    for tensor in sorted(header.values(), key=lambda t: t["data_offsets"]):
        assert tensor["dtype"] == "F32" and tensor["data_offsets"][0] == end, "no gap and no overlap"
        end = tensor["data_offsets"][1]
    assert end == len(data)
    return metadata, {name: (t["shape"], data[slice(*t["data_offsets"])]) for name, t in header.items()}


def checksum(metadata, tensors):
    """The SHA-256 of the content, as docs/model-file.md says."""
    sha256 = hashlib.sha256()

    def number(value):
        sha256.update(struct.pack("<Q", value))

    def text(value):
        number(len(value.encode("utf-8")))
        sha256.update(value.encode("utf-8"))

    texts = {key: value for key, value in metadata.items() if key != "carousel.sha256"}
    number(len(texts))
    for key in sorted(texts):
        text(key)
        text(texts[key])
    number(len(tensors))
    for name in sorted(tensors):
        shape, data = tensors[name]
        text(name)
        number(len(shape))
        for size in shape:
            number(size)
        sha256.update(data)
    return sha256.hexdigest()


def main():
    request = json.load(sys.stdin)
    metadata, tensors = read_safetensors(sys.argv[1])
    assert metadata["carousel.sha256"] == checksum(metadata, tensors), "the checksum differs"
    weights = {
        name: torch.frombuffer(bytearray(data), dtype=torch.float32).reshape(shape).double()
        for name, (shape, data) in tensors.items()
    }

    def below(prefix):
        return {name[len(prefix) + 1 :]: w for name, w in weights.items() if name.startswith(prefix + ".")}

    encoder = below(request["name"])
    layers = len(encoder) // 4
    lstm = nn.LSTM(encoder["weight_ih_l0"].shape[1], encoder["weight_hh_l0"].shape[1], layers).double()
    lstm.load_state_dict(encoder, strict=True)
    head = nn.Linear(*reversed(below(request["head"])["weight"].shape)).double()
    head.load_state_dict(below(request["head"]), strict=True)
    with torch.no_grad():
        outputs, _ = lstm(torch.tensor(request["sequence"], dtype=torch.float64))
        result = {"outputs": outputs.reshape(-1).tolist(), "head": head(outputs).reshape(-1).tolist()}
    print(json.dumps(result))


if __name__ == "__main__":
    main()
