public import HoneConfiguration
public import HoneRecords
public import HoneSearch

/// What `hone recipe` was asked to do.
public struct RecipeRequest: Sendable, Equatable {
  /// The data as the user named them.
  public var data: String
  /// The configuration that the steps change.
  public var configuration: Configuration
  /// What is searched; nil for the named parameters with their usual ranges.
  public var space: SearchSpace?
  /// The parameters that are searched in their usual ranges.
  public var tuned: [TunedParameter]
  /// How suggestions are made.
  public var sampler: SamplerName
  /// How trials are ended early.
  public var pruner: PrunerName
  /// How much each step does.
  public var plan: RecipePlan
  /// The recipe's name; a new one where nil.
  public var name: String?
  /// Whether a failed step does not end the recipe.
  public var keepsGoing = false
  /// Wall-clock seconds that this call may spend; nil for no limit.
  public var budgetSeconds: Double?
  /// Whether a recipe of the name is begun anew.
  public var restarts = false

  /// A request.
  public init(
    data: String, configuration: Configuration, space: SearchSpace? = nil,
    tuned: [TunedParameter] = [], sampler: SamplerName = .auto, pruner: PrunerName = .none,
    plan: RecipePlan = RecipePlan(), name: String? = nil
  ) {
    self.data = data
    self.configuration = configuration
    self.space = space
    self.tuned = tuned
    self.sampler = sampler
    self.pruner = pruner
    self.plan = plan
    self.name = name
  }
}
