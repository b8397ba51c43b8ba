/// Ends the process unless a layer's extent is positive.
func requirePositive(_ value: Int, _ name: String, of layer: String) {
  guard value > 0 else {
    fatalError("\(layer) got \(name): \(value); it must be a positive whole number.")
  }
}

/// Ends the process unless a layer's fraction lies in 0..<1.
func requireFraction(_ value: Double, _ name: String, of layer: String) {
  guard (0..<1).contains(value) else {
    fatalError("\(layer) got \(name): \(value); it must be at least 0 and less than 1.")
  }
}
