import HoneTensor
import Testing

@testable import HoneTensor

@Suite struct GeneratedOperatorTests {
  @Test(
    "each generated operator reports an undefined tensor and does not crash",
    arguments: generatedOperators.map(\.name))
  func undefined(name: String) throws {
    let call = try #require(generatedOperators.first { $0.name == name }?.call)
    let error = try #require(throws: TorchError.self) {
      try catchingTorchErrors { call(.undefined) }
    }
    #expect(error.message.contains("undefined"))
  }

  @Test("the first failure of a scope is the one thrown, and later calls do nothing")
  func poison() {
    let error = #expect(throws: TorchError.self) {
      try catchingTorchErrors {
        let broken = Tensor.ones([2, 3]).multiplied(by: .ones([2, 3]))
        _ = (broken + .ones([7])).reshaped([1, 2, 3, 4]).sum().item()
      }
    }
    #expect(error?.kind == .invalid)
    #expect(error?.message.contains("matmul") == true)
  }

  @Test("scopes nest: an inner failure stays inside")
  func nesting() throws {
    let sum = try catchingTorchErrors {
      #expect(throws: TorchError.self) {
        try catchingTorchErrors { Tensor.ones([2]) + .ones([3]) }
      }
      return Tensor.ones([2]).sum().item()
    }
    #expect(sum == 2)
  }

  @Test("scopes within a scope that has failed keep failures of their own")
  func nestedFailures() throws {
    var inner: [String] = []
    let outer = #expect(throws: TorchError.self) {
      try catchingTorchErrors {
        _ = Tensor.ones([2]) + .ones([3])
        for extent in [5, 7] {
          do {
            try catchingTorchErrors { _ = Tensor.ones([4]) + .ones([extent]) }
          } catch let error as TorchError {
            inner.append(error.message)
          }
        }
        _ = Tensor.ones([8]) + .ones([9])
      }
    }
    #expect(outer?.message.contains("(2)") == true)
    #expect(inner.count == 2)
    #expect(zip(inner, ["(5)", "(7)"]).allSatisfy { $0.contains($1) })
    #expect(try catchingTorchErrors { Tensor.ones([2]).sum().item() } == 2)
  }

  @Test("outside a scope a failure ends the process with libtorch's message")
  func trap() async throws {
    let result = try #require(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([2]) + .ones([3])
      })
    let text = String(decoding: result.standardErrorContent, as: UTF8.self)
    #expect(text.contains("size of tensor a (2)"))
  }
}
