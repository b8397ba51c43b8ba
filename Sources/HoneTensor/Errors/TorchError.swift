import CTorch

/// A failure that libtorch reported.
public struct TorchError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What went wrong, as far as libtorch says.
  public enum Kind: Sendable, Equatable {
    /// Shapes, values or element types that do not fit.
    case invalid
    /// An index out of range.
    case index
    /// No kernel for this element type or device.
    case notImplemented
    case outOfMemory
    /// A singular matrix, or an iteration that did not converge.
    case linearAlgebra
    case other
  }

  /// The kind of failure.
  public let kind: Kind
  /// The operator's name and libtorch's message.
  public let message: String

  /// The message.
  public var description: String { message }

  init(status: ct_status) {
    message = String(cString: ct_error_message())
    kind =
      switch status {
      case CT_INVALID: .invalid
      case CT_INDEX: .index
      case CT_NOT_IMPLEMENTED: .notImplemented
      case CT_OUT_OF_MEMORY: .outOfMemory
      case CT_LINEAR_ALGEBRA: .linearAlgebra
      default: .other
      }
  }

  /// An error of ours, told in libtorch's terms.
  package init(kind: Kind, message: String) {
    self.kind = kind
    self.message = message
  }
}
