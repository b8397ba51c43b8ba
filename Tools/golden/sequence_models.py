"""Writes the reference values of HoneModelsTests' text, tabular and generative models: the same models
built from PyTorch's parts, forward and backward.

Run from the repository's root, with torch installed:

    python Tools/golden/sequence_models.py

Parameters are not stored: both sides fill element i of parameter k with 0.4 sin(0.37 i + k), in the order
of declaration, and lose the sum of outputs times cos(0.2 i). Everything is computed in float64.
"""

import json
import math
import pathlib

import torch
from torch import nn
from torch.nn import functional
from torch.nn.utils.rnn import pack_padded_sequence

OUTPUT = pathlib.Path("Tests/HoneModelsTests/Golden/sequences.json")
TOKENS = torch.tensor([[3, 1, 4, 1, 5, 0], [2, 0, 0, 0, 0, 0], [5, 0, 6, 2, 0, 0]])
LENGTHS = torch.tensor([5, 1, 4])
PADDING = torch.arange(6) >= LENGTHS[:, None]
VOCABULARY, FEATURES, OUTPUTS = 7, 4, 3
CARDINALITIES = [4, 3]


def array(tensor):
    return {"shape": list(tensor.shape), "values": tensor.detach().double().flatten().tolist()}


class Bag(nn.Module):
    def __init__(self):
        super().__init__()
        self.table = nn.EmbeddingBag(VOCABULARY, FEATURES, mode="mean", padding_idx=0)
        self.head = nn.Linear(FEATURES, OUTPUTS)

    def forward(self, tokens):
        return self.head(self.table(tokens))


class Convolutions(nn.Module):
    def __init__(self):
        super().__init__()
        self.table = nn.Embedding(VOCABULARY, FEATURES, padding_idx=0)
        self.filters = nn.ModuleList([nn.Conv1d(FEATURES, 2, width) for width in (2, 3)])
        self.head = nn.Linear(4, OUTPUTS)

    def forward(self, tokens):
        vectors = functional.pad(self.table(tokens).transpose(1, 2), (3, 3))
        return self.head(torch.cat([f(vectors).relu().amax(2) for f in self.filters], 1))


class Recurrent(nn.Module):
    def __init__(self, kind):
        super().__init__()
        self.table = nn.Embedding(VOCABULARY, FEATURES, padding_idx=0)
        self.network = kind(FEATURES, 3, 2, batch_first=True, bidirectional=True)
        self.head = nn.Linear(6, OUTPUTS)

    def forward(self, tokens):
        packed = pack_padded_sequence(self.table(tokens), LENGTHS, batch_first=True,
                                      enforce_sorted=False)
        state = self.network(packed)[1]
        hidden = state[0] if isinstance(state, tuple) else state
        return self.head(torch.cat([hidden[-2], hidden[-1]], 1))


class Transformer(nn.Module):
    def __init__(self):
        super().__init__()
        self.table = nn.Embedding(VOCABULARY, FEATURES, padding_idx=0)
        layer = nn.TransformerEncoderLayer(FEATURES, 2, 5, 0.0, activation="gelu", norm_first=True,
                                           batch_first=True)
        self.encoder = nn.TransformerEncoder(layer, 2, norm=nn.LayerNorm(FEATURES),
                                             enable_nested_tensor=False)
        self.head = nn.Linear(FEATURES, OUTPUTS)

    def forward(self, tokens):
        angles = torch.arange(6)[:, None] / 10000 ** (torch.tensor([0.0, 2.0]).double() / FEATURES)
        positions = torch.stack([angles.sin(), angles.cos()], 2).flatten(1)
        encoded = self.encoder(self.table(tokens) + positions, src_key_padding_mask=PADDING)
        kept = encoded.masked_fill(PADDING[:, :, None], 0)
        return self.head(kept.sum(1) / LENGTHS[:, None])


def width(cardinality):
    return min(600, round(1.6 * cardinality ** 0.56))


class Categories(nn.Module):
    def __init__(self):
        super().__init__()
        self.tables = nn.ModuleList([nn.Embedding(n, width(n), padding_idx=0)
                                     for n in CARDINALITIES])

    def forward(self, rows):
        numbers, codes = rows[:, :-2], rows[:, -2:].long()
        return torch.cat([numbers] + [t(codes[:, i]) for i, t in enumerate(self.tables)], 1)


def joined():
    return 2 + sum(width(n) for n in CARDINALITIES)


class ResidualTable(nn.Module):
    def __init__(self):
        super().__init__()
        self.categories = Categories()
        self.stem = nn.Linear(joined(), 4)
        self.blocks = nn.ModuleList([nn.Sequential(nn.BatchNorm1d(4), nn.Linear(4, 8), nn.ReLU(),
                                                   nn.Linear(8, 4)) for _ in range(2)])
        self.head = nn.Sequential(nn.BatchNorm1d(4), nn.ReLU(), nn.Linear(4, OUTPUTS))

    def forward(self, rows):
        value = self.stem(self.categories(rows))
        for block in self.blocks:
            value = value + block(value)
        return self.head(value)


class TransformerBlock(nn.Module):
    def __init__(self, normalizes):
        super().__init__()
        if normalizes:
            self.first = nn.LayerNorm(6)
        self.attention = nn.MultiheadAttention(6, 2, batch_first=True)
        self.second = nn.LayerNorm(6)
        self.expansion = nn.Linear(6, 16)
        self.contraction = nn.Linear(8, 6)

    def forward(self, tokens):
        value = self.first(tokens) if hasattr(self, "first") else tokens
        tokens = tokens + self.attention(value, value, value, need_weights=False)[0]
        gated, gate = self.expansion(self.second(tokens)).chunk(2, 2)
        return tokens + self.contraction(gated * gate.relu())


class TransformerTable(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(2, 6))
        self.bias = nn.Parameter(torch.zeros(4, 6))
        self.mark = nn.Parameter(torch.zeros(6))
        self.tables = nn.ModuleList([nn.Embedding(n, 6, padding_idx=0) for n in CARDINALITIES])
        self.blocks = nn.ModuleList([TransformerBlock(False), TransformerBlock(True)])
        self.norm = nn.LayerNorm(6)
        self.head = nn.Linear(6, OUTPUTS)

    def parameters(self, recurse=True):
        found = dict(self.named_parameters())
        first = ["weight", "bias", "tables.0.weight", "tables.1.weight", "mark"]
        return [found.pop(name) for name in first] + list(found.values())

    def forward(self, rows):
        numbers, codes = rows[:, :-2], rows[:, -2:].long()
        tokens = [numbers[:, :, None] * self.weight]
        tokens += [table(codes[:, i:i + 1]) for i, table in enumerate(self.tables)]
        tokens = torch.cat(tokens, 1) + self.bias
        tokens = torch.cat([tokens, self.mark.expand(len(rows), 1, 6)], 1)
        for block in self.blocks:
            tokens = block(tokens)
        return self.head(self.norm(tokens[:, -1]).relu())


class Variational(nn.Module):
    """Gives the two parts of the bound's negative, by torch.distributions."""

    def __init__(self, bernoulli):
        super().__init__()
        self.bernoulli = bernoulli
        self.encoder = nn.Linear(5, 4)
        self.mean, self.variance = nn.Linear(4, 2), nn.Linear(4, 2)
        self.decoder = nn.Sequential(nn.Linear(2, 4), nn.ReLU(), nn.Linear(4, 5))

    def forward(self, rows):
        hidden = self.encoder(rows).relu()
        mean, deviation = self.mean(hidden), (0.5 * self.variance(hidden)).exp()
        noise = torch.randn(mean.shape, generator=torch.Generator().manual_seed(7),
                            dtype=torch.float64)
        output = self.decoder(mean + deviation * noise)
        if self.bernoulli:
            reconstruction = functional.binary_cross_entropy_with_logits(output, rows,
                                                                         reduction="none")
        else:
            likelihood = torch.distributions.Normal(output, 1.0).log_prob(rows)
            # Without the constant, which no parameter changes.
            reconstruction = -likelihood - 0.5 * math.log(2 * math.pi)
        divergence = torch.distributions.kl_divergence(
            torch.distributions.Normal(mean, deviation), torch.distributions.Normal(0.0, 1.0))
        return torch.stack([reconstruction.sum(1), divergence.sum(1)], 1)


def case(name, model, inputs):
    model = model.double().train()
    parameters = list(model.parameters())
    with torch.no_grad():
        for index, parameter in enumerate(parameters):
            places = torch.arange(parameter.numel(), dtype=torch.float64)
            parameter.copy_((0.4 * torch.sin(0.37 * places + index)).reshape(parameter.shape))
    output = model(inputs)
    weights = torch.cos(0.2 * torch.arange(output.numel(), dtype=torch.float64))
    (output.flatten() * weights).sum().backward()
    return {
        "name": name, "input": array(inputs), "isInteger": not inputs.is_floating_point(),
        "output": array(output),
        "gradients": [[p.grad.sum().item(), p.grad.square().sum().item()] for p in parameters],
    }


def main():
    torch.manual_seed(22)
    numbers = torch.randn(5, 2, dtype=torch.float64)
    codes = torch.tensor([[1, 2], [0, 1], [3, 0], [2, 2], [3, 1]])
    rows = torch.cat([numbers, codes.double()], 1)
    samples = torch.rand(4, 5, dtype=torch.float64)
    cases = [
        case("bagOfEmbeddings", Bag(), TOKENS),
        case("textCNN", Convolutions(), TOKENS),
        case("lstm", Recurrent(nn.LSTM), TOKENS),
        case("gru", Recurrent(nn.GRU), TOKENS),
        case("transformer", Transformer(), TOKENS),
        case("tabularMLP", nn.Sequential(Categories(), nn.Linear(joined(), 4), nn.ReLU(),
                                         nn.Linear(4, OUTPUTS)), rows),
        case("tabularResNet", ResidualTable(), rows),
        case("ftTransformer", TransformerTable(), rows),
        case("autoencoder", nn.Sequential(nn.Linear(5, 4), nn.ReLU(), nn.Linear(4, 2),
                                          nn.Linear(2, 4), nn.ReLU(), nn.Linear(4, 5)), samples),
        case("vaeBernoulli", Variational(True), samples),
        case("vaeGaussian", Variational(False), samples),
    ]
    content = {"torch": torch.__version__, "cases": cases}
    OUTPUT.write_text(json.dumps(content, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
