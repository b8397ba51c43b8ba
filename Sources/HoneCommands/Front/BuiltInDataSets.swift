import HoneText

/// The data sets that have names, as the catalogue lists them.
struct BuiltInDataSet: Encodable {
  let name: String
  let samples: Int
  let testSamples: Int
  let classes: Int
  let shape: [Int]
  let source: String

  static let all: [BuiltInDataSet] = [
    BuiltInDataSet(
      name: "digits", samples: 1797, testSamples: 0, classes: 10, shape: [1, 8, 8],
      source: "UCI optical recognition of handwritten digits, CC BY 4.0; inside the package"),
    BuiltInDataSet(
      name: "mnist", samples: 70_000, testSamples: 10_000, classes: 10, shape: [1, 28, 28],
      source: "LeCun et al. 1998"),
    BuiltInDataSet(
      name: "fashion-mnist", samples: 70_000, testSamples: 10_000, classes: 10,
      shape: [1, 28, 28], source: "Xiao et al. 2017, arXiv 1708.07747"),
    BuiltInDataSet(
      name: "cifar10", samples: 60_000, testSamples: 10_000, classes: 10, shape: [3, 32, 32],
      source: "Krizhevsky 2009"),
  ]
}
