import CImage

/// A linear map after which the features of the training samples have no correlation and about unit
/// variance; learned from the training split, applied to whatever the model sees.
public struct Whitening: Sendable, Equatable, Codable {
  /// Which of the maps that whiten.
  public enum Kind: String, Sendable, Codable, CaseIterable {
    /// The one that changes samples least, so that pictures stay pictures (Bell and Sejnowski 1997).
    case zca
    /// Onto the principal axes, the largest variance first; the place of a pixel is lost.
    case pca
  }

  /// Which map it is.
  public let kind: Kind
  /// The mean of the training samples, `[inputs]`.
  public let center: [Float]
  /// The map, `[outputs, inputs]`, row-major.
  public let matrix: [Float]
  /// The map of the center, which is taken away from that of a sample.
  private let shift: [Float]

  /// A map.
  ///
  /// - Precondition: the matrix has whole rows of as many numbers as the center.
  public init(_ kind: Kind, center: [Float], matrix: [Float]) {
    guard !center.isEmpty, matrix.count.isMultiple(of: center.count) else {
      fatalError("Whitening got \(matrix.count) numbers for rows of \(center.count).")
    }
    self.kind = kind
    self.center = center
    self.matrix = matrix
    shift = Self.product(matrix, center)
  }

  /// Numbers of a sample before.
  public var inputs: Int { center.count }
  /// Numbers of a sample after.
  public var outputs: Int { matrix.count / center.count }

  /// Samples after the map.
  /// - Parameter samples: `[samples, inputs]`, row-major.
  /// - Returns: `[samples, outputs]`, row-major.
  public func applied(to samples: [Float]) -> [Float] {
    let rows = samples.count / inputs
    return [Float](unsafeUninitializedCapacity: max(1, rows * outputs)) { buffer, initialized in
      cimage_project(matrix, shift, outputs, inputs, samples, rows, buffer.baseAddress)
      initialized = rows * outputs
    }
  }

  /// Maps samples, `[rows, inputs]`, into `[rows, outputs]` elsewhere.
  func apply(
    to samples: UnsafePointer<Float>, rows: Int, into target: UnsafeMutablePointer<Float>
  ) {
    cimage_project(matrix, shift, outputs, inputs, samples, rows, target)
  }

  /// A map times its center.
  private static func product(_ matrix: [Float], _ center: [Float]) -> [Float] {
    (0..<(matrix.count / center.count)).map { output in
      var sum = 0.0
      for place in center.indices {
        sum += Double(matrix[output * center.count + place]) * Double(center[place])
      }
      return Float(sum)
    }
  }
}
