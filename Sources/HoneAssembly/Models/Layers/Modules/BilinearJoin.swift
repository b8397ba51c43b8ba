import HoneNN
import HoneTensor

/// Two branches of one input, joined by a bilinear layer.
final class BilinearJoin: Layer {
  let branches: [any Layer<Tensor, Tensor>]
  let join: Bilinear

  init(_ branches: [any Layer<Tensor, Tensor>], join: Bilinear) {
    self.branches = branches
    self.join = join
  }

  func callAsFunction(_ input: Tensor) -> Tensor { join(branches[0](input), branches[1](input)) }
}
