import CTorch
import HoneNumerics

/// The random draws and the precision of the calling thread at one moment, to compute something again
/// as it was computed then, on whichever thread.
package struct ForwardMoment {
  /// What layers drew from; nil for the default generators.
  private let source: (source: RandomSource, state: Tensor, lent: Int)?
  private let defaults: [(device: Device, state: Tensor)]
  private let autocast: (device: Device, dtype: DType)?

  /// Remembers what computations on a device depend on.
  package init(device: Device) {
    source = RandomSource.current(on: device).map { ($0, $0.state, $0.lent) }
    var devices: [Device] = [.cpu]
    if device != .cpu { devices.append(device) }
    defaults = source == nil ? devices.map { ($0, Torch.randomState(on: $0)) } : []
    autocast = autocastType(on: device).map { (device, $0) }
  }

  /// Runs a function as if it were that moment, and gives the generators their present state back.
  package func repeating<R>(_ body: () -> R) -> R {
    let present = defaults.map { ($0.device, Torch.randomState(on: $0.device)) }
    for (device, state) in defaults { Torch.restoreRandomState(state, on: device) }
    defer { for (device, state) in present { Torch.restoreRandomState(state, on: device) } }
    let drawn = source.map { ($0.source.state, $0.source.lent) }
    if let source { (source.source.state, source.source.lent) = (source.state, source.lent) }
    defer {
      if let source, let drawn { (source.source.state, source.source.lent) = drawn }
    }
    return withRandomSource(source?.source) {
      guard let autocast else { return body() }
      return withAutocast(autocast.dtype, on: autocast.device, body)
    }
  }
}
