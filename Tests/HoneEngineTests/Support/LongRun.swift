import Foundation
import HoneRecords
import HoneStore
import Testing

/// A run that takes long enough to be disturbed, and its undisturbed twin.
enum LongRun {
  /// Dropout, noise, a plateau schedule and an average of the weights, so that order, masks, policies
  /// and averages must all be continued.
  static let arguments = [
    "train", "digits", "--model", "mlp", "--batch-size", "8", "--epochs", "12", "--threads", "1",
    "--set",
    "model.dropout=0.2", "--set", "schedule={kind: plateau, patience: 1}", "--set",
    "training.averaging=ema", "--set", "regularization.gradientNoise=0.0001", "--seed", "3",
  ]

  /// The weights of the undisturbed run.
  static let weights: Result<Weights, any Error> = Result {
    let command = try BuiltCommand()
    let ended = try command.hone(arguments)
    try #require(ended.status == 0, "\(ended.errors)")
    return try command.weights(of: command.lastRun())
  }
}

extension BuiltCommand {
  /// Starts the long run and waits until an epoch has ended.
  func startLongRun(json: Bool = false) throws -> Started {
    let started = try start(LongRun.arguments + (json ? ["--json"] : []))
    started.wait { $0.said.contains("epoch 2/") }
    return started
  }

  /// Resumes the newest run to its end.
  @discardableResult
  func resume() throws -> Ended {
    let ended = try hone("train", "--resume", "last")
    #expect(ended.status == 0, "\(ended.errors)")
    return ended
  }

  /// Whether the newest run ended as its undisturbed twin, bit for bit.
  func expectUndisturbedResult() throws {
    let run = try lastRun()
    #expect(run.status == .completed)
    #expect(run.epochs == 12)
    #expect(try weights(of: run) == LongRun.weights.get())
    #expect(try store().evidence(run.id).epochs.map(\.epoch) == Array(1...12))
    #expect(try files(of: run) == ["model.safetensors"])
  }
}
