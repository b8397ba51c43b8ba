import Foundation
import HoneOptim
import HoneTensor

/// The reference figures that `Tools/golden/second_order.py` writes.
struct SecondOrderGolden: Decodable {
  struct Solution: Decodable {
    let value: Double?
    let functions, gradients, iterations: Int?
    let converged: Bool
    let gradientNorm: Double?
    let message: String
  }
  struct Problem: Decodable {
    let start: [Double]
    let startValue: Double
    let startGradient: [Double]
    let best: Double
    let methods: [String: Solution]
  }
  struct Regression: Decodable {
    let startValue: Double
    let best: Double
    let methods: [String: Solution]
  }

  let data: [String: [Double]]
  let problems: [String: Problem]
  let logistic: [String: Regression]

  static func load() throws -> SecondOrderGolden {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Golden/second_order.json")
    return try JSONDecoder().decode(SecondOrderGolden.self, from: Data(contentsOf: file))
  }
}

/// The problems of Moré, Garbow and Hillstrom (ACM TOMS 7, 1981): sums of squared residuals.
enum Problems {
  typealias Residuals = @Sendable (_ x: Tensor, _ data: [String: [Double]]) -> Tensor

  static let named: [String: Residuals] = {
    var all: [String: Residuals] = [:]
    for family in [twoDimensional, threeDimensional, fourDimensional, larger, variable] {
      all.merge(family) { first, _ in first }
    }
    return all
  }()

  /// Whole numbers as doubles.
  private static func span(_ first: Int, _ last: Int) -> Tensor {
    Tensor((first...last).map(Double.init), shape: [last - first + 1])
  }

  private static func vector(_ values: [Double]?) -> Tensor {
    Tensor(values ?? [], shape: [values?.count ?? 0])
  }

  private static func stack(_ values: [Tensor]) -> Tensor { Tensor.stacked(values) }

  private static func root(_ value: Double) -> Scalar { Scalar(value.squareRoot()) }

  private static var twoDimensional: [String: Residuals] {
    [
      "rosenbrock": { x, _ in stack([10 * (x[1] - x[0].squared()), 1 - x[0]]) },
      "freudensteinRoth": { x, _ in
        let first = (5 - x[1]) * x[1] - 2
        let second = (x[1] + 1) * x[1] - 14
        return stack([x[0] + first * x[1] - 13, x[0] + second * x[1] - 29])
      },
      "powellBadlyScaled": { x, _ in
        stack([1e4 * x[0] * x[1] - 1, (-x[0]).exponential() + (-x[1]).exponential() - 1.0001])
      },
      "brownBadlyScaled": { x, _ in stack([x[0] - 1e6, x[1] - 2e-6, x[0] * x[1] - 2]) },
      "beale": { x, _ in
        Tensor([1.5, 2.25, 2.625] as [Double]) - x[0] * (1 - x[1].power(span(1, 3)))
      },
      "jennrichSampson": { x, _ in
        let i = span(1, 10)
        return 2 + 2 * i - ((i * x[0]).exponential() + (i * x[1]).exponential())
      },
    ]
  }

  private static var threeDimensional: [String: Residuals] {
    [
      "helicalValley": { x, _ in
        let turn: Scalar = x[0].item() < 0 ? 0.5 : 0
        let theta = ATen.atan(x[1] / x[0]) / Scalar(2 * Double.pi) + turn
        let radius = (x[0].squared() + x[1].squared()).squareRoot()
        return stack([10 * (x[2] - 10 * theta), 10 * (radius - 1), x[2]])
      },
      "bard": { x, data in
        let u = span(1, 15)
        let v = 16 - u
        return vector(data["bard"]) - (x[0] + u / (v * x[1] + u.minimum(v) * x[2]))
      },
      "gaussian": { x, data in
        let t = (8 - span(1, 15)) / 2
        return x[0] * (-x[1] * (t - x[2]).squared() / 2).exponential() - vector(data["gaussian"])
      },
      "meyer": { x, data in
        x[0] * (x[1] / (45 + 5 * span(1, 16) + x[2])).exponential() - vector(data["meyer"])
      },
      "gulf": { x, _ in
        let t = span(1, 99) / 100
        let y = 25 + (-50 * t.logarithm()).power(Scalar(2.0 / 3))
        return (-(y - x[1]).absolute().power(x[2]) / x[0]).exponential() - t
      },
      "box": { x, _ in
        let t = span(1, 10) / 10
        let pull = (-t).exponential() - (-10 * t).exponential()
        return (-t * x[0]).exponential() - (-t * x[1]).exponential() - x[2] * pull
      },
    ]
  }

  private static var fourDimensional: [String: Residuals] {
    [
      "powellSingular": { x, _ in
        stack([
          x[0] + 10 * x[1], root(5) * (x[2] - x[3]), (x[1] - 2 * x[2]).squared(),
          root(10) * (x[0] - x[3]).squared(),
        ])
      },
      "wood": { x, _ in
        stack([
          10 * (x[1] - x[0].squared()), 1 - x[0], root(90) * (x[3] - x[2].squared()), 1 - x[2],
          root(10) * (x[1] + x[3] - 2), (x[1] - x[3]) / root(10),
        ])
      },
      "kowalikOsborne": { x, data in
        let u = vector(data["kowalikU"])
        let square = u.squared()
        return vector(data["kowalikY"]) - x[0] * (square + u * x[1]) / (square + u * x[2] + x[3])
      },
      "brownDennis": { x, _ in
        let t = span(1, 20) / 5
        let first = (x[0] + t * x[1] - t.exponential()).squared()
        return first + (x[2] + x[3] * t.sine() - t.cosine()).squared()
      },
    ]
  }

  private static var larger: [String: Residuals] {
    [
      "osborne1": { x, data in
        let t = 10 * (span(1, 33) - 1)
        let waves = x[1] * (-t * x[3]).exponential() + x[2] * (-t * x[4]).exponential()
        return vector(data["osborne1"]) - (x[0] + waves)
      },
      "biggs": { x, _ in
        let t = span(1, 13) / 10
        let y = (-t).exponential() - 5 * (-10 * t).exponential() + 3 * (-4 * t).exponential()
        let first = x[2] * (-t * x[0]).exponential() - x[3] * (-t * x[1]).exponential()
        return first + x[5] * (-t * x[4]).exponential() - y
      },
      "osborne2": { x, data in
        let t = (span(1, 65) - 1) / 10
        var sum = x[0] * (-t * x[4]).exponential()
        for place in 0..<3 {
          let distance = (t - x[8 + place]).squared()
          sum += x[1 + place] * (-distance * x[5 + place]).exponential()
        }
        return vector(data["osborne2"]) - sum
      },
      "watson": { x, _ in
        let j = span(0, x.count - 1)
        let t = (span(1, 29) / 29).unsqueezed(at: 1)
        let slopes = (j * t.power((j - 1).clamped(minimum: 0))).multiplied(by: x)
        let values = t.power(j).multiplied(by: x)
        return .concatenated([
          slopes - values.squared() - 1, stack([x[0], x[1] - x[0].squared() - 1]),
        ])
      },
    ]
  }

  private static func every(_ x: Tensor, _ step: Int, from first: Int) -> Tensor {
    x.sliced(first..<x.count, along: 0, step: step)
  }

  private static var variable: [String: Residuals] {
    [
      "extendedRosenbrock": { x, _ in
        let (a, b) = (every(x, 2, from: 0), every(x, 2, from: 1))
        return .concatenated([10 * (b - a.squared()), 1 - a])
      },
      "extendedPowell": { x, _ in
        let (a, b) = (every(x, 4, from: 0), every(x, 4, from: 1))
        let (c, d) = (every(x, 4, from: 2), every(x, 4, from: 3))
        return .concatenated([
          a + 10 * b, root(5) * (c - d), (b - 2 * c).squared(), root(10) * (a - d).squared(),
        ])
      },
      "penalty1": { x, _ in
        .concatenated([root(1e-5) * (x - 1), stack([x.squared().sum() - 0.25])])
      },
      "penalty2": { x, _ in
        let count = x.count
        let i = span(2, count)
        let y = (i / 10).exponential() + ((i - 1) / 10).exponential()
        let grown = (x / 10).exponential()
        let weights = Scalar(Double(count)) - span(0, count - 1)
        return .concatenated([
          stack([x[0] - 0.2]), root(1e-5) * (grown[1..<count] + grown[0..<(count - 1)] - y),
          root(1e-5) * (grown[1..<count] - Scalar(exp(-0.1))),
          stack([(weights * x.squared()).sum() - 1]),
        ])
      },
      "variablyDimensioned": { x, _ in
        let sum = (span(1, x.count) * (x - 1)).sum()
        return .concatenated([x - 1, stack([sum, sum.squared()])])
      },
      "trigonometric": { x, _ in
        let count = Scalar(Double(x.count))
        return count - x.cosine().sum() + span(1, x.count) * (1 - x.cosine()) - x.sine()
      },
      "brownAlmostLinear": { x, _ in
        let count = x.count
        return .concatenated([
          x[0..<(count - 1)] + x.sum() - Scalar(Double(count + 1)), stack([ATen.prod(x) - 1]),
        ])
      },
      "broydenTridiagonal": { x, _ in
        let edge = Tensor.zeros([1], dtype: .float64)
        let before = Tensor.concatenated([edge, x[0..<(x.count - 1)]])
        let after = Tensor.concatenated([x[1..<x.count], edge])
        return (3 - 2 * x) * x - before - 2 * after + 1
      },
    ]
  }
}
