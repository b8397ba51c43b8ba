public import HoneText

/// A data set that is known by name.
public struct BuiltInData: Sendable, Equatable {
  /// The name that stands for a path.
  public let name: String
  /// What it holds.
  public let summary: Localized
  /// The files that its folder must hold; empty where it ships inside the package.
  public let files: [String]

  /// All of them, `digits` first.
  public static let all: [BuiltInData] = [
    BuiltInData(
      name: "digits",
      summary: Localized(
        "1,797 grey images of 8x8, handwritten digits (UCI, CC BY 4.0), inside the package",
        korean: "8x8 회색 손글씨 숫자 이미지 1,797개(UCI, CC BY 4.0), 패키지에 내장"),
      files: []),
    BuiltInData(
      name: "mnist",
      summary: Localized(
        "70,000 grey images of 28x28, handwritten digits", korean: "28x28 회색 손글씨 숫자 이미지 70,000개"),
      files: idxFiles),
    BuiltInData(
      name: "fashion-mnist",
      summary: Localized(
        "70,000 grey images of 28x28, pieces of clothing", korean: "28x28 회색 의류 이미지 70,000개"),
      files: idxFiles),
    BuiltInData(
      name: "cifar10",
      summary: Localized(
        "color images of 32x32 in 10 classes, binary version", korean: "32x32 컬러 이미지 10개 클래스, 이진 판"),
      files: ["data_batch_1.bin … data_batch_5.bin", "test_batch.bin", "batches.meta.txt"]),
  ]

  private static let idxFiles: [String] = [
    "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte.gz",
    "t10k-labels-idx1-ubyte.gz",
  ]
}
