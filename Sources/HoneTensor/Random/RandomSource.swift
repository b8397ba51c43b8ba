import CTorch
import HoneNumerics

/// A generator of random tensors with its own state: the same seed gives the same numbers.
///
/// For randomness that must not depend on the order of calls, derive the seed from a `RandomStream`.
public final class RandomSource {
  let pointer: ct_generator?
  /// Where the numbers are made.
  public let device: Device
  private var seed: UInt64
  /// Seeds given to generators that take this one's place.
  var lent = 0

  /// A generator seeded with a number.
  public init(seed: UInt64, device: Device = .cpu) {
    var out: ct_generator?
    check(ct_generator_new(seed, device.c, &out), "random source")
    pointer = out
    self.device = device
    self.seed = seed
  }

  /// A seed for a generator that takes this one's place, another each time.
  func nextLentSeed() -> UInt64 {
    lent += 1
    var stream = RandomStream(seed: seed, "lent", lent)
    return stream.nextSeed()
  }

  /// Begins anew with another seed, as a new generator would.
  package func begin(seed: UInt64) {
    check(ct_generator_seed(pointer, seed), "random source")
    self.seed = seed
    lent = 0
  }

  deinit { ct_generator_free(pointer) }

  /// The generator's state, for checkpoints.
  public var state: Tensor {
    get {
      var out: ct_tensor?
      check(ct_generator_state(pointer, &out), "random state")
      return Tensor(owning: out)
    }
    set {
      check(
        withExtendedLifetime(newValue) { ct_generator_set_state(pointer, newValue.pointer) },
        "random state")
    }
  }
}
