import HoneText

extension Configuration {
  /// Values of the optimiser that do not go together.
  var optimizerConflicts: [ConfigurationProblem] {
    switch optimizer.method {
    case .sgd(_, let momentum, let dampening, nesterov: true, _)
    where momentum == 0 || dampening != 0:
      [
        problem(
          at: "optimizer.nesterov",
          Localized(
            "Nesterov's step needs a momentum above 0 and no dampening.",
            korean: "네스테로프 방식에는 0보다 큰 momentum이 필요하고 dampening은 0이어야 합니다."))
      ]
    case .rprop(_, _, _, let smallest, let largest) where smallest > largest:
      [
        problem(
          at: "optimizer.smallestStep",
          Localized(
            "smallestStep is above largestStep.", korean: "smallestStep이 largestStep보다 큽니다."))
      ]
    default: []
    }
  }

  /// Values of the schedule that do not go together.
  var scheduleConflicts: [ConfigurationProblem] {
    conflicts(schedule.course, at: "schedule", isInside: false)
  }

  private func conflicts(
    _ course: ScheduleConfiguration.Course, at path: String, isInside: Bool
  ) -> [ConfigurationProblem] {
    switch course {
    case .multiStep(let milestones, _)
    where zip(milestones, milestones.dropFirst()).contains(where: { $0 >= $1 }):
      [
        problem(
          at: "\(path).milestones",
          Localized("milestones must ascend.", korean: "milestones는 오름차순이어야 합니다."))
      ]
    case .plateau where isInside:
      [
        problem(
          at: path,
          Localized(
            "plateau cannot be a part of another schedule. Give it alone, with warmupEpochs where it "
              + "needs a warm-up.",
            korean: "plateau는 다른 일정의 일부가 될 수 없습니다. 단독으로 쓰고, 워밍업이 필요하면 "
              + "warmupEpochs를 쓰십시오."))
      ]
    case .sequence(let stages):
      stages.enumerated().flatMap { index, stage in
        lengthConflicts(
          stage, at: "\(path).sequence[\(index)]", isLast: index == stages.count - 1)
          + conflicts(stage.course, at: "\(path).sequence[\(index)]", isInside: true)
      }
    case .product(let courses):
      courses.enumerated().flatMap { index, course in
        conflicts(course, at: "\(path).product[\(index)]", isInside: true)
      }
    default: []
    }
  }

  private func lengthConflicts(
    _ stage: ScheduleConfiguration.Stage, at path: String, isLast: Bool
  ) -> [ConfigurationProblem] {
    let given = [stage.epochs != nil, stage.steps != nil, stage.share != nil].count { $0 }
    if isLast ? given == 0 : given == 1 { return [] }
    let sentence =
      isLast
      ? Localized(
        "the last stage takes what is left of the run and has no length.",
        korean: "마지막 단계는 남은 학습 전부를 맡으므로 길이를 쓰지 않습니다.")
      : Localized(
        "a stage has one length: epochs, steps or share.",
        korean: "단계의 길이는 epochs, steps, share 가운데 하나로 씁니다.")
    return [problem(at: path, sentence)]
  }
}
