import HoneDiagnosis
import HoneRecords
import Testing

struct RunLogTests {
  private let head = """
    {"kind":"run","task":"multiclass","loss":"crossEntropy","expects":"logits","outputs":3,\
    "outputActivation":"softmax","batchSize":32,"facts":[{"path":"0","inputs":4,"units":8,\
    "weight":0.4,"followers":["relu"]},{"path":"2","inputs":8,"units":3,"weight":0.3}]}

    """

  @Test("reads a run with its layers, steps and epochs, and diagnoses it")
  func whole() throws {
    let text =
      head + """
        {"kind":"layers","step":1,"epoch":1,"descent":-0.1,"layers":[{"path":"0","gradient":"nan"}]}
        {"kind":"step","step":1,"epoch":1,"value":1.2,"learningRate":0.1}
        {"kind":"something new","value":1}
        {"kind":"epoch","epoch":1,"step":10,"trainLoss":1.1,"validationLoss":"inf"}
        """
    let evidence = try RunLog.read(text: text, name: "run.jsonl")
    #expect(evidence.run.id == "run.jsonl")
    #expect(evidence.epochs.first?.validationLoss == .infinity)
    #expect(evidence.steps.map(\.loss) == [1.2])
    #expect(evidence.run.layerSamples?.first?.layers.first?.isFinite == false)
    #expect(evidence.run.preflight?.layers?.count == 2)
    let found = Diagnostician().diagnose(evidence).findings.map(\.id)
    #expect(found.first == .lossActivationMismatch)
    #expect(found.contains(.nonFiniteLoss))
  }

  @Test("tells logs from tables")
  func recognizes() {
    #expect(RunLog.recognizes("\n {\"kind\":\"run\"}"))
    #expect(!RunLog.recognizes("epoch,loss"))
  }

  @Test("refuses a line that is no object with a kind, and a log without numbers")
  func refuses() {
    #expect(throws: CurveFileError.badLine(line: 2)) {
      try RunLog.read(text: head + "{\"kind\":1}\n")
    }
    #expect(throws: CurveFileError.noRows) { try RunLog.read(text: head) }
  }
}
