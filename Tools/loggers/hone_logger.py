"""Writes a training run as JSON lines for `hone diagnose --curves FILE`.

PyTorch:  log = HoneLogger("run.jsonl", model, optimizer, loss="crossEntropy", expects="logits",
                           batchSize=64, trainSamples=50000)
          in the loop:  loss.backward(); log.before_step(); optimizer.step(); log.step(loss.item())
          per epoch:    log.epoch(trainLoss=…, validationLoss=…, validationMetric=…)
Keras: see hone_keras.py.
"""
import json
import math

def _plain(value):
    if isinstance(value, float) and not math.isfinite(value):
        return "nan" if math.isnan(value) else ("inf" if value > 0 else "-inf")
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items() if item is not None}
    return [_plain(item) for item in value] if isinstance(value, list) else value

class Log:
    def __init__(self, path, **run):
        self.file = open(path, "w", encoding="utf-8")
        self.write("run", **run)

    def write(self, kind, **fields):
        self.file.write(json.dumps(_plain({"kind": kind, **fields})) + "\n")
        self.file.flush()

class HoneLogger(Log):
    """Watches the linear and convolutional layers of a PyTorch model."""

    def __init__(self, path, model, optimizer, **run):
        import torch
        self.torch, self.optimizer, self.number, self.next, self.at = torch, optimizer, 0, 1, 1
        kinds = (torch.nn.Linear, torch.nn.Conv1d, torch.nn.Conv2d, torch.nn.Conv3d)
        self.layers = {name: m for name, m in model.named_modules() if isinstance(m, kinds)}
        self.states, self.old, self.open = {}, {}, None
        for name, module in model.named_modules():
            if not list(module.children()):
                module.register_forward_hook(lambda m, _, out, name=name: self._see(name, m, out))
        weights = [m.weight.detach() for m in self.layers.values()]
        facts = [dict(path=n, kind=type(m).__name__, inputs=w[0].numel(), units=w.shape[0],
                      weight=w.square().mean().sqrt().item(), isTrainable=m.weight.requires_grad,
                      duplicateShare=1 - (len(torch.unique(w.flatten(1), dim=0)) - 1)
                      / max(len(w) - 1, 1)) for (n, m), w in zip(self.layers.items(), weights)]
        count = sum(p.numel() for p in model.parameters())
        super().__init__(path, facts=facts, parameters=count,
                         **{"optimizer": type(optimizer).__name__, **run})

    def _see(self, name, module, out):
        if self.number + 1 != self.next or not module.training or not self.torch.is_tensor(out):
            return
        out = out.detach()[:256].float()
        units = out.flatten(2) if out.dim() > 2 else out.unsqueeze(-1)
        spread = units.var(dim=(0, 2), unbiased=False).mean().sqrt().item()
        if name in self.layers:
            size = out.square().mean().sqrt().item()
            self.states[name], self.open = dict(path=name, output=size, outputSpread=spread), name
        elif self.open and type(module).__name__ in ("ReLU", "ReLU6", "Tanh", "Sigmoid"):
            state, kind, self.open = self.states[self.open], type(module).__name__, None
            state["activationSpread"] = spread
            if kind.startswith("ReLU"):
                zero = (units == 0).float()
                state["zeroShare"] = zero.mean().item()
                state["deadShare"] = zero.amin(dim=(0, 2)).mean().item()
            else:
                flat = units.abs() > 0.949 if kind == "Tanh" else (units - 0.5).abs() > 0.474
                state["saturatedShare"] = flat.float().mean().item()

    def before_step(self):
        self.old = {}
        if self.number + 1 == self.next:
            grads = {n: m.weight.grad for n, m in self.layers.items()}
            self.old = {n: (self.layers[n].weight.detach().clone(),
                            None if g is None else g.clone()) for n, g in grads.items()}

    def step(self, loss):
        self.number += 1
        rate = self.optimizer.param_groups[0]["lr"]
        descent, ratio, size = 0.0, [0.0, 0.0], lambda t: t.square().mean().sqrt().item()
        for name, (before, grad) in self.old.items():
            change = self.layers[name].weight.detach() - before
            state = self.states.setdefault(name, dict(path=name))
            state.update(weight=size(before), update=size(change))
            if grad is not None:
                state["gradient"] = size(grad)
                descent += (change * grad).sum().item()
            ratio = [ratio[0] + change.norm().item() ** 2, ratio[1] + before.norm().item() ** 2]
        if self.old:
            self.write("layers", step=self.number, epoch=self.at, descent=descent,
                       layers=list(self.states.values()))
            self.next, self.states = self.number + max(1, self.number // 2), {}
        update = math.sqrt(ratio[0] / ratio[1]) if self.old and ratio[1] > 0 else None
        self.write("step", step=self.number, epoch=self.at, value=float(loss), learningRate=rate,
                   updateRatio=update)

    def epoch(self, **fields):
        self.write("epoch", epoch=self.at, step=self.number,
                   learningRate=self.optimizer.param_groups[0]["lr"], **fields)
        self.at += 1
