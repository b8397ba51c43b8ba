import Foundation
import HoneNumerics
import HoneRecords

extension ImageOperation {
  static func degrees(ofTangent tangent: Double) -> Double { atan(tangent) * 180 / .pi }
}

extension OperationDraft {
  /// Draws a step whose operations a policy chooses.
  mutating func drawPolicy(_ step: Augmentation) {
    switch step {
    case .autoAugment(let policy, let interpolation, let fill):
      let pairs = AutoAugmentPolicies.pairs(policy)
      for entry in pairs[stream.index(below: pairs.count)] where happens(entry.probability) {
        add(
          entry.operation, .standard, share: Double(entry.bin) / 9, interpolation, fill)
      }
    case .randAugment(let operations, let magnitude, let scale, let interpolation, let fill):
      for _ in 0..<operations {
        switch scale {
        case .torchvision:
          let chosen = PolicyOperation.allCases[stream.index(below: 14)]
          add(chosen, .standard, share: Double(min(magnitude, 30)) / 30, interpolation, fill)
        case .timm: drawTimmOperation(magnitude, interpolation, fill)
        }
      }
    case .trivialAugment(let bins, let interpolation, let fill):
      let chosen = PolicyOperation.allCases[stream.index(below: 14)]
      let share = Double(stream.index(below: bins)) / Double(max(1, bins - 1))
      add(chosen, .wide, share: share, interpolation, fill)
    case .augMix(
      let severity, let width, let depth, let alpha, let all, let interpolation, let fill):
      drawMix(severity, width, depth, alpha, all, interpolation, fill)
    default: break
    }
  }

  /// The operation at a share of its range; signed ones go either way.
  private mutating func operation(
    _ chosen: PolicyOperation, _ space: MagnitudeSpace, share: Double, _ size: ImageSize,
    _ interpolation: Augmentation.Interpolation, _ fill: Double
  ) -> ImageOperation? {
    var magnitude = space.magnitude(chosen, at: share, size: size)
    if chosen.isSigned, happens(0.5) { magnitude = -magnitude }
    return chosen.operation(magnitude, interpolation: interpolation, fill: fill)
  }

  private mutating func add(
    _ chosen: PolicyOperation, _ space: MagnitudeSpace, share: Double,
    _ interpolation: Augmentation.Interpolation, _ fill: Double
  ) {
    if let found = operation(chosen, space, share: share, size, interpolation, fill) { add(found) }
  }

  /// Draws from all operations but the identity, as timm does; its solarised addition is left out. Each
  /// acts half the time.
  private mutating func drawTimmOperation(
    _ magnitude: Int, _ interpolation: Augmentation.Interpolation, _ fill: Double
  ) {
    let chosen = PolicyOperation.allCases[1 + stream.index(below: 14)]
    guard happens(0.5) else { return }
    let level = Double(magnitude) + 0.5 * stream.normal()
    add(chosen, .increasing, share: min(1, max(0, level / 10)), interpolation, fill)
  }

  private mutating func drawMix(
    _ severity: Int, _ width: Int, _ depth: Int, _ alpha: Double, _ all: Bool,
    _ interpolation: Augmentation.Interpolation, _ fill: Double
  ) {
    let partial: [PolicyOperation] = [
      .shearX, .shearY, .translateX, .translateY, .rotate, .posterize, .solarize, .autocontrast,
      .equalize,
    ]
    let space = partial + (all ? [.brightness, .color, .contrast, .sharpness] : [])
    let own = stream.beta(alpha)
    var shares = (0..<width).map { _ in stream.gamma(alpha) }
    let total = shares.reduce(0, +)
    shares = shares.map { total > 0 ? $0 / total * (1 - own) : (1 - own) / Double(width) }
    let chains = (0..<width).map { _ in
      (0..<(depth > 0 ? depth : 1 + stream.index(below: 3))).compactMap { _ in
        let chosen = space[stream.index(below: space.count)]
        // Bins of ten, of which the severity opens the first.
        let share = Double(stream.index(below: severity)) / 9
        return operation(chosen, .augMix, share: share, size, interpolation, fill)
      }
    }
    add(.blend(share: own, chains: chains, shares: shares))
  }
}
