import HoneOptim
import HoneTensor
import Testing

struct WeightPenaltyTests {
  @Test("the loss and its gradient are PyTorch's, whichever way they are added")
  func golden() throws {
    let golden = try Golden.load()
    let sample = golden.penalty
    let penalty = WeightPenalty(l1: sample.l1, l2: sample.l2)
    let parameters = golden.parameters(sample.weights)
    let loss = penalty.loss(of: parameters)
    #expect(abs(loss.item() - sample.loss) < 1e-12)
    loss.backward()
    expectClose(gradients(of: parameters), sample.gradients, tolerance: 1e-12)
    for parameter in parameters { parameter.setGradient(parameter.value.detached().zerosLike()) }
    penalty.addGradients(to: parameters)
    expectClose(gradients(of: parameters), sample.gradients, tolerance: 1e-12)
  }

  @Test("an elastic net divides its strength; penalties add up")
  func elasticNet() {
    #expect(
      WeightPenalty.elasticNet(strength: 2, mixing: 0.25) == WeightPenalty(l1: 0.5, l2: 1.5))
    #expect(WeightPenalty(l1: 1) + WeightPenalty(l1: 2, l2: 3) == WeightPenalty(l1: 3, l2: 3))
    #expect(WeightPenalty().isZero)
  }

  @Test("no penalty and no gradient are borne")
  func nothing() {
    let parameter = Parameter(Tensor.ones([2]))
    #expect(WeightPenalty().loss(of: [parameter]).item() == 0)
    WeightPenalty(l2: 1).addGradients(to: [parameter])
    #expect(parameter.gradient == nil)
  }
}

struct MaxNormTests {
  @Test("bounds each unit's weights as PyTorch's renorm does")
  func golden() throws {
    let golden = try Golden.load()
    let parameter = Parameter(Tensor(golden.maxNorm.weights, shape: golden.shapes[0]))
    MaxNorm(golden.maxNorm.limit).apply(to: [parameter])
    // PyTorch adds 1e-7 to each norm.
    expectClose(values(of: [parameter]), [golden.maxNorm.expected], tolerance: 1e-6)
  }

  @Test("units of zeros and vectors stay as they are")
  func zeros() {
    let weight = Parameter(Tensor.zeros([2, 2]))
    let bias = Parameter(Tensor.full([2], 9))
    MaxNorm(1).apply(to: [weight, bias])
    #expect(weight.value.floats == [0, 0, 0, 0])
    #expect(bias.value.floats == [9, 9])
  }
}
