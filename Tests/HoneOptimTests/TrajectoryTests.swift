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
    "adamAMSGrad": {
      Adam([ParameterGroup($0, weightDecay: 0.01)], learningRate: 0.01, isAMSGrad: true)
    },
    "adamWAMSGrad": {
      AdamW([ParameterGroup($0, weightDecay: 0.1)], learningRate: 0.01, isAMSGrad: true)
    },
    "rmsPropCentered": {
      RMSProp([ParameterGroup($0)], learningRate: 0.005, isCentered: true)
    },
    "rmsPropAll": {
      RMSProp(
        [ParameterGroup($0, weightDecay: 0.01)], learningRate: 0.002, smoothing: 0.95,
        momentum: 0.8, isCentered: true)
    },
    "adagradDecay": {
      Adagrad(
        [ParameterGroup($0)], learningRate: 0.2, learningRateDecay: 0.001, initialSum: 0.1)
    },
    "nadamDecoupled": {
      NAdam([ParameterGroup($0, weightDecay: 0.1)], learningRate: 0.01, isDecoupled: true)
    },
    "radamDecoupled": {
      RAdam([ParameterGroup($0, weightDecay: 0.1)], learningRate: 0.01, isDecoupled: true)
    },
    "adadelta": { Adadelta([ParameterGroup($0, weightDecay: 0.01)]) },
    "adamax": { Adamax([ParameterGroup($0, weightDecay: 0.01)], learningRate: 0.01) },
    "asgd": {
      ASGD(
        [ParameterGroup($0, weightDecay: 0.01)], learningRate: 0.05, decay: 0.01,
        averagingStart: 100)
    },
    "rprop": { Rprop([ParameterGroup($0)], stepSizes: 1e-6...0.1) },
    "lamb": { LAMB([ParameterGroup($0, weightDecay: 0.1)], learningRate: 0.01) },
    "adafactor": { Adafactor([ParameterGroup($0, weightDecay: 0.1)], learningRate: 0.05) },
    "adafactorOptions": {
      Adafactor(
        [ParameterGroup($0)], learningRate: 0.02, secondMomentDecay: -0.6, clipping: 1.5,
        epsilon: 1e-6, smallestScale: 1e-2)
    },
    "muon": { Muon([ParameterGroup($0, weightDecay: 0.1)], learningRate: 0.01) },
    "muonAdjusted": {
      Muon(
        [ParameterGroup($0)], learningRate: 0.01, momentum: 0.9, isNesterov: false,
        adjustment: .matchAdamW, vectorRateScale: 0.5)
    },
    "lookahead": { Lookahead(SGD($0, learningRate: 0.02, momentum: 0.9)) },
    "sam": { SAM(SGD($0, learningRate: 0.02, momentum: 0.9)) },
    "samAdaptive": {
      SAM(
        AdamW([ParameterGroup($0, weightDecay: 0.01)], learningRate: 0.01), radius: 0.5,
        isAdaptive: true)
    },
    "lion": { Lion([ParameterGroup($0, weightDecay: 0.1)], learningRate: 0.003) },
  ]

  @Test("follows PyTorch in double precision", arguments: makers.keys.sorted())
  func double(name: String) throws {
    let golden = try Golden.load()
    try compare(name, golden, golden.trajectories[name], dtype: .float64, tolerance: 1e-5)
  }

  @Test("follows PyTorch in single precision", arguments: makers.keys.sorted())
  func single(name: String) throws {
    let golden = try Golden.load()
    try compare(name, golden, golden.singleTrajectories[name], dtype: .float32, tolerance: 1e-3)
  }

  private func compare(
    _ name: String, _ golden: Golden, _ expected: [[[Double]]]?, dtype: DType, tolerance: Double
  ) throws {
    let expected = try #require(expected)
    let make = try #require(Self.makers[name])
    let parameters = golden.parameters(golden.problem.start, dtype: dtype)
    let problem = Problem(golden, dtype: dtype)
    let optimizer = make(parameters)
    for step in 1...(golden.checkpoints.last ?? 0) {
      optimizer.clearGradients()
      problem.setGradients(of: parameters, step: step)
      if optimizer.perturb() { problem.setGradients(of: parameters, step: step) }
      optimizer.step()
      guard let place = golden.checkpoints.firstIndex(of: step) else { continue }
      expectClose(
        values(of: parameters), expected[place], tolerance: tolerance, "\(name), step \(step)")
    }
  }

  /// The derivative of the script's loss, by hand: autograd is tested elsewhere.
  private struct Problem {
    let centers, curvatures, phases: [Tensor]

    init(_ golden: Golden, dtype: DType) {
      centers = golden.tensors(golden.problem.center, dtype: dtype)
      curvatures = golden.tensors(golden.problem.curvature, dtype: dtype)
      phases = golden.tensors(golden.problem.phase, dtype: dtype)
    }

    func setGradients(of parameters: [Parameter], step: Int) {
      for (index, parameter) in parameters.enumerated() where index == 0 || step % 3 != 0 {
        let pull = curvatures[index] * (parameter.value.detached() - centers[index])
        parameter.setGradient(pull + (phases[index] + Scalar(0.1 * Double(step))).sine())
      }
    }
  }
}
