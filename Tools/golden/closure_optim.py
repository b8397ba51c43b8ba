"""Writes the reference figures of the optimisers that evaluate more than once: PyTorch's LBFGS, and
Hessians of small networks from torch.

Run from the repository's root, with torch installed:

    python Tools/golden/closure_optim.py
"""

import json
import pathlib

import torch
from torch.nn import functional

OUTPUT = pathlib.Path("Tests/HoneOptimTests/Golden/closure_optim.json")
torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
generator = torch.Generator().manual_seed(7)

INPUTS, LABELS = torch.randn(24, 3, generator=generator), torch.randint(0, 3, (24,), generator=generator)
SHAPES = [[5, 3], [5], [3, 5], [3]]
START = [torch.randn(shape, generator=generator) * 0.5 for shape in SHAPES]
IMAGES = torch.randn(12, 1, 6, 6, generator=generator)
CONVOLUTION_SHAPES = [[2, 1, 3, 3], [2], [2], [2], [3, 32], [3]]
CONVOLUTION_START = [torch.randn(shape, generator=generator) * 0.4 + (index == 2) for index, shape in enumerate(CONVOLUTION_SHAPES)]


def loss(weights):
    """A network of one hidden layer under cross-entropy, with a small ridge that keeps weights bounded."""
    hidden = torch.tanh(functional.linear(INPUTS, weights[0], weights[1]))
    ridge = sum((weight**2).sum() for weight in weights)
    return functional.cross_entropy(functional.linear(hidden, weights[2], weights[3]), LABELS) + 1e-2 * ridge


def convolution_loss(weights):
    """A convolution, batch normalization by the batch's statistics, a linear layer."""
    maps = functional.conv2d(IMAGES, weights[0], weights[1])
    maps = functional.batch_norm(maps, None, None, weights[2], weights[3], training=True)
    return functional.cross_entropy(functional.linear(torch.tanh(maps).flatten(1), weights[4], weights[5]), LABELS[:12])


def trajectory(search, rate, iterations, history, steps=12):
    weights = [value.clone().requires_grad_() for value in START]
    optimizer = torch.optim.LBFGS(weights, lr=rate, max_iter=iterations, history_size=history, line_search_fn=search)
    values, places = [], []

    def closure():
        optimizer.zero_grad()
        value = loss(weights)
        value.backward()
        return value

    for _ in range(steps):
        values.append(optimizer.step(closure).item())
        places.append([value.detach().flatten().tolist() for value in weights])
    return {"rate": rate, "iterations": iterations, "history": history, "values": values,
            "weights": [places[index] for index in (0, 1, steps - 1)]}


def curvature(function, start):
    flat = torch.cat([value.flatten() for value in start])

    def of_vector(vector):
        parts, place = [], 0
        for value in start:
            parts.append(vector[place: place + value.numel()].reshape(value.shape))
            place += value.numel()
        return function(parts)

    # Reverse over reverse: torch.func.hessian goes forward over reverse, which for batch normalization
    # disagrees with central differences in the second digit (torch 2.13).
    matrix = torch.autograd.functional.hessian(of_vector, flat)
    steps = 1e-5 * torch.eye(flat.numel())
    slope = torch.func.grad(of_vector)
    differences = torch.stack([(slope(flat + step) - slope(flat - step)) / 2e-5 for step in steps])
    assert (matrix - differences).abs().max() < 1e-7
    values = torch.linalg.eigvalsh(matrix)
    first = start[0].numel() + start[1].numel()
    block = torch.linalg.eigvalsh(matrix[:first, :first])
    vector = torch.linspace(-1, 1, flat.numel())
    return {
        "eigenvalues": values.tolist(), "trace": float(torch.trace(matrix)), "firstLayer": float(block[-1]),
        "vector": vector.tolist(), "product": (matrix @ vector).tolist()}


def main():
    result = {
        "inputs": INPUTS.flatten().tolist(), "labels": LABELS.tolist(), "shapes": SHAPES,
        "start": [value.flatten().tolist() for value in START],
        "images": IMAGES.flatten().tolist(), "convolutionShapes": CONVOLUTION_SHAPES,
        "convolutionStart": [value.flatten().tolist() for value in CONVOLUTION_START],
        "trajectories": {
            "fixed": trajectory(None, 0.5, 4, 100), "fixedShortHistory": trajectory(None, 0.3, 6, 3),
            "strongWolfe": trajectory("strong_wolfe", 1, 5, 10),
            "strongWolfeSmallRate": trajectory("strong_wolfe", 0.2, 3, 2),
            "strongWolfeLargeRate": trajectory("strong_wolfe", 30, 8, 10)},
        "network": curvature(loss, START), "convolution": curvature(convolution_loss, CONVOLUTION_START)}
    OUTPUT.write_text(json.dumps(result, separators=(",", ":"), allow_nan=False) + "\n")
    print({name: case["values"] for name, case in result["trajectories"].items()})
    print(result["network"]["eigenvalues"][-3:], result["convolution"]["eigenvalues"][-3:])


if __name__ == "__main__":
    main()
