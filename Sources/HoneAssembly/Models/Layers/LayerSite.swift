import HoneConfiguration
import HoneNN
import HoneTensor
import HoneText

/// Where a layer of a configuration is made: what it receives, and where it is written.
struct LayerSite {
  let configuration: Configuration
  /// What `outputs: classes` means.
  let outputs: Int
  /// The shape of a sample, without the batch.
  let shape: [Int]
  /// The layer's place in the file, for messages.
  let path: String
  let device: Device

  func problem(_ english: String, korean: String) -> ConfigurationError {
    configuration.problem(at: path, Localized(english, korean: korean))
  }

  /// The layouts of samples with so many dimensions of positions.
  private static let layouts = [
    "[features]", "[channels, length]", "[channels, height, width]",
    "[channels, depth, height, width]",
  ]

  /// The channels of samples with so many dimensions of positions.
  /// - Throws: where the samples have another number of dimensions.
  func channels(of name: String, positions: Int) throws -> Int {
    guard shape.count == positions + 1, let channels = shape.first else {
      throw unsuitable(name, [Self.layouts[positions]])
    }
    return channels
  }

  /// How many dimensions of positions the samples have, which a configuration may prescribe.
  /// - Throws: where their number is none of those allowed.
  func positions(of name: String, in allowed: ClosedRange<Int>, _ prescribed: Int?) throws -> Int {
    let allowed = prescribed.map { $0...$0 } ?? allowed
    guard allowed.contains(shape.count - 1) else {
      throw unsuitable(name, Array(Self.layouts[allowed]))
    }
    return shape.count - 1
  }

  /// The features of a sequence's positions.
  /// - Throws: where the samples are no sequences.
  func features(of name: String) throws -> Int {
    guard shape.count == 2 else { throw unsuitable(name, ["[length, features]"]) }
    return shape[1]
  }

  /// The error for samples of a shape that a layer cannot take.
  func unsuitable(_ name: String, _ layouts: [String]) -> ConfigurationError {
    let english = layouts.joined(separator: " or ")
    let korean = layouts.joined(separator: " 또는 ")
    let flattens = layouts.contains(Self.layouts[0])
    return problem(
      "\(name) needs samples of shape \(english), it receives \(shape)."
        + (flattens ? " Insert flatten before it." : ""),
      korean: "\(name)의 입력 형상은 \(korean)이어야 하지만 \(shape)이(가) 들어옵니다."
        + (flattens ? " 앞에 flatten을 넣으십시오." : ""))
  }

  /// The extents along each of so many dimensions.
  /// - Throws: where there are several numbers and not as many as dimensions.
  func sides(_ sides: Sides, _ dimensions: Int) throws -> [Int] {
    guard sides.values.count == 1 || sides.values.count == dimensions else {
      throw problem(
        "\(sides.values) has \(sides.values.count) numbers for \(dimensions) dimensions. Give one "
          + "number, or one for each dimension.",
        korean: "\(sides.values)의 수는 \(sides.values.count)개이지만 차원은 \(dimensions)개입니다. 수 하나, 또는 "
          + "차원마다 하나씩 지정하십시오.")
    }
    return sides.sides(dimensions)
  }

  func checkGroups(_ groups: Int, inputs: Int, outputs: Int) throws {
    guard inputs.isMultiple(of: groups), outputs.isMultiple(of: groups) else {
      throw problem(
        "groups \(groups) must divide the \(inputs) inputs and the \(outputs) outputs.",
        korean: "groups \(groups)은(는) 입력 \(inputs)과 출력 \(outputs)을 나누어야 합니다.")
    }
  }

  /// Refuses heads that do not divide the features.
  func checkHeads(_ heads: Int, features: Int, isRotary: Bool) throws {
    guard features.isMultiple(of: heads) else {
      throw problem(
        "heads \(heads) must divide the \(features) features.",
        korean: "heads \(heads)은(는) 특성 \(features)개를 나누어야 합니다.")
    }
    guard !isRotary || (features / heads).isMultiple(of: 2) else {
      throw problem(
        "rotary needs an even number of features per head, it has \(features / heads).",
        korean: "rotary에는 헤드마다 짝수 개의 특성이 필요하지만 \(features / heads)개입니다.")
    }
  }

  /// How many outputs are meant.
  func count(_ outputs: LayerOutputs) -> Int {
    switch outputs {
    case .count(let count): count
    case .classes: self.outputs
    }
  }
}
