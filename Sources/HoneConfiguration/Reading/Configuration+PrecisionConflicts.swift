import HoneText

extension Configuration {
  /// What cannot go with float16 or with activations that are computed again.
  var precisionConflicts: [ConfigurationProblem] {
    var result: [ConfigurationProblem] = []
    func refuse(_ isGiven: Bool, _ path: String, _ english: String, korean: String) {
      if isGiven { result.append(problem(at: path, Localized(english, korean: korean))) }
    }
    let isHalf = training.precision == .fp16
    refuse(
      isHalf && (optimizer.sam != nil || optimizer.method.isSecondOrder), "training.precision",
      "fp16 scales the loss and leaves out steps, which this optimizer does not bear. Use bf16 or fp32.",
      korean: "fp16은 손실에 배율을 곱하고 일부 스텝을 건너뛰므로 이 최적화 방법과 함께 쓸 수 없습니다. bf16이나 "
        + "fp32를 사용하십시오.")
    refuse(
      isHalf && training.device == .cpu, "training.precision",
      "fp16 is for GPUs; on a processor it is slower than fp32. Use bf16 or fp32.",
      korean: "fp16은 GPU용이며 CPU에서는 fp32보다 느립니다. bf16이나 fp32를 사용하십시오.")
    refuse(
      training.activationCheckpointing && optimizer.method.isSecondOrder,
      "training.activationCheckpointing",
      "this optimizer differentiates in ways that need the activations. Remove activationCheckpointing.",
      korean: "이 최적화 방법의 미분에는 활성값이 필요합니다. activationCheckpointing을 제거하십시오.")
    return result
  }
}
