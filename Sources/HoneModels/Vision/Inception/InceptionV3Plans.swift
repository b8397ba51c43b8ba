/// The modules of Inception's third version, with torchvision's names.
enum InceptionV3Plans {
  /// Each module's name and branches.
  static var blocks: [(name: String, plans: [InceptionBlock.Plan])] {
    [
      ("Mixed_5b", square(pooled: 32)), ("Mixed_5c", square(pooled: 64)),
      ("Mixed_5d", square(pooled: 64)), ("Mixed_6a", firstReduction),
      ("Mixed_6b", split(128)), ("Mixed_6c", split(160)), ("Mixed_6d", split(160)),
      ("Mixed_6e", split(192)), ("Mixed_7a", secondReduction), ("Mixed_7b", forked),
      ("Mixed_7c", forked),
    ]
  }

  private typealias Plan = InceptionBlock.Plan
  private typealias Step = InceptionBlock.Step

  private static let row = [1, 7]
  private static let column = [7, 1]
  private static let none = [0, 0]

  private static func square(pooled: Int) -> [Plan] {
    [
      Plan(steps: [Step("branch1x1", 64)]),
      Plan(steps: [Step("branch5x5_1", 48), Step("branch5x5_2", 64, [5, 5])]),
      Plan(steps: [
        Step("branch3x3dbl_1", 64), Step("branch3x3dbl_2", 96, [3, 3]),
        Step("branch3x3dbl_3", 96, [3, 3]),
      ]),
      Plan(pooling: .average, steps: [Step("branch_pool", pooled)]),
    ]
  }

  private static var firstReduction: [Plan] {
    [
      Plan(steps: [Step("branch3x3", 384, [3, 3], stride: 2, padding: none)]),
      Plan(steps: [
        Step("branch3x3dbl_1", 64), Step("branch3x3dbl_2", 96, [3, 3]),
        Step("branch3x3dbl_3", 96, [3, 3], stride: 2, padding: none),
      ]),
      Plan(pooling: .reduction, steps: []),
    ]
  }

  private static func split(_ width: Int) -> [Plan] {
    [
      Plan(steps: [Step("branch1x1", 192)]),
      Plan(steps: [
        Step("branch7x7_1", width), Step("branch7x7_2", width, row),
        Step("branch7x7_3", 192, column),
      ]),
      Plan(steps: [
        Step("branch7x7dbl_1", width), Step("branch7x7dbl_2", width, column),
        Step("branch7x7dbl_3", width, row), Step("branch7x7dbl_4", width, column),
        Step("branch7x7dbl_5", 192, row),
      ]),
      Plan(pooling: .average, steps: [Step("branch_pool", 192)]),
    ]
  }

  private static var secondReduction: [Plan] {
    [
      Plan(steps: [
        Step("branch3x3_1", 192), Step("branch3x3_2", 320, [3, 3], stride: 2, padding: none),
      ]),
      Plan(steps: [
        Step("branch7x7x3_1", 192), Step("branch7x7x3_2", 192, row),
        Step("branch7x7x3_3", 192, column),
        Step("branch7x7x3_4", 192, [3, 3], stride: 2, padding: none),
      ]),
      Plan(pooling: .reduction, steps: []),
    ]
  }

  private static var forked: [Plan] {
    [
      Plan(steps: [Step("branch1x1", 320)]),
      Plan(
        steps: [
          Step("branch3x3_1", 384), Step("branch3x3_2a", 384, [1, 3]),
          Step("branch3x3_2b", 384, [3, 1]),
        ], isForked: true),
      Plan(
        steps: [
          Step("branch3x3dbl_1", 448), Step("branch3x3dbl_2", 384, [3, 3]),
          Step("branch3x3dbl_3a", 384, [1, 3]), Step("branch3x3dbl_3b", 384, [3, 1]),
        ], isForked: true),
      Plan(pooling: .average, steps: [Step("branch_pool", 192)]),
    ]
  }
}
