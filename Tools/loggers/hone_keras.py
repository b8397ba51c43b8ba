"""A Keras callback that writes a run for `hone diagnose --curves FILE`.

model.fit(…, callbacks=[HoneCallback("run.jsonl", loss="crossEntropyOnProbabilities",
                                     expects="probabilities", outputActivation="softmax")])
"""
import keras
import numpy
from hone_logger import Log


def _size(values):
    return float(numpy.sqrt(numpy.mean(numpy.square(values))))


class HoneCallback(keras.callbacks.Callback):
    """Curves of each epoch, and weights and their changes of each layer with a kernel."""

    def __init__(self, path, **run):
        super().__init__()
        self.path, self.run, self.log = path, run, None

    def _kernels(self):
        found = [(layer.name, layer, layer.get_weights()) for layer in self.model.layers]
        return {name: (layer, weights[0]) for name, layer, weights in found
                if weights and weights[0].ndim >= 2}

    def on_train_begin(self, logs=None):
        facts = []
        for name, (layer, kernel) in self._kernels().items():
            rows = kernel.reshape(-1, kernel.shape[-1]).T
            same = 1 - (len(numpy.unique(rows, axis=0)) - 1) / max(len(rows) - 1, 1)
            act = getattr(getattr(layer, "activation", None), "__name__", "linear")
            facts.append(dict(path=name, kind=type(layer).__name__, inputs=rows.shape[1],
                              units=len(rows), weight=_size(kernel), duplicateShare=same,
                              followers=[] if act == "linear" else [act],
                              isTrainable=bool(layer.trainable)))
        self.log = Log(self.path, facts=facts, parameters=int(self.model.count_params()),
                       **{"optimizer": type(self.model.optimizer).__name__, **self.run})
        self.before = {name: kernel for name, (_, kernel) in self._kernels().items()}

    def on_epoch_end(self, epoch, logs=None):
        logs = {key: float(value) for key, value in (logs or {}).items()}
        states = []
        for name, (_, kernel) in self._kernels().items():
            states.append(dict(path=name, weight=_size(kernel),
                               update=_size(kernel - self.before[name])))
            self.before[name] = kernel
        step = int(keras.ops.convert_to_numpy(self.model.optimizer.iterations))
        rate = float(keras.ops.convert_to_numpy(self.model.optimizer.learning_rate))
        self.log.write("layers", step=step, epoch=epoch + 1, layers=states)
        self.log.write("epoch", epoch=epoch + 1, step=step, trainLoss=logs.get("loss"),
                       trainMetric=logs.get("accuracy"), validationLoss=logs.get("val_loss"),
                       validationMetric=logs.get("val_accuracy"), learningRate=rate)
