import Foundation
import HoneAssembly
import HoneCommands
import HoneConfiguration
import HoneData
import HoneRecords
import HoneSearch
import HoneStore
import HoneTensor
import HoneText
import HoneTrain

/// `hone recipe`: takes the steps that have not been taken, and keeps each as soon as it has ended.
struct RecipeWork {
  let context: CommandContext
  let engine: LibtorchEngine
  let request: RecipeRequest
  let runs: any DatabaseStore
  let data: Dataset
  let split: Split
  /// The configuration as asked for, with the data's name.
  let configuration: Configuration
  /// What this call may spend.
  let budget: RecipeBudget

  /// Opens store and data.
  /// - Throws: what store, data and configuration refuse.
  init(_ context: CommandContext, _ engine: LibtorchEngine, _ request: RecipeRequest) throws {
    self.context = context
    self.engine = engine
    self.request = request
    budget = RecipeBudget(seconds: request.budgetSeconds)
    guard let runs = try context.openStore() as? any DatabaseStore else {
      throw SearchFailure.noStudies(store: context.storePath)
    }
    self.runs = runs
    var configuration = request.configuration
    configuration.data.source = request.data
    // Fresh seeds are for weights and order: all runs are judged by the same samples.
    configuration.data.splitSeed = configuration.data.splitSeed ?? configuration.training.seed
    try configuration.checkStandsAlone()
    self.configuration = configuration
    data = try configuration.openData(home: URL(fileURLWithPath: context.dataHome))
    VerbSetting(context).say(notesOf: data)
    split = try configuration.split(data, seed: configuration.training.seed)
    guard !split.validation.isEmpty else { throw SearchFailure.noValidation }
  }

  /// Takes the steps until one fails, all have been taken, or somebody asks to stop.
  func run() throws -> RecipeRecord {
    var recipe = try opened()
    for name in RecipeStep.Name.allCases {
      if let known = recipe.step(name) {
        say(known)
        guard known.passed || request.keepsGoing || !name.endsWhenFailed else { break }
        continue
      }
      guard !context.interruption.isRequested else { break }
      let begun = ContinuousClock.now
      guard !budget.isUsed(at: begun), var step = try taken(name, &recipe) else {
        sayUsed(before: name)
        break
      }
      step.seconds = begun.duration(to: .now) / .seconds(1)
      step.ended = Date()
      recipe.steps.append(step)
      try DatabaseRecipeStore(runs).save(recipe)
      say(step)
      guard step.passed || request.keepsGoing || !name.endsWhenFailed else { break }
    }
    return recipe
  }

  /// A step's outcome; nil where somebody asked to stop before there was one.
  private func taken(
    _ name: RecipeStep.Name, _ recipe: inout RecipeRecord
  ) throws -> RecipeStep? {
    do {
      switch name {
      case .initialLoss: return try initialLoss()
      case .overfitSample: return try overfitSample(recipe)
      case .learningRate: return try learningRate(recipe)
      case .coarse: return try coarse(recipe)
      case .refine: return try refine(&recipe)
      case .curves: return try curves(recipe)
      case .confirm: return try confirm(recipe)
      }
    } catch is CancellationError {
      return nil
    }
  }

  /// The recipe of the name where it is the same one; else a new one.
  private func opened() throws -> RecipeRecord {
    let store = DatabaseRecipeStore(runs)
    let wanted = RecipeRecord(
      name: request.name ?? RunIdentity().id, created: Date(), dataSource: request.data,
      dataFingerprint: data.fingerprint, configuration: configuration.canonicalJSON,
      search: try searchText(), plan: request.plan, command: context.command)
    guard let found = try store.recipe(wanted.name) else {
      try store.save(wanted)
      context.say(Localized("Recipe \(wanted.name)", korean: "레시피 \(wanted.name)"))
      return wanted
    }
    if request.restarts {
      try removeStudies(of: found)
      try store.save(wanted)
      context.say(
        Localized(
          "Recipe \(wanted.name) begins anew.", korean: "레시피 \(wanted.name)을(를) 새로 시작합니다."))
      return wanted
    }
    try check(found, wanted)
    context.say(
      Localized(
        "Recipe \(found.name) goes on after \(found.steps.count) steps.",
        korean: "레시피 \(found.name)을(를) \(found.steps.count)단계 다음부터 이어서 합니다."))
    return found
  }

  private func check(_ found: RecipeRecord, _ wanted: RecipeRecord) throws {
    let changed: String? =
      if found.dataFingerprint != wanted.dataFingerprint {
        "data"
      } else if found.search != wanted.search {
        "search"
      } else if found.plan != wanted.plan {
        "plan"
      } else {
        Configuration.difference(
          try Configuration(text: found.configuration),
          try Configuration(text: wanted.configuration)
        ).first?.path
      }
    if let changed { throw RecipeFailure.other(name: found.name, what: changed) }
  }

  private func searchText() throws -> String {
    let space =
      try request.space.map { try CanonicalJSON.string($0) }
      ?? request.tuned.map(\.rawValue).joined(separator: ",")
    return "\(space) \(request.sampler.rawValue) \(request.pruner.rawValue)"
  }

  private func removeStudies(of recipe: RecipeRecord) throws {
    let store = DatabaseTrialStore(runs)
    let names = [coarseName(recipe)] + (1...recipe.plan.rounds).map { fineName(recipe, $0) }
    for name in names where try store.studies().contains(where: { $0.name == name }) {
      try store.delete(study: name)
    }
  }

  func coarseName(_ recipe: RecipeRecord) -> String { "\(recipe.name)-coarse" }

  func fineName(_ recipe: RecipeRecord, _ round: Int) -> String {
    round == 1 ? "\(recipe.name)-fine" : "\(recipe.name)-fine-\(round)"
  }

  /// Whether a probe is to give up.
  func stopRequested() -> Bool { context.interruption.isRequested || budget.isUsed() }

  private func sayUsed(before name: RecipeStep.Name) {
    guard budget.isUsed(), !context.interruption.isRequested else { return }
    context.say(
      Localized(
        "The time is used: \(name.title.english) waits for the next call.",
        korean: "시간을 다 썼습니다. '\(name.title.korean)' 단계는 다음에 이어서 합니다."))
  }

  private func say(_ step: RecipeStep) {
    RecipeSummary.say(step, of: RecipeStep.Name.allCases.count, context)
  }
}

extension RecipeStep.Name {
  /// Whether later steps are worth nothing where this one fails.
  var endsWhenFailed: Bool {
    switch self {
    case .initialLoss, .overfitSample, .learningRate, .coarse: true
    case .refine, .curves, .confirm: false
    }
  }
}
