/// The vocabulary of the diagnosis.
///
/// Raw values are frozen: scripts and reports rely on them.
public enum FindingName: String, Sendable, Codable, CaseIterable {
  // Training dynamics
  case vanishingGradient = "vanishing-gradient"
  case explodingGradient = "exploding-gradient"
  case dyingReLU = "dying-relu"
  case saturatedActivation = "saturated-activation"
  case activationScale = "activation-scale"
  case oscillatingLoss = "oscillating-loss"
  case slowConvergence = "slow-convergence"
  case learningRateTooHigh = "learning-rate-too-high"
  case learningRateTooLow = "learning-rate-too-low"
  case nonFiniteLoss = "non-finite-loss"
  case lossPlateau = "loss-plateau"
  case notLearning = "not-learning"
  case optimizerUnsuitable = "optimizer-unsuitable"
  // Fit
  case underfitCapacity = "underfit-capacity"
  case underfitEpochs = "underfit-epochs"
  case overfit
  case overRegularised = "over-regularised"
  case overconfident
  // Set-up
  case symmetricInitialisation = "symmetric-initialisation"
  case initialisationScale = "initialisation-scale"
  case initialLoss = "initial-loss"
  case inputScale = "input-scale"
  case targetScale = "target-scale"
  case hiddenActivation = "hidden-activation"
  case lossActivationMismatch = "loss-activation-mismatch"
  case lossReduction = "loss-reduction"
  case gradientFlow = "gradient-flow"
  case batchNormSmallBatch = "batch-norm-small-batch"
  case trainEvalInconsistency = "train-eval-inconsistency"
  case dropoutBeforeBatchNorm = "dropout-before-batch-norm"
  case batchSizeUnsuitable = "batch-size-unsuitable"
  case frozenParameters = "frozen-parameters"
  case dataLoaderBottleneck = "data-loader-bottleneck"
  // Data
  case classImbalance = "class-imbalance"
  case labelNoise = "label-noise"
  case distributionShift = "distribution-shift"
  case splitLeakage = "split-leakage"
  case validationTooSmall = "validation-too-small"
  case corruptSamples = "corrupt-samples"
  case constantFeature = "constant-feature"
  case missingValues = "missing-values"
  case mixedValueRanges = "mixed-value-ranges"
  case duplicateSamples = "duplicate-samples"
  case outliers
  case augmentationTooStrong = "augmentation-too-strong"
}
