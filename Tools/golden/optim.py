"""Writes the reference figures of HoneOptimTests: PyTorch's optimisers, schedules, clipping, averages.

Run from the repository's root, with torch installed:

    python Tools/golden/optim.py
"""

import json
import math
import pathlib

import torch
from torch.optim import lr_scheduler as schedulers

OUTPUT = pathlib.Path("Tests/HoneOptimTests/Golden/optim.json")
CHECKPOINTS = [1, 2, 3, 10] + list(range(100, 1001, 100))

generator = torch.Generator().manual_seed(20)
SHAPES = [[3, 4], [5]]


def draw(low, high):
    return [
        torch.rand(shape, generator=generator, dtype=torch.float64) * (high - low) + low
        for shape in SHAPES
    ]


# A curved bowl for each weight, tilted by a wave that never dies out: trajectories neither blow up nor
# come to rest, and the directions of their steps are never in doubt by a rounding error.
START, CENTER, CURVATURE, PHASE = draw(-2, 2), draw(-1, 1), draw(0.2, 2), draw(0, 6)


def loss(weights, step, dtype):
    total = 0
    for weight, center, curvature, phase in zip(weights, CENTER, CURVATURE, PHASE):
        pull = curvature.to(dtype) * (weight - center.to(dtype)) ** 2 / 2
        tilt = weight * torch.sin(phase.to(dtype) + 0.1 * step)
        total = total + pull.sum() + tilt.sum()
    return total


def has_gradient(index, step):
    """The second parameter sits out every third step."""
    return index == 0 or step % 3 != 0


class Lion(torch.optim.Optimizer):
    """Lion, written from algorithm 2 of the paper (arXiv 2302.06675)."""

    def __init__(self, parameters, lr, betas, weight_decay):
        super().__init__(parameters, dict(lr=lr, betas=betas, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            first, second = group["betas"]
            for weight in group["params"]:
                if weight.grad is None:
                    continue
                average = self.state[weight].setdefault("average", torch.zeros_like(weight))
                direction = (first * average + (1 - first) * weight.grad).sign()
                weight.sub_(group["lr"] * (direction + group["weight_decay"] * weight))
                average.copy_(second * average + (1 - second) * weight.grad)


class LAMB(torch.optim.Optimizer):
    """LAMB, written from algorithm 2 of the paper (arXiv 1904.00962)."""

    def __init__(self, parameters, lr, betas=(0.9, 0.999), eps=1e-6, weight_decay=0):
        super().__init__(parameters, dict(lr=lr, betas=betas, eps=eps, decay=weight_decay))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            first, second = group["betas"]
            for weight in group["params"]:
                if weight.grad is None:
                    continue
                state = self.state[weight]
                step = state["step"] = state.get("step", 0) + 1
                mean = first * state.get("mean", 0) + (1 - first) * weight.grad
                square = second * state.get("square", 0) + (1 - second) * weight.grad ** 2
                state["mean"], state["square"] = mean, square
                unbiased = (square / (1 - second ** step)).sqrt() + group["eps"]
                direction = mean / (1 - first ** step) / unbiased + group["decay"] * weight
                ratio = weight.norm() / direction.norm()
                weight.sub_(group["lr"] * ratio * direction)


class Both:
    """Two optimisers as one: Muon for matrices beside AdamW for the rest."""

    def __init__(self, first, second):
        self.parts = [first, second]

    def zero_grad(self):
        for part in self.parts:
            part.zero_grad()

    def step(self):
        for part in self.parts:
            part.step()


class Lookahead:
    """Lookahead, written from algorithm 1 of the paper (arXiv 1907.08610)."""

    def __init__(self, base, weights, k, alpha):
        self.base, self.weights, self.k, self.alpha, self.count = base, weights, k, alpha, 0
        self.slow = [weight.detach().clone() for weight in weights]

    def zero_grad(self):
        self.base.zero_grad()

    @torch.no_grad()
    def step(self):
        self.base.step()
        self.count += 1
        if self.count % self.k == 0:
            for slow, weight in zip(self.slow, self.weights):
                slow += self.alpha * (weight - slow)
                weight.copy_(slow)


class SAM:
    """SAM (arXiv 2010.01412, equation 2) and its adaptive form (arXiv 2102.11600, equation 8)."""

    def __init__(self, base, weights, rho, adaptive=False):
        self.base, self.weights, self.rho, self.adaptive = base, weights, rho, adaptive

    def zero_grad(self):
        self.base.zero_grad()

    @torch.no_grad()
    def perturb(self):
        self.origin = [weight.clone() for weight in self.weights]
        moved = [weight for weight in self.weights if weight.grad is not None]
        sizes = [weight.abs() if self.adaptive else torch.ones_like(weight) for weight in moved]
        scaled = [size * weight.grad for size, weight in zip(sizes, moved)]
        norm = sum((part ** 2).sum() for part in scaled).sqrt()
        for size, part, weight in zip(sizes, scaled, moved):
            weight += self.rho * size * part / norm

    @torch.no_grad()
    def step(self):
        for origin, weight in zip(self.origin, self.weights):
            weight.copy_(origin)
        self.base.step()


OPTIMIZERS = {
    "sgd": lambda p: torch.optim.SGD(p, lr=0.05),
    "sgdMomentum": lambda p: torch.optim.SGD(p, lr=0.02, momentum=0.9, weight_decay=0.01),
    "sgdDampening": lambda p: torch.optim.SGD(p, lr=0.02, momentum=0.8, dampening=0.3),
    "sgdNesterov": lambda p: torch.optim.SGD(
        p, lr=0.02, momentum=0.9, nesterov=True, weight_decay=0.01),
    "adam": lambda p: torch.optim.Adam(p, lr=0.01, betas=(0.85, 0.98)),
    "adamDecay": lambda p: torch.optim.Adam(p, lr=0.01, weight_decay=0.1, eps=1e-6),
    "adamW": lambda p: torch.optim.AdamW(p, lr=0.01, weight_decay=0.1),
    "adamWGroups": lambda p: torch.optim.AdamW(
        [dict(params=[p[0]], weight_decay=0.2), dict(params=[p[1]], weight_decay=0, lr=0.005)],
        lr=0.01),
    "rmsProp": lambda p: torch.optim.RMSprop(p, lr=0.01, alpha=0.95, weight_decay=0.01),
    "rmsPropMomentum": lambda p: torch.optim.RMSprop(p, lr=0.002, momentum=0.9),
    "adagrad": lambda p: torch.optim.Adagrad(p, lr=0.1, weight_decay=0.01),
    "nadam": lambda p: torch.optim.NAdam(p, lr=0.01, weight_decay=0.01),
    "radam": lambda p: torch.optim.RAdam(p, lr=0.01, weight_decay=0.01),
    "lion": lambda p: Lion(p, lr=0.003, betas=(0.9, 0.99), weight_decay=0.1),
    "adamAMSGrad": lambda p: torch.optim.Adam(p, lr=0.01, amsgrad=True, weight_decay=0.01),
    "adamWAMSGrad": lambda p: torch.optim.AdamW(p, lr=0.01, amsgrad=True, weight_decay=0.1),
    "rmsPropCentered": lambda p: torch.optim.RMSprop(p, lr=0.005, centered=True),
    "rmsPropAll": lambda p: torch.optim.RMSprop(
        p, lr=0.002, alpha=0.95, centered=True, momentum=0.8, weight_decay=0.01),
    "adagradDecay": lambda p: torch.optim.Adagrad(
        p, lr=0.2, lr_decay=0.001, initial_accumulator_value=0.1),
    "nadamDecoupled": lambda p: torch.optim.NAdam(
        p, lr=0.01, weight_decay=0.1, decoupled_weight_decay=True),
    "radamDecoupled": lambda p: torch.optim.RAdam(
        p, lr=0.01, weight_decay=0.1, decoupled_weight_decay=True),
    "adadelta": lambda p: torch.optim.Adadelta(p, lr=1, weight_decay=0.01),
    "adamax": lambda p: torch.optim.Adamax(p, lr=0.01, weight_decay=0.01),
    "asgd": lambda p: torch.optim.ASGD(p, lr=0.05, lambd=0.01, t0=100, weight_decay=0.01),
    "rprop": lambda p: torch.optim.Rprop(p, lr=0.01, step_sizes=(1e-6, 0.1)),
    "lamb": lambda p: LAMB(p, lr=0.01, weight_decay=0.1),
    "adafactor": lambda p: torch.optim.Adafactor(p, lr=0.05, weight_decay=0.1),
    "adafactorOptions": lambda p: torch.optim.Adafactor(
        p, lr=0.02, beta2_decay=-0.6, eps=(1e-6, 1e-2), d=1.5),
    "muon": lambda p: Both(
        torch.optim.Muon([p[0]], lr=0.01), torch.optim.AdamW([p[1]], lr=0.01, weight_decay=0.1)),
    "muonAdjusted": lambda p: Both(
        torch.optim.Muon(
            [p[0]], lr=0.01, momentum=0.9, nesterov=False, weight_decay=0,
            adjust_lr_fn="match_rms_adamw"),
        torch.optim.AdamW([p[1]], lr=0.005, weight_decay=0)),
    "lookahead": lambda p: Lookahead(
        torch.optim.SGD(p, lr=0.02, momentum=0.9), p, k=5, alpha=0.5),
    "sam": lambda p: SAM(torch.optim.SGD(p, lr=0.02, momentum=0.9), p, rho=0.05),
    "samAdaptive": lambda p: SAM(torch.optim.AdamW(p, lr=0.01), p, rho=0.5, adaptive=True),
}


def backward(weights, step, dtype):
    loss(weights, step, dtype).backward()
    for index, weight in enumerate(weights):
        if not has_gradient(index, step):
            weight.grad = None


def trajectory(make, dtype):
    weights = [start.to(dtype).clone().requires_grad_() for start in START]
    optimizer = make(weights)
    found = []
    for step in range(1, max(CHECKPOINTS) + 1):
        optimizer.zero_grad()
        backward(weights, step, dtype)
        if hasattr(optimizer, "perturb"):
            optimizer.perturb()
            optimizer.zero_grad()
            backward(weights, step, dtype)
        optimizer.step()
        if step in CHECKPOINTS:
            digits = 15 if dtype == torch.float64 else 9
            found.append([rounded(flat(weight), digits) for weight in weights])
    return found


def rounded(values, digits):
    return [float(f"{value:.{digits}g}") for value in values]


def flat(tensor):
    return tensor.detach().double().flatten().tolist()


def rates(make, count, advance=1):
    """The rate of `count` steps, where the scheduler moves on after every `advance` of them."""
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=1)
    scheduler = make(optimizer)
    found = []
    for step in range(1, count + 1):
        found.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if step % advance == 0 and step < count:
            scheduler.step()
    return found


def warm(optimizer, length, following):
    rise = schedulers.LinearLR(optimizer, 1 / length, 1, total_iters=length - 1)
    return schedulers.SequentialLR(optimizer, [rise, following(optimizer)], milestones=[length])


def restarts(count, steps_per_epoch):
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=1)
    scheduler = schedulers.CosineAnnealingWarmRestarts(optimizer, T_0=3, T_mult=2, eta_min=0.1)
    found = []
    for step in range(count):
        scheduler.step(step / steps_per_epoch)
        found.append(optimizer.param_groups[0]["lr"])
    return found


def cyclic(optimizer, mode):
    return schedulers.CyclicLR(
        optimizer, base_lr=0.1, max_lr=1, step_size_up=5, step_size_down=9, mode=mode, gamma=0.98,
        cycle_momentum=False)


def schedules():
    return {
        "constant": rates(lambda o: schedulers.ConstantLR(o, factor=1), 20),
        "step": rates(lambda o: schedulers.StepLR(o, 2, 0.3), 20, advance=4),
        "multiStep": rates(lambda o: schedulers.MultiStepLR(o, [2, 3], 0.2), 20, advance=4),
        "exponential": rates(lambda o: schedulers.ExponentialLR(o, 0.9), 20, advance=4),
        "cosine": rates(lambda o: schedulers.CosineAnnealingLR(o, 20, 0.05), 20),
        "polynomial": rates(lambda o: schedulers.PolynomialLR(o, 20, 2), 20),
        "oneCycle": rates(
            lambda o: schedulers.OneCycleLR(
                o, 1, total_steps=20, pct_start=0.25, div_factor=25, final_div_factor=4000), 20),
        "oneCycleDefaults": rates(lambda o: schedulers.OneCycleLR(o, 1, total_steps=30), 30),
        "oneCycleLinear": rates(
            lambda o: schedulers.OneCycleLR(
                o, 1, total_steps=30, pct_start=0.4, anneal_strategy="linear"), 30),
        "oneCycleThreePhases": rates(
            lambda o: schedulers.OneCycleLR(
                o, 1, total_steps=30, pct_start=0.3, three_phase=True, div_factor=10,
                final_div_factor=100), 30),
        "triangular": rates(lambda o: cyclic(o, "triangular"), 50),
        "triangularHalving": rates(lambda o: cyclic(o, "triangular2"), 50),
        "exponentialRange": rates(lambda o: cyclic(o, "exp_range"), 50),
        "linear": rates(lambda o: schedulers.LinearLR(o, 0.25, 1, total_iters=8), 20),
        "linearWhole": rates(lambda o: schedulers.LinearLR(o, 1, 0.1, total_iters=20), 20),
        "flat": rates(lambda o: schedulers.ConstantLR(o, factor=0.3, total_iters=5), 20),
        "cosineByEpoch": rates(
            lambda o: schedulers.CosineAnnealingLR(o, 5, 0.05), 20, advance=4),
        "stepBySteps": rates(lambda o: schedulers.StepLR(o, 7, 0.5), 20),
        "halving": rates(lambda o: schedulers.StepLR(o, 5, 0.5), 48, advance=4),
        "tenthing": rates(lambda o: schedulers.StepLR(o, 20, 0.1), 50),
        "chained": rates(
            lambda o: schedulers.ChainedScheduler(
                [schedulers.StepLR(o, 6, 0.5), schedulers.ExponentialLR(o, 0.95)]), 30),
        "threeStages": rates(
            lambda o: schedulers.SequentialLR(
                o, [
                    schedulers.ConstantLR(o, 0.1, total_iters=4),
                    schedulers.CosineAnnealingLR(o, 16, 0.2), schedulers.ExponentialLR(o, 0.9)],
                [4, 20]), 30),
        "inverseSquareRoot": [
            min((step + 1) / 4, 1) if step < 4 else math.sqrt(4 / step) for step in range(20)
        ],
        "warmRestarts": restarts(60, 4),
        "warmCosine": rates(
            lambda o: warm(o, 5, lambda o: schedulers.CosineAnnealingLR(o, 15, 0.05)), 20),
        "sequence": rates(
            lambda o: schedulers.SequentialLR(
                o, [schedulers.ConstantLR(o, 1), schedulers.PolynomialLR(o, 14, 1)], [6]), 20),
    }


def clipping():
    gradients = draw(-3, 3)
    cases = []
    for limit in [0.5, 100.0]:
        weights = [torch.zeros(shape, dtype=torch.float64) for shape in SHAPES]
        for weight, gradient in zip(weights, gradients):
            weight.grad = gradient.clone()
        norm = torch.nn.utils.clip_grad_norm_(weights, limit)
        by_norm = [flat(weight.grad) for weight in weights]
        for weight, gradient in zip(weights, gradients):
            weight.grad = gradient.clone()
        torch.nn.utils.clip_grad_value_(weights, limit)
        by_value = [flat(weight.grad) for weight in weights]
        cases.append(
            {"limit": limit, "norm": norm.item(), "byNorm": by_norm, "byValue": by_value})
    return {"gradients": [flat(gradient) for gradient in gradients], "cases": cases}


def max_norm():
    weight = draw(-3, 3)[0]
    return {
        "weights": flat(weight), "limit": 2.0, "expected": flat(torch.renorm(weight, 2, 0, 2.0))}


def penalty():
    weights = [weight.requires_grad_() for weight in draw(-3, 3)]
    total = sum(0.3 * w.abs().sum() + 0.2 / 2 * (w ** 2).sum() for w in weights)
    total.backward()
    return {
        "weights": [flat(w) for w in weights], "l1": 0.3, "l2": 0.2, "loss": total.item(),
        "gradients": [flat(w.grad) for w in weights]}


def averages():
    points = [draw(-1, 1) for _ in range(6)]
    model = torch.nn.ParameterList([torch.nn.Parameter(p.clone()) for p in points[0]])
    uniform = torch.optim.swa_utils.AveragedModel(model)
    exponential = [p.clone() for p in points[0]]
    uniform.update_parameters(model)
    for count, point in enumerate(points[1:]):
        for parameter, value in zip(model, point):
            parameter.data.copy_(value)
        uniform.update_parameters(model)
        decay = min(0.3, (1 + count) / (10 + count))
        exponential = [decay * a + (1 - decay) * v for a, v in zip(exponential, point)]
    return {
        "points": [[flat(p) for p in point] for point in points], "decay": 0.3,
        "exponential": [flat(a) for a in exponential],
        "uniform": [flat(p) for p in uniform.module]}


def main():
    document = {
        "torch": torch.__version__,
        "shapes": SHAPES,
        "problem": {
            "start": [flat(t) for t in START], "center": [flat(t) for t in CENTER],
            "curvature": [flat(t) for t in CURVATURE], "phase": [flat(t) for t in PHASE]},
        "checkpoints": CHECKPOINTS,
        "trajectories": {
            name: trajectory(make, torch.float64) for name, make in OPTIMIZERS.items()},
        "singleTrajectories": {
            name: trajectory(make, torch.float32) for name, make in OPTIMIZERS.items()},
        "schedules": schedules(),
        "clipping": clipping(),
        "maxNorm": max_norm(),
        "penalty": penalty(),
        "averages": averages(),
    }
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    OUTPUT.write_text(json.dumps(document) + "\n")


if __name__ == "__main__":
    main()
