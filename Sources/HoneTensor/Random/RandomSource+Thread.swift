import CTorch
import HoneNumerics

/// Runs tensor code whose layers draw from a source: dropout, noise, random slopes.
///
/// The source belongs to the calling thread until the closure ends, so that what other threads draw
/// changes nothing. Without a source layers draw from libtorch's default generator, which all threads
/// share.
///
/// ```swift
/// let output = withRandomSource(RandomSource(seed: stream.nextSeed())) { model(input) }
/// ```
/// - Parameters:
///   - source: what is drawn from, on the model's device; nil leaves the thread's source as it is.
///   - body: the code.
public func withRandomSource<R>(_ source: RandomSource?, _ body: () throws -> R) rethrows -> R {
  guard let source else { return try body() }
  let previous = ct_exchange_thread_source(Unmanaged.passUnretained(source).toOpaque())
  defer { _ = ct_exchange_thread_source(previous) }
  return try withExtendedLifetime(source) { try body() }
}

extension RandomSource {
  /// What the calling thread's layers draw from on a device; nil for libtorch's default generator.
  package static func current(on device: Device) -> RandomSource? {
    guard let pointer = ct_thread_source() else { return nil }
    let source = Unmanaged<RandomSource>.fromOpaque(pointer).takeUnretainedValue()
    return source.device.kind == device.kind ? source : nil
  }

  /// Runs an operation that draws from a device's default generator and takes no other, with a seed
  /// that is the next of the thread's source; as it is where the thread has none.
  ///
  /// Only one thread of the process is inside at a time, so the operation should be short, as the
  /// launch of a kernel is.
  package static func lendingDefault<R>(on device: Device, _ body: () -> R) -> R {
    guard let source = current(on: device) else { return body() }
    let status = ct_default_generator_take(device.c, source.nextLentSeed())
    defer { ct_default_generator_give_back() }
    check(status, "random source")
    return body()
  }
}
