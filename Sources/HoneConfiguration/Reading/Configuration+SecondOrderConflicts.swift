import HoneText

extension Configuration {
  /// What cannot go beside a method that evaluates a step's loss more than once.
  var secondOrderConflicts: [ConfigurationProblem] {
    guard optimizer.method.isSecondOrder else { return [] }
    var result: [ConfigurationProblem] = []
    func refuse(_ isGiven: Bool, _ path: String, _ english: String, korean: String) {
      if isGiven { result.append(problem(at: path, Localized(english, korean: korean))) }
    }
    refuse(
      training.gradientClip != nil, "training.gradientClip",
      "a line search needs the loss's own gradients. Remove gradientClip, or use adamW or sgd.",
      korean: "직선 탐색에는 손실의 기울기가 그대로 필요합니다. gradientClip을 제거하거나 adamW나 sgd를 사용하십시오.")
    refuse(
      optimizer.sam != nil, "optimizer.sam",
      "sam goes around methods that take one gradient in a step. Remove it.",
      korean: "sam은 스텝마다 기울기를 한 번 쓰는 방법에만 적용됩니다. 제거하십시오.")
    refuse(
      optimizer.lookahead != nil, "optimizer.lookahead",
      "lookahead goes around methods that take one gradient in a step. Remove it.",
      korean: "lookahead는 스텝마다 기울기를 한 번 쓰는 방법에만 적용됩니다. 제거하십시오.")
    refuse(
      !optimizer.groups.isEmpty, "optimizer.groups",
      "this method treats all weights as one vector. Remove groups; a penalty belongs into "
        + "regularization.l2.",
      korean: "이 방법은 모든 가중치를 벡터 하나로 다룹니다. groups를 제거하고, 벌점은 regularization.l2에 쓰십시오.")
    refuse(
      optimizer.layerDecay != 1, "optimizer.layerDecay",
      "this method treats all weights as one vector. Remove layerDecay.",
      korean: "이 방법은 모든 가중치를 벡터 하나로 다룹니다. layerDecay를 제거하십시오.")
    refuse(
      model.stageRateFactor != nil, "model.stageRateFactor",
      "this method treats all weights as one vector. Remove stageRateFactor.",
      korean: "이 방법은 모든 가중치를 벡터 하나로 다룹니다. stageRateFactor를 제거하십시오.")
    refuse(
      regularization.proximal, "regularization.proximal",
      "shrinking after each step needs a learning rate that is the step's length. Use adamW or sgd.",
      korean: "스텝 뒤에 가중치를 줄이려면 학습률이 걸음의 길이여야 합니다. adamW나 sgd를 사용하십시오.")
    refuse(
      regularization.gradientNoise != nil, "regularization.gradientNoise",
      "a line search needs the loss's own gradients. Remove gradientNoise.",
      korean: "직선 탐색에는 손실의 기울기가 그대로 필요합니다. gradientNoise를 제거하십시오.")
    return result
  }
}
