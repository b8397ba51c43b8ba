"""Writes the reference values of HoneNNTests' losses: PyTorch's and torchvision's, forward and backward.

Run from the repository's root, with torch and torchvision installed:

    python Tools/golden/losses.py

What PyTorch does not have (focal with classes, hinge, pinball, InfoNCE, Keras' losses on probabilities) is
written here from its definition. Everything is computed in float64.
"""

import json
import pathlib

import torch
from torch.nn import functional
from torchvision.ops import sigmoid_focal_loss

OUTPUT = pathlib.Path("Tests/HoneNNTests/Golden/lossCatalogue.json")
KERAS_EPSILON = 1e-7
WEIGHTS = torch.tensor([0.5, 1.0, 2.0, 4.0], dtype=torch.float64)
IGNORED = -100


def array(tensor):
    return {"shape": list(tensor.shape), "values": tensor.detach().double().flatten().tolist(),
            "isInteger": not tensor.is_floating_point()}


def case(name, function, inputs, differentiated):
    """The three reductions of a loss and the gradients of its mean."""
    inputs = [value.clone() for value in inputs]
    for index in differentiated:
        inputs[index].requires_grad_()
    mean = function(*inputs, reduction="mean")
    mean.backward()
    return {
        "name": name, "inputs": [array(value) for value in inputs], "mean": mean.item(),
        "sum": function(*inputs, reduction="sum").item(),
        "none": array(function(*inputs, reduction="none")),
        "gradients": [array(inputs[index].grad) for index in differentiated],
        "differentiated": differentiated,
    }


def reduce(losses, reduction):
    return {"none": lambda: losses, "mean": losses.mean, "sum": losses.sum}[reduction]()


def elementwise(function):
    return lambda output, target, reduction: reduce(function(output, target), reduction)


def focal(gamma, weights=None):
    """-w (1 - p)^gamma log p of the label's class, over all samples that are not ignored."""

    def loss(output, target, reduction):
        logs = functional.log_softmax(output, 1)
        if target.is_floating_point():
            terms = -target * (1 - logs.exp()) ** gamma * logs
            if weights is not None:
                terms = terms * weights.reshape(1, -1)
            return reduce(terms.sum(1), reduction)
        kept = target != IGNORED
        safe = torch.where(kept, target, 0)
        log = logs.gather(1, safe.unsqueeze(1)).squeeze(1)
        losses = -((1 - log.exp()) ** gamma) * log
        if weights is not None:
            losses = losses * weights[safe]
        losses = losses * kept
        return losses.sum() / kept.sum() if reduction == "mean" else reduce(losses, reduction)

    return loss


def probabilities(smoothing=0.0, weights=None):
    """Keras: rows divided by their sums, clipped, then the logarithm."""

    def loss(output, target, reduction):
        classes = output.shape[1]
        normal = output / output.sum(1, keepdim=True)
        logs = torch.clip(normal, KERAS_EPSILON, 1 - KERAS_EPSILON).log()
        is_index = not target.is_floating_point()
        shares = functional.one_hot(target, classes).double() if is_index else target
        shares = shares * (1 - smoothing) + smoothing / classes
        losses = -(shares * logs).sum(1)
        if weights is None:
            return reduce(losses, reduction)
        if not is_index:
            return reduce(-(shares * weights * logs).sum(1), reduction)
        losses = losses * weights[target]
        if reduction == "mean":
            return losses.sum() / weights[target].sum()
        return reduce(losses, reduction)

    return loss


def binary_probabilities(smoothing):
    def loss(output, target):
        clipped = torch.clip(output, KERAS_EPSILON, 1 - KERAS_EPSILON)
        target = target * (1 - smoothing) + 0.5 * smoothing
        return -(target * clipped.log() + (1 - target) * (1 - clipped).log())

    return elementwise(loss)


def info_nce(temperature, symmetric=False):
    def loss(queries, keys, *negatives, reduction):
        queries = functional.normalize(queries)
        keys = functional.normalize(keys)
        others = torch.cat([keys] + [functional.normalize(n) for n in negatives])
        labels = torch.arange(len(queries))
        forward = functional.cross_entropy(
            queries @ others.T / temperature, labels, reduction=reduction)
        if not symmetric:
            return forward
        backward = functional.cross_entropy(
            keys @ queries.T / temperature, labels, reduction=reduction)
        return (forward + backward) / 2

    return loss


def classes():
    logits = torch.randn(6, 4, dtype=torch.float64)
    maps = torch.randn(2, 4, 3, dtype=torch.float64)
    labels, positions = torch.randint(4, (6,)), torch.randint(4, (2, 3))
    ignoring, ignoring_positions = labels.clone(), positions.clone()
    ignoring[1] = ignoring[4] = ignoring_positions[0, 2] = IGNORED
    soft = torch.softmax(torch.randn(6, 4, dtype=torch.float64), 1)
    rows = torch.rand(6, 4, dtype=torch.float64)
    rows[0] = torch.tensor([1e-9, 0.5, 0.5, 1e-12], dtype=torch.float64)
    sure = labels.clone()
    sure[0] = 3  # beyond the clipping

    def cross(**options):
        return lambda o, t, reduction: functional.cross_entropy(
            o, t, reduction=reduction, **options)

    def margin(**options):
        return lambda o, t, reduction: functional.multi_margin_loss(
            o, t, reduction=reduction, **options)

    return [
        case("crossEntropyIgnoring", cross(), [logits, ignoring], [0]),
        case("crossEntropyIgnoringWeighted", cross(weight=WEIGHTS, label_smoothing=0.1),
             [maps, ignoring_positions], [0]),
        case("focal", focal(2), [logits, labels], [0]),
        case("focalIgnoring", focal(1.5), [maps, ignoring_positions], [0]),
        case("focalWeighted", focal(0.5, WEIGHTS), [logits, ignoring], [0]),
        case("focalSoft", focal(2, WEIGHTS), [logits, soft], [0]),
        case("multiMargin", margin(), [logits, labels], [0]),
        case("multiMarginSquared", margin(p=2, margin=0.7, weight=WEIGHTS), [logits, labels], [0]),
        case("probabilities", probabilities(), [rows, sure], [0]),
        case("probabilitiesSmoothed", probabilities(0.1), [rows, labels], [0]),
        case("probabilitiesWeighted", probabilities(weights=WEIGHTS), [rows, labels], [0]),
        case("probabilitiesSoft", probabilities(0.2, WEIGHTS), [rows, soft], [0]),
    ]


def elements():
    values, truth = torch.randn(2, 6, 4, dtype=torch.float64) * 2
    flags = (torch.rand(6, 4) > 0.4).double()
    shares = torch.rand(6, 4, dtype=torch.float64)
    chances = torch.rand(6, 4, dtype=torch.float64)
    chances[0, 0], chances[1, 1] = 1e-9, 1 - 1e-10
    counts = torch.randint(0, 6, (6, 4)).double()
    rates = torch.rand(6, 4, dtype=torch.float64) * 3

    def binary(**options):
        return lambda o, t, reduction: functional.binary_cross_entropy_with_logits(
            o, t, reduction=reduction, **options)

    def hinge(power):
        return elementwise(
            lambda o, t: torch.clamp(1 - torch.where(t > 0, 1.0, -1.0) * o, min=0) ** power)

    return [
        case("binaryWeighted", binary(pos_weight=WEIGHTS), [values, flags], [0]),
        case("binarySmoothed", lambda o, t, reduction: binary()(o, t * 0.8 + 0.1, reduction),
             [values, flags], [0]),
        case("binaryProbabilities", binary_probabilities(0), [chances, flags], [0]),
        case("binaryProbabilitiesSmoothed", binary_probabilities(0.2), [chances, flags], [0]),
        case("binaryFocal", lambda o, t, reduction: sigmoid_focal_loss(o, t, reduction=reduction),
             [values, flags], [0]),
        case("binaryFocalPlain", lambda o, t, reduction: sigmoid_focal_loss(
            o, t, alpha=-1, gamma=1.5, reduction=reduction), [values, shares], [0]),
        case("hinge", hinge(1), [values, flags], [0]),
        case("squaredHinge", hinge(2), [values, truth], [0]),
        case("smoothL1", lambda o, t, reduction: functional.smooth_l1_loss(
            o, t, beta=0.6, reduction=reduction), [values, truth], [0]),
        case("quantile", elementwise(
            lambda o, t: torch.maximum(0.9 * (t - o), -0.1 * (t - o))), [values, truth], [0]),
        case("poisson", lambda o, t, reduction: functional.poisson_nll_loss(
            o, t, reduction=reduction), [values, counts], [0]),
        case("poissonFull", lambda o, t, reduction: functional.poisson_nll_loss(
            o, t, log_input=False, full=True, eps=1e-6, reduction=reduction), [rates, counts], [0]),
    ]


def others():
    first, second, third = torch.randn(3, 5, 4, dtype=torch.float64)
    variance = torch.rand(5, 4, dtype=torch.float64)
    variance[0, 0] = 1e-9
    logs = functional.log_softmax(first, 1)
    shares = torch.softmax(second, 1)
    steps = functional.log_softmax(torch.randn(7, 3, 4, dtype=torch.float64), 2)
    labels = torch.tensor([[1, 2, 2], [3, 1, 0], [1, 1, 1]])
    lengths, label_lengths = (7, 5, 4), (3, 2, 3)  # the last needs five steps: 1 _ 1 _ 1
    signs = torch.tensor([1.0, -1, 1, -1, -1], dtype=torch.float64)

    def ctc(o, t, reduction):
        return functional.ctc_loss(o, t, lengths, label_lengths, zero_infinity=True,
                                   reduction=reduction)

    def gaussian(**options):
        return lambda m, v, t, reduction: functional.gaussian_nll_loss(
            m, t, v, reduction=reduction, **options)

    return [
        case("kl", lambda o, t, reduction: functional.kl_div(o, t, reduction=reduction),
             [logs, shares], [0]),
        case("klLogarithmic", lambda o, t, reduction: functional.kl_div(
            o, t, reduction=reduction, log_target=True), [logs, shares.log()], [0]),
        case("gaussian", gaussian(), [first, variance, second], [0, 1]),
        case("gaussianFull", gaussian(full=True, eps=1e-2), [first, variance, second], [0, 1]),
        case("cosine", lambda a, b, t, reduction: functional.cosine_embedding_loss(
            a, b, t, margin=-0.2, reduction=reduction), [first, second, signs], [0, 1]),
        case("triplet", lambda a, p, n, reduction: functional.triplet_margin_loss(
            a, p, n, reduction=reduction), [first, second, third], [0, 1, 2]),
        case("tripletSwapped", lambda a, p, n, reduction: functional.triplet_margin_loss(
            a, p, n, margin=0.5, p=1.5, swap=True, reduction=reduction),
            [first, second, third], [0, 1, 2]),
        case("infoNCE", info_nce(0.07), [first, second], [0, 1]),
        case("infoNCENegatives", info_nce(0.5), [first, second, third], [0, 1, 2]),
        case("infoNCESymmetric", info_nce(0.5, symmetric=True), [first, second], [0, 1]),
        case("ctc", ctc, [steps, labels], [0]),
    ]


def likelihoods():
    """Losses of plain outputs: logits beside labels or shares, means with logarithms of variances."""
    logits = torch.randn(6, 4, dtype=torch.float64)
    labels = torch.randint(4, (6,))
    soft = torch.softmax(torch.randn(6, 4, dtype=torch.float64), 1)
    outputs = torch.randn(6, 4, dtype=torch.float64)
    outputs[0, 3] = -20  # below the smallest variance
    truth = torch.randn(6, 2, dtype=torch.float64)

    def divergence(smoothing):
        def loss(output, target, reduction):
            classes = output.shape[1]
            is_index = not target.is_floating_point()
            shares = functional.one_hot(target, classes).double() if is_index else target
            shares = shares * (1 - smoothing) + smoothing / classes
            logs = functional.log_softmax(output, 1)
            return reduce(functional.kl_div(logs, shares, reduction="none").sum(1), reduction)

        return loss

    def gaussian(output, target, reduction):
        return functional.gaussian_nll_loss(
            output[:, :2], target, output[:, 2:].exp(), full=True, reduction=reduction)

    return [
        case("divergence", divergence(0), [logits, labels], [0]),
        case("divergenceSmoothed", divergence(0.1), [logits, labels], [0]),
        case("divergenceSoft", divergence(0.1), [logits, soft], [0]),
        case("gaussianLogarithmic", gaussian, [outputs, truth], [0]),
    ]


def main():
    torch.manual_seed(21)
    content = {"torch": torch.__version__, "cases": classes() + elements() + others() + likelihoods()}
    OUTPUT.write_text(json.dumps(content, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
