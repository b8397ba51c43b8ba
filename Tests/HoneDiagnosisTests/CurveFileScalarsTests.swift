import HoneDiagnosis
import HoneRecords
import Testing

struct CurveFileScalarsTests {
  private func series(_ name: String, _ values: [Int: Double]) -> MetricSeries {
    MetricSeries(
      name: name,
      points: values.sorted { $0.key < $1.key }.map { MetricPoint(step: $0.key, value: $0.value) })
  }

  @Test(
    "tags of several programs are understood",
    arguments: [
      ["epoch/trainLoss", "epoch/validationLoss", "epoch/validationMetric"],
      ["Loss/train", "Loss/val", "Accuracy/val"], ["epoch_loss", "epoch_val_loss", "val_accuracy"],
      ["train_loss", "val_loss", "val_acc"],
    ])
  func tags(names: [String]) throws {
    let evidence = try CurveFile.read(
      scalars: [
        series(names[0], [1: 1, 2: 0.5]), series(names[1], [1: 2, 2: 1.5]),
        series(names[2], [1: 0.5, 2: 0.75]), series("unknown", [1: 9]),
      ])
    #expect(evidence.epochs.map(\.trainLoss) == [1, 0.5])
    #expect(evidence.epochs.map(\.validationLoss) == [2, 1.5])
    #expect(evidence.epochs.map(\.validationMetric) == [0.5, 0.75])
  }

  @Test("a loss of every step is averaged over the epochs that the validation ends")
  func steps() throws {
    let evidence = try CurveFile.read(
      scalars: [
        series("train/loss", [1: 4, 2: 2, 3: 1, 4: 1]), series("val/loss", [2: 5, 4: 3]),
      ])
    #expect(evidence.epochs.map(\.trainLoss) == [3, 1])
    #expect(evidence.epochs.map(\.epoch) == [1, 2])
  }

  @Test("without a training loss the tags that are there are named")
  func missing() {
    #expect(throws: CurveFileError.missingLoss(found: ["x"])) {
      try CurveFile.read(scalars: [series("x", [1: 1])])
    }
  }
}
