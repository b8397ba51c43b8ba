import HoneNN
import HoneRecords
import HoneTensor
import HoneText
import Testing

@testable import HoneTrain

@Suite struct TrainingBudgetTests {
  @Test("time is used up when another step and the closing evaluation do not fit any more")
  func seconds() {
    let budget = TrainingBudget(seconds: 60)
    var moment = StepMoment(
      step: 9, epoch: 1, loss: 1, seconds: 54, secondsPerStep: 0.5, closingSeconds: 5)
    #expect(budget.ending(after: moment) == nil)
    moment.seconds = 54.5
    #expect(budget.ending(after: moment) != nil)
    #expect(TrainingBudget(seconds: 70).ending(after: moment) == nil)
  }

  @Test("a budget of steps ends a run after exactly as many, in the middle of an epoch")
  func steps() throws {
    // Seven steps an epoch.
    var lab = Lab()
    lab.epochs = 5
    let outcome = try lab.train(policies: [TrainingBudget(steps: 10)])
    #expect(outcome.record.status == .stoppedEarly)
    #expect(outcome.history.map(\.step) == [7, 10])
    #expect(outcome.record.outcome == "The budget of 10 steps is used up.")
    #expect(outcome.history.last?.validationMetric != nil)
    // As many steps as an epoch ends with begin no other epoch.
    #expect(try lab.train(policies: [TrainingBudget(steps: 14)]).history.map(\.step) == [7, 14])
    // As many as the run has are no reason to stop.
    lab.epochs = 2
    #expect(try lab.train(policies: [TrainingBudget(steps: 14)]).record.status == .completed)
  }

  @Test("a run that is resumed where its budget ends keeps to it", arguments: [10, 14])
  func resumes(budget: Int) throws {
    try withTemporaryFolder { folder in
      var lab = Lab()
      lab.epochs = 5
      let policies = [TrainingBudget(steps: budget)]
      let whole = try lab.train(policies: policies)
      // Killed after the last step, before the run's end was written.
      var steps = 0
      let checkpointer = Checkpointer(folder: folder)
      _ = try Trainer(
        lab.plan, record: lab.record(), checkpointer: checkpointer,
        stopRequested: {
          steps += 1
          return steps == budget
        }
      ).train()
      let checkpoint = try #require(checkpointer.read().checkpoint)
      let resumed = try Trainer(lab.plan, record: lab.record(), policies: policies)
        .train(from: checkpoint)
      #expect(resumed.kept == whole.kept)
      #expect(resumed.numbers == whole.numbers)
      #expect(resumed.record.status == .stoppedEarly)
    }
  }

  @Test("a policy may end a run after any step as one that diverged, with the best weights kept")
  func diverges() throws {
    struct Alarm: TrainingPolicy {
      func ending(after moment: StepMoment) -> TrainingEnding? {
        moment.step == 10 ? .diverge(Localized(verbatim: "Alarm.")) : nil
      }
    }
    let lab = Lab()
    let plan = try lab.plan
    let outcome = try Trainer(plan, record: lab.record(), policies: [Alarm()]).train()
    #expect(outcome.record.status == .diverged)
    #expect(outcome.record.outcome == "Alarm.")
    #expect(outcome.history.map(\.step) == [7])
    #expect(plan.model.stateDictionary == outcome.kept)
    var short = lab
    short.epochs = 1
    #expect(try short.train().kept == outcome.kept)
  }

  @Test("an interrupted run's model holds the best weights so far")
  func interrupted() throws {
    var lab = Lab()
    lab.epochs = 1
    let best = try lab.train().kept
    lab.epochs = 5
    let plan = try lab.plan
    var steps = 0
    let outcome = try Trainer(
      plan, record: lab.record(),
      stopRequested: {
        steps += 1
        return steps == 9
      }
    ).train()
    #expect(outcome.record.status == .interrupted)
    #expect(outcome.kept == best)
    #expect(plan.model.stateDictionary == best)
  }

  @Test("a training loss far above its lowest ends a run as diverged, however it got there")
  func divergence() {
    let policy = StopOnDivergence(factor: 10, epochs: 2)
    func decide(_ losses: [Double]) -> TrainingDirective {
      policy.decide(
        after: losses.enumerated().map { epoch($0.offset + 1, trainLoss: $0.element) })
    }
    #expect(decide([1, 11]) == .proceed)
    #expect(decide([1, 11, 9]) == .proceed)
    #expect(decide([1, 10, 10]) == .proceed)
    guard case .diverge(let reason) = decide([1, 0.5, 11, 12]) else {
      Issue.record("did not end")
      return
    }
    #expect(reason.english.contains("12"))
    #expect(decide([-1, 100, 100]) == .proceed)
    #expect(decide([]) == .proceed)
  }
}

extension TrainingBudgetTests {
  @Test("a time budget that ends in the first epoch measures what the evaluation will take")
  func measuresClosing() throws {
    let lab = Lab()
    let trainer = try Trainer(
      lab.plan, record: lab.record(), policies: [TrainingBudget(seconds: 0.000_1)])
    let outcome = try trainer.train()
    #expect(outcome.record.status == .stoppedEarly)
    #expect(outcome.history.map(\.step) == [1])
    #expect(trainer.measuredClosing ?? 0 > 0)
    // Nobody needs to know where time has no bound, or one that is far away.
    for seconds in [nil, 1e6] {
      let other = try Trainer(
        lab.plan, record: lab.record(),
        policies: [TrainingBudget(seconds: seconds, steps: 10)])
      _ = try other.train()
      #expect(other.measuredClosing == nil)
    }
  }
}
