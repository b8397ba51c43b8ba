import Foundation
import HoneNumerics
import HoneTensor
import HoneTestSupport
import Testing

@testable import HoneNN

/// What `Tools/golden/initializers.py` writes.
private struct Reference: Decodable {
  struct Fans: Decodable {
    let shape: [Int]
    let inputs, outputs: Int
  }
  struct Structured: Decodable {
    let shape: [Int]
    let values: [Float]
    let groups: Int?
  }
  let gains: [String: Double]
  let fans: [Fans]
  let dirac, identity: [Structured]

  static func load() throws -> Reference {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Golden/initializers.json")
    return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: url))
  }
}

struct InitializerCatalogueTests {
  @Test("gains and fans are PyTorch's") func gainsAndFans() throws {
    let reference = try Reference.load()
    let gains: [String: Gain] = [
      "linear": .linear, "relu": .relu, "leakyReLU": .leakyReLU(slope: 0.2), "tanh": .tanh,
      "sigmoid": .sigmoid, "selu": .selu,
    ]
    #expect(Set(gains.keys) == Set(reference.gains.keys))
    for (name, gain) in gains {
      #expect(abs(gain.value - (reference.gains[name] ?? 0)) < 1e-15, "\(name)")
    }
    for expected in reference.fans {
      let fan = Fan(of: expected.shape, for: "test")
      #expect(fan[.inputs] == Double(expected.inputs))
      #expect(fan[.outputs] == Double(expected.outputs))
      #expect(fan[.average] == Double(expected.inputs + expected.outputs) / 2)
    }
  }

  @Test("dirac and identity weights are PyTorch's") func structured() throws {
    let reference = try Reference.load()
    var stream = testStream()
    for expected in reference.dirac {
      let groups = try #require(expected.groups)
      let weight = Initializer.dirac(groups: groups).tensor(expected.shape, using: &stream)
      #expect(weight.shape == expected.shape)
      #expect(weight.floats == expected.values)
    }
    for expected in reference.identity {
      let weight = Initializer.identity(gain: 2).tensor(expected.shape, using: &stream)
      #expect(weight.floats == expected.values.map { 2 * $0 })
    }
  }

  @Test(
    "scaled families follow their distributions: mean, deviation and Kolmogorov-Smirnov",
    arguments: [
      ("leCunUniform", .leCunUniform, 360, "uniform"),
      ("average", .kaimingNormal(gain: .linear, mode: .average), 720, "normal"),
      ("averageUniform", .kaimingUniform(gain: .linear, mode: .average), 720, "uniform"),
      ("variance", .varianceScaling(), 360, "truncated"),
      (
        "varianceNormal", .varianceScaling(mode: .outputs, distribution: .normal), 1080, "normal"
      ),
      ("varianceUniform", .varianceScaling(mode: .average, distribution: .uniform), 720, "uniform"),
    ] as [(String, Initializer, Double, String)])
  func distribution(_ name: String, _ initializer: Initializer, _ fan: Double, _ kind: String) {
    var stream = testStream(4)
    let values = initializer.tensor(InitializerTests.shape, using: &stream).values(as: Double.self)
    let standard = values.map { $0 * fan.squareRoot() }.sorted()
    let count = Double(standard.count)
    // Five standard errors of a mean; deviations err less than means here.
    #expect(abs(standard.mean()) < 5 / count.squareRoot())
    #expect(abs(standard.variance() - 1) < 5 * (2 / count).squareRoot())
    let cut = 1 / 0.879_625_661_034_239_78  // the cut normal's deviation before it is stretched
    let outside = normalMass(-2)
    let mass: (Double) -> Double =
      switch kind {
      case "uniform": uniformMass
      case "normal": normalMass
      default: { (normalMass($0 / cut) - outside) / (1 - 2 * outside) }
      }
    #expect(distance(standard, mass) < 2.2 / count.squareRoot())
    if kind == "truncated" { #expect(abs(standard[0]) < 2 * cut + 1e-5) }
  }

  @Test("sparse weights have the same share of zeros in each column, at places drawn evenly")
  func sparse() {
    var stream = testStream()
    let initializer = Initializer.sparse(sparsity: 0.25, standardDeviation: 3)
    let weight = initializer.tensor([50, 400], using: &stream)
    let zeros = weight.isEqual(to: 0).cast(to: .float32)
    #expect(zeros.sum(along: [0]).floats.allSatisfy { $0 == 13 })
    let rows = zeros.sum(along: [1]).values(as: Double.self)
    // Five standard deviations of a binomial count of 400 trials at 13 in 50.
    #expect(rows.allSatisfy { abs($0 - 104) < 5 * (400 * 0.26 * 0.74).squareRoot() })
    let others = weight.values(as: Double.self).filter { $0 != 0 }.map { $0 / 3 }.sorted()
    #expect(distance(others, normalMass) < 2.2 / Double(others.count).squareRoot())
  }

  @Test("structures refuse weights without theirs, and a fan needs two dimensions")
  func refusals() async {
    await #expect(processExitsWith: .failure) {
      endAsEach(of: [
        {
          var stream = RandomStream(seed: 1, "test")
          _ = Initializer.dirac().tensor([3, 3], using: &stream)
        },
        {
          var stream = RandomStream(seed: 1, "test")
          _ = Initializer.identity().tensor([3, 3, 1], using: &stream)
        },
        {
          var stream = RandomStream(seed: 1, "test")
          _ = Initializer.kaimingNormal().tensor([3], using: &stream)
        },
      ])
    }
  }
}
