import HoneOptim
import HoneTensor
import Testing

struct ParameterAverageTests {
  @Test("averages exponentially and uniformly as PyTorch does")
  func golden() throws {
    let golden = try Golden.load()
    let decay = golden.averages.decay
    for rule in [ParameterAverage.Rule.exponential(decay: decay), .uniform] {
      let parameters = golden.parameters(golden.averages.points[0])
      let average = ParameterAverage(of: parameters, rule: rule)
      if rule == .uniform { average.update() }
      for point in golden.averages.points.dropFirst() {
        for (parameter, value) in zip(parameters, golden.tensors(point)) { parameter.assign(value) }
        average.update()
      }
      average.exchange()
      let expected = rule == .uniform ? golden.averages.uniform : golden.averages.exponential
      expectClose(values(of: parameters), expected, tolerance: 1e-12)
      average.exchange()
      expectClose(values(of: parameters), golden.averages.points[5], tolerance: 0)
    }
  }

  @Test("running statistics follow; counters are copied")
  func buffers() {
    let statistic = Buffer(Tensor([1] as [Float]))
    let counter = Buffer(Tensor([1] as [Int]))
    let average = ParameterAverage(of: [], buffers: [statistic, counter], rule: .uniform)
    average.update()
    statistic.assign(Tensor([3] as [Float]))
    counter.assign(Tensor([9] as [Int]))
    average.update()
    average.exchange()
    #expect(statistic.value.item() == 2)
    #expect(counter.value.item() == 9)
  }

  @Test("continues exactly from its state, and refuses another's")
  func state() throws {
    let parameter = Parameter(Tensor([1, 2] as [Float]))
    let rule = ParameterAverage.Rule.exponential(decay: 0.9)
    let average = ParameterAverage(of: [parameter], rule: rule)
    parameter.assign(Tensor([5, 6] as [Float]))
    average.update()
    let resumed = ParameterAverage(of: [parameter], rule: rule)
    try resumed.load(average.state)
    #expect(resumed.state == average.state)
    average.update()
    resumed.update()
    #expect(resumed.state == average.state)
    let uniform = ParameterAverage(of: [parameter], rule: .uniform)
    #expect(throws: OptimizerStateError.self) { try uniform.load(average.state) }
    let other = ParameterAverage(of: [Parameter(Tensor.ones([3]))], rule: rule)
    #expect(throws: OptimizerStateError.self) { try other.load(average.state) }
  }
}
