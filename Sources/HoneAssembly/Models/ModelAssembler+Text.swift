import HoneConfiguration
import HoneModels
import HoneNN
import HoneNumerics
import HoneTensor
import HoneText

extension ModelAssembler {
  /// The model for texts that the configuration names.
  func textModel(using stream: inout RandomStream) throws -> any Layer<Tensor, Tensor> {
    guard let vocabulary else { throw withoutTokens }
    switch architecture {
    case .bagOfEmbeddings(let features, let dropout):
      return BagOfEmbeddings(
        vocabulary: vocabulary, outputs: outputs, features: features, dropout: dropout,
        device: device, using: &stream)
    case .textCNN(let features, let windows, let maps, let dropout):
      return TextCNN(
        vocabulary: vocabulary, outputs: outputs, features: features,
        options: .init(windows: windows, maps: maps, dropout: dropout), device: device,
        using: &stream)
    case .lstm(let features, let width, let depth, let bidirectional, let dropout):
      return RecurrentClassifier(
        .lstm, vocabulary: vocabulary, outputs: outputs, features: features,
        options: .init(
          width: width, layers: depth, isBidirectional: bidirectional, dropout: dropout),
        device: device, using: &stream)
    case .gru(let features, let width, let depth, let bidirectional, let dropout):
      return RecurrentClassifier(
        .gru, vocabulary: vocabulary, outputs: outputs, features: features,
        options: .init(
          width: width, layers: depth, isBidirectional: bidirectional, dropout: dropout),
        device: device, using: &stream)
    case .transformer(let features, let depth, let heads, let feedForward, let dropout):
      try checkHeads(heads, divide: features, of: "features")
      let block = TransformerOptions(
        feedForward: feedForward, dropout: dropout, activation: .gelu(), isNormFirst: true)
      return TransformerClassifier(
        vocabulary: vocabulary, outputs: outputs, features: features,
        options: .init(layers: depth, heads: heads, block: block), device: device,
        using: &stream)
    default: fatalError("\(architecture.name) is no model for texts.")
    }
  }

  /// Refuses heads that would not share a width evenly.
  func checkHeads(_ heads: Int, divide width: Int, of key: String) throws {
    guard width.isMultiple(of: heads) else {
      throw configuration.problem(
        at: "model.heads",
        Localized(
          "\(heads) heads do not divide the \(key) of \(width). Use a divisor of \(width).",
          korean: "헤드 \(heads)개로 \(key) \(width)을(를) 나눌 수 없습니다. \(width)의 약수를 사용하십시오."))
    }
  }

  /// The failure of a model for texts on data without tokens.
  private var withoutTokens: ConfigurationError {
    let name = architecture.name
    let (kind, korean) = inputKind
    return configuration.problem(
      at: "model.name",
      Localized(
        "\(name) is a model for texts; the data are \(kind). Use a model for \(kind).",
        korean: "\(name)은(는) 텍스트용 모델이지만 데이터는 \(korean)입니다. \(korean)용 모델을 사용하십시오."))
  }

  /// What the data are, in both languages.
  var inputKind: (english: String, korean: String) {
    if vocabulary != nil { return ("texts", "텍스트") }
    return inputShape.count == 3 ? ("images", "이미지") : ("tables", "표")
  }
}
