import Foundation

/// Runs tests that draw from libtorch's default generator one after the other.
///
/// The generator is the whole process', and tests run side by side: without this, another test's
/// draws may fall between a seed and what is expected of it.
public func withDefaultGenerator<R: Sendable>(
  _ body: @Sendable () async throws -> R
) async rethrows -> R {
  await turns.enter()
  do {
    let result = try await body()
    await turns.leave()
    return result
  } catch {
    await turns.leave()
    throw error
  }
}

private let turns = Turns()

/// Admits one at a time, in the order of arrival.
private actor Turns {
  private var isTaken = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  func enter() async {
    if !isTaken {
      isTaken = true
      return
    }
    await withCheckedContinuation { waiting.append($0) }
  }

  func leave() {
    if waiting.isEmpty { isTaken = false } else { waiting.removeFirst().resume() }
  }
}

/// Gives code the path of a file that does not exist yet, and removes it afterwards.
func withTemporaryFile<R>(_ body: (String) throws -> R) rethrows -> R {
  let path = FileManager.default.temporaryDirectory
    .appendingPathComponent("hone-\(UUID().uuidString)").path
  defer { try? FileManager.default.removeItem(atPath: path) }
  return try body(path)
}
