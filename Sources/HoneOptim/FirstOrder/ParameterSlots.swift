import HoneNumerics
import HoneTensor

/// What every first-order optimiser keeps: its parameters in order, how many steps each has taken,
/// and some tensors for each, called slots, which exist from the parameter's first step on.
struct ParameterSlots {
  /// Parameters of one kind are updated alike and have the same slots; most optimisers know one kind.
  struct Kind {
    /// A tensor that is kept for each parameter, with zeros at first.
    struct Slot {
      let name: String
      /// The extents for a parameter of some extents; nil for the parameter's own.
      var shape: (@Sendable ([Int]) -> [Int])?
    }
    let slots: [Slot]

    init(_ slots: [Slot]) { self.slots = slots }
    init(_ names: [String]) { slots = names.map { Slot(name: $0) } }
  }

  /// Parameters that one fused call can update: same group, kind, device, element type and step count.
  struct Batch {
    let group: ParameterGroup
    let kind: Int
    var indices: [Int] = []
    var values: [Tensor] = []
    var gradients: [Tensor] = []
    /// The number of this step for these parameters, from 1.
    let step: Int
    let device: Device

    /// The gradients with the group's L2 weight decay added.
    var decayedGradients: [Tensor] {
      if group.weightDecay == 0 { return gradients }
      return ATen._foreach_add_List(gradients, other: values, alpha: Scalar(group.weightDecay))
    }

    /// Takes `rate` times the group's weight decay off the weights themselves.
    func decayWeights(rate: Double) {
      if group.weightDecay == 0 { return }
      ATen._foreach_mul__Scalar(values, scalar: Scalar(1 - rate * group.weightDecay))
    }

    /// The gradients to go on with, once the group's weight decay has acted in one of its two forms:
    /// decoupled on the weights, or as L2 in the gradients.
    func gradients(afterDecayAt rate: Double, isDecoupled: Bool) -> [Tensor] {
      if !isDecoupled { return decayedGradients }
      decayWeights(rate: rate)
      return gradients
    }
  }

  private struct Bucket {
    let group: Int
    let kind: Int
    let device: Device
    let dtype: DType
    var indices: [Int] = []
  }

  let groups: [ParameterGroup]
  private let kinds: [Kind]
  /// The kind of each parameter.
  private let kindNumbers: [Int]
  let parameters: [Parameter]
  private let buckets: [Bucket]
  /// The steps that each parameter has taken.
  var steps: [Int]
  /// The slots of each parameter, in its kind's order; none before its first step.
  var slots: [[Tensor]]

  /// - Precondition: no parameter occurs twice.
  init(_ groups: [ParameterGroup], names: [String]) {
    self.init(groups, kinds: [Kind(names)]) { _ in 0 }
  }

  /// - Parameter kind: the place of a parameter's kind among `kinds`, by the parameter's shape.
  /// - Precondition: no parameter occurs twice.
  init(_ groups: [ParameterGroup], kinds: [Kind], kind: ([Int]) -> Int) {
    self.groups = groups
    self.kinds = kinds
    parameters = groups.flatMap(\.parameters)
    guard Set(parameters.map(ObjectIdentifier.init)).count == parameters.count else {
      fatalError("An optimiser received a parameter twice; list every parameter in one group once.")
    }
    kindNumbers = parameters.map { kind($0.shape) }
    buckets = Self.buckets(of: groups, kinds: kindNumbers)
    steps = [Int](repeating: 0, count: parameters.count)
    slots = [[Tensor]](repeating: [], count: parameters.count)
  }

  /// Counts a step for every parameter that has a gradient, and gives them out in batches.
  mutating func advance(_ update: (Batch, _ slots: [[Tensor]]) -> Void) {
    withoutGradients {
      for bucket in buckets {
        // Nearly always all have taken as many steps.
        var batches: [Batch] = []
        for index in bucket.indices {
          guard let gradient = parameters[index].gradient else { continue }
          let value = parameters[index].value
          steps[index] += 1
          let step = steps[index]
          var place = batches.count - 1
          while place >= 0, batches[place].step != step { place -= 1 }
          if place < 0 {
            place = batches.count
            batches.append(
              Batch(
                group: groups[bucket.group], kind: bucket.kind, step: step, device: bucket.device))
          }
          batches[place].indices.append(index)
          batches[place].values.append(value)
          batches[place].gradients.append(aligned(gradient, to: value))
        }
        if batches.count > 1 { batches.sort { $0.step < $1.step } }
        for batch in batches { update(batch, slotTensors(of: batch)) }
      }
    }
  }

  /// A slot's tensors in the order of the parameters; nil for those that have taken no step.
  func tensors(named name: String) -> [Tensor?] {
    parameters.indices.map { index in
      let place = kinds[kindNumbers[index]].slots.firstIndex { $0.name == name }
      return place.flatMap { slots[index].isEmpty ? nil : slots[index][$0] }
    }
  }

  private mutating func slotTensors(of batch: Batch) -> [[Tensor]] {
    let kind = kinds[batch.kind]
    for (index, value) in zip(batch.indices, batch.values) where slots[index].isEmpty {
      slots[index] = kind.slots.map { Self.zeros($0, for: value) }
    }
    return kind.slots.indices.map { slot in batch.indices.map { slots[$0][slot] } }
  }

  /// Zeros in the parameter's own memory order, in which the fused kernels walk.
  private static func zeros(_ slot: Kind.Slot, for value: Tensor) -> Tensor {
    guard let shape = slot.shape else { return value.zerosLike() }
    return Tensor.zeros(shape(value.shape), dtype: value.dtype, device: value.device)
  }

  private static func buckets(of groups: [ParameterGroup], kinds: [Int]) -> [Bucket] {
    var buckets: [Bucket] = []
    var index = 0
    for (number, group) in groups.enumerated() {
      let first = buckets.count
      for parameter in group.parameters {
        let (device, dtype) = (parameter.value.device, parameter.value.dtype)
        let known = buckets[first...].firstIndex {
          $0.kind == kinds[index] && $0.device == device && $0.dtype == dtype
        }
        if known == nil {
          buckets.append(Bucket(group: number, kind: kinds[index], device: device, dtype: dtype))
        }
        buckets[known ?? buckets.count - 1].indices.append(index)
        index += 1
      }
    }
    return buckets
  }
}

/// A gradient in the memory order of its parameter: fused kernels walk both in storage order.
private func aligned(_ gradient: Tensor, to value: Tensor) -> Tensor {
  if gradient.liesLike(value) { return gradient }
  let copy = ATen.empty_like(value)
  ATen.copy_(copy, src: gradient)
  return copy
}

// The state in host memory.
extension ParameterSlots {
  /// The names of all slots, each once.
  private var slotNames: [String] {
    var names: [String] = []
    for slot in kinds.flatMap(\.slots) where !names.contains(slot.name) { names.append(slot.name) }
    return names
  }

  func state(kind: String, learningRate: Double) -> OptimizerState {
    var state = OptimizerState(kind: kind, scalars: ["learningRate": learningRate])
    state.tensors.append(
      OptimizerState.Entry(name: "steps", value: HostTensor(steps, shape: [steps.count])))
    for name in slotNames {
      for (index, tensors) in slots.enumerated() where !tensors.isEmpty {
        let place = kinds[kindNumbers[index]].slots.firstIndex { $0.name == name }
        guard let place else { continue }
        state.tensors.append(
          OptimizerState.Entry(name: "\(name).\(index)", value: tensors[place].hostTensor()))
      }
    }
    return state
  }

  /// Takes over a state and returns its learning rate.
  mutating func load(
    _ state: OptimizerState, kind: String
  ) throws(OptimizerStateError) -> Double {
    guard state.kind == kind else { throw .kind(found: state.kind, expected: kind) }
    guard let learningRate = state.scalars["learningRate"] else {
      throw .missing(name: "learningRate")
    }
    var stored: [String: HostTensor] = [:]
    for entry in state.tensors { stored[entry.name] = entry.value }
    let counts = HostTensor(steps, shape: [steps.count])
    guard let newSteps = stored.removeValue(forKey: "steps") else { throw .missing(name: "steps") }
    try requireFit(newSteps, "steps", counts.shape, counts.dtype)
    let loadedSteps = newSteps.values(as: Int.self)
    var loaded = [[Tensor]](repeating: [], count: parameters.count)
    for (index, parameter) in parameters.enumerated() where loadedSteps[index] > 0 {
      for slot in kinds[kindNumbers[index]].slots {
        let key = "\(slot.name).\(index)"
        guard let host = stored.removeValue(forKey: key) else { throw .missing(name: key) }
        let tensor = withoutGradients { Self.zeros(slot, for: parameter.value) }
        try requireFit(host, key, tensor.shape, tensor.dtype)
        ATen.copy_(tensor, src: Tensor(host))
        loaded[index].append(tensor)
      }
    }
    if let name = stored.keys.sorted().first { throw .unexpected(name: name) }
    (steps, slots) = (loadedSteps, loaded)
    return learningRate
  }
}

/// Throws unless an array has the shape and element type asked for.
func requireFit(
  _ host: HostTensor, _ name: String, _ shape: [Int], _ dtype: DType
) throws(OptimizerStateError) {
  guard host.shape == shape, host.dtype == dtype else {
    throw .shape(
      name: name, found: host.shape, foundType: host.dtype, expected: shape, expectedType: dtype)
  }
}
