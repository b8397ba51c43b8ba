import Foundation
public import HoneData
import HoneNN
import HoneNumerics
import HoneRecords

/// Keeps the weights of chosen epochs in a run's folder, each as a model that can be evaluated alone.
public struct WeightKeeper: Sendable {
  /// Which epochs.
  public let keeping: WeightKeeping
  /// The run's folder.
  public let folder: String
  /// What turns samples into the model's inputs.
  public let preprocessor: Preprocessor

  /// A keeper.
  public init(_ keeping: WeightKeeping, folder: String, preprocessor: Preprocessor) {
    self.keeping = keeping
    self.folder = folder
    self.preprocessor = preprocessor
  }

  /// Whether an epoch that just ended is to be kept.
  func wants(_ epoch: EpochRecord, after history: [EpochRecord], monitor: Monitor) -> Bool {
    keeping.chosen(of: history + [epoch], by: monitor).contains(epoch.epoch)
  }

  /// Writes the weights of the last epoch where they are to be kept, and removes those that are no
  /// more.
  /// - Throws: `FileError` where the disk refuses.
  func keep(
    _ state: StateDictionary, of run: RunRecord, after history: [EpochRecord], monitor: Monitor
  ) throws {
    guard let epoch = history.last else { return }
    let chosen = keeping.chosen(of: history, by: monitor)
    guard chosen.contains(epoch.epoch) else { return }
    var run = run
    run.best = epoch
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw FileError.cannotCreate(path: folder, reason: error.localizedDescription)
    }
    try ModelFile(state: state, run: run, preprocessor: preprocessor)
      .write(to: Self.file(of: epoch.epoch, in: folder))
    for (number, path) in Self.files(in: folder) where !chosen.contains(number) {
      try? FileManager.default.removeItem(atPath: path)
    }
  }

  /// The file of an epoch's weights in a run's folder.
  public static func file(of epoch: Int, in folder: String) -> String {
    let digits = String(epoch)
    let zeros = String(repeating: "0", count: max(0, 4 - digits.count))
    return "\(folder)/epoch-\(zeros)\(digits).safetensors"
  }

  /// The kept weights in a run's folder, by epoch.
  public static func files(in folder: String) -> [(epoch: Int, path: String)] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.compactMap { name in
      guard name.hasPrefix("epoch-"), name.hasSuffix(".safetensors"),
        let epoch = Int(name.dropFirst(6).dropLast(12))
      else { return nil }
      return (epoch, "\(folder)/\(name)")
    }.sorted { $0.0 < $1.0 }
  }
}
