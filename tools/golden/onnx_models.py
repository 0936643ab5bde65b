"""Models of one ONNX operator each, for the test that runs ONNX Runtime beside our cells.

Writes one file for each operator, attributes and direction. Weights, sequence lengths and initial states are inputs of the
model, so a file holds the operator and its attributes only, and the test decides the numbers. Activations are the
operator's defaults except for the ReLU of `rnn-relu`.

    /usr/bin/python3 tools/golden/onnx_models.py carousel-core/src/test/resources/golden/onnx
"""
import pathlib
import sys

import onnx
from onnx import TensorProto, helper

HIDDEN = 5  # an attribute of the operators, so the one size that is fixed here
CLIP = 0.75

# name: operator, attributes, with peepholes
OPERATORS = {
    "rnn": ("RNN", {}, False),
    "rnn-relu": ("RNN", {"activations": ["Relu"]}, False),
    "rnn-clip": ("RNN", {"clip": CLIP}, False),
    "gru-0": ("GRU", {"linear_before_reset": 0}, False),
    "gru-1": ("GRU", {"linear_before_reset": 1}, False),
    "gru-0-clip": ("GRU", {"linear_before_reset": 0, "clip": CLIP}, False),
    "gru-1-clip": ("GRU", {"linear_before_reset": 1, "clip": CLIP}, False),
    "lstm": ("LSTM", {}, False),
    "lstm-coupled": ("LSTM", {"input_forget": 1}, False),
    "lstm-clip": ("LSTM", {"clip": CLIP}, False),
    "peephole": ("LSTM", {}, True),
    "peephole-coupled": ("LSTM", {"input_forget": 1}, True),
    "peephole-clip": ("LSTM", {"clip": CLIP}, True),
    "peephole-coupled-clip": ("LSTM", {"input_forget": 1, "clip": CLIP}, True),
}
DIRECTIONS = {"forward": 1, "reverse": 1, "bidirectional": 2}


def model(operator, attributes, peepholes, direction):
    names = ["X", "W", "R", "B", "sequence_lens", "initial_h"]
    outputs = ["Y", "Y_h"]
    if operator == "LSTM":
        names += ["initial_c"] + (["P"] if peepholes else [])
        outputs += ["Y_c"]
    if "activations" in attributes:
        attributes = {**attributes, "activations": attributes["activations"] * DIRECTIONS[direction]}
    ranks = {"B": 2, "P": 2, "sequence_lens": 1, "Y": 4}
    node = helper.make_node(operator, names, outputs, hidden_size=HIDDEN, direction=direction, **attributes)

    def value(name):
        kind = TensorProto.INT32 if name == "sequence_lens" else TensorProto.FLOAT
        return helper.make_tensor_value_info(name, kind, [None] * ranks.get(name, 3))

    graph = helper.make_graph([node], operator, [value(n) for n in names], [value(n) for n in outputs])
    made = helper.make_model(graph, producer_name="carousel", opset_imports=[helper.make_opsetid("", 14)])
    onnx.checker.check_model(made)
    return made


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    for name, (operator, attributes, peepholes) in OPERATORS.items():
        for direction in DIRECTIONS:
            made = model(operator, attributes, peepholes, direction)
            (folder / f"{name}-{direction}.onnx").write_bytes(made.SerializeToString(deterministic=True))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
