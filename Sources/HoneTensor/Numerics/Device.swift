import CTorch

/// Where a tensor's elements are and its operations run.
public struct Device: Sendable, Hashable, CustomStringConvertible {
  /// The kinds of device; raw values are libtorch's `c10::DeviceType` codes.
  public enum Kind: Int8, Sendable {
    case cpu = 0
    case cuda = 1
    case mps = 13
    case meta = 14
  }

  /// The kind of device.
  public let kind: Kind
  /// Which one of its kind; -1 for the current one.
  public let index: Int

  /// The processor.
  public static let cpu = Device(kind: .cpu, index: -1)
  /// Shapes without elements: operations on it infer shapes and compute nothing.
  public static let meta = Device(kind: .meta, index: -1)
  /// A CUDA device.
  public static func cuda(_ index: Int = 0) -> Device { Device(kind: .cuda, index: index) }

  /// `cpu`, `cuda:0`, `meta`.
  public var description: String { index < 0 ? "\(kind)" : "\(kind):\(index)" }

  init(kind: Kind, index: Int) {
    self.kind = kind
    self.index = index
  }

  init(_ device: ct_device) {
    self.init(kind: Kind(rawValue: device.type) ?? .cpu, index: Int(device.index))
  }

  var c: ct_device { ct_device(type: kind.rawValue, index: Int8(index)) }

  static func c(_ device: Device?) -> ct_device { device?.c ?? ct_device(type: -1, index: -1) }

  /// Waits until the device has done all work given to it; returns at once on the CPU.
  public func synchronize() { check(ct_synchronize(c), "synchronize") }
}
