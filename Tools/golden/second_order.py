"""Writes the reference figures of the second-order methods: SciPy on the problems of Moré, Garbow and
Hillstrom (ACM TOMS 7, 1981) and on logistic regression of real data.

Run from the repository's root, with torch, scipy and scikit-learn installed:

    python Tools/golden/second_order.py

Gradients, Hessian products and Jacobians are supplied, from torch's automatic differentiation of the
same formulas that Tests/HoneOptimTests/Problems.swift spells; all in double precision.
"""

import json
import math
import pathlib
import warnings

import numpy
import torch
from scipy import optimize
from sklearn import datasets

OUTPUT = pathlib.Path("Tests/HoneOptimTests/Golden/second_order.json")
torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

BARD = [.14, .18, .22, .25, .29, .32, .35, .39, .37, .58, .73, .96, 1.34, 2.10, 4.39]
GAUSSIAN = [.0009, .0044, .0175, .0540, .1295, .2420, .3521, .3989, .3521, .2420, .1295, .0540, .0175, .0044, .0009]
MEYER = [34780, 28610, 23650, 19630, 16370, 13720, 11540, 9744, 8261, 7030, 6005, 5147, 4427, 3820, 3307, 2872]
KOWALIK_Y = [.1957, .1947, .1735, .1600, .0844, .0627, .0456, .0342, .0323, .0235, .0246]
KOWALIK_U = [4, 2, 1, .5, .25, .167, .125, .1, .0833, .0714, .0625]
OSBORNE_1 = [
    .844, .908, .932, .936, .925, .908, .881, .850, .818, .784, .751, .718, .685, .658, .628, .603, .580, .558, .538,
    .522, .506, .490, .478, .467, .457, .448, .438, .431, .424, .420, .414, .411, .406]
OSBORNE_2 = [
    1.366, 1.191, 1.112, 1.013, .991, .885, .831, .847, .786, .725, .746, .679, .608, .655, .616, .606, .602, .626,
    .651, .724, .649, .649, .694, .644, .624, .661, .612, .558, .533, .495, .500, .423, .395, .375, .372, .391, .396,
    .405, .428, .429, .523, .562, .607, .653, .672, .708, .633, .668, .645, .632, .591, .559, .597, .625, .739, .710,
    .729, .720, .636, .581, .428, .292, .162, .098, .054]

stack = torch.stack


def span(first, last):
    return torch.arange(first, last + 1, dtype=torch.float64)


def jennrich(x):
    i = span(1, 10)
    return 2 + 2 * i - ((i * x[0]).exp() + (i * x[1]).exp())


def helical(x):
    theta = (x[1] / x[0]).atan() / (2 * math.pi) + (0.5 if x[0] < 0 else 0)
    return stack([10 * (x[2] - 10 * theta), 10 * ((x[0] ** 2 + x[1] ** 2).sqrt() - 1), x[2]])


def bard(x):
    u = span(1, 15)
    v = 16 - u
    return torch.tensor(BARD) - (x[0] + u / (v * x[1] + torch.minimum(u, v) * x[2]))


def gaussian(x):
    t = (8 - span(1, 15)) / 2
    return x[0] * (-x[1] * (t - x[2]) ** 2 / 2).exp() - torch.tensor(GAUSSIAN)


def meyer(x):
    return x[0] * (x[1] / (45 + 5 * span(1, 16) + x[2])).exp() - torch.tensor(MEYER, dtype=torch.float64)


def gulf(x):
    t = span(1, 99) / 100
    y = 25 + (-50 * t.log()) ** (2 / 3)
    return (-(y - x[1]).abs() ** x[2] / x[0]).exp() - t


def box(x):
    t = span(1, 10) / 10
    return (-t * x[0]).exp() - (-t * x[1]).exp() - x[2] * ((-t).exp() - (-10 * t).exp())


def singular(x):
    return stack([x[0] + 10 * x[1], 5 ** .5 * (x[2] - x[3]), (x[1] - 2 * x[2]) ** 2, 10 ** .5 * (x[0] - x[3]) ** 2])


def wood(x):
    return stack([
        10 * (x[1] - x[0] ** 2), 1 - x[0], 90 ** .5 * (x[3] - x[2] ** 2), 1 - x[2],
        10 ** .5 * (x[1] + x[3] - 2), (x[1] - x[3]) / 10 ** .5])


def kowalik(x):
    u = torch.tensor(KOWALIK_U, dtype=torch.float64)
    return torch.tensor(KOWALIK_Y) - x[0] * (u ** 2 + u * x[1]) / (u ** 2 + u * x[2] + x[3])


def dennis(x):
    t = span(1, 20) / 5
    return (x[0] + t * x[1] - t.exp()) ** 2 + (x[2] + x[3] * t.sin() - t.cos()) ** 2


def osborne1(x):
    t = 10 * (span(1, 33) - 1)
    return torch.tensor(OSBORNE_1) - (x[0] + x[1] * (-t * x[3]).exp() + x[2] * (-t * x[4]).exp())


def biggs(x):
    t = span(1, 13) / 10
    y = (-t).exp() - 5 * (-10 * t).exp() + 3 * (-4 * t).exp()
    return x[2] * (-t * x[0]).exp() - x[3] * (-t * x[1]).exp() + x[5] * (-t * x[4]).exp() - y


def osborne2(x):
    t = (span(1, 65) - 1) / 10
    sum = x[0] * (-t * x[4]).exp()
    for place in range(3):
        sum = sum + x[1 + place] * (-((t - x[8 + place]) ** 2) * x[5 + place]).exp()
    return torch.tensor(OSBORNE_2) - sum


def watson(x):
    count = len(x)
    j = span(0, count - 1)
    t = (span(1, 29) / 29)[:, None]
    slopes = (j * t ** (j - 1).clamp(min=0)) @ x
    values = (t ** j) @ x
    return torch.cat([slopes - values ** 2 - 1, stack([x[0], x[1] - x[0] ** 2 - 1])])


def extended_rosenbrock(x):
    return torch.cat([10 * (x[1::2] - x[0::2] ** 2), 1 - x[0::2]])


def extended_powell(x):
    a, b, c, d = x[0::4], x[1::4], x[2::4], x[3::4]
    return torch.cat([a + 10 * b, 5 ** .5 * (c - d), (b - 2 * c) ** 2, 10 ** .5 * (a - d) ** 2])


def penalty1(x):
    return torch.cat([1e-5 ** .5 * (x - 1), stack([(x ** 2).sum() - .25])])


def penalty2(x):
    count = len(x)
    i = span(2, count)
    y = (i / 10).exp() + ((i - 1) / 10).exp()
    grown = (x / 10).exp()
    return torch.cat([
        stack([x[0] - .2]), 1e-5 ** .5 * (grown[1:] + grown[:-1] - y), 1e-5 ** .5 * (grown[1:] - math.exp(-.1)),
        stack([((count - span(0, count - 1)) * x ** 2).sum() - 1])])


def variably_dimensioned(x):
    sum = (span(1, len(x)) * (x - 1)).sum()
    return torch.cat([x - 1, stack([sum, sum ** 2])])


def trigonometric(x):
    return len(x) - x.cos().sum() + span(1, len(x)) * (1 - x.cos()) - x.sin()


def almost_linear(x):
    return torch.cat([x[:-1] + x.sum() - (len(x) + 1), stack([x.prod() - 1])])


def broyden(x):
    edge = torch.zeros(1)
    return (3 - 2 * x) * x - torch.cat([edge, x[:-1]]) - 2 * torch.cat([x[1:], edge]) + 1


# Name: residuals and standard starting point. The objective is the sum of their squares.
PROBLEMS = {
    "rosenbrock": (lambda x: stack([10 * (x[1] - x[0] ** 2), 1 - x[0]]), [-1.2, 1]),
    "freudensteinRoth": (
        lambda x: stack([
            -13 + x[0] + ((5 - x[1]) * x[1] - 2) * x[1], -29 + x[0] + ((x[1] + 1) * x[1] - 14) * x[1]]), [.5, -2]),
    "powellBadlyScaled": (lambda x: stack([1e4 * x[0] * x[1] - 1, (-x[0]).exp() + (-x[1]).exp() - 1.0001]), [0, 1]),
    "brownBadlyScaled": (lambda x: stack([x[0] - 1e6, x[1] - 2e-6, x[0] * x[1] - 2]), [1, 1]),
    "beale": (lambda x: torch.tensor([1.5, 2.25, 2.625]) - x[0] * (1 - x[1] ** span(1, 3)), [1, 1]),
    "jennrichSampson": (jennrich, [.3, .4]),
    "helicalValley": (helical, [-1, 0, 0]),
    "bard": (bard, [1, 1, 1]),
    "gaussian": (gaussian, [.4, 1, 0]),
    "meyer": (meyer, [.02, 4000, 250]),
    "gulf": (gulf, [5, 2.5, .15]),
    "box": (box, [0, 10, 20]),
    "powellSingular": (singular, [3, -1, 0, 1]),
    "wood": (wood, [-3, -1, -3, -1]),
    "kowalikOsborne": (kowalik, [.25, .39, .415, .39]),
    "brownDennis": (dennis, [25, 5, -5, -1]),
    "osborne1": (osborne1, [.5, 1.5, -1, .01, .02]),
    "biggs": (biggs, [1, 2, 1, 1, 1, 1]),
    "osborne2": (osborne2, [1.3, .65, .65, .7, .6, 3, 5, 7, 2, 4.5, 5.5]),
    "watson": (watson, [0] * 6),
    "extendedRosenbrock": (extended_rosenbrock, [-1.2, 1] * 5),
    "extendedPowell": (extended_powell, [3, -1, 0, 1] * 3),
    "penalty1": (penalty1, [1, 2, 3, 4]),
    "penalty2": (penalty2, [.5] * 4),
    "variablyDimensioned": (variably_dimensioned, [1 - j / 10 for j in range(1, 11)]),
    "trigonometric": (trigonometric, [1 / 10] * 10),
    "brownAlmostLinear": (almost_linear, [.5] * 10),
    "broydenTridiagonal": (broyden, [-1] * 10),
}

# Data that the residuals hold, for the Swift side to read.
DATA = {
    "bard": BARD, "gaussian": GAUSSIAN, "meyer": MEYER, "kowalikY": KOWALIK_Y, "kowalikU": KOWALIK_U,
    "osborne1": OSBORNE_1, "osborne2": OSBORNE_2,
}

GRADIENT_TOLERANCE = 1e-5
METHODS = {
    "bfgs": ("BFGS", {"gtol": GRADIENT_TOLERANCE}),
    "lbfgs": ("L-BFGS-B", {"gtol": GRADIENT_TOLERANCE, "maxiter": 20000, "maxfun": 20000}),
    "conjugateGradient": ("CG", {"gtol": GRADIENT_TOLERANCE}),
    "newtonCG": ("Newton-CG", {}),
    "newton": ("trust-exact", {"gtol": GRADIENT_TOLERANCE}),
}


class Function:
    """A function of a vector with its derivatives, and how often each was asked for."""

    def __init__(self, formula):
        self.formula = formula

    def value(self, x):
        return float(self.formula(torch.from_numpy(x)))

    def gradient(self, x):
        point = torch.from_numpy(x).requires_grad_()
        return torch.autograd.grad(self.formula(point), point)[0].numpy()

    def product(self, x, v):
        return torch.autograd.functional.vhp(self.formula, torch.from_numpy(x), torch.from_numpy(v))[1].numpy()

    def hessian(self, x):
        return torch.autograd.functional.hessian(self.formula, torch.from_numpy(x)).numpy()


def solve(function, start, name):
    method, options = METHODS[name]
    keywords = {"jac": function.gradient}
    if name == "newtonCG":
        keywords["hessp"] = function.product
    if name == "newton":
        keywords["hess"] = function.hessian
    try:
        result = optimize.minimize(function.value, numpy.array(start, dtype=float), method=method, options=options, **keywords)
    except Exception as error:
        return {"value": None, "functions": None, "gradients": None, "iterations": None, "converged": False,
                "gradientNorm": None, "message": str(error)[:80]}
    norm = float(numpy.abs(function.gradient(result.x)).max())
    finite = math.isfinite(result.fun)
    return {
        "value": float(result.fun) if finite else None, "functions": int(result.nfev), "gradients": int(result.njev),
        "iterations": int(result.nit), "converged": bool(result.success),
        "gradientNorm": norm if math.isfinite(norm) else None, "message": result.message}


def least_squares(residuals, start):
    result = optimize.least_squares(
        lambda x: residuals(torch.from_numpy(x)).numpy(), numpy.array(start, dtype=float),
        jac=lambda x: torch.autograd.functional.jacobian(residuals, torch.from_numpy(x)).numpy(), method="lm",
        max_nfev=5000)
    return {
        "value": float(2 * result.cost), "functions": int(result.nfev), "gradients": int(result.njev), "iterations": int(result.njev),
        "converged": bool(result.status > 0), "gradientNorm": float(2 * result.optimality), "message": result.message}


def problems():
    cases = {}
    for name, (residuals, start) in PROBLEMS.items():
        function = Function(lambda x: (residuals(x) ** 2).sum())
        point = numpy.array(start, dtype=float)
        methods = {method: solve(function, start, method) for method in METHODS}
        if len(residuals(torch.from_numpy(point))) >= len(start):
            methods["levenbergMarquardt"] = least_squares(residuals, start)
        best = optimize.minimize(
            function.value, point, jac=function.gradient, hess=function.hessian, method="trust-exact",
            options={"gtol": 1e-10, "maxiter": 10000}).fun
        values = [case["value"] for case in methods.values() if case["value"] is not None] + [float(best)]
        cases[name] = {
            "start": [float(v) for v in start], "startValue": function.value(point),
            "startGradient": function.gradient(point).tolist(), "best": min(values), "methods": methods}
        print(name, min(values), {m: (c["value"], c["functions"], c["converged"]) for m, c in methods.items()}, flush=True)
    return cases


def logistic(inputs, labels):
    """Mean cross-entropy of a linear classifier of standardised inputs with a small ridge."""
    x = torch.tensor(inputs)
    x = (x - x.mean(0)) / x.std(0, correction=0).clamp(min=1e-12)
    y = torch.tensor(labels)
    classes = int(y.max()) + 1
    features = x.shape[1]

    def loss(w):
        weight = w[: classes * features].reshape(classes, features)
        bias = w[classes * features:]
        ridge = 1e-3 / 2 * (weight ** 2).sum()
        return torch.nn.functional.cross_entropy(x @ weight.T + bias, y) + ridge

    return Function(loss), [0.0] * (classes * features + classes)


def regressions():
    cases = {}
    loaders = {"breastCancer": datasets.load_breast_cancer, "wine": datasets.load_wine, "digits": datasets.load_digits}
    for name, load in loaders.items():
        data = load()
        function, start = logistic(data.data, data.target)
        # A full Hessian of 650 weights takes SciPy's exact trust region a minute and proves nothing more.
        wanted = [m for m in METHODS if name != "digits" or m != "newton"]
        methods = {method: solve(function, start, method) for method in wanted}
        values = [case["value"] for case in methods.values() if case["value"] is not None]
        cases[name] = {
            "startValue": function.value(numpy.array(start)), "best": min(values), "methods": methods}
        print(name, {m: (c["value"], c["functions"], c["converged"]) for m, c in methods.items()}, flush=True)
    return cases


def main():
    warnings.simplefilter("ignore")
    result = {"data": DATA, "problems": problems(), "logistic": regressions()}
    OUTPUT.write_text(json.dumps(result, separators=(",", ":"), allow_nan=False) + "\n")


if __name__ == "__main__":
    main()
