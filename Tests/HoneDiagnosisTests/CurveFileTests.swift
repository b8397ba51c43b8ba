import HoneDiagnosis
import HoneRecords
import HoneText
import Testing

struct CurveFileTests {
  @Test("reads what Keras' CSVLogger writes, counting epochs from one")
  func keras() throws {
    let text = """
      epoch,accuracy,loss,val_accuracy,val_loss,lr
      0,0.71,0.92,0.75,0.80,0.001
      1,0.80,0.61,0.79,0.66,0.001
      """
    let evidence = try CurveFile.read(csvText: text, name: "log.csv")
    #expect(evidence.epochs.map(\.epoch) == [1, 2])
    #expect(evidence.epochs[1].validationLoss == 0.66)
    #expect(evidence.epochs[1].trainMetric == 0.80)
    #expect(evidence.run.task.kind == .multiclass)
    #expect(evidence.run.id == "log.csv")
  }

  @Test("reads other names, separators, percentages and empty fields")
  func names() throws {
    let text = "Epoch;Train Loss;Validation-Loss;Val Acc\r\n1;0.9;0.8;62.5\r\n2;0.7;;70\r\n"
    let evidence = try CurveFile.read(csvText: text)
    #expect(evidence.epochs[0].validationMetric == 0.625)
    #expect(evidence.epochs[1].validationLoss == nil)
  }

  @Test("keeps a loss that is not a number for the diagnosis")
  func nonFinite() throws {
    let evidence = try CurveFile.read(csvText: "loss\n1.0\nnan\ninf\n")
    #expect(Diagnostician().diagnose(evidence).findings.map(\.id).contains(.nonFiniteLoss))
  }

  @Test("finds overfitting in curves made elsewhere")
  func overfit() throws {
    var text = "epoch,loss,val_loss,accuracy\n"
    for epoch in 1...20 {
      let train = 0.7 * pow(0.8, Double(epoch))
      let validation = epoch < 8 ? 0.7 - 0.04 * Double(epoch) : 0.4 + 0.03 * Double(epoch - 8)
      text += "\(epoch),\(train),\(validation),0.9\n"
    }
    let diagnosis = Diagnostician().diagnose(try CurveFile.read(csvText: text))
    #expect(diagnosis.findings.map(\.id) == [.overfit])
  }

  @Test(
    "refuses what is no table of curves, by name",
    arguments: [
      ("", CurveFileError.noRows),
      ("epoch,loss\n", .noRows),
      ("epoch,val_loss\n1,2\n", .missingLoss(found: ["epoch", "val_loss"])),
      ("loss,val_loss\n1,2\n3\n", .raggedRow(line: 3, found: 1, expected: 2)),
      ("loss\n1\n\nlow\n", .notANumber(line: 4, column: "loss", text: "low")),
      ("loss,train_loss\n1,2\n", .duplicateColumn("loss")),
    ])
  func refusals(text: String, error: CurveFileError) {
    #expect(throws: error) { try CurveFile.read(csvText: text) }
    #expect(error.exitStatus.rawValue == 65)
  }

  private func pow(_ base: Double, _ exponent: Double) -> Double {
    (0..<Int(exponent)).reduce(1) { product, _ in product * base }
  }
}
