"""The side of other frameworks than PyTorch: training steps of JAX, Keras and scikit-learn, and predictions of ONNX
Runtime, each with what makes it fastest on a processor.

    python frameworks.py workloads.json NAME

prints one line of JSON, as HoneBench does. Each framework is imported alone, so that memory is its own.
"""

import json
import os
import sys

import numpy as np

from measuring import clocks, passed, peak_memory


def random_batches(workload, seed):
    random = np.random.default_rng(seed)
    shape = (workload["batches"], workload["batch"])
    return (
        random.standard_normal(shape + tuple(workload["input"]), np.float32),
        random.integers(0, workload["classes"], shape, np.int32))


def jax_steps(workload, seed):
    """The whole step compiled as one, its arguments' memory given to its results."""
    import functools

    import jax
    import jax.numpy as jnp

    rate, decay, dropout = workload["learningRate"], workload["weightDecay"], workload["dropout"]
    sizes = [workload["input"][0], *workload["widths"]]
    random = np.random.default_rng(seed)

    def uniform(inputs, *shape):
        return jnp.asarray(random.uniform(-1, 1, shape) / inputs**0.5, jnp.float32)

    weights = {
        "hidden": [
            {"w": uniform(a, a, b), "scale": jnp.ones(b), "shift": jnp.zeros(b)} for a, b in zip(sizes, sizes[1:])],
        "w": uniform(sizes[-1], sizes[-1], workload["classes"]), "b": uniform(sizes[-1], workload["classes"])}
    running = [{"mean": jnp.zeros(b), "variance": jnp.ones(b)} for b in sizes[1:]]
    zeros = jax.tree.map(jnp.zeros_like, weights)

    def loss_of(weights, running, x, labels, key):
        updated = []
        for index, (layer, old) in enumerate(zip(weights["hidden"], running)):
            x = x @ layer["w"]
            mean, variance = x.mean(0), x.var(0)
            count = x.shape[0]
            updated.append({
                "mean": 0.9 * old["mean"] + 0.1 * mean,
                "variance": 0.9 * old["variance"] + 0.1 * variance * count / (count - 1)})
            x = (x - mean) * jax.lax.rsqrt(variance + 1e-5) * layer["scale"] + layer["shift"]
            x = jax.nn.relu(x)
            kept = jax.random.bernoulli(jax.random.fold_in(key, index), 1 - dropout, x.shape)
            x = jnp.where(kept, x / (1 - dropout), 0)
        logits = jax.nn.log_softmax(x @ weights["w"] + weights["b"])
        return -jnp.take_along_axis(logits, labels[:, None], 1).mean(), updated

    @functools.partial(jax.jit, donate_argnums=(0,))
    def step(state, x, labels):
        weights, first, second, running, count, key = state
        key, drawn = jax.random.split(key)
        (loss, running), gradients = jax.value_and_grad(loss_of, has_aux=True)(weights, running, x, labels, drawn)
        count = count + 1
        first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, first, gradients)
        second = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, second, gradients)
        bias, square = 1 - 0.9**count, 1 - 0.999**count
        weights = jax.tree.map(
            lambda w, m, v: w * (1 - rate * decay) - rate * (m / bias) / (jnp.sqrt(v / square) + 1e-8), weights, first,
            second)
        return (weights, first, second, running, count, key), loss

    # The faster of its two generators.
    state = (
        weights, zeros, jax.tree.map(jnp.zeros_like, weights), running, jnp.zeros((), jnp.float32),
        jax.random.key(seed, impl="rbg"))
    inputs, labels = (jnp.asarray(part) for part in random_batches(workload, seed))
    batches = [(inputs[i], labels[i]) for i in range(workload["batches"])]
    for index in range(workload["warmUp"]):
        state, loss = step(state, *batches[index % len(batches)])
    loss.block_until_ready()
    start = clocks()
    for index in range(workload["steps"]):
        state, loss = step(state, *batches[index % len(batches)])
    loss.block_until_ready()
    return passed(start, workload["steps"]) | {"loss": float(loss), "library": "JAX " + jax.__version__}


def keras_steps(workload, seed):
    """`fit` on arrays in memory, all batches of an epoch in one call of the compiled step."""
    os.environ["KERAS_BACKEND"] = workload["backend"]
    import keras

    layers = [keras.Input((workload["input"][0],))]
    for width in workload["widths"]:
        layers += [
            keras.layers.Dense(width, use_bias=False), keras.layers.BatchNormalization(momentum=0.9, epsilon=1e-5),
            keras.layers.ReLU(), keras.layers.Dropout(workload["dropout"])]
    model = keras.Sequential([*layers, keras.layers.Dense(workload["classes"])])
    model.compile(
        optimizer=keras.optimizers.AdamW(workload["learningRate"], weight_decay=workload["weightDecay"]),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        steps_per_execution=workload["batches"])
    inputs, labels = random_batches(workload, seed)
    inputs, labels = inputs.reshape(-1, *inputs.shape[2:]), labels.reshape(-1)

    def fit(steps):
        return model.fit(
            inputs, labels, batch_size=workload["batch"], epochs=max(1, steps // workload["batches"]), shuffle=False,
            verbose=0)

    fit(workload["warmUp"])
    start = clocks()
    history = fit(workload["steps"])
    steps = len(history.epoch) * workload["batches"]
    return passed(start, steps) | {
        "loss": history.history["loss"][-1], "library": f"Keras {keras.__version__} on {keras.backend.backend()}"}


def sklearn_steps(workload, seed):
    import warnings

    import sklearn
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    warnings.simplefilter("ignore", ConvergenceWarning)
    inputs, labels = random_batches(workload, seed)
    inputs, labels = inputs.reshape(-1, *inputs.shape[2:]), labels.reshape(-1)
    epochs = max(1, workload["steps"] // workload["batches"])
    model = MLPClassifier(
        tuple(workload["widths"]), alpha=0, batch_size=workload["batch"], learning_rate_init=workload["learningRate"],
        max_iter=epochs, shuffle=False, tol=0, n_iter_no_change=10**9, random_state=seed)
    model.set_params(max_iter=max(1, workload["warmUp"] // workload["batches"])).fit(inputs, labels)
    model.set_params(max_iter=epochs)
    start = clocks()
    model.fit(inputs, labels)
    return passed(start, epochs * workload["batches"]) | {
        "loss": model.loss_, "library": "scikit-learn " + sklearn.__version__}


def onnxruntime_predictions(workload, seed, threads):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(
        os.path.join(os.environ["HONE_BENCH_FILES"], workload["name"] + ".onnx"), options,
        providers=["CPUExecutionProvider"])
    inputs, _ = random_batches(workload, seed)
    name = session.get_inputs()[0].name
    for index in range(workload["warmUp"]):
        session.run(None, {name: inputs[index % len(inputs)]})
    start = clocks()
    for index in range(workload["steps"]):
        session.run(None, {name: inputs[index % len(inputs)]})
    return passed(start, workload["steps"]) | {"library": "ONNX Runtime " + onnxruntime.__version__}


def main():
    with open(sys.argv[1]) as file:
        document = json.load(file)
    workload = next(w for w in document["workloads"] if w["name"] == sys.argv[2])
    threads, seed = workload.get("threads", document["threads"]), document["seed"]
    if workload["peer"] == "onnxruntime":
        result = onnxruntime_predictions(workload, seed, threads)
    else:
        steps = {"jax": jax_steps, "keras": keras_steps, "sklearn": sklearn_steps}
        result = steps[workload["peer"]](workload, seed)
    print(json.dumps(result | {"peakMemory": peak_memory()}), flush=True)


main()
