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
    case smallOperation, trainingStep, startUp, augmentation, textAugmentation
  }

  enum Model: String, Decodable { case mlp, resnet20 }
  /// Crop with padding and flip; or resized crop, flip, rotation, colours and erasing.
  enum Chain: String, Decodable { case crop, full }
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
  let dropout: Double?
  let classes: Int?
  let batch: Int?
  let batches: Int?
  /// Threads of this workload; the document's where nil.
  let threads: Int?
  let chain: Chain?
  let side: Int?
  let source: [Int]?
  let pictures: Int?
  let learningRate: Double?
  let weightDecay: Double?
  let augmentation: String?
  let texts: Int?
  let textWords: Int?
}
