import Foundation

/// What `workloads.json` says; both sides of a benchmark read it.
struct Workloads: Decodable {
  let threads: Int
  let seed: UInt64
  /// The words that texts are made of.
  let vocabulary: String
  let workloads: [Workload]

  init(file: String) throws {
    self = try JSONDecoder().decode(
      Workloads.self, from: Data(contentsOf: URL(filePath: file)))
  }
}

/// One piece of work.
struct Workload: Decodable {
  enum Kind: String, Decodable {
    case smallOperation, trainingStep, startUp, augmentation, textAugmentation, loading, opening
    case inference
  }

  enum Model: String, Decodable {
    case mlp, tabularMLP, resnet20, resnet18, lstm, transformer
  }
  /// Crop with padding and flip; resized crop and flip; or these, rotation, colours and erasing.
  enum Chain: String, Decodable { case crop, resizedCrop, full, none }
  /// Photos in files, photos that are decoded already, or small pictures in memory.
  enum PictureSet: String, Decodable { case files, decoded, small }
  enum HiddenNormalization: String, Decodable { case none }
  enum Precision: String, Decodable { case fp32, bf16 }

  let name: String
  let kind: Kind
  let warmUp: Int
  let steps: Int
  let elements: Int?
  let model: Model?
  let precision: Precision?
  let input: [Int]?
  let widths: [Int]?
  /// Numeric columns of a table, and the codes of its categorical ones, with 0 for unknown ones.
  let numbers: Int?
  let cardinalities: [Int]?
  /// Features of recurrent layers, their number and that of encoder layers, with heads and inner width.
  let features: Int?
  let layers: Int?
  let heads: Int?
  let hidden: Int?
  let dropout: Double?
  /// What stands behind the hidden layers of a perceptron; batch normalization where nil.
  let normalization: HiddenNormalization?
  let classes: Int?
  let batch: Int?
  let batches: Int?
  /// Threads of this workload; the document's where nil.
  let threads: Int?
  let chain: Chain?
  let side: Int?
  let source: [Int]?
  let pictures: Pictures?
  let learningRate: Double?
  let weightDecay: Double?
  let augmentation: String?
  let texts: Int?
  let textWords: Int?
}

/// The pictures of a workload: so many random ones, or a set.
enum Pictures: Decodable {
  case count(Int)
  case set(Workload.PictureSet)

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let count = try? container.decode(Int.self) {
      self = .count(count)
    } else {
      self = .set(try container.decode(Workload.PictureSet.self))
    }
  }
}
