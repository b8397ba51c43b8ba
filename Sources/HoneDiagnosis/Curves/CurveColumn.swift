/// What a column of a file of curves holds, by the names that frameworks give it.
enum CurveColumn: String, CaseIterable {
  case epoch
  case trainLoss = "loss"
  case validationLoss = "val_loss"
  case trainAccuracy = "accuracy"
  case validationAccuracy = "val_accuracy"
  case learningRate = "lr"

  /// The column that a heading names, or nil for one that is not needed.
  init?(heading: String) {
    let plain = heading.lowercased().filter { $0.isLetter || $0.isNumber }
    guard let match = Self.allCases.first(where: { $0.names.contains(plain) }) else { return nil }
    self = match
  }

  /// Names in small letters without separators: Keras, Lightning, fastai, scikit-learn and by hand.
  private var names: Set<String> {
    switch self {
    case .epoch: ["epoch", "epochs"]
    case .trainLoss: ["loss", "trainloss", "trainingloss", "trainlossepoch"]
    case .validationLoss: ["valloss", "validationloss", "validloss", "evalloss", "testloss"]
    case .trainAccuracy:
      [
        "accuracy", "acc", "trainaccuracy", "trainacc", "trainingaccuracy",
        "categoricalaccuracy", "sparsecategoricalaccuracy", "binaryaccuracy",
      ]
    case .validationAccuracy:
      [
        "valaccuracy", "valacc", "validationaccuracy", "validationacc", "validaccuracy",
        "valcategoricalaccuracy", "valsparsecategoricalaccuracy", "valbinaryaccuracy",
        "evalaccuracy", "testaccuracy",
      ]
    case .learningRate: ["lr", "learningrate"]
    }
  }
}
