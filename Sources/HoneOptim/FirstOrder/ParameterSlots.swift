import HoneNumerics
import HoneTensor

/// What every first-order optimiser keeps: its parameters in order, how many steps each has taken,
/// and some tensors for each, called slots, which exist from the parameter's first step on.
struct ParameterSlots {
  /// Parameters that one fused call can update: same group, device, element type and step count.
  struct Batch {
    let group: ParameterGroup
    let indices: [Int]
    let values: [Tensor]
    let gradients: [Tensor]
    /// The number of this step for these parameters, from 1.
    let step: Int
    let device: Device

    /// The gradients with the group's L2 weight decay added.
    var decayedGradients: [Tensor] {
      if group.weightDecay == 0 { return gradients }
      return ATen._foreach_add_List(gradients, other: values, alpha: Scalar(group.weightDecay))
    }
  }

  private struct Bucket {
    let group: Int
    let device: Device
    let dtype: DType
    var indices: [Int] = []
  }

  let groups: [ParameterGroup]
  private let names: [String]
  private let parameters: [Parameter]
  private let buckets: [Bucket]
  private var steps: [Int]
  private var slots: [[Tensor?]]

  /// - Precondition: no parameter occurs twice.
  init(_ groups: [ParameterGroup], names: [String]) {
    self.groups = groups
    self.names = names
    parameters = groups.flatMap(\.parameters)
    guard Set(parameters.map(ObjectIdentifier.init)).count == parameters.count else {
      fatalError("An optimiser received a parameter twice; list every parameter in one group once.")
    }
    buckets = Self.buckets(of: groups)
    steps = [Int](repeating: 0, count: parameters.count)
    slots = names.map { [count = parameters.count] _ in [Tensor?](repeating: nil, count: count) }
  }

  /// Counts a step for every parameter that has a gradient, and gives them out in batches.
  mutating func advance(_ update: (Batch, _ slots: [[Tensor]]) -> Void) {
    withoutGradients {
      for bucket in buckets {
        var pending: [Int: (indices: [Int], values: [Tensor], gradients: [Tensor])] = [:]
        for index in bucket.indices {
          guard let gradient = parameters[index].gradient else { continue }
          let value = parameters[index].value
          steps[index] += 1
          var entry = pending.removeValue(forKey: steps[index]) ?? ([], [], [])
          entry.indices.append(index)
          entry.values.append(value)
          entry.gradients.append(aligned(gradient, to: value))
          pending[steps[index]] = entry
        }
        for (step, entry) in pending.sorted(by: { $0.key < $1.key }) {
          let batch = Batch(
            group: groups[bucket.group], indices: entry.indices, values: entry.values,
            gradients: entry.gradients, step: step, device: bucket.device)
          update(batch, slotTensors(of: batch))
        }
      }
    }
  }

  private mutating func slotTensors(of batch: Batch) -> [[Tensor]] {
    names.indices.map { slot in
      zip(batch.indices, batch.values).map { index, value in
        if let tensor = slots[slot][index] { return tensor }
        let tensor = value.zerosLike()
        slots[slot][index] = tensor
        return tensor
      }
    }
  }

  private static func buckets(of groups: [ParameterGroup]) -> [Bucket] {
    var buckets: [Bucket] = []
    var index = 0
    for (number, group) in groups.enumerated() {
      let first = buckets.count
      for parameter in group.parameters {
        let (device, dtype) = (parameter.value.device, parameter.value.dtype)
        let known = buckets[first...].firstIndex { $0.device == device && $0.dtype == dtype }
        if known == nil { buckets.append(Bucket(group: number, device: device, dtype: dtype)) }
        buckets[known ?? buckets.count - 1].indices.append(index)
        index += 1
      }
    }
    return buckets
  }
}

/// A gradient in the memory order of its parameter: fused kernels walk both in storage order.
private func aligned(_ gradient: Tensor, to value: Tensor) -> Tensor {
  for format in [MemoryFormat.contiguous, .channelsLast]
  where value.isContiguous(format) && gradient.isContiguous(format) {
    if gradient.dtype == value.dtype { return gradient }
  }
  let copy = ATen.empty_like(value)
  ATen.copy_(copy, src: gradient)
  return copy
}

// The state in host memory.
extension ParameterSlots {
  func state(kind: String, learningRate: Double) -> OptimizerState {
    var state = OptimizerState(kind: kind, scalars: ["learningRate": learningRate])
    state.tensors.append(
      OptimizerState.Entry(name: "steps", value: HostTensor(steps, shape: [steps.count])))
    for (slot, name) in names.enumerated() {
      for (index, tensor) in slots[slot].enumerated() {
        guard let tensor else { continue }
        state.tensors.append(
          OptimizerState.Entry(name: "\(name).\(index)", value: tensor.hostTensor()))
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
    var loaded = slots
    for (slot, name) in names.enumerated() {
      for (index, parameter) in parameters.enumerated() {
        let key = "\(name).\(index)"
        loaded[slot][index] = nil
        guard loadedSteps[index] > 0 else { continue }
        guard let host = stored.removeValue(forKey: key) else { throw .missing(name: key) }
        try requireFit(host, key, parameter.shape, parameter.value.dtype)
        // Into the parameter's own memory order, in which the fused kernels walk.
        let tensor = withoutGradients { parameter.value.zerosLike() }
        ATen.copy_(tensor, src: Tensor(host))
        loaded[slot][index] = tensor
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
