public import HoneCommands
import HoneTensor

/// The engine behind the tensor verbs: everything happens in this process, on libtorch.
///
/// Each verb is an extension in a file of its own, `Verbs/`. Work runs on a thread of its own
/// (`EngineThread`), because libtorch's modes and thread counts belong to a thread.
///
/// ```swift
/// exit(await CommandLineTool.run(in: .process(engine: LibtorchEngine())))
/// ```
public struct LibtorchEngine: Engine {
  /// The engine of a process that is there for it: memory that tensors free stays with the process
  /// for the next ones.
  public init() { Torch.keepFreedMemory() }
}
