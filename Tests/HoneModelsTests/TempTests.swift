import Foundation
import HoneModels
import HoneNN
import HoneNumerics
import HoneTensor
import Testing

@Suite struct TempTests {
  @Test func probe() throws {
    for (name, format) in [("cl", MemoryFormat.channelsLast), ("co", .contiguous)] {
      for which in 0..<2 {
        for side in [32, 64] {
          var stream = RandomStream(seed: 1, "weights")
          let model: any Layer<Tensor, Tensor> =
            which == 0
            ? MobileNetV2(inputs: 1, outputs: 3, widthMultiplier: 0.25, using: &stream)
            : DenseNet(.init(growth: 2), inputs: 1, outputs: 3, using: &stream)
          model.arrange(format)
          let input = Tensor.normal([8, 1, side, side], using: RandomSource(seed: 1))
          let target = Tensor([0, 1, 2, 0, 1, 2, 0, 1] as [Int64])
          let loss = Loss.crossEntropy()(model(input), target)
          loss.backward()
          var bad: [String] = []
          for (n, p) in model.namedParameters {
            let g = p.value.gradient?.absolute().maximum().item() ?? -1
            if !(g > 0) { bad.append("\(n)=\(g)") }
          }
          print("PROBE", name, which, side, loss.item(), bad.count, bad.prefix(6), bad.suffix(3))
        }
      }
    }
  }
}
