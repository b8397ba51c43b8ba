public import Foundation
public import HoneText

/// The six steps of the recipe on one set of data, as far as they were taken.
///
/// A step that has ended is never taken again: the record is all that going on needs.
public struct RecipeRecord: Sendable, Codable, Equatable, Identifiable {
  /// The newest form that this version reads and writes.
  public static let currentFormat = 1

  /// The form of the record.
  public var format = RecipeRecord.currentFormat
  /// Its name, of which there is one in a store.
  public var name: String
  /// When it began.
  public var created: Date
  /// The data as the user named them.
  public var dataSource: String
  /// What the data were; other data are refused.
  public var dataFingerprint: String
  /// The canonical JSON of the configuration that it began with.
  public var configuration: String
  /// What is searched, in words that can be compared: names of usual ranges, or the space as JSON.
  public var search: String
  /// How much each step does.
  public var plan: RecipePlan
  /// The steps that have ended, in order.
  public var steps: [RecipeStep] = []
  /// The best trial, once there is one.
  public var winner: RecipeWinner?
  /// The command line that began it.
  public var command: [String]

  /// The name, which is unique in a store.
  public var id: String { name }

  /// A recipe before its first step.
  public init(
    name: String, created: Date, dataSource: String, dataFingerprint: String,
    configuration: String, search: String, plan: RecipePlan, command: [String]
  ) {
    self.name = name
    self.created = created
    self.dataSource = dataSource
    self.dataFingerprint = dataFingerprint
    self.configuration = configuration
    self.search = search
    self.plan = plan
    self.command = command
  }

  /// Whether every step has ended and passed.
  public var isPassed: Bool {
    steps.count == RecipeStep.Name.allCases.count && steps.allSatisfy(\.passed)
  }

  /// The outcome of a step; nil where it has not ended.
  public func step(_ name: RecipeStep.Name) -> RecipeStep? { steps.first { $0.name == name } }
}

/// How much each step of the recipe does.
public struct RecipePlan: Sendable, Codable, Equatable {
  /// Samples that are to be learned by heart.
  public var sample = 32
  /// Steps within which the loss is to fall.
  public var fallSteps = 100
  /// Trials of the coarse study.
  public var coarseTrials = 30
  /// Epochs of a coarse trial; 1 to 5 is usual.
  public var coarseEpochs = 3
  /// Trials of each fine study.
  public var fineTrials = 20
  /// Epochs of a fine trial.
  public var fineEpochs = 20
  /// Fine studies at most: a best point on a border asks for another one past it.
  public var rounds = 2
  /// Fresh seeds on which the winner is trained again.
  public var seeds = 3

  /// The usual amounts.
  public init() {}
}

/// One step of the recipe: what was measured, what was expected, and whether it passed.
public struct RecipeStep: Sendable, Codable, Equatable {
  /// The steps in order (Karpathy, Stanford CS231n, "Neural Networks Part 3", and the winner's proof).
  public enum Name: String, Sendable, Codable, CaseIterable {
    /// The untrained model's loss, weight decay off.
    case initialLoss
    /// A small sample learned to 100 %.
    case overfitSample
    /// A learning rate at which the loss falls within a hundred steps.
    case learningRate
    /// Many short trials over a wide space.
    case coarse
    /// Fewer long ones where the good trials lie.
    case refine
    /// The winner's learning curves, as the diagnosis reads them.
    case curves
    /// The winner again on fresh seeds.
    case confirm
  }

  /// Which step.
  public var name: Name
  /// Whether it passed.
  public var passed: Bool
  /// What was measured; nil where it could not be.
  public var value: Double?
  /// What would have passed.
  public var expected: String
  /// One sentence for the user.
  public var message: Localized
  /// Further numbers by name.
  public var numbers: [String: Double] = [:]
  /// Further sentences: what happened to each range, what was found.
  public var details: [Localized] = []
  /// The studies that it made.
  public var studies: [String] = []
  /// The runs that it is about.
  public var runs: [String] = []
  /// What it took.
  public var seconds = 0.0
  /// When it ended.
  public var ended = Date()

  /// The outcome of a step.
  public init(
    _ name: Name, passed: Bool, value: Double?, expected: String, message: Localized
  ) {
    self.name = name
    self.passed = passed
    self.value = value
    self.expected = expected
    self.message = message
  }
}

extension RecipeStep.Name {
  /// The step in words.
  public var title: Localized {
    switch self {
    case .initialLoss: Localized("initial loss", korean: "초기 손실")
    case .overfitSample: Localized("a small sample by heart", korean: "작은 표본 외우기")
    case .learningRate: Localized("a learning rate that works", korean: "손실을 줄이는 학습률")
    case .coarse: Localized("coarse search", korean: "거친 탐색")
    case .refine: Localized("refined search", korean: "정밀 탐색")
    case .curves: Localized("the winner's curves", korean: "우승 시행의 곡선")
    case .confirm: Localized("fresh seeds", korean: "새 시드로 확인")
    }
  }
}

/// The best trial of a recipe.
public struct RecipeWinner: Sendable, Codable, Equatable {
  /// Its study.
  public var study: String
  /// Its number there.
  public var trial: Int
  /// What it was judged by.
  public var value: Double
  /// What it changed.
  public var parameters: [String: HyperparameterValue]
  /// The run that it was.
  public var run: String?

  /// A winner.
  public init(
    study: String, trial: Int, value: Double, parameters: [String: HyperparameterValue],
    run: String?
  ) {
    self.study = study
    self.trial = trial
    self.value = value
    self.parameters = parameters
    self.run = run
  }
}
