import ArgumentParser
import Foundation
import HoneText

extension TrainVerb {
  /// The place that a launcher has given this process; nil where it trains alone.
  ///
  /// - Throws: `CommandFailure.usage` where options and launcher do not fit.
  func place() throws -> ProcessPlace? {
    if let processes, processes < 1 {
      throw CommandFailure.usage(
        Localized(
          "--processes \(processes): there must be at least 1.",
          korean: "--processes \(processes): 1 이상이어야 합니다."))
    }
    guard let environment = CommandEnvironment.current else { return nil }
    let place = try ProcessPlace.find(in: environment.variables, parent: getppid())
    if let place, let processes, processes != place.size {
      throw CommandFailure.usage(
        Localized(
          "--processes \(processes), but the launcher has started \(place.size). Leave the option out.",
          korean: "--processes \(processes)이지만 실행기는 프로세스 \(place.size)개를 시작했습니다. 이 옵션을 빼십시오."
        ))
    }
    if folds != nil, place != nil || processes ?? 1 > 1 {
      throw CommandFailure.usage(
        Localized(
          "--folds trains one run after another in one process. Leave out one of --folds and "
            + "--processes.",
          korean: "--folds는 한 프로세스에서 실행을 차례로 학습합니다. --folds와 --processes 가운데 하나를 빼십시오."))
    }
    return place
  }

  /// Starts the processes that were asked for and ends with their exit status.
  func launch(_ count: Int) throws {
    guard let environment = CommandEnvironment.current else {
      fatalError("A verb runs inside CommandLineTool.run, which says what the environment is.")
    }
    var program = environment.executable
    var launched = environment
    if environment.engine == nil {
      let engine = try EngineLauncher(environment: environment).prepared()
      program = engine.program
      launched.variables = engine.variables
    }
    let interruption = Interruption()
    if environment.listensToSignals { interruption.listen() }
    let status = try ProcessLauncher(program: program, count: count, environment: launched)
      .run(interruption)
    throw ExitCode(status)
  }
}
