import Foundation
import HoneOptim
import HoneTensor
import Testing

/// A thousand steps beside PyTorch, the second parameter sitting out every third.
struct TrajectoryTests {
  typealias Make = @Sendable ([Parameter]) -> any Optimizer

  static let makers: [String: Make] = [
    "sgd": { SGD($0, learningRate: 0.05) },
    "sgdMomentum": { SGD($0, learningRate: 0.02, momentum: 0.9, weightDecay: 0.01) },
    "sgdDampening": {
      SGD([ParameterGroup($0)], learningRate: 0.02, momentum: 0.8, dampening: 0.3)
    },
    "sgdNesterov": {
      SGD($0, learningRate: 0.02, momentum: 0.9, isNesterov: true, weightDecay: 0.01)
    },
    "adam": { Adam($0, learningRate: 0.01, betas: AdamBetas(0.85, 0.98)) },
    "adamDecay": { Adam($0, learningRate: 0.01, epsilon: 1e-6, weightDecay: 0.1) },
    "adamW": { AdamW($0, learningRate: 0.01, weightDecay: 0.1) },
    "adamWGroups": {
      AdamW(
        [
          ParameterGroup([$0[0]], weightDecay: 0.2),
          ParameterGroup([$0[1]], learningRateScale: 0.5),
        ], learningRate: 0.01)
    },
    "rmsProp": {
      RMSProp([ParameterGroup($0, weightDecay: 0.01)], learningRate: 0.01, smoothing: 0.95)
    },
    "rmsPropMomentum": { RMSProp([ParameterGroup($0)], learningRate: 0.002, momentum: 0.9) },
    "adagrad": { Adagrad([ParameterGroup($0, weightDecay: 0.01)], learningRate: 0.1) },
    "nadam": { NAdam([ParameterGroup($0, weightDecay: 0.01)], learningRate: 0.01) },
    "radam": { RAdam([ParameterGroup($0, weightDecay: 0.01)], learningRate: 0.01) },
    "lion": { Lion([ParameterGroup($0, weightDecay: 0.1)], learningRate: 0.003) },
  ]

  @Test("follows PyTorch in double precision", arguments: makers.keys.sorted())
  func double(name: String) throws { try compare(name, dtype: .float64, tolerance: 1e-5) }

  @Test("follows PyTorch in single precision", arguments: makers.keys.sorted())
  func single(name: String) throws { try compare(name, dtype: .float32, tolerance: 1e-3) }

  private func compare(_ name: String, dtype: DType, tolerance: Double) throws {
    let golden = try Golden.load()
    let expected = try #require(golden.trajectories[name])
    let make = try #require(Self.makers[name])
    let parameters = golden.parameters(golden.problem.start, dtype: dtype)
    let centers = golden.tensors(golden.problem.center, dtype: dtype)
    let curvatures = golden.tensors(golden.problem.curvature, dtype: dtype)
    let phases = golden.tensors(golden.problem.phase, dtype: dtype)
    let optimizer = make(parameters)
    for step in 1...(golden.checkpoints.last ?? 0) {
      optimizer.clearGradients()
      for (index, parameter) in parameters.enumerated() where index == 0 || step % 3 != 0 {
        // The derivative of the script's loss, by hand: autograd is tested elsewhere.
        let pull = curvatures[index] * (parameter.value.detached() - centers[index])
        parameter.setGradient(pull + (phases[index] + Scalar(0.1 * Double(step))).sine())
      }
      optimizer.step()
      guard let place = golden.checkpoints.firstIndex(of: step) else { continue }
      expectClose(
        values(of: parameters), expected[place], tolerance: tolerance, "\(name), step \(step)")
    }
  }
}
