import HoneTensor

/// The default generators, and the thread's source, as they were at one moment, for functions that must
/// draw the same numbers each time and leave no trace.
final class FrozenRandomness {
  private let states: [(device: Device, state: Tensor)]
  private let source: (source: RandomSource, state: Tensor)?

  /// Remembers the generators of the CPU and of a device.
  init(on device: Device) {
    var devices: [Device] = [.cpu]
    if device != .cpu { devices.append(device) }
    states = devices.map { ($0, Torch.randomState(on: $0)) }
    source = RandomSource.current(on: device).map { ($0, $0.state) }
  }

  /// Runs a function that draws as if it were the first, and gives the generators their present state
  /// back.
  func repeating<R>(_ body: () -> R) -> R {
    let drawn = source?.source.state
    if let source { source.source.state = source.state }
    defer { if let drawn { source?.source.state = drawn } }
    let present = states.map { ($0.device, Torch.randomState(on: $0.device)) }
    for (device, state) in states { Torch.restoreRandomState(state, on: device) }
    defer { for (device, state) in present { Torch.restoreRandomState(state, on: device) } }
    return body()
  }
}
