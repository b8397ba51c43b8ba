import Foundation
import HoneModels
import HoneNN
import HoneTensor

/// The formula of Tools/golden/vision.py: weights that depend on a name and the element's index only.
enum FormulaWeights {
  private static let prime = 2_147_483_647

  /// Numbers in 0..<1, in double precision.
  static func uniform(_ name: String, _ shape: [Int]) -> Tensor {
    var offset = 2_166_136_261
    for byte in name.utf8 { offset = ((offset ^ Int(byte)) * 16_777_619) % (1 << 32) }
    offset %= prime
    let count = shape.reduce(1, *)
    var numbers = Tensor.range(0, count) * Scalar(48_271) + Scalar(offset)
    numbers = ATen.remainder_Scalar(numbers, other: Scalar(prime))
    numbers = ATen.remainder_Scalar(numbers * numbers, other: Scalar(prime))
    numbers = ATen.remainder_Scalar(numbers * numbers + Scalar(offset), other: Scalar(prime))
    return (numbers.cast(to: .float64) / Scalar(prime)).reshaped(shape)
  }

  /// The images that both sides see.
  static func images(_ shape: [Int]) -> Tensor {
    ((uniform("images", [2] + shape) * 2 - 1) * 1.7)
  }

  /// Writes the formula's values into all parameters and buffers.
  static func fill(_ model: some ForeignWeights) {
    let names = model.torchNames
    withoutGradients {
      for (path, parameter) in model.namedParameters {
        parameter.assign(value(names.name(of: path), parameter.shape))
      }
      for (path, buffer) in model.namedBuffers where !path.hasSuffix("batchCount") {
        buffer.assign(value(names.name(of: path), buffer.shape))
      }
    }
  }

  private static func value(_ name: String, _ shape: [Int]) -> Tensor {
    let value = uniform(name, shape)
    let leaf = String(name.split(separator: ".").last ?? "")
    if leaf == "running_var" || (leaf == "weight" && shape.count == 1) { return value + 0.5 }
    if leaf.hasSuffix("weight"), shape.count > 1 {
      let bound = (6 / Double(shape.dropFirst().reduce(1, *))).squareRoot()
      return (value * 2 - 1) * Scalar(bound)
    }
    return (value - 0.5) * 0.4
  }
}

/// What torchvision gives, written by Tools/golden/vision.py.
struct VisionGolden: Decodable {
  struct Case: Decodable {
    let name: String
    let costShape: [Int]
    let parameters: Int
    let multiplyAdds: Int
    let shape: [Int]
    let evaluation: [Double]
    let training: [Double]?
  }

  let cases: [Case]

  static let all: [Case] = {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Golden/vision.json")
    guard let data = try? Data(contentsOf: url) else { return [] }
    return (try? JSONDecoder().decode(VisionGolden.self, from: data))?.cases ?? []
  }()

  static func named(_ name: String) -> Case? { all.first { $0.name == name } }
}
