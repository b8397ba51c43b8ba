"""Writes the reference values of HoneNNTests' initializers: PyTorch's gains, fans and structured weights.

Run from the repository's root, with torch installed:

    python Tools/golden/initializers.py
"""

import json
import pathlib

import torch
from torch.nn import init

OUTPUT = pathlib.Path("Tests/HoneNNTests/Golden/initializers.json")
SHAPES = [(7, 3), (6, 4, 5), (8, 2, 3, 3), (4, 6, 2, 3, 4)]
DIRAC = [((4, 4, 3), 1), ((6, 4, 3, 2), 1), ((6, 2, 3, 3), 3), ((4, 3, 2, 3, 4), 2)]


def fans(shape):
    inputs, outputs = init._calculate_fan_in_and_fan_out(torch.empty(shape))
    return {"shape": shape, "inputs": inputs, "outputs": outputs}


def structured(shape, values):
    return {"shape": list(shape), "values": values.flatten().tolist()}


def dirac(shape, groups):
    case = structured(shape, init.dirac_(torch.empty(shape), groups=groups))
    return case | {"groups": groups}


def main():
    content = {
        "gains": {
            "linear": init.calculate_gain("linear"), "relu": init.calculate_gain("relu"),
            "leakyReLU": init.calculate_gain("leaky_relu", 0.2),
            "tanh": init.calculate_gain("tanh"), "sigmoid": init.calculate_gain("sigmoid"),
            "selu": init.calculate_gain("selu"),
        },
        "fans": [fans(shape) for shape in SHAPES],
        "dirac": [dirac(*case) for case in DIRAC],
        "identity": [structured(shape, init.eye_(torch.empty(shape))) for shape in [(3, 5), (4, 2)]],
    }
    OUTPUT.write_text(json.dumps(content, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
