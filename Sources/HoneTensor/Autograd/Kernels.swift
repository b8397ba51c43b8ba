import CTorch

/// Whether the calling thread is inside `withStandardKernels`.
package var usesStandardKernels: Bool { ct_uses_standard_kernels() }

/// Runs tensor code by libtorch's operators alone, without the kernels that Hone puts in their place.
///
/// Both give the same to rounding; this is for finding out whether a kernel is at fault, and for comparing
/// them. A backward pass does as its forward pass did. Dropout draws the same either way.
public func withStandardKernels<R>(_ body: () throws -> R) rethrows -> R {
  let former = ct_exchange_standard_kernels(true)
  defer { _ = ct_exchange_standard_kernels(former) }
  return try body()
}
