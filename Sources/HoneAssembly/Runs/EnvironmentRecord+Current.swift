import Foundation
public import HoneRecords
import HoneTensor

extension EnvironmentRecord {
  /// This process's versions and machine.
  public static var current: EnvironmentRecord {
    EnvironmentRecord(
      hone: HoneVersion.current, libtorch: Torch.version,
      system: ProcessInfo.processInfo.operatingSystemVersionString, processor: processorName,
      capability: Torch.capability, cores: ProcessInfo.processInfo.processorCount)
  }

  private static var processorName: String {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
    let name = line?.split(separator: ":", maxSplits: 1).last.map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    return name ?? "unknown"
  }
}
