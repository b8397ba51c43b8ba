import CTorch

/// How a convolution over images walks.
package struct ConvolutionStride {
  /// The positions added on both sides of each axis.
  package var padding: [Int]
  /// The window's step along each axis.
  package var stride: [Int]
  /// The distance between the window's taps along each axis.
  package var dilation: [Int]
  /// The parts into which channels fall.
  package var groups: Int

  /// A walk.
  package init(padding: [Int], stride: [Int], dilation: [Int], groups: Int) {
    self.padding = padding
    self.stride = stride
    self.dilation = dilation
    self.groups = groups
  }

  func call<R>(_ body: (UnsafePointer<ct_geometry>) -> R) -> R {
    padding.withUnsafeBufferPointer { padding in
      stride.withUnsafeBufferPointer { stride in
        dilation.withUnsafeBufferPointer { dilation in
          var geometry = ct_geometry(
            padding: padding.baseAddress, stride: stride.baseAddress,
            dilation: dilation.baseAddress, groups: groups)
          return body(&geometry)
        }
      }
    }
  }
}

extension Tensor {
  /// The convolution of images `[batch, channels, height, width]` with a weight
  /// `[outputs, inputs, height, width]`.
  ///
  /// On processors with AVX-512, with channels innermost and for weights of moderate size, the gradient for
  /// the weight comes from a kernel of Hone's own, in `bfloat16` where the processor multiplies it.
  package func convolved(weight: Tensor, bias: Tensor?, _ walk: ConvolutionStride) -> Tensor {
    var out: ct_tensor?
    check(
      withExtendedLifetime((self, weight, bias)) {
        walk.call { ct_convolution(pointer, weight.pointer, bias?.pointer, $0, &out) }
      }, "conv2d")
    return Tensor(owning: out)
  }
}
