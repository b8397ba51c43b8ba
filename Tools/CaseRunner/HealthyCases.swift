import Foundation
import HoneNumerics
import HoneRecords

/// Runs that a textbook would set up: standardised inputs, initialization by activation, the loss that
/// belongs to the output, rates within the usual range of their optimizer, and time enough.
enum HealthyCases {
  /// So many cases, the same for a seed.
  static func make(_ count: Int, seed: UInt64) -> [CaseRecord] {
    (0..<count).map { index in
      var stream = RandomStream(seed: seed, "healthy case", index)
      return make(index, &stream)
    }
  }

  private static func make(_ index: Int, _ stream: inout RandomStream) -> CaseRecord {
    let data = dataSets[index % dataSets.count](&stream)
    let optimizer = optimizers[stream.index(below: optimizers.count)](&stream)
    let activation = ["relu", "relu", "tanh", "elu"][stream.index(below: 4)]
    let depth = 1 + stream.index(below: 3)
    let width = [16, 32, 64, 128][stream.index(below: 4)]
    let batch = [16, 32, 64][stream.index(below: 3)]
    let initializer = activation == "tanh" ? "glorot_uniform" : "he_uniform"
    var layers: [ConfigurationValue] = []
    for _ in 0..<depth {
      layers.append(["t": "dense", "units": .integer(width), "init": .string(initializer)])
      if stream.uniform() < 0.25 { layers.append(["t": "batchnorm", "momentum": 0.9]) }
      layers.append(["t": "act", "f": .string(activation)])
      if width >= 64, stream.uniform() < 0.25 {
        layers.append(["t": "dropout", "rate": .number(0.1 + 0.2 * stream.uniform())])
      }
    }
    let isBinary = data.classes == 2 && stream.uniform() < 0.5
    let outputs = data.classes == 0 || isBinary ? 1 : data.classes
    layers.append(["t": "dense", "units": .integer(outputs), "init": "glorot_uniform"])
    var loss = "mean_squared_error"
    if data.classes > 0 {
      let isRaw = stream.uniform() < 0.5
      let name = isBinary ? "sigmoid" : "softmax"
      loss =
        isRaw
        ? "\(name)_cross_entropy_from_logits"
        : isBinary ? "binary_crossentropy" : "categorical_crossentropy"
      if !isRaw { layers.append(["t": "act", "f": .string(name)]) }
    }
    let steps = 1500 + stream.index(below: 2500)
    let perEpoch = max(1, data.samples / batch)
    let epochs = min(200, max(12, steps / perEpoch))
    return CaseRecord(
      value: [
        "id": .string("H-\(index)-\(data.name)"), "kind": "healthy",
        "task": .string(
          data.classes == 0 ? "regression" : data.classes == 2 ? "binary" : "multiclass"),
        "dataset": data.value, "layers": .list(layers), "loss": .string(loss),
        "optimizer": optimizer, "batch_size": .integer(batch), "epochs": .integer(epochs),
        "metric": "val_accuracy", "manifestation": "control",
      ])
  }

  private struct Data {
    var name: String
    var classes: Int
    var samples: Int
    var value: ConfigurationValue
  }

  private static let dataSets: [@Sendable (inout RandomStream) -> Data] = [
    { made("make_circles", 2, 2, ["factor": 0.5], &$0) },
    { made("make_moons", 2, 2, [:], &$0) },
    {
      let centers = 2 + $0.index(below: 4)
      let width = 2 + $0.index(below: 9)
      return made(
        "make_blobs", centers, width,
        ["centers": .integer(centers), "n_features": .integer(width), "cluster_std": 1.5], &$0)
    },
    { _ in bundled("iris", 3, 4, 150) }, { _ in bundled("wine", 3, 13, 178) },
    { _ in bundled("breast-cancer", 2, 30, 569) },
    { _ in
      Data(
        name: "digits", classes: 10, samples: 1400,
        value: [
          "name": "digits", "input_shape": [64], "n_train": 1400, "n_val": 0,
          "preprocess": "standardise", "held_out": 397,
        ])
    },
    { stream in
      let noise = 0.05 + 0.2 * stream.uniform()
      return Data(
        name: "curve", classes: 0, samples: 800,
        value: [
          "name": "curve", "n_train": 800, "n_val": 200, "shuffle": true,
          "generator": .string("x = 0,0.006,...,5.994 ; y = sin(x) + \(noise)*e"),
          "preprocess": "standardise; target standardise",
        ])
    },
  ]

  private static func made(
    _ generator: String, _ classes: Int, _ width: Int, _ more: [String: ConfigurationValue],
    _ stream: inout RandomStream
  ) -> Data {
    let samples = 500 + 500 * stream.index(below: 4)
    var rule: [String: ConfigurationValue] = [
      "fn": .string(generator), "n_samples": .integer(samples + 500),
      "noise": .number(0.05 + 0.15 * stream.uniform()),
    ]
    rule.merge(more) { $1 }
    return Data(
      name: generator, classes: classes, samples: samples,
      value: [
        "name": .string("generated"), "generator": .map(rule), "n_train": .integer(samples),
        "n_val": 500, "preprocess": "standardise",
      ])
  }

  private static func bundled(_ name: String, _ classes: Int, _ width: Int, _ rows: Int) -> Data {
    Data(
      name: name, classes: classes, samples: rows * 3 / 4,
      value: [
        "name": .string(name), "n_train": .integer(rows * 3 / 4), "n_val": .integer(rows / 4),
        "preprocess": "standardise",
      ])
  }

  /// The rates that each optimizer is used with (Goodfellow and others 2016, chapter 8).
  private static let optimizers: [@Sendable (inout RandomStream) -> ConfigurationValue] = [
    { ["name": "adam", "lr": .number(rate(1e-3, 1e-2, &$0))] },
    { ["name": "sgd", "lr": .number(rate(1e-2, 1e-1, &$0)), "momentum": 0.9] },
    { ["name": "sgd", "lr": .number(rate(5e-2, 2e-1, &$0))] },
    { ["name": "rmsprop", "lr": .number(rate(1e-3, 3e-3, &$0))] },
    { ["name": "nadam", "lr": .number(rate(1e-3, 5e-3, &$0))] },
  ]

  private static func rate(_ low: Double, _ high: Double, _ stream: inout RandomStream) -> Double {
    low * exp(stream.uniform() * log(high / low))
  }
}
