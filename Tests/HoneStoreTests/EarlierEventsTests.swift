import Foundation
import HoneRecords
import Testing

@testable import HoneStore

struct EarlierEventsTests {
  private func contents(of folder: String) throws -> [EventFileContents] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map {
      try EventFileReader.read(path: "\(folder)/\($0)")
    }
  }

  private func step(_ number: Int) -> StepRecord {
    StepRecord(step: number, epoch: 1, loss: Double(number), learningRate: 0.1)
  }

  @Test("a file that goes on repeats no number and no text of those before")
  func goesOn() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "hone-events-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let first = try RunEventFile(folder: folder)
    for number in 1...4 { try first.add(step(number)) }
    try first.add(.histogram([]), tag: "weights/a", step: 1)
    try first.flush()
    // The writer was killed inside a record.
    let bytes = try Data(contentsOf: URL(filePath: first.path))
    try (bytes + [1, 2, 3]).write(to: URL(filePath: first.path))
    let second = try RunEventFile(folder: folder)
    #expect(second.has("step/loss", step: 4))
    #expect(!second.has("step/loss", step: 5))
    #expect(second.has("weights/a"))
    #expect(!second.has("weights/b"))
    for number in 3...6 { try second.add(step(number)) }
    try second.flush()
    let losses = try contents(of: folder).flatMap(\.scalars)
      .filter { $0.name == "step/loss" }.flatMap(\.points).map(\.step)
    #expect(losses.sorted() == Array(1...6))
  }
}
