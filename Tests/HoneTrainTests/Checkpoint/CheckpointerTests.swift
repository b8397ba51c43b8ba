import Foundation
import HoneNN
import HoneNumerics
import HoneOptim
import HoneRecords
import Testing

@testable import HoneTrain

@Suite struct CheckpointerTests {
  private func checkpoint(step: Int) -> Checkpoint {
    let weight = HostTensor([Float(step), -.infinity, 3], shape: [3])
    let state = StateDictionary([
      .init(name: "b.weight", value: weight), .init(name: "a", value: weight),
    ])
    var meter = EpochMeter()
    meter.add(loss: 0.1, samples: 3)
    meter.gradientNorms = [.infinity, 2]
    return Checkpoint(
      model: state,
      optimizer: OptimizerState(
        kind: "AdamW", scalars: ["learningRate": 0.1],
        tensors: [
          .init(name: "steps", value: HostTensor([step], shape: [1])),
          .init(name: "first.0", value: weight),
        ]), best: step > 1 ? state : nil,
      progress: .init(
        run: Lab().record(), history: history([2, 1]), step: step, epoch: 3, batch: 4, meter: meter,
        bestEpoch: step > 1 ? 2 : nil, optimizerKind: "AdamW",
        optimizerScalars: ["learningRate": 0.1]))
  }

  @Test("what is written is read, infinities included", arguments: [1, 2])
  func roundTrip(step: Int) throws {
    try withTemporaryFolder { folder in
      let checkpointer = Checkpointer(folder: "\(folder)/new/folder")
      try checkpointer.write(checkpoint(step: step))
      let found = checkpointer.read()
      #expect(found.checkpoint == checkpoint(step: step))
      #expect(found.damage.isEmpty)
      #expect(found.checkpoint?.model.names == ["b.weight", "a"])
    }
  }

  @Test("nothing is found in an empty folder")
  func nothing() throws {
    try withTemporaryFolder { folder in
      let found = Checkpointer(folder: folder).read()
      #expect(found.checkpoint == nil)
      #expect(found.damage.isEmpty)
    }
  }

  @Test("damage to the newest file leads to the one before it", arguments: Damage.allCases)
  func damaged(_ damage: Damage) throws {
    try withTemporaryFolder { folder in
      let checkpointer = Checkpointer(folder: folder)
      try checkpointer.write(checkpoint(step: 1))
      try checkpointer.write(checkpoint(step: 2))
      try damage.inflict(on: checkpointer.newest)
      let found = checkpointer.read()
      #expect(found.checkpoint?.progress.step == 1)
      #expect(found.damage.count == 1)
      guard case .malformed(checkpointer.newest, _)? = found.damage.first else {
        Issue.record("\(found.damage)")
        return
      }
    }
  }

  @Test("after a damaged file was passed over, the next checkpoint leaves the whole one in place")
  func damagedTwice() throws {
    try withTemporaryFolder { folder in
      let checkpointer = Checkpointer(folder: folder)
      for step in 1...2 { try checkpointer.write(checkpoint(step: step)) }
      try Damage.allCases[0].inflict(on: checkpointer.newest)
      let found = checkpointer.read()
      #expect(found.checkpoint?.progress.step == 1)
      checkpointer.removeDamaged(found)
      try checkpointer.write(checkpoint(step: 3))
      try Damage.allCases[0].inflict(on: checkpointer.newest)
      #expect(checkpointer.read().checkpoint?.progress.step == 1)
      #expect(checkpointer.read().damage.count == 1)
    }
  }

  @Test("where no checkpoint is whole the damaged ones stay to be looked at")
  func nothingWhole() throws {
    try withTemporaryFolder { folder in
      let checkpointer = Checkpointer(folder: folder)
      try checkpointer.write(checkpoint(step: 1))
      try Damage.allCases[0].inflict(on: checkpointer.newest)
      checkpointer.removeDamaged(checkpointer.read())
      #expect(checkpointer.read().damage.count == 1)
    }
  }

  @Test("a newest file that is cut anywhere leads to the one before it")
  func cutAnywhere() throws {
    try withTemporaryFolder { folder in
      let checkpointer = Checkpointer(folder: folder)
      try checkpointer.write(checkpoint(step: 1))
      try checkpointer.write(checkpoint(step: 2))
      let newest = URL(fileURLWithPath: checkpointer.newest)
      let whole = try Data(contentsOf: newest)
      var stream = RandomStream(seed: 7, "cuts")
      let lengths = (0..<40).map { _ in Int(stream.next(upperBound: UInt64(whole.count))) }
      for length in lengths + [0, 1, 7, 8, 9, whole.count - 1] {
        try whole.prefix(length).write(to: newest)
        let found = checkpointer.read()
        #expect(found.checkpoint?.progress.step == 1, "cut to \(length) bytes")
        #expect(found.damage.count == 1)
      }
    }
  }

  @Test("damage to all files is told file by file")
  func allDamaged() throws {
    try withTemporaryFolder { folder in
      let checkpointer = Checkpointer(folder: folder)
      try checkpointer.write(checkpoint(step: 1))
      try checkpointer.write(checkpoint(step: 2))
      try Damage.truncated.inflict(on: checkpointer.newest)
      try Damage.flippedBit.inflict(on: checkpointer.previous)
      let found = checkpointer.read()
      #expect(found.checkpoint == nil)
      #expect(found.damage.count == 2)
    }
  }

  @Test("a file staged by a killed process is the newest, and later writes go over it")
  func staged() throws {
    try withTemporaryFolder { folder in
      let checkpointer = Checkpointer(folder: folder)
      try checkpointer.write(checkpoint(step: 1))
      try checkpoint(step: 2).encoded().write(to: "\(folder)/checkpoint.next.safetensors")
      #expect(checkpointer.read().checkpoint?.progress.step == 2)
      try checkpointer.write(checkpoint(step: 3))
      #expect(checkpointer.read().checkpoint?.progress.step == 3)
      checkpointer.removeAll()
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }
  }

  @Test("a file in the folder's place is an error that names it")
  func unwritable() throws {
    try withTemporaryFolder { folder in
      let file = "\(folder)/file"
      try Data("x".utf8).write(to: URL(fileURLWithPath: file))
      let error = #expect(throws: FileError.self) {
        try Checkpointer(folder: file).write(checkpoint(step: 1))
      }
      guard case .cannotCreate(file, _)? = error else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
  }

  @Test("kill -9 in the middle of writing leaves a whole checkpoint")
  func killed() async throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("hone-killed-checkpoint").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for milliseconds in [3, 11, 23] {
      try? FileManager.default.removeItem(atPath: folder)
      try Checkpointer(folder: folder).write(largeCheckpoint(step: 1))
      try "\(milliseconds)".write(toFile: "\(folder)/delay", atomically: true, encoding: .utf8)
      await #expect(processExitsWith: .signal(SIGKILL)) {
        let folder = FileManager.default.temporaryDirectory
          .appendingPathComponent("hone-killed-checkpoint").path
        let delay = try String(contentsOfFile: "\(folder)/delay", encoding: .utf8)
        let seconds = (Double(delay) ?? 1) / 1000
        Thread.detachNewThread {
          Thread.sleep(forTimeInterval: seconds)
          kill(getpid(), SIGKILL)
        }
        let checkpointer = Checkpointer(folder: folder)
        for step in 2... { try checkpointer.write(largeCheckpoint(step: step)) }
      }
      let found = Checkpointer(folder: folder).read()
      #expect(found.checkpoint != nil, "after \(milliseconds) ms")
      #expect(found.damage.isEmpty, "after \(milliseconds) ms")
    }
  }
}

/// Large enough that a kill within its first milliseconds meets the writing.
private func largeCheckpoint(step: Int) -> Checkpoint {
  let weight = HostTensor([Float](repeating: Float(step), count: 200_000), shape: [200_000])
  let state = StateDictionary([.init(name: "weight", value: weight)])
  return Checkpoint(
    model: state, optimizer: OptimizerState(kind: "SGD"), best: nil,
    progress: .init(
      run: Lab().record(), history: [], step: step, epoch: 1, batch: step, meter: EpochMeter(),
      bestEpoch: nil, optimizerKind: "SGD", optimizerScalars: [:]))
}

/// What can happen to a file.
enum Damage: CaseIterable, Sendable {
  case truncated, emptied, flippedBit, replaced

  func inflict(on path: String) throws {
    var data = try Data(contentsOf: URL(fileURLWithPath: path))
    switch self {
    case .truncated: data = data.prefix(data.count - 5)
    case .emptied: data = Data()
    case .flippedBit: data[data.count - 3] ^= 4
    case .replaced: data = Data("not a checkpoint at all".utf8)
    }
    try data.write(to: URL(fileURLWithPath: path))
  }
}
