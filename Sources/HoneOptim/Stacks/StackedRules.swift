import Foundation
import HoneTensor

/// What one kind of optimiser does with the rows of several models.
protocol StackedRule {
  /// Changes the rows once and counts the step for every optimiser.
  func step(_ update: RowUpdate, _ gradients: [Tensor])
}

/// An optimiser whose state can be rows of common tensors.
protocol RowOptimizer: AnyObject {
  var slots: ParameterSlots { get set }
}

extension AdamW: RowOptimizer {}
extension SGD: RowOptimizer {}

/// Steps of `AdamW` over rows.
struct StackedAdamW: StackedRule {
  private let optimizers: [AdamW]
  private let places: [[Int]]
  private let groups: [[ParameterGroup]]
  private let averages: (first: [Tensor], second: [Tensor])

  init(_ optimizers: [AdamW], _ shares: [StackedUpdate.Share], _ places: [[Int]]) {
    self.optimizers = optimizers
    self.places = places
    groups = optimizers.map(\.slots.groupOfEach)
    let joined = joinedSlots(optimizers, 2, shares, places, keeps: optimizers.map { _ in true })
    averages = (joined[0], joined[1])
  }

  func step(_ update: RowUpdate, _ gradients: [Tensor]) {
    var rules: [RowUpdate.Adam] = []
    rules.reserveCapacity(gradients.count * optimizers.count)
    // Parameters of a model have mostly taken the same number of steps.
    var known = optimizers.map { _ in (step: 0, first: 0.0, second: 0.0) }
    for share in gradients.indices {
      for (model, optimizer) in optimizers.enumerated() {
        let place = places[model][share]
        optimizer.slots.steps[place] += 1
        let step = optimizer.slots.steps[place]
        if known[model].step != step {
          known[model] = (
            step, 1 - pow(optimizer.betas.first, Double(step)),
            1 - pow(optimizer.betas.second, Double(step))
          )
        }
        let group = groups[model][place]
        let rate = optimizer.learningRate * group.learningRateScale
        rules.append(
          RowUpdate.Adam(
            keep: 1 - rate * group.weightDecay, rate: rate / known[model].first,
            root: 1 / known[model].second.squareRoot(), epsilon: optimizer.epsilon,
            firstShare: 1 - optimizer.betas.first, secondShare: 1 - optimizer.betas.second))
      }
    }
    update.adam(gradients, averages: averages, rules: rules)
  }
}

/// Steps of `SGD` over rows.
struct StackedSGD: StackedRule {
  private let optimizers: [SGD]
  private let places: [[Int]]
  private let groups: [[ParameterGroup]]
  private let directions: [Tensor]

  init(_ optimizers: [SGD], _ shares: [StackedUpdate.Share], _ places: [[Int]]) {
    self.optimizers = optimizers
    self.places = places
    groups = optimizers.map(\.slots.groupOfEach)
    directions =
      joinedSlots(optimizers, 1, shares, places, keeps: optimizers.map { $0.momentum > 0 })[0]
  }

  func step(_ update: RowUpdate, _ gradients: [Tensor]) {
    var rules: [RowUpdate.Descent] = []
    rules.reserveCapacity(gradients.count * optimizers.count)
    for share in gradients.indices {
      for (model, optimizer) in optimizers.enumerated() {
        let place = places[model][share]
        optimizer.slots.steps[place] += 1
        let group = groups[model][place]
        // The direction starts at the first gradient.
        let isFirst = optimizer.slots.steps[place] == 1 || optimizer.momentum == 0
        rules.append(
          RowUpdate.Descent(
            rate: optimizer.learningRate * group.learningRateScale, decay: group.weightDecay,
            momentum: isFirst ? 0 : optimizer.momentum,
            share: isFirst ? 1 : 1 - optimizer.dampening, isNesterov: optimizer.isNesterov))
      }
    }
    update.descend(gradients, directions: directions, rules: rules)
  }
}

extension ParameterSlots {
  /// The group of each parameter.
  fileprivate var groupOfEach: [ParameterGroup] {
    groups.flatMap { group in group.parameters.map { _ in group } }
  }
}

/// Moves the state of optimisers into common tensors, of which each optimiser keeps its rows.
/// - Parameters:
///   - count: how many slots each parameter has.
///   - places: where each optimiser has the parameter of each share.
///   - keeps: whether an optimiser has slots at all; of one that has not the rows are nobody's.
/// - Returns: for each slot a tensor for each share, `[optimizers, …]`, zeros where there was nothing.
private func joinedSlots(
  _ optimizers: [any RowOptimizer], _ count: Int, _ shares: [StackedUpdate.Share],
  _ places: [[Int]], keeps: [Bool]
) -> [[Tensor]] {
  withoutGradients {
    var joined = [[Tensor]](repeating: [], count: count)
    for (number, share) in shares.enumerated() {
      var rows = [[Tensor]](repeating: [], count: optimizers.count)
      for slot in 0..<count {
        let whole = Tensor.stacked(
          optimizers.enumerated().map { model, optimizer in
            let present = optimizer.slots.slots[places[model][number]]
            return present.isEmpty ? share.rows[model].value.zerosLike() : present[slot]
          })
        joined[slot].append(whole)
        for (model, row) in ATen.unbind_int(whole).enumerated() { rows[model].append(row) }
      }
      for (model, optimizer) in optimizers.enumerated() where keeps[model] {
        optimizer.slots.slots[places[model][number]] = rows[model]
      }
    }
    return joined
  }
}
