public import HoneNN
import HoneOptim
public import HoneRecords
import HoneTensor

extension Trainer {
  /// Counts the zeros among the kept weights where something drove them there.
  func recordSparsity() {
    guard plan.proximal != nil || plan.penalty.l1 > 0 else { return }
    record.sparsity = SparsityRecord(of: plan.model)
  }
}

extension SparsityRecord {
  /// The exact zeros in each parameter of two dimensions or more that is trained.
  ///
  /// Waits for the device.
  public init(of model: any Module) {
    let counted = model.namedParameters.filter {
      $0.parameter.isTrainable && $0.parameter.shape.count >= 2
    }
    self.init(
      layers: counted.map { name, parameter in
        let weights = parameter.value.count
        let others = withoutGradients { ATen.count_nonzero(parameter.value).item() }
        return Layer(name: name, weights: weights, zeros: weights - Int(others))
      })
  }
}
