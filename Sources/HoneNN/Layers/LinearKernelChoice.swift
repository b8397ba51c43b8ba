/// Where oneDNN's inner product beats libtorch's own for `float32` on the CPU.
enum LinearKernelChoice {
  static func prefersOneDNN(_ rows: Int, _ inputs: Int, _ outputs: Int) -> Bool {
    rows * inputs * outputs >= 1 << 18
  }
}
