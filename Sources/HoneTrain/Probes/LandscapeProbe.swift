public import HoneNN
import HoneNumerics
public import HoneRecords
public import HoneTensor

/// The loss along a random line through a model's weights.
///
/// The direction is drawn from a normal distribution and each filter of it scaled to the length of the
/// filter of the weights, so that neither rectifiers nor normalization decide how sharp a minimum looks
/// (Li and others 2018, arXiv 1712.09913). Biases and weights of normalization stay where they are.
public struct LandscapeProbe: Sendable {
  /// The farthest distance, in lengths of the weights.
  public var reach = 1.0
  /// Points on the line, with the trained weights in the middle.
  public var points = 21

  /// A probe with default settings.
  public init() {}

  /// The slice; the weights are as before afterwards.
  /// - Parameters:
  ///   - model: the model.
  ///   - seed: what the direction follows from.
  ///   - samples: how many training samples `losses` takes the mean over.
  ///   - losses: the mean losses on training and validation samples at the model's present weights.
  /// - Throws: what `losses` throws.
  /// - Precondition: `points` is odd and at least 3.
  public func run(
    _ model: any Layer<Tensor, Tensor>, seed: UInt64, samples: Int,
    losses: () throws -> (train: Double, validation: Double?)
  ) throws -> LandscapeSlice {
    guard points >= 3, points % 2 == 1 else {
      fatalError("A slice has an odd number of points, at least 3; \(points) were asked for.")
    }
    let chosen = model.namedParameters.filter { $0.parameter.shape.count > 1 }.map(\.parameter)
    let (before, direction) = withoutGradients {
      (chosen.map { $0.value.detached().clone() }, directions(chosen, seed))
    }
    defer {
      withoutGradients { for (parameter, value) in zip(chosen, before) { parameter.assign(value) } }
    }
    var slice = LandscapeSlice(distances: [], train: [], validation: [], samples: samples)
    for index in 0..<points {
      let distance = reach * (2 * Double(index) / Double(points - 1) - 1)
      withoutGradients {
        for (place, parameter) in chosen.enumerated() {
          parameter.assign(before[place] + direction[place] * Scalar(distance))
        }
      }
      let found = try losses()
      // Far from the weights a loss may overflow; the picture ends there.
      guard found.train.isFinite, found.validation?.isFinite != false else { continue }
      slice.distances.append(distance)
      slice.train.append(found.train)
      if let validation = found.validation { slice.validation.append(validation) }
    }
    return slice
  }

  /// A random direction for each parameter, filter by filter as long as its weights.
  private func directions(_ parameters: [Parameter], _ seed: UInt64) -> [Tensor] {
    parameters.enumerated().map { place, parameter in
      let value = parameter.value.detached()
      var stream = RandomStream(seed: seed, "landscape", place)
      let drawn = Tensor((0..<value.count).map { _ in Float(stream.normal()) }, shape: value.shape)
        .to(value.device)
      let axes = Array(1..<value.rank)
      let own = value.squared().sum(along: axes, keepingDimensions: true).squareRoot()
      let length = drawn.squared().sum(along: axes, keepingDimensions: true).squareRoot()
      return drawn * (own / (length + 1e-12))
    }
  }
}
