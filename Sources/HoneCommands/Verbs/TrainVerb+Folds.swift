import ArgumentParser
import Foundation
import HoneConfiguration
import HoneRecords
import HoneText

extension TrainVerb {
  /// Refuses numbers of folds and rounds that make no cross-validation.
  func refuseFolds() throws {
    if let folds, folds < 2 {
      throw CommandFailure.usage(
        Localized(
          "--folds \(folds): a cross-validation needs at least 2 folds.",
          korean: "--folds \(folds): 교차 검증에는 겹이 2개 이상 있어야 합니다."))
    }
    if let rounds, rounds < 1 {
      throw CommandFailure.usage(
        Localized(
          "--rounds \(rounds): there must be at least 1.",
          korean: "--rounds \(rounds): 1 이상이어야 합니다."))
    }
    if resume != nil, folds != nil {
      throw CommandFailure.usage(
        Localized(
          "--folds is for new runs; an interrupted fold is continued by its own id. Leave out one of "
            + "--folds and --resume.",
          korean: "--folds는 새 실행에 씁니다. 중단된 겹은 그 실행의 번호로 이어서 하므로 --folds와 --resume 가운데 "
            + "하나를 빼십시오."))
    }
  }

  /// Trains one run for each fold and says what they come to.
  func validate(_ request: TrainRequest, folds: Int, rounds: Int) async throws {
    var generator = SystemRandomNumberGenerator()
    let id = RunIdentifier.make(Date(), using: &generator)
    try await TensorVerb.run(global) { engine, context in
      var runs: [RunRecord] = []
      for fold in 0..<(folds * rounds) {
        var part = request
        part.configuration.data.folds = folds
        part.configuration.data.fold = fold
        part.name = request.name.map { "\($0), fold \(fold)" }
        part.parent = id
        part.tags.append("fold")
        let record = try await engine.train(part, in: context)
        runs.append(record)
        if record.status == .interrupted || context.interruption.isRequested { break }
      }
      let result = CrossValidation(
        id: id, folds: folds, runs: runs, planned: folds * rounds)
      if context.json {
        try context.emit(CrossValidationOutput(result))
      } else {
        result.say(context)
      }
      try TensorVerb.exitIfInterrupted(context)
      switch result.status {
      case .completed, .stoppedEarly, .running: return
      case .interrupted: throw ExitCode(ExitStatus.interrupted.rawValue)
      case .diverged, .failed: throw ExitCode(ExitStatus.unsuccessful.rawValue)
      }
    }
  }
}
