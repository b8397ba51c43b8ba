import Foundation
import HoneAssembly
public import HoneCommands
import HoneConfiguration
import HoneData
public import HoneRecords
import HoneTensor
import HoneText
import HoneTrain

extension LibtorchEngine {
  /// One run: split, preprocess, build, train, validate, test, record.
  /// - Throws: what data, configuration, disk or libtorch refuse, as errors that explain themselves.
  public func train(
    _ request: TrainRequest, in context: CommandContext
  ) async throws -> RunRecord {
    try await EngineThread.run {
      if let place = request.place {
        return try train(request, together: ParallelRun(place), context)
      }
      let setting = VerbSetting(context)
      if let reference = request.resume {
        return try resume(reference, request, setting)
      }
      return try begin(request, setting)
    }
  }

  func begin(
    _ request: TrainRequest, _ setting: VerbSetting, _ parallel: ParallelRun? = nil
  ) throws -> RunRecord {
    var configuration = request.configuration
    configuration.data.source = request.data ?? configuration.data.source
    if let teachers = configuration.training.distillation?.teachers {
      configuration.training.distillation?.teachers = try teachers.flatMap(setting.expand)
    }
    var identity = RunIdentity(name: request.name)
    identity.tags = request.tags
    identity.parent = request.parent
    identity.command = setting.context.command
    identity = try identity.agreed(parallel)
    var assembled = try assemble(configuration, identity: identity, setting) { _ in }
    assembled.record.processes = parallel?.training.group.size
    if let parallel {
      try parallel.check(assembled.record)
      if !parallel.isWriter {
        return try follow(
          assembled, from: nil, threads: assembled.plan.threads, setting, parallel)
      }
    }
    let place = try RunPlace(
      of: identity.id, store: setting.context.openStore(), setting: setting,
      interval: configuration.checkpointInterval)
    sayWhatBegins(assembled.record, setting)
    try warnOfNoise(assembled, setting)
    if configuration.training.deterministic {
      setting.context.say(try DeterminismCost(of: assembled)?.explanation ?? .determinismIsFree)
    }
    return try RunTraining(
      assembled: assembled, place: place, setting: setting, parallel: parallel?.training
    ).run(from: nil, threads: assembled.plan.threads)
  }

  func resume(
    _ reference: String, _ request: TrainRequest, _ setting: VerbSetting,
    _ parallel: ParallelRun? = nil
  ) throws -> RunRecord {
    let store = try setting.context.openExistingStore()
    let found = try store.find(reference)
    if found.status.isEnd { try RunPlace.tidy(found, store: store, setting: setting) }
    var resumption = try Resumption(
      found, asked: request.configuration, allowing: request.allowedChanges)
    let run = resumption.run
    let place = try RunPlace(
      of: run.id, store: store, setting: setting,
      interval: resumption.configuration.checkpointInterval)
    try place.claim()
    try parallel?.tell(run, resumption.configuration)
    var assembled = try assemble(
      resumption.configuration, seed: run.seed, identity: resumption.identity, setting,
      check: { try resumption.check($0) })
    try resumption.check(assembled.record)
    try parallel?.check(assembled.record)
    let kept = place.checkpointer.read()
    for damage in kept.damage { setting.context.warn(damage.explanation) }
    place.checkpointer.removeDamaged(kept)
    for change in resumption.changes { setting.context.warn(Self.warning(of: change)) }
    sayWhereItGoesOn(run, kept, setting)
    var checkpoint = kept.checkpoint
    if let progress = checkpoint?.progress {
      checkpoint?.progress.run = resumption.changed(
        progress.run, to: assembled.record, atStep: progress.step)
    }
    try restoreEpochs(of: run, from: checkpoint, to: store)
    assembled.record = resumption.changed(assembled.record, to: assembled.record, atStep: 0)
    let threads = resumedThreads(run, resumption.threads(of: assembled.record), parallel)
    assembled.record.processes = parallel?.training.group.size
    checkpoint?.progress.run.processes = assembled.record.processes
    checkpoint?.progress.run.threads = threads
    checkpoint = try sharedCheckpoint(checkpoint, parallel)
    return try RunTraining(
      assembled: assembled, place: place, setting: setting, parallel: parallel?.training
    ).run(from: checkpoint, threads: threads)
  }

  /// Gives the store the epochs that a loss of power took from it: the checkpoint was flushed to the
  /// disk, the store's last transactions may not have been.
  private func restoreEpochs(
    of run: RunRecord, from checkpoint: Checkpoint?, to store: any RunStore
  ) throws {
    guard let history = checkpoint?.progress.history else { return }
    let known = Set(try store.evidence(run.id).epochs.map(\.epoch))
    try store.append(history.filter { !known.contains($0.epoch) }, to: run.id)
  }

  private static func warning(of change: EngineError.Change) -> Localized {
    Localized(
      "\(change.sentence.english); the run goes on and is no longer exactly the one that began.",
      korean: "\(change.sentence.korean). 이어서 하지만 처음 시작한 실행과 똑같지는 않습니다.")
  }

  /// Opens the data and makes a run of them.
  /// - Parameter check: refuses data before anything is built for them.
  func assemble(
    _ configuration: Configuration, seed: UInt64? = nil, identity: RunIdentity = RunIdentity(),
    _ setting: VerbSetting, check: (Dataset) throws -> Void = { _ in }
  ) throws -> AssembledRun {
    setting.prepareTorch(configuration.training)
    let data = try configuration.openData(home: setting.dataHome)
    try check(data)
    setting.say(notesOf: data)
    let split = try configuration.split(data, seed: seed ?? configuration.training.seed)
    var assembled = try catchingTorchErrors {
      try AssembledRun(configuration, data: data, split: split, seed: seed, identity: identity)
    }
    if let teachers = configuration.training.distillation?.teachers {
      let threads = Torch.threads
      try assembled.distill(from: setting.members(teachers).map(\.model))
      Torch.threads = threads
    }
    return assembled
  }

  private func sayWhatBegins(_ run: RunRecord, _ setting: VerbSetting) {
    let task = run.task
    if let pretrained = run.pretrained { setting.context.say(pretrained.explanation) }
    if let vectors = run.wordVectors { setting.context.say(vectors.explanation) }
    setting.context.say(
      Localized(
        "Run \(run.id) (\(run.name)): \(run.parameters) parameters, \(task.trainSamples) training, "
          + "\(task.validationSamples) validation, \(task.testSamples) test samples; \(run.device), "
          + "\(run.precision)",
        korean: "실행 \(run.id) (\(run.name)): 파라미터 \(run.parameters)개, 훈련 \(task.trainSamples)개, "
          + "검증 \(task.validationSamples)개, 테스트 \(task.testSamples)개; \(run.device), "
          + "\(run.precision)"))
  }

  /// Says before training where an optimiser minds that the loss differs between steps.
  func warnOfNoise(_ assembled: AssembledRun, _ setting: VerbSetting) throws {
    if let warning = try assembled.plan.stepNoise()?.warning { setting.context.warn(warning) }
  }

  private func sayWhereItGoesOn(
    _ run: RunRecord, _ found: Checkpointer.Found, _ setting: VerbSetting
  ) {
    guard let progress = found.checkpoint?.progress else {
      setting.context.say(
        Localized(
          "Run \(run.id) has no whole checkpoint; it begins again from its first step.",
          korean: "실행 \(run.id)에 온전한 체크포인트가 없어 첫 스텝부터 다시 시작합니다."))
      return
    }
    let previous =
      found.damage.isEmpty
      ? Localized("", korean: "")
      : Localized(" (the checkpoint before the damaged one)", korean: " (손상되지 않은 이전 체크포인트)")
    setting.context.say(
      Localized(
        "Run \(run.id) goes on in epoch \(progress.epoch), after step \(progress.step)"
          + "\(previous.english).",
        korean: "실행 \(run.id)을(를) 에폭 \(progress.epoch), 스텝 \(progress.step) 다음부터 이어서 합니다"
          + "\(previous.korean)."))
  }
}
