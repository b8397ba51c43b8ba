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
      throw unsuitable(name, Self.layouts[positions], flattens: positions == 0)
    }
    return channels
  }

  /// How many dimensions of positions, in a range, the samples have.
  /// - Throws: where their number is outside.
  func positions(of name: String, in allowed: ClosedRange<Int>) throws -> Int {
    guard allowed.contains(shape.count - 1) else {
      let layouts = Self.layouts[allowed]
      throw unsuitable(
        name, layouts.joined(separator: " or "), korean: layouts.joined(separator: " 또는 "))
    }
    return shape.count - 1
  }

  private func unsuitable(
    _ name: String, _ layout: String, korean: String? = nil, flattens: Bool = false
  ) -> ConfigurationError {
    let advice = flattens ? " Insert flatten before it." : ""
    let koreanAdvice = flattens ? " 앞에 flatten을 넣으십시오." : ""
    return problem(
      "\(name) needs samples of shape \(layout), it receives \(shape).\(advice)",
      korean: "\(name)의 입력 형상은 \(korean ?? layout)이어야 하지만 \(shape)이(가) 들어옵니다.\(koreanAdvice)")
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

  /// How many outputs are meant.
  func count(_ outputs: LayerOutputs) -> Int {
    switch outputs {
    case .count(let count): count
    case .classes: self.outputs
    }
  }
}
