import Foundation
import HoneOptim
import HoneTensor

/// The reference figures that `Tools/golden/closure_optim.py` writes.
struct ClosureGolden: Decodable {
  struct Trajectory: Decodable {
    let rate: Double
    let iterations, history: Int
    let values: [Double]
    let weights: [[[Double]]]
  }
  struct Spectrum: Decodable {
    let eigenvalues: [Double]
    let trace, firstLayer: Double
    let vector, product: [Double]
  }

  let inputs, images: [Double]
  let labels: [Int]
  let shapes, convolutionShapes: [[Int]]
  let start, convolutionStart: [[Double]]
  let trajectories: [String: Trajectory]
  let network, convolution: Spectrum

  static func load() throws -> ClosureGolden {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Golden/closure_optim.json")
    return try JSONDecoder().decode(ClosureGolden.self, from: Data(contentsOf: file))
  }

  func parameters(dtype: DType = .float64) -> [Parameter] {
    zip(start, shapes).map { Parameter(Tensor($0, shape: $1).cast(to: dtype)) }
  }

  var convolutionParameters: [Parameter] {
    zip(convolutionStart, convolutionShapes).map { Parameter(Tensor($0, shape: $1)) }
  }

  /// The script's `loss`.
  func loss(_ parameters: [Parameter], fastLinear: Bool = false) -> () -> Tensor {
    let inputs = Tensor(inputs, shape: [24, 3]).cast(to: parameters[0].value.dtype)
    let labels = Tensor(labels, shape: [24])
    return {
      let weights = parameters.map(\.value)
      let map = fastLinear ? Tensor.fastLinear : Tensor.linear
      let hidden = map(inputs)(weights[0], weights[1]).tanh()
      let logits = map(hidden)(weights[2], weights[3])
      var ridge = weights[0].squared().sum()
      for weight in weights.dropFirst() { ridge += weight.squared().sum() }
      return ATen.cross_entropy_loss(logits, target: labels) + ridge * 1e-2
    }
  }

  /// The script's `convolution_loss`.
  func convolutionLoss(_ parameters: [Parameter]) -> () -> Tensor {
    let images = Tensor(images, shape: [12, 1, 6, 6])
    let labels = Tensor(Array(labels.prefix(12)), shape: [12])
    return {
      let weights = parameters.map(\.value)
      let maps = ATen.batch_norm(
        ATen.conv2d(images, weight: weights[0], bias: weights[1]), weight: weights[2],
        bias: weights[3], running_mean: nil, running_var: nil, training: true, momentum: 0.1,
        eps: 1e-5, cudnn_enabled: true)
      let logits = maps.tanh().flattened(from: 1).linear(weights[4], bias: weights[5])
      return ATen.cross_entropy_loss(logits, target: labels)
    }
  }
}
