import HoneConfiguration
import HoneData
import HoneModels
import HoneNN
import HoneNumerics
import HoneTensor
import HoneText

extension ModelConfiguration.Architecture {
  /// How categories of tables must reach the model.
  var categories: CategoryEncoding {
    switch self {
    case .tabularMLP, .tabularResNet, .ftTransformer: .codes
    default: .oneHot
    }
  }
}

extension ModelAssembler {
  /// The model for tables that the configuration names.
  func tabularModel(using stream: inout RandomStream) throws -> any Layer<Tensor, Tensor> {
    guard inputShape.count == 1, vocabulary == nil else { throw notATable }
    let layout = TabularLayout(
      numbers: inputShape[0] - cardinalities.count, cardinalities: cardinalities)
    switch architecture {
    case .tabularMLP(let widths, let activation, let normalization, let dropout):
      return TabularMLP(
        layout: layout, outputs: outputs, widths: widths,
        options: .init(
          activation: activation.live, normalization: normalization.live, dropout: dropout),
        device: device, using: &stream)
    case .tabularResNet(
      let blocks, let width, let expansion, let hiddenDropout, let residualDropout):
      return TabularResNet(
        layout: layout, outputs: outputs,
        options: .init(
          blocks: blocks, width: width, expansion: try checked(expansion, of: width),
          hiddenDropout: hiddenDropout, residualDropout: residualDropout),
        device: device, using: &stream)
    case .ftTransformer(
      let blocks, let width, let heads, let expansion, let attentionDropout, let hiddenDropout,
      let residualDropout):
      try checkHeads(heads, divide: width, of: "width")
      return FTTransformer(
        layout: layout, outputs: outputs,
        options: .init(
          blocks: blocks, width: width, heads: heads, expansion: try checked(expansion, of: width),
          attentionDropout: attentionDropout, hiddenDropout: hiddenDropout,
          residualDropout: residualDropout),
        device: device, using: &stream)
    default: fatalError("\(architecture.name) is no model for tables.")
    }
  }

  /// An expansion that leaves a unit or more.
  private func checked(_ expansion: Double, of width: Int) throws -> Double {
    guard Double(width) * expansion >= 1, Double(width) * expansion < 1e6 else {
      throw configuration.problem(
        at: "model.expansion",
        Localized(
          "an expansion of \(expansion) makes no usable number of units of \(width).",
          korean: "expansion \(expansion)을(를) \(width)에 곱하면 쓸 수 있는 유닛 수가 나오지 않습니다."))
    }
    return expansion
  }

  private var notATable: ConfigurationError {
    let (kind, korean) = inputKind
    return configuration.problem(
      at: "model.name",
      Localized(
        "\(architecture.name) is a model for tables; the data are \(kind). Use a model for \(kind).",
        korean: "\(architecture.name)은(는) 표용 모델이지만 데이터는 \(korean)입니다. \(korean)용 모델을 "
          + "사용하십시오."))
  }
}
