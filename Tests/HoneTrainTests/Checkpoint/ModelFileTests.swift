import Foundation
import HoneData
import HoneNN
import HoneNumerics
import Testing

@testable import HoneTrain

@Suite struct ModelFileTests {
  private func model() throws -> ModelFile {
    let plan = try Lab().plan
    return ModelFile(
      state: plan.model.stateDictionary, run: Lab().record(), preprocessor: try Lab.preprocessor)
  }

  @Test("a model is read as it was written, names in order")
  func roundTrip() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/model.safetensors"
      let model = try model()
      try model.write(to: path)
      let read = try ModelFile(contentsOf: path)
      #expect(read.state == model.state)
      #expect(read.state.names == model.state.names)
      #expect(read.run == model.run)
      #expect(read.preprocessor == model.preprocessor)
    }
  }

  @Test("a damaged model is refused", arguments: Damage.allCases)
  func damaged(_ damage: Damage) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/model.safetensors"
      try model().write(to: path)
      try damage.inflict(on: path)
      #expect(throws: FileError.self) { _ = try ModelFile(contentsOf: path) }
    }
  }

  @Test("a checkpoint is no model, and a missing file is said to be missing")
  func wrongKind() throws {
    try withTemporaryFolder { folder in
      let checkpointer = Checkpointer(folder: folder)
      let lab = Lab()
      _ = try Trainer(lab.plan, record: lab.record(), checkpointer: checkpointer).train()
      #expect(throws: FileError.self) { _ = try ModelFile(contentsOf: checkpointer.newest) }
      #expect(throws: FileError.notFound(path: "\(folder)/none")) {
        _ = try ModelFile(contentsOf: "\(folder)/none")
      }
    }
  }
}
