import Foundation
import HoneConfiguration
import HoneTensor

/// What libtorch in this process computes on.
enum Accelerator {
  /// Loads libtorch's CUDA library where the configuration may use it, a driver is there, and it
  /// lies beside the libtorch that is loaded.
  ///
  /// Without a driver nothing is read from the disk.
  static func prepare(for device: TrainingConfiguration.DeviceChoice) {
    guard device != .cpu, Torch.cudaDevices == 0, hasDriver, let folder = libtorchFolder else {
      return
    }
    _ = Torch.loadCUDA(from: folder)
  }

  private static var hasDriver: Bool {
    #if os(Linux)
      guard let driver = dlopen("libcuda.so.1", RTLD_LAZY | RTLD_LOCAL) else { return false }
      dlclose(driver)
      return true
    #else
      return false
    #endif
  }

  /// The folder of the libtorch that is loaded, as the system's list of mapped files has it.
  private static var libtorchFolder: String? {
    let maps = (try? String(contentsOfFile: "/proc/self/maps", encoding: .utf8)) ?? ""
    let line = maps.split(separator: "\n").first { $0.hasSuffix("/libtorch_cpu.so") }
    guard let line, let start = line.firstIndex(of: "/") else { return nil }
    return (String(line[start...]) as NSString).deletingLastPathComponent
  }
}
