import HoneNN
import HoneTensor

/// A layer that is called in another way than with its input alone; its state has the layer's names.
final class Adapted<Inner: Module>: Layer {
  let inner: Inner
  private let call: (Inner, Tensor) -> Tensor

  init(_ inner: Inner, call: @escaping (Inner, Tensor) -> Tensor) {
    self.inner = inner
    self.call = call
  }

  func callAsFunction(_ input: Tensor) -> Tensor { call(inner, input) }

  var children: [ModuleChild] { inner.children }
}
