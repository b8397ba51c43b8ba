import HoneNN
import HoneTensor

/// A max pooling whose last window may reach over the edge, as torchvision's SqueezeNet and GoogLeNet
/// have it: extents are rounded up.
final class CeilingMaxPool2d: Layer {
  private let window: Int
  private let stride: Int
  private let padding: Int

  init(window: Int, stride: Int, padding: Int = 0) {
    self.window = window
    self.stride = stride
    self.padding = padding
  }

  func callAsFunction(_ input: Tensor) -> Tensor {
    ATen.max_pool2d(
      input, kernel_size: [window, window], stride: [stride, stride], padding: [padding, padding],
      ceil_mode: true)
  }
}
