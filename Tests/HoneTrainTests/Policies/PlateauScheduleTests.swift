import Foundation
import HoneMetrics
import HoneRecords
import Testing

@testable import HoneTrain

@Suite struct PlateauScheduleTests {
  struct Golden: Decodable {
    let mode: String
    let factor: Double
    let patience: Int
    let threshold: Double
    let values: [Double?]
    let rates: [Double]
  }

  static let golden = Result {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Golden/plateau.json").standardized
    return try JSONDecoder().decode([Golden].self, from: Data(contentsOf: file))
  }

  @Test("lowers the rate after the epochs after which PyTorch does")
  func equalsPyTorch() throws {
    for example in try Self.golden.get() {
      let isLoss = example.mode == "min"
      let schedule = PlateauSchedule(
        monitor: isLoss ? .validationLoss : .validationMetric(.accuracy), factor: example.factor,
        patience: example.patience, threshold: example.threshold)
      var epochs: [EpochRecord] = []
      for (value, rate) in zip(example.values, example.rates) {
        let number = value ?? .nan
        epochs.append(epoch(epochs.count + 1, loss: isLoss ? number : 1, metric: number))
        let scale: Double
        switch schedule.decide(after: epochs) {
        case .scaleLearningRate(let factor): scale = factor
        default: scale = 1
        }
        #expect(abs(scale - rate) <= 1e-12 * rate, "\(example) after \(epochs.count)")
      }
    }
  }

  @Test("a factor of one or more ends the process with a sentence")
  func badFactor() async {
    await #expect(processExitsWith: .failure) { _ = PlateauSchedule(factor: 1) }
  }
}
