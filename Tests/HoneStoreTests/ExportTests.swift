import Foundation
import HoneRecords
import Testing

@testable import HoneStore

struct ExportTests {
  private func contents() throws -> RunContents {
    let store = InMemoryStore()
    try store.save(Samples.run("a"))
    for number in 1...3 { try store.append(Samples.epoch(number), to: "a") }
    try store.append([Samples.step(1), Samples.step(2, loss: .nan)], to: "a")
    try store.append(
      [MetricSeries(name: "my, \"BLEU\"/x", points: [MetricPoint(step: 1, value: 0.5)])], to: "a")
    try store.append(
      [RunEvent(time: Samples.run("a").created, kind: .note, text: "hello")], to: "a")
    try store.append(ArtifactRecord(path: "runs/a/m", kind: "model", bytes: 1), to: "a")
    return try RunContents(of: "a", in: store)
  }

  @Test("a run goes from any store to any other whole", arguments: StoreKind.allCases)
  func transfer(kind: StoreKind) throws {
    let contents = try contents()
    try kind.withStore { store in
      try contents.save(to: store)
      try contents.save(to: store)
      let read = try RunContents(of: "a", in: store)
      #expect(read.evidence.run == contents.evidence.run)
      #expect(read.evidence.epochs == contents.evidence.epochs)
      #expect(read.evidence.steps.map(\.step) == [1, 2] && read.evidence.steps[1].loss.isNaN)
      #expect(read.metrics == contents.metrics)
      #expect(read.events == contents.events)
      #expect(read.artifacts == contents.artifacts)
    }
  }

  @Test("event files of a run hold its curves, and settings and results for the HParams page")
  func events() throws {
    try withFolder { folder in
      let contents = try contents()
      let file = try RunEventFile(folder: folder)
      let run = contents.evidence.run
      try file.begin(run)
      for epoch in contents.evidence.epochs { try file.add(epoch) }
      for step in contents.evidence.steps { try file.add(step) }
      try file.add(contents.metrics ?? [], began: run.created)
      try file.end(run)
      let read = try EventFileReader.read(path: file.path)
      func points(_ tag: String) -> [MetricPoint] {
        read.scalars.first { $0.name == tag }?.points ?? []
      }
      #expect(points("epoch/trainLoss").map(\.step) == [1, 2, 3])
      #expect(
        points("epoch/validationMetric").map(\.value)
          == [0.85, 0.85, 0.85].map {
            Double(Float($0))
          })
      #expect(points("step/loss").count == 2)
      #expect(points("test/metric").first?.value == Double(Float(0.96)))
      #expect(read.texts["findings"]?.contains("overfit") == true)
      #expect(read.texts["configuration"]?.contains("mlp") == true)
    }
  }

  @Test("tables have a row for each epoch, step and value")
  func tables() throws {
    try withFolder { folder in
      let names = try CSVExport.write(try contents(), to: folder + "/out")
      #expect(names == ["epochs.csv", "steps.csv", "metrics.csv"])
      func lines(_ name: String) throws -> [Substring] {
        try String(contentsOfFile: "\(folder)/out/\(name)", encoding: .utf8).split(separator: "\n")
      }
      #expect(try lines("epochs.csv").count == 4)
      #expect(try lines("epochs.csv")[1].hasPrefix("1,10,0.5,0.9,0.4,0.91,0.6,0.85,"))
      #expect(try lines("steps.csv")[2] == "2,1,nan,0.001,2,0.001")
      #expect(try lines("metrics.csv")[1] == "\"my, \"\"BLEU\"\"/x\",1,0.5,")
    }
  }

  @Test("MLflow's folders hold settings, metrics, tags and files")
  func mlflow() throws {
    try withFolder { folder in
      let artifacts = ArtifactFolders(store: folder + "/hone.sqlite")
      let place = try artifacts.makeFolder(of: "a")
      try Data("x".utf8).write(to: place.appending(path: "model.safetensors"))
      let run = try MLflowExport.write(
        try contents(), to: folder + "/mlruns", artifacts: artifacts)
      func text(_ name: String) throws -> String {
        try String(contentsOfFile: "\(run)/\(name)", encoding: .utf8)
      }
      #expect(try text("params/model.name") == "mlp")
      #expect(try text("metrics/validationMetric").split(separator: "\n").count == 3)
      #expect(try text("metrics/step/loss").contains(" nan 2\n"))
      #expect(try text("metrics/my_ _BLEU_/x").hasSuffix(" 0.5 1\n"))
      #expect(try text("tags/hone.tag.α") == "true")
      #expect(try text("artifacts/model.safetensors") == "x")
      #expect(try text("meta.yaml").contains("status: 3\n"))
      #expect(URL(filePath: run).lastPathComponent.count == 32)
      #expect(throws: StoreError.self) {
        try MLflowExport.write(try contents(), to: folder + "/mlruns")
      }
    }
  }
}
