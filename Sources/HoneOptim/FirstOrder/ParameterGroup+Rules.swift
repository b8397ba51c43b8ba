public import HoneTensor

extension ParameterGroup {
  /// Two groups: the weights, which decay, and what should not: biases and everything with fewer
  /// than two dimensions, among them the scales and shifts of normalisation layers.
  /// - Parameters:
  ///   - named: a module's parameters with their names, outermost module first, joined by dots.
  ///   - weightDecay: the strength for the weights.
  public static func decayingWeightsOnly(
    _ named: [(name: String, parameter: Parameter)], weightDecay: Double
  ) -> [ParameterGroup] {
    let weights = named.filter { !isNormOrBias($0.name, $0.parameter) }
    let others = named.filter { isNormOrBias($0.name, $0.parameter) }
    return [
      ParameterGroup(weights.map(\.parameter), weightDecay: weightDecay),
      ParameterGroup(others.map(\.parameter)),
    ]
  }

  /// Groups of parameters that are treated alike, by depth, kind and name.
  ///
  /// Layer-wise decay (Howard and Ruder 2018, arXiv 1801.06146) gives the last layer the whole rate and
  /// each one before it `layerDecay` times the next one's. A layer is a module with a weight of two or
  /// more dimensions, with the biases and norms that follow it.
  /// - Parameters:
  ///   - named: a module's parameters in order, with their names, outermost module first, joined by dots.
  ///   - weightDecay: the strength of weight decay.
  ///   - excludesNormsAndBiases: whether biases and everything with fewer than two dimensions keep clear
  ///     of it; a rule's own weight decay goes first.
  ///   - layerDecay: what the rate of each layer is of the next one's.
  ///   - rules: exceptions by name; the first that matches decides.
  /// - Precondition: `weightDecay` is not negative, `layerDecay` is positive.
  public static func grouped(
    _ named: [(name: String, parameter: Parameter)], weightDecay: Double,
    excludesNormsAndBiases: Bool = true, layerDecay: Double = 1, rules: [ParameterRule] = []
  ) -> [ParameterGroup] {
    requirePositive(layerDecay, "layerDecay")
    let depths = layerDepths(of: named)
    let deepest = depths.last ?? 0
    var groups: [(decay: Double, scale: Double, parameters: [Parameter])] = []
    for ((name, parameter), depth) in zip(named, depths) {
      let rule = rules.first { $0.matches(name) }
      let isExcluded = excludesNormsAndBiases && isNormOrBias(name, parameter)
      let decay = rule?.weightDecay ?? (isExcluded ? 0 : weightDecay)
      var scale = rule?.learningRateScale ?? 1
      for _ in depth..<deepest { scale *= layerDecay }
      if let known = groups.firstIndex(where: { $0.decay == decay && $0.scale == scale }) {
        groups[known].parameters.append(parameter)
      } else {
        groups.append((decay, scale, [parameter]))
      }
    }
    return groups.map {
      ParameterGroup($0.parameters, weightDecay: $0.decay, learningRateScale: $0.scale)
    }
  }

  /// The number of each parameter's layer, from zero.
  private static func layerDepths(
    of named: [(name: String, parameter: Parameter)]
  ) -> [Int] {
    var owner: Substring?
    var depth = 0
    return named.map { name, parameter in
      guard parameter.shape.count > 1 else { return depth }
      let module = name.lastIndex(of: ".").map { name[..<$0] } ?? ""
      if let owner, owner != module { depth += 1 }
      owner = module
      return depth
    }
  }

  /// Whether a parameter is a bias, or has fewer than two dimensions as the scales and shifts of
  /// normalisation layers have.
  private static func isNormOrBias(_ name: String, _ parameter: Parameter) -> Bool {
    name.split(separator: ".").last == "bias" || parameter.shape.count < 2
  }
}
