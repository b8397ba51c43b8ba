import HoneTensor

/// A parameter of several models in one piece of memory, the models' own being its rows: what an
/// optimiser writes there is written here.
final class StackedParameter {
  /// All of them, `[models, …]`.
  let whole: Parameter
  /// The models' own.
  let rows: [Parameter]

  /// Moves the parameters into one piece.
  /// - Precondition: there is one, and the shapes are equal.
  init(_ rows: [Parameter]) {
    self.rows = rows
    whole = Parameter(withoutGradients { Tensor.stacked(rows.map { $0.value.detached() }) })
    let places = withoutGradients { ATen.unbind_int(whole.value.detached()) }
    for (row, place) in zip(rows, places) { row.live(in: place) }
  }

  /// Gives each model its part of the gradient, in place of what was there.
  func handOutGradient() {
    guard let gradient = whole.gradient else { return }
    whole.clearGradient()
    let parts = withoutGradients { ATen.unbind_int(gradient) }
    for (row, part) in zip(rows, parts) { row.value.setGradient(part) }
  }
}

/// A buffer of several models in one piece of memory, the models' own being its rows.
struct StackedBuffer {
  /// All of them, `[models, …]`.
  let whole: Tensor

  /// Moves the buffers into one piece.
  /// - Precondition: there is one, and the shapes are equal.
  init(_ rows: [Buffer]) {
    whole = withoutGradients { Tensor.stacked(rows.map(\.value)) }
    for (row, place) in zip(rows, withoutGradients({ ATen.unbind_int(whole) })) {
      row.live(in: place)
    }
  }
}
