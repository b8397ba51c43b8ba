import HoneNN
import HoneNumerics
import HoneRecords
import HoneTensor
import Testing

@testable import HoneTrain

@Suite struct LandscapeProbeTests {
  @Test(
    "the loss is least at the weights of a parabola's bottom, and they are as before afterwards")
  func parabola() throws {
    var stream = RandomStream(seed: 1, "landscape test")
    let model = Linear(inputs: 4, outputs: 3, using: &stream)
    let bottom = model.weight.value.detached().clone()
    let before = model.stateDictionary.quickDigest
    let slice = try LandscapeProbe().run(model, seed: 2, samples: 7) {
      let loss: Double = withoutGradients {
        (model.weight.value.detached() - bottom).squared().sum().item()
      }
      return (loss, nil)
    }
    #expect(slice.distances.count == 21)
    #expect(slice.distances[10] == 0)
    #expect(slice.train[10] == 0)
    #expect(slice.train.indices.allSatisfy { $0 == 10 || slice.train[$0] > 0 })
    // Each filter's direction is as long as the filter: at distance one all of the weights away.
    let length: Double = bottom.squared().sum().item()
    #expect(abs(slice.train[20] - length) < 1e-3 * length)
    #expect(model.stateDictionary.quickDigest == before)
    #expect(slice.validation.isEmpty)
  }

  @Test("points at which the loss overflows are left out")
  func overflow() throws {
    var stream = RandomStream(seed: 1, "landscape test")
    let model = Linear(inputs: 4, outputs: 3, using: &stream)
    var calls = 0
    let slice = try LandscapeProbe().run(model, seed: 2, samples: 7) {
      calls += 1
      return (calls < 3 ? .infinity : 1, nil)
    }
    #expect(slice.distances.count == 19)
  }
}
