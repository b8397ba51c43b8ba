public import HoneCommands

/// The engine behind the tensor verbs: everything happens in this process, on libtorch.
///
/// Each verb is an extension in a file of its own, `Verbs/`. Work runs on a thread of its own
/// (`EngineThread`), because libtorch's modes and thread counts belong to a thread.
///
/// ```swift
/// exit(await CommandLineTool.run(in: .process(engine: LibtorchEngine())))
/// ```
public struct LibtorchEngine: Engine {
  /// An engine; it has no state.
  public init() {}
}
