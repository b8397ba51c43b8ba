public import HoneText

/// A moment of training, as observers see it.
public enum TrainingEvent: Sendable, Equatable {
  /// Training begins; the record holds all that is known before the first step.
  case began(RunRecord)
  /// An epoch of so many steps begins.
  case epochBegan(epoch: Int, steps: Int)
  /// A step was sampled for its numbers.
  case step(StepRecord)
  /// Progress within the epoch, at most a few times a second.
  case progress(Progress)
  /// An epoch ended.
  case epoch(EpochRecord)
  /// A checkpoint was written.
  case checkpoint(path: String, epoch: Int, isBest: Bool)
  /// Something the user should read.
  case note(Localized)
  /// Training ended; the record is final.
  case ended(RunRecord)

  /// How far an epoch has come.
  public struct Progress: Sendable, Equatable {
    /// The epoch under way, counted from 1.
    public var epoch: Int
    /// The epochs that were asked for.
    public var epochs: Int
    /// The steps done in this epoch.
    public var step: Int
    /// The steps of this epoch.
    public var steps: Int
    /// The mean training loss of this epoch so far.
    public var loss: Double
    /// The training metric of this epoch so far; nil where none is measured while training.
    public var metric: Double?
    /// Training samples per second, data loading included.
    public var samplesPerSecond: Double
    /// Seconds to the end of the run at the present rate.
    public var secondsLeft: Double
    /// The share of this epoch that the trainer waited for data.
    public var waitShare: Double
    /// Bytes of the process that lie in memory; nil where the system does not say.
    public var memory: Int?

    /// How far an epoch has come.
    public init(
      epoch: Int, epochs: Int, step: Int, steps: Int, loss: Double, metric: Double?,
      samplesPerSecond: Double, secondsLeft: Double, waitShare: Double = 0, memory: Int? = nil
    ) {
      self.epoch = epoch
      self.epochs = epochs
      self.step = step
      self.steps = steps
      self.loss = loss
      self.metric = metric
      self.samplesPerSecond = samplesPerSecond
      self.secondsLeft = secondsLeft
      self.waitShare = waitShare
      self.memory = memory
    }
  }
}
