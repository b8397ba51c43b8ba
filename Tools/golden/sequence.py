"""Writes the reference values of HoneNNTests' sequence layers: PyTorch's embeddings, recurrent layers,
attention and Transformer layers, forward and backward.

Run from the repository's root, with torch installed:

    python Tools/golden/sequence.py

Everything is computed in float64, so that the tests can compare to rounding.
"""

import json
import pathlib

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

OUTPUT = pathlib.Path("Tests/HoneNNTests/Golden/sequence.json")
LENGTHS = torch.tensor([2, 5, 4])
PADDING = torch.arange(5) >= LENGTHS[:, None]


def array(tensor):
    return {"shape": list(tensor.shape), "values": tensor.detach().double().flatten().tolist()}


def arrays(tensors):
    return {name: array(tensor) for name, tensor in tensors.items()}


def normal(*shape):
    return torch.randn(shape, dtype=torch.float64)


def case(name, module, inputs, run=None):
    """One forward and backward pass with a random gradient for each output."""
    module = module.double().train()
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.normal_(std=0.5)
    before = arrays(module.state_dict())
    inputs = {key: value.requires_grad_() if value.is_floating_point() else value
              for key, value in inputs.items()}
    outputs = run(module, **inputs) if run else [module(*inputs.values())]
    gradients = [torch.randn_like(output) for output in outputs]
    torch.autograd.backward(outputs, gradients)
    return {
        "name": name,
        "inputs": arrays(inputs),
        "integers": [key for key, value in inputs.items() if not value.is_floating_point()],
        "state": before,
        "stateAfter": arrays(module.state_dict()),
        "outputs": [array(output) for output in outputs],
        "outputGradients": [array(gradient) for gradient in gradients],
        "inputGradients": arrays({key: value.grad for key, value in inputs.items()
                                  if value.requires_grad}),
        "gradients": arrays({key: value.grad for key, value in module.named_parameters()}),
    }


def embeddings():
    tokens = torch.tensor([[1, 4, 2], [2, 2, 0], [5, 1, 6]])
    flat = torch.tensor([1, 4, 2, 2, 0, 5, 1])
    offsets = torch.tensor([0, 2, 5, 5])

    def bags(module, tokens, offsets, weights=None):
        return [module(tokens, offsets, per_sample_weights=weights)]

    return [
        case("embeddingMaxNorm", nn.Embedding(7, 3, padding_idx=2, max_norm=0.7), {"tokens": tokens}),
        case("bagSumWeights", nn.EmbeddingBag(7, 3, mode="sum"),
             {"tokens": flat, "offsets": offsets, "weights": normal(7)}, bags),
        case("bagMeanPadding", nn.EmbeddingBag(7, 3, mode="mean", padding_idx=2),
             {"tokens": tokens}),
        case("bagMaxPadding", nn.EmbeddingBag(7, 3, mode="max", padding_idx=2), {"tokens": tokens}),
        case("bagMeanOffsets", nn.EmbeddingBag(7, 3, mode="mean", padding_idx=2),
             {"tokens": flat, "offsets": offsets}, bags),
    ]


def recurrent():
    def whole(module, input, hidden=None, memory=None):
        state = hidden if memory is None else (hidden, memory)
        outputs, state = module(input, state) if hidden is not None else module(input)
        return [outputs, *(state if isinstance(state, tuple) else (state,))]

    def packed(module, input, lengths, hidden=None, memory=None):
        sequence = pack_padded_sequence(input, lengths, batch_first=True, enforce_sorted=False)
        state = hidden if memory is None else (hidden, memory)
        outputs, state = module(sequence, state) if hidden is not None else module(sequence)
        outputs, _ = pad_packed_sequence(outputs, batch_first=True, total_length=input.shape[1])
        return [outputs, *(state if isinstance(state, tuple) else (state,))]

    def make(kind, **options):
        return kind(2, 3, batch_first=True, **options)

    stack = {"num_layers": 2, "bidirectional": True}
    return [
        case("rnn", make(nn.RNN), {"input": normal(3, 5, 2)}, whole),
        case("rnnPacked", make(nn.RNN, **stack), {"input": normal(3, 5, 2), "lengths": LENGTHS},
             packed),
        case("rnnRelu", make(nn.RNN, nonlinearity="relu"), {"input": normal(3, 5, 2)}, whole),
        case("rnnReluPacked", make(nn.RNN, nonlinearity="relu"),
             {"input": normal(3, 5, 2), "lengths": LENGTHS}, packed),
        case("gru", make(nn.GRU, **stack), {"input": normal(3, 5, 2)}, whole),
        case("gruPacked", make(nn.GRU, num_layers=2),
             {"input": normal(3, 5, 2), "lengths": LENGTHS, "hidden": normal(2, 3, 3)}, packed),
        case("lstm", make(nn.LSTM, bias=False), {"input": normal(3, 5, 2)}, whole),
        case("lstmProjected", make(nn.LSTM, proj_size=2, **stack),
             {"input": normal(3, 5, 2), "hidden": normal(4, 3, 2), "memory": normal(4, 3, 3)}, whole),
        case("lstmPacked", make(nn.LSTM, **stack),
             {"input": normal(3, 5, 2), "lengths": LENGTHS, "hidden": normal(4, 3, 3),
              "memory": normal(4, 3, 3)}, packed),
    ]


def attention():
    causal = torch.ones(5, 5).triu(1).bool()
    blocked = torch.tensor([[False, True, False, False, True], [True, False, False, True, True],
                            [False, False, True, False, False]])

    def make(**options):
        return nn.MultiheadAttention(4, 2, batch_first=True, **options)

    def itself(**masks):
        return lambda module, input: [module(input, input, input, need_weights=False, **masks)[0]]

    def cross(**masks):
        return lambda module, queries, keys, values: [
            module(queries, keys, values, need_weights=False, **masks)[0]]

    def weighed(module, queries, keys, values):
        return list(module(queries, keys, values, key_padding_mask=PADDING, attn_mask=blocked))

    others = {"queries": normal(3, 3, 4), "keys": normal(3, 5, 4), "values": normal(3, 5, 4)}
    bias = normal(3, 5)
    return [
        case("attention", make(), {"input": normal(3, 5, 4)}, itself()),
        case("attentionCausal", make(bias=False), {"input": normal(3, 5, 4)}, itself(attn_mask=causal)),
        case("attentionPadding", make(), {"input": normal(3, 5, 4)},
             itself(key_padding_mask=PADDING, attn_mask=causal)),
        case("attentionFeatures", make(kdim=3, vdim=2),
             {"queries": normal(3, 3, 4), "keys": normal(3, 5, 3), "values": normal(3, 5, 2)},
             cross(key_padding_mask=PADDING)),
        case("attentionBias", make(), dict(others, bias=bias),
             lambda module, queries, keys, values, bias: [
                 module(queries, keys, values, need_weights=False, attn_mask=bias)[0]]),
        case("attentionWeights", make(), {k: v.detach().clone() for k, v in others.items()}, weighed),
    ]


def transformers():
    def options(**more):
        return {"d_model": 4, "nhead": 2, "dim_feedforward": 5, "dropout": 0.0, "batch_first": True,
                **more}

    causal = torch.ones(4, 4).triu(1).bool()
    pair = {"input": normal(3, 4, 4), "memory": normal(3, 5, 4)}

    def decode(module, input, memory):
        return [module(input, memory, tgt_mask=causal, memory_key_padding_mask=PADDING)]

    def stack(count, norm, **more):
        return nn.TransformerEncoder(nn.TransformerEncoderLayer(**options(**more)), count,
                                     norm=nn.LayerNorm(4) if norm else None,
                                     enable_nested_tensor=False)

    return [
        case("encoderLayer", nn.TransformerEncoderLayer(**options()), {"input": normal(3, 5, 4)}),
        case("encoderLayerNormFirst",
             nn.TransformerEncoderLayer(**options(norm_first=True, activation="gelu")),
             {"input": normal(3, 5, 4)}),
        case("encoder", stack(2, True, norm_first=True), {"input": normal(3, 5, 4)},
             lambda module, input: [module(input, src_key_padding_mask=PADDING)]),
        case("decoderLayer", nn.TransformerDecoderLayer(**options()), dict(pair), decode),
        case("decoderLayerNormFirst",
             nn.TransformerDecoderLayer(**options(norm_first=True, activation="gelu")),
             {k: v.detach().clone() for k, v in pair.items()}, decode),
        case("decoder", nn.TransformerDecoder(nn.TransformerDecoderLayer(**options()), 2),
             {k: v.detach().clone() for k, v in pair.items()}, decode),
    ]


def main():
    torch.manual_seed(21)
    cases = embeddings() + recurrent() + attention() + transformers()
    content = {"torch": torch.__version__, "cases": cases}
    OUTPUT.write_text(json.dumps(content, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
