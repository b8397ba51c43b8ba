import Foundation
import HoneNN
import HoneTensor
import Testing

struct PositionTests {
  @Test("sinusoidal positions are the paper's sines and cosines", arguments: [6, 7])
  func sinusoidal(_ features: Int) {
    let layer = SinusoidalPositions(features: features)
    let values = layer.encoding(length: 9).values(as: Double.self)
    for position in 0..<9 {
      for feature in 0..<features {
        let angle =
          Double(position) / pow(10_000, Double(feature / 2 * 2) / Double(features))
        let expected = feature % 2 == 0 ? sin(angle) : cos(angle)
        #expect(abs(values[position * features + feature] - expected) < 1e-12)
      }
    }
    let output = layer(Tensor.zeros([2, 9, features]))
    #expect(output[1].isClose(to: layer.encoding(length: 9).cast(to: .float32)))
  }

  @Test("rotations keep lengths, and products depend on distances alone")
  func rotary() {
    let rotary = RotaryPositions()
    let query = randomTensor([1, 8]).cast(to: .float64)
    let key = randomTensor([1, 8], seed: 6).cast(to: .float64)
    func product(_ first: Int, _ second: Int) -> Double {
      (rotary.rotated(query, from: first) * rotary.rotated(key, from: second)).sum().item()
    }
    #expect(abs(product(3, 1) - product(12, 10)) < 1e-12)
    #expect(abs(product(3, 1) - product(3, 2)) > 1e-3)
    #expect(abs(rotary.rotated(query, from: 40).norm().item() - query.norm().item()) < 1e-12)
    // The first pair turns by one radian for each position.
    let turned = rotary.rotated(Tensor([1, 0, 0, 0] as [Double], shape: [1, 4]), from: 2)
    #expect(turned.isClose(to: Tensor([cos(2.0), 0, sin(2.0), 0], shape: [1, 4])))
  }
}
