import HoneConfiguration
import Testing

@Suite struct SecondOrderConflictsTests {
  /// The places of the problems of a text.
  private func places(_ text: String) -> [String] {
    do {
      _ = try Configuration(text: text)
      return []
    } catch {
      guard case .invalid(let problems) = error else { return ["another error"] }
      return problems.map(\.path)
    }
  }

  @Test(
    "what needs one gradient in a step is refused beside a line search, and allowed beside AdamW",
    arguments: [
      ("training.gradientClip", "training: {gradientClip: {norm: 1}}\noptimizer: KIND"),
      ("optimizer.sam", "optimizer: {kind: KIND, sam: {}}"),
      ("optimizer.lookahead", "optimizer: {kind: KIND, lookahead: {}}"),
      ("optimizer.groups", "optimizer: {kind: KIND, groups: [{match: '*'}]}"),
      ("optimizer.layerDecay", "optimizer: {kind: KIND, layerDecay: 0.5}"),
      ("model.stageRateFactor", "model: {stageRateFactor: 2}\noptimizer: KIND"),
      ("regularization.proximal", "regularization: {l1: 1, proximal: true}\noptimizer: KIND"),
      ("regularization.gradientNoise", "regularization: {gradientNoise: 0.1}\noptimizer: KIND"),
    ])
  func conflicts(place: String, text: String) {
    #expect(places(text.replacing("KIND", with: "adamW")) == [])
    for kind in ["lbfgs", "bfgs", "conjugateGradient", "newton", "levenbergMarquardt"] {
      #expect(places(text.replacing("KIND", with: kind)) == [place], "\(kind)")
    }
  }

  @Test("a method knows whether it is of second order")
  func kinds() {
    #expect(OptimizerConfiguration.Method.newtonCG().isSecondOrder)
    #expect(OptimizerConfiguration.Method.gaussNewton().isSecondOrder)
    #expect(!OptimizerConfiguration.Method.rprop().isSecondOrder)
  }
}
