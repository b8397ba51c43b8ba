extension Tensor: CustomStringConvertible {
  /// Element type, shape, device, and the values of a small tensor.
  ///
  /// Waits for the device.
  public var description: String {
    if isPoisoned { return "Tensor(poisoned)" }
    let head = "Tensor(\(dtype), \(shape), \(device))"
    guard count <= 64, device.kind != .meta else { return head }
    return head + " " + values(as: Double.self).map { "\($0)" }.joined(separator: " ")
  }
}
