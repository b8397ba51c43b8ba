import Foundation

/// Finds `hone-engine` and goes on as it.
struct EngineLauncher {
  let environment: CommandEnvironment

  /// Where the engine may be, in order.
  var places: [String] {
    let folder = (environment.executable as NSString).deletingLastPathComponent
    return ["\(folder)/hone-engine", "\(folder)/../libexec/hone/hone-engine"]
  }

  /// The engine's path, where it is there.
  var engine: String? {
    places.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// Goes on as the engine with the same command line; its output and exit status are then its own.
  /// - Throws: `EngineUnavailable` where engine or libtorch are not in order.
  func launch() throws {
    let libtorch = Libtorch(environment)
    try environment.become(try checked(libtorch), environment.arguments, searchPath(libtorch))
  }

  /// The engine's path and the environment that it wants, to be started beside this process.
  /// - Throws: `EngineUnavailable` where engine or libtorch are not in order.
  func prepared() throws -> (program: String, variables: [String: String]) {
    let libtorch = Libtorch(environment)
    let variables = environment.variables.merging(searchPath(libtorch)) { $1 }
    return (try checked(libtorch), variables)
  }

  private func checked(_ libtorch: Libtorch) throws -> String {
    guard let engine else { throw EngineUnavailable.engineMissing(looked: places) }
    guard libtorch.missing.isEmpty else {
      throw EngineUnavailable.libtorchMissing(folder: libtorch.folder, missing: libtorch.missing)
    }
    if libtorch.isTooOld, let version = libtorch.version {
      throw EngineUnavailable.libtorchTooOld(folder: libtorch.folder, version: version)
    }
    return engine
  }

  /// The engine's run path names the libtorch it was built with; another one that LIBTORCH names
  /// at run time goes before it.
  private func searchPath(_ libtorch: Libtorch) -> [String: String] {
    guard environment.variables["LIBTORCH"]?.isEmpty == false else { return [:] }
    #if os(macOS)
      let name = "DYLD_LIBRARY_PATH"
    #else
      let name = "LD_LIBRARY_PATH"
    #endif
    let old = environment.variables[name].flatMap { $0.isEmpty ? nil : $0 }
    return [name: [libtorch.folder + "/lib", old].compactMap(\.self).joined(separator: ":")]
  }
}
