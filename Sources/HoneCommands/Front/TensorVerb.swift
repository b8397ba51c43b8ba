import ArgumentParser
import Foundation
import HoneConfiguration
import HoneText

/// What verbs that need tensors have in common: they run where there is an engine; the front
/// command checks what it can and goes on as `hone-engine`.
enum TensorVerb {
  /// Runs a body with the engine and a context, or goes on as the engine.
  static func run(
    _ options: GlobalOptions,
    _ body: (any Engine, CommandContext) async throws -> Void
  ) async throws {
    let context = options.context()
    guard let environment = CommandEnvironment.current else { return }
    guard let engine = environment.engine else {
      try EngineLauncher(environment: environment).launch()
      return
    }
    if environment.listensToSignals { context.interruption.listen() }
    try await body(engine, context)
  }

  /// The data's name from the command line or the configuration; refuses one that is not there.
  static func data(_ argument: String?, _ configuration: Configuration) throws -> String {
    guard let name = argument ?? configuration.data.source else { throw CommandFailure.noData }
    let names = BuiltInDataSet.all.map(\.name)
    if names.contains(name) { return name }
    let path = CommandEnvironment.current?.absolute(name) ?? name
    guard FileManager.default.fileExists(atPath: path) else {
      throw CommandFailure.dataNotFound(name, nearest: nearestMatch(to: name, among: names))
    }
    return name
  }

  /// Refuses options of the contract that this version does not have.
  static func refuse(_ options: [(name: String, isUsed: Bool)]) throws {
    for option in options where option.isUsed { throw CommandFailure.notSupported(option.name) }
  }

  /// Ends with the status of an interruption, where there was one.
  static func exitIfInterrupted(_ context: CommandContext) throws {
    guard context.interruption.isRequested else { return }
    throw ExitCode(context.interruption.exitStatus)
  }
}
