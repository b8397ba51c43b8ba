import HoneNumerics
public import HoneTensor

extension Conv2d {
  /// Gives the filters the directions in which patches of images vary, each scaled so that it answers with
  /// a mean square of one, and behind them their negatives: rectifiers then lose nothing, and no channel
  /// tells what another does (Coates and Ng 2012; Jordan 2024, arXiv 2404.00498, section 3.2).
  ///
  /// The bias becomes zero.
  /// - Parameters:
  ///   - images: a few thousand that the network is trained on, as it sees them,
  ///     `[count, inputs, height, width]`.
  ///   - regularization: what is added to each direction's mean square, so that noise is not blown up; the
  ///     paper's 5e-4.
  /// - Precondition: the convolution has one group, and an even number of outputs of at most twice the
  ///   numbers of a patch; with fewer the largest directions are kept.
  public func whiten(by images: Tensor, regularization: Double = 5e-4) {
    let shape = weight.shape
    let size = shape[1] * shape[2] * shape[3]
    guard geometry.groups == 1, shape[0].isMultiple(of: 2), shape[0] <= 2 * size else {
      fatalError(
        "whiten(by:) needs a convolution of one group with an even number of outputs of at most \(2 * size), "
          + "twice a patch; this one is \(description).")
    }
    let covariance = withoutGradients { () -> SquareMatrix in
      let patches = ATen.im2col(
        images, kernel_size: [shape[2], shape[3]], dilation: [1, 1], padding: [0, 0],
        stride: [1, 1]
      ).transposed(0, 1).reshaped([size, -1])
      let products = patches.multiplied(by: patches.transposed()) / Scalar(patches.shape[1])
      var matrix = SquareMatrix(size: size)
      matrix.values = products.values(as: Float.self).map(Double.init)
      return matrix
    }
    let (values, vectors) = covariance.eigen()
    let filters = (0..<shape[0] / 2).map { index in
      let scale = 1 / (max(0, values[index]) + regularization).squareRoot()
      return vectors[index].map { Float($0 * scale) }
    }
    let negatives = filters.map { filter in filter.map { -$0 } }
    weight.assign(Tensor((filters + negatives).flatMap(\.self), shape: shape))
    if let bias { bias.assign(Tensor.zeros([shape[0]])) }
  }
}
