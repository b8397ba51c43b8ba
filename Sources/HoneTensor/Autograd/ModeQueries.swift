import CTorch
import HoneNumerics

/// Whether the calling thread is inside `withAutocast` for a kind of device: kernels that libtorch's
/// autocast does not know must step aside there, or they would run in full precision.
package func isAutocastEnabled(on device: Device) -> Bool {
  var previous: Int8 = 0
  let enabled = ct_autocast_enter(device.kind.rawValue, DType.bfloat16.rawValue, &previous)
  ct_autocast_leave(device.kind.rawValue, enabled, previous)
  return enabled
}

/// The element type of `withAutocast` around the calling code, for a kind of device; nil outside.
func autocastType(on device: Device) -> DType? {
  var previous: Int8 = 0
  let enabled = ct_autocast_enter(device.kind.rawValue, DType.bfloat16.rawValue, &previous)
  ct_autocast_leave(device.kind.rawValue, enabled, previous)
  return enabled ? DType(rawValue: previous) : nil
}

/// Whether the calling thread records operations for differentiation.
package var isRecordingGradients: Bool { ct_grad_mode() }

/// Whether what the calling thread computes is recorded, now or when the backward pass computes it again:
/// a kernel that is chosen by this is the same both times.
package var isRecordingGradientsSometime: Bool { ct_grad_mode() || ct_records_later() }
