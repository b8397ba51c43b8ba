import HoneCommands
import HoneConfiguration
import HoneSearch
import Testing

@Suite("Hyperparameters with ranges of their own") struct TunedParameterTests {
  @Test("each makes a space, under the configuration's own key", arguments: TunedParameter.allCases)
  func space(_ tuned: TunedParameter) throws {
    let parameter = tuned.parameter(of: Configuration())
    let space = try SearchSpace([parameter])
    #expect(space.parameters.map(\.name) == [parameter.name])
    #expect(parameter.name.contains(".\(tuned.rawValue)"))
  }

  @Test("the learning rate is searched around the one that is set, and never beyond 1")
  func rate() {
    var configuration = Configuration()
    configuration.optimizer.method = .sgd(learningRate: 0.1)
    let around = TunedParameter.learningRate.parameter(of: configuration)
    #expect(around == .float("optimizer.learningRate", 0.001...1, scale: .log))
    configuration.optimizer.method = .sgd(learningRate: 0)
    let usual = TunedParameter.learningRate.parameter(of: configuration)
    #expect(usual == .float("optimizer.learningRate", 1e-5...0.1, scale: .log))
  }
}
