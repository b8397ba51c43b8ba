import Foundation
public import HoneNN
public import HoneNumerics
public import HoneOptim
public import HoneRecords

/// All that an exact continuation of a run needs: it is what training would be in the middle of.
///
/// Order, augmentation and dropout are functions of seed, epoch, sample and step, so no generator's
/// state is among it.
public struct Checkpoint: Sendable, Equatable {
  /// The model after `step` steps.
  public var model: StateDictionary
  /// The optimiser after `step` steps.
  public var optimizer: OptimizerState
  /// The average of the weights after `step` steps; nil where there is none yet.
  public var average: OptimizerState?
  /// The best weights so far and their epoch; nil before the first epoch ended.
  public var best: StateDictionary?
  /// How single samples were answered after the epochs that ended.
  var dynamics = TrainingDynamics()
  /// Everything else.
  public var progress: Progress

  /// The small facts of a checkpoint.
  public struct Progress: Sendable, Codable, Equatable {
    /// The run.
    public var run: RunRecord
    /// The epochs that ended.
    public var history: [EpochRecord]
    /// Optimiser steps taken.
    public var step: Int
    /// The epoch to continue, counted from 1.
    public var epoch: Int
    /// Batches of that epoch already trained on.
    public var batch: Int
    /// The running sums of that epoch.
    var meter: EpochMeter
    /// The epoch of the best weights.
    public var bestEpoch: Int?
    /// The optimiser's kind and numbers.
    var optimizerKind: String
    var optimizerScalars: [String: Double]
    /// The average's kind and numbers.
    var averageKind: String?
    var averageScalars: [String: Double]?
    /// What float16 gradients are scaled by.
    var scaler: LossScaler?
    /// The epochs that `dynamics` are of.
    var dynamicsEpochs: Int?
  }
}

extension Checkpoint {
  private static let parts = (
    model: "model/", best: "best/", optimizer: "optimizer/", average: "average/"
  )
  private static let dynamicsName = "dynamics"

  /// The checkpoint as a file's content, with a digest of every byte that matters.
  func encoded() throws -> Safetensors {
    var file = Safetensors()
    for entry in model.entries { file.tensors[Self.parts.model + entry.name] = entry.value }
    for entry in best?.entries ?? [] { file.tensors[Self.parts.best + entry.name] = entry.value }
    // The arrays of these states have an order, the file's have none.
    for (index, entry) in optimizer.tensors.enumerated() {
      file.tensors["\(Self.parts.optimizer)\(index)/\(entry.name)"] = entry.value
    }
    for (index, entry) in (average?.tensors ?? []).enumerated() {
      file.tensors["\(Self.parts.average)\(index)/\(entry.name)"] = entry.value
    }
    if dynamics.epochs > 0 { file.tensors[Self.dynamicsName] = dynamics.state }
    file.metadata["kind"] = "hone checkpoint 1"
    file.metadata["progress"] = try CanonicalJSON.string(progress)
    file.metadata["modelOrder"] = model.names.joined(separator: "\n")
    file.metadata["digest"] = file.contentDigest
    return file
  }

  /// The checkpoint in a file.
  /// - Throws: `FileError.malformed` for a file of another kind or with damaged content.
  init(_ file: Safetensors, path: String) throws(FileError) {
    guard file.metadata["kind"] == "hone checkpoint 1" else {
      throw .malformed(path: path, reason: "it is not a Hone checkpoint of this version")
    }
    guard file.metadata["digest"] == file.contentDigest else {
      throw .malformed(path: path, reason: "its contents do not match their digest")
    }
    do {
      progress = try CanonicalJSON.decode(
        Progress.self, from: file.metadata["progress"] ?? "")
    } catch {
      throw .malformed(path: path, reason: "its progress record cannot be read")
    }
    let order = (file.metadata["modelOrder"] ?? "").split(separator: "\n").map(String.init)
    func state(_ prefix: String) -> StateDictionary {
      StateDictionary(
        order.compactMap { name in
          file.tensors[prefix + name].map { .init(name: name, value: $0) }
        })
    }
    model = state(Self.parts.model)
    best = progress.bestEpoch == nil ? nil : state(Self.parts.best)
    optimizer = OptimizerState(
      kind: progress.optimizerKind, scalars: progress.optimizerScalars,
      tensors: Self.entries(file, at: Self.parts.optimizer))
    average = progress.averageKind.map { kind in
      OptimizerState(
        kind: kind, scalars: progress.averageScalars ?? [:],
        tensors: Self.entries(file, at: Self.parts.average))
    }
    if let state = file.tensors[Self.dynamicsName], let epochs = progress.dynamicsEpochs {
      dynamics = TrainingDynamics(state: state, epochs: epochs)
    }
  }

  /// The bytes of the checkpoint's file, to be sent to other processes.
  public func bytes() throws -> [UInt8] { try encoded().bytes }

  /// The checkpoint in the bytes of a file.
  /// - Throws: `FileError.malformed`.
  public init(bytes: [UInt8]) throws(FileError) {
    let name = "checkpoint"
    try self.init(Safetensors(Data(bytes), path: name), path: name)
  }

  private static func entries(_ file: Safetensors, at prefix: String) -> [OptimizerState.Entry] {
    var entries: [Int: OptimizerState.Entry] = [:]
    for (key, value) in file.tensors where key.hasPrefix(prefix) {
      let fields = key.split(separator: "/", maxSplits: 2)
      if fields.count == 3, let index = Int(fields[1]) {
        entries[index] = .init(name: String(fields[2]), value: value)
      }
    }
    return entries.sorted { $0.key < $1.key }.map(\.value)
  }
}

extension Safetensors {
  /// A SHA-256 over names, shapes, bytes and metadata, the digest itself left out.
  var contentDigest: String {
    var hash = SHA256()
    for name in tensors.keys.sorted() {
      guard let tensor = tensors[name] else { continue }
      hash.update(Array("\(name) \(tensor.dtype.rawValue) \(tensor.shape)\n".utf8))
      hash.update(tensor.bytes)
    }
    for (key, text) in metadata.sorted(by: { $0.key < $1.key }) where key != "digest" {
      hash.update(Array("\(key)=\(text)\n".utf8))
    }
    return hash.hexDigest
  }
}
