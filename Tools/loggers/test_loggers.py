"""Trains a few steps with each logger and reads the lines back; run with python -m pytest."""
import json

import pytest

torch = pytest.importorskip("torch")
from hone_logger import HoneLogger  # noqa: E402


def lines(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_torch(tmp_path):
    torch.manual_seed(0)
    model = torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.ReLU(), torch.nn.Linear(8, 3))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    log = HoneLogger(tmp_path / "run.jsonl", model, optimizer, loss="crossEntropy",
                     expects="logits", batchSize=32)
    inputs, labels = torch.randn(32, 4), torch.randint(0, 3, (32,))
    for _ in range(10):
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(model(inputs), labels)
        loss.backward()
        log.before_step()
        optimizer.step()
        log.step(loss.item())
    log.epoch(trainLoss=loss.item(), validationLoss=float("nan"))
    found = lines(tmp_path / "run.jsonl")
    assert [line["kind"] for line in found].count("step") == 10
    layers = [line for line in found if line["kind"] == "layers"]
    assert [line["step"] for line in layers] == [1, 2, 3, 4, 6, 9]
    first = layers[0]["layers"][0]
    assert first["path"] == "0" and 0 < first["zeroShare"] < 1 and first["update"] > 0
    assert layers[0]["descent"] < 0
    assert found[0]["optimizer"] == "SGD"
    assert found[0]["facts"][0]["units"] == 8 and found[0]["facts"][0]["duplicateShare"] == 0
    assert found[-1]["validationLoss"] == "nan"


def test_keras(tmp_path):
    keras = pytest.importorskip("keras")
    import numpy
    from hone_keras import HoneCallback
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(8, "relu"),
                              keras.layers.Dense(3, "softmax")])
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(numpy.random.rand(64, 4), numpy.random.randint(0, 3, 64), epochs=2, verbose=0,
              callbacks=[HoneCallback(str(tmp_path / "run.jsonl"), expects="probabilities")])
    found = lines(tmp_path / "run.jsonl")
    assert [line["kind"] for line in found] == ["run", "layers", "epoch", "layers", "epoch"]
    assert found[0]["optimizer"] == "Adam"
    assert found[1]["layers"][0]["update"] > 0
