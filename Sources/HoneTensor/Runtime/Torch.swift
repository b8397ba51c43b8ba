import CTorch

/// The libtorch in this process: its version, threads, devices and default random state.
public enum Torch {
  /// The version that Hone was compiled against.
  public static var version: String { String(cString: ct_compiled_version()) }

  /// The vector instructions that CPU kernels use: `AVX2`, `AVX512`, `DEFAULT`, ….
  public static var capability: String { String(cString: ct_cpu_capability()) }

  /// The number of threads that one CPU operation uses.
  public static var threads: Int {
    get { ct_threads() }
    set {
      _ = availableThreads
      ct_set_threads(newValue)
    }
  }

  /// The number of threads that take a part in an operation of Hone's own kernels.
  package static var workingThreads: Int { ct_working_threads() }

  /// The number of threads that libtorch would use of its own accord: whatever was set since, so that
  /// a run's choice does not depend on the runs before it.
  public static let availableThreads: Int = ct_threads()

  /// Loads libtorch's CUDA library if it lies in `folder`; returns whether a CUDA device can be used.
  public static func loadCUDA(from folder: String) -> Bool { ct_load_cuda(folder) }

  /// The number of CUDA devices; zero before `loadCUDA(from:)`.
  public static var cudaDevices: Int { ct_cuda_device_count() }

  /// Treats subnormal numbers as zero on the calling thread.
  package static func flushDenormals(_ enabled: Bool) { ct_set_flush_denormal(enabled) }

  /// Chooses kernels whose result does not depend on scheduling.
  public static func useDeterministicKernels(_ enabled: Bool) { ct_set_deterministic(enabled) }

  /// Seeds the default generators, from which layers draw outside of `withRandomSource`.
  public static func seed(_ seed: UInt64) { check(ct_manual_seed(seed), "seed") }

  /// The state of a device's default generator.
  public static func randomState(on device: Device = .cpu) -> Tensor {
    var out: ct_tensor?
    check(ct_default_state(device.c, &out), "random state")
    return Tensor(owning: out)
  }

  /// Restores the state of a device's default generator.
  public static func restoreRandomState(_ state: Tensor, on device: Device = .cpu) {
    check(
      withExtendedLifetime(state) { ct_set_default_state(device.c, state.pointer) },
      "random state")
  }
}
