import HoneOptim
import HoneTensor
import Testing

struct GradientClippingTests {
  @Test("clips by norm and by value as PyTorch does, and returns the norm before")
  func golden() throws {
    let golden = try Golden.load()
    for sample in golden.clipping.cases {
      let parameters = golden.parameters(golden.problem.start)
      setGradients(of: parameters, golden.tensors(golden.clipping.gradients))
      #expect(abs(globalGradientNorm(of: parameters).item() - sample.norm) < 1e-12)
      let norm = clipGradients(of: parameters, toNorm: sample.limit)
      #expect(abs(norm.item() - sample.norm) < 1e-12)
      expectClose(gradients(of: parameters), sample.byNorm, tolerance: 1e-12)
      setGradients(of: parameters, golden.tensors(golden.clipping.gradients))
      clipGradients(of: parameters, toValue: sample.limit)
      expectClose(gradients(of: parameters), sample.byValue, tolerance: 0)
    }
  }

  @Test("parameters without gradients have a norm of zero and are left alone")
  func withoutGradients() {
    let parameter = Parameter(Tensor.ones([2]))
    #expect(clipGradients(of: [parameter], toNorm: 1).item() == 0)
    clipGradients(of: [parameter], toValue: 1)
    #expect(parameter.gradient == nil)
  }

  @Test("a gradient that is no number shows in the norm")
  func notFinite() {
    let parameter = Parameter(Tensor.ones([2]))
    parameter.setGradient(Tensor([1, Float.nan]))
    #expect(clipGradients(of: [parameter], toNorm: 1).item().isNaN)
  }

  private func setGradients(of parameters: [Parameter], _ gradients: [Tensor]) {
    for (parameter, gradient) in zip(parameters, gradients) { parameter.setGradient(gradient) }
  }
}
