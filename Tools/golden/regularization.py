"""Writes the reference figures of HoneOptimTests for clipping per unit, shrinking and constraints.

Run from the repository's root, with numpy installed:

    python Tools/golden/regularization.py

None of these is in PyTorch: each is written here from its definition.
"""

import json
import pathlib

import numpy

OUTPUT = pathlib.Path("Tests/HoneOptimTests/Golden/regularization.json")
EPSILON = 1e-7  # Keras' epsilon of constraints


def unit_norms(values):
    """One norm for each index of the first dimension; a vector is one unit."""
    if values.ndim < 2:
        return numpy.linalg.norm(values)
    axes = tuple(range(1, values.ndim))
    return numpy.sqrt((values ** 2).sum(axis=axes, keepdims=True))


def adaptive(weights, gradients, factor, epsilon):
    """Equation 3 of arXiv 2102.06171."""
    result = []
    for weight, gradient in zip(weights, gradients):
        limit = factor * numpy.maximum(unit_norms(weight), epsilon)
        norm = unit_norms(gradient)
        result.append(numpy.where(norm > limit, gradient * limit / norm, gradient))
    return result


def norm_each(gradients, limit):
    """Each array brought to the limit, with the small constant of PyTorch's clipping."""
    return [g * min(1, limit / (numpy.linalg.norm(g) + 1e-6)) for g in gradients]


def shrunk(weight, threshold):
    return numpy.sign(weight) * numpy.maximum(numpy.abs(weight) - threshold, 0)


def constraints(weight):
    norms = unit_norms(weight)
    wanted = 0.6 * numpy.clip(norms, 0.5, 1.5) + 0.4 * norms
    return {
        "nonNegative": weight * (weight >= 0),
        "unitNorm": weight / (EPSILON + norms),
        "minMaxNorm": weight * wanted / (EPSILON + norms),
    }


def flat(array):
    return array.flatten().tolist()


def main():
    generator = numpy.random.default_rng(20)
    shapes = [(3, 4), (2, 3, 2), (5,)]
    weights = [generator.normal(size=shape) for shape in shapes]
    weights[0][1] = 0  # a unit without weights
    gradients = [generator.normal(size=shape) * 0.1 for shape in shapes]
    gradients[1][0] *= 1e-4  # a unit that needs no clipping
    kernel = generator.normal(size=(4, 3)) * numpy.array([[0.2], [1], [1], [3]])
    content = {
        "shapes": shapes,
        "weights": [flat(w) for w in weights],
        "gradients": [flat(g) for g in gradients],
        "adaptive": {"factor": 0.02, "epsilon": 1e-2,
                     "expected": [flat(g) for g in adaptive(weights, gradients, 0.02, 1e-2)]},
        "normEach": {"limit": 0.3, "expected": [flat(g) for g in norm_each(gradients, 0.3)]},
        "kernel": flat(kernel),
        "shrunk": {"threshold": 0.25, "expected": flat(shrunk(kernel, 0.25))},
        "constraints": {name: flat(value) for name, value in constraints(kernel).items()},
    }
    OUTPUT.write_text(json.dumps(content, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
