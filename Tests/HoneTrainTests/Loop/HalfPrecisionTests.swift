import HoneNN
import HoneNumerics
import HoneOptim
import HoneRecords
import HoneTensor
import Testing

@testable import HoneTrain

@Suite struct HalfPrecisionTests {
  private func parameter(gradient: [Float]) -> Parameter {
    let parameter = Parameter(Tensor.zeros([gradient.count]))
    parameter.setGradient(Tensor(gradient, shape: [gradient.count]))
    return parameter
  }

  @Test("the scaler divides gradients by what the loss was multiplied by")
  func unscales() {
    var scaler = LossScaler(scale: 8)
    let weight = Parameter(Tensor([2, 3] as [Float], shape: [2]))
    scaler.scaled(weight.value.squared().sum()).backward()
    #expect(weight.gradient?.floats == [32, 48])
    let isGood = scaler.unscale([weight])
    #expect(isGood)
    #expect(weight.gradient?.floats == [4, 6])
    #expect(scaler.scale == 8)
  }

  @Test("a step whose gradients are not finite halves the factor and is not to be taken")
  func backsOff() {
    for bad in [Float.infinity, -.infinity, .nan] {
      var scaler = LossScaler(scale: 1024)
      let isGood = scaler.unscale([parameter(gradient: [1]), parameter(gradient: [0, bad])])
      #expect(!isGood)
      #expect(scaler.scale == 512)
      #expect(scaler.goodSteps == 0)
    }
  }

  @Test("the factor doubles after so many good steps in a row, and a bad one begins the count anew")
  func grows() {
    var scaler = LossScaler(scale: 4, growthInterval: 3)
    let scales = [true, true, false, true, true, true, true].map { isGood in
      _ = scaler.unscale([parameter(gradient: [isGood ? 1 : .infinity])])
      return scaler.scale
    }
    #expect(scales == [4, 4, 2, 2, 2, 4, 4])
  }

  @Test("a factor that falls without end says that the run diverged")
  func exhausted() {
    var scaler = LossScaler()
    var steps = 0
    while !scaler.isExhausted, steps < 100 {
      _ = scaler.unscale([parameter(gradient: [.nan])])
      steps += 1
    }
    #expect(steps == 27)
  }

  @Test("fp16 trains: steps that overflow are left out, weights stay fp32")
  func trains() throws {
    var lab = Lab()
    lab.trainSamples = 600
    lab.epochs = 4
    lab.change = { $0.precision = .float16 }
    let outcome = try lab.train()
    #expect(try #require(outcome.record.best?.validationMetric) > 0.8)
    let isFull = outcome.kept.entries.allSatisfy { $0.value.dtype == .float32 }
    #expect(isFull)
  }

  @Test("a resumed fp16 run goes on with its factor")
  func resumes() throws {
    try withTemporaryFolder { folder in
      var lab = Lab()
      lab.change = { $0.precision = .float16 }
      let whole = try lab.train()
      var steps = 0
      let checkpointer = Checkpointer(folder: folder)
      _ = try Trainer(
        lab.plan, record: lab.record(), checkpointer: checkpointer,
        stopRequested: {
          steps += 1
          return steps == 10
        }
      ).train()
      let checkpoint = try #require(checkpointer.read().checkpoint)
      #expect(checkpoint.progress.scaler?.goodSteps ?? 0 > 0)
      let resumed = try Trainer(lab.plan, record: lab.record()).train(from: checkpoint)
      #expect(resumed.kept == whole.kept)
      #expect(resumed.numbers == whole.numbers)
    }
  }

  @Test("under bf16 products are bf16; losses, gradients, statistics and optimizer state stay fp32")
  func whatStaysFull() throws {
    var stream = RandomStream(seed: 1, "weights")
    let convolution = Conv2d(inputs: 1, outputs: 4, kernel: 3, using: &stream)
    let linear = Linear(inputs: 4, outputs: 3, using: &stream)
    let norm = BatchNorm(features: 4)
    let image = Tensor.ones([2, 1, 5, 5])
    let (map, normalized, output) = withAutocast(.bfloat16, on: .cpu) {
      let map = convolution(image)
      let normalized = norm(map)
      return (map, normalized, linear(normalized.mean(along: [2, 3])))
    }
    #expect(map.dtype == .bfloat16 && normalized.dtype == .bfloat16 && output.dtype == .bfloat16)
    let softmax = withAutocast(.bfloat16, on: .cpu) { output.softmax(along: 1) }
    // What follows a product keeps its type on the CPU: softmax and norms compute in fp32 inside.
    #expect(softmax.dtype == .bfloat16)
    let loss = Loss.crossEntropy()(output, Tensor([0, 1] as [Int64], shape: [2]))
    #expect(loss.dtype == .float32)
    loss.backward()
    let parameters = convolution.parameters + linear.parameters + norm.parameters
    #expect(parameters.allSatisfy { $0.value.dtype == .float32 })
    #expect(parameters.allSatisfy { $0.gradient?.dtype == .float32 })
    #expect(norm.runningMean?.value.dtype == .float32)
    let optimizer = AdamW(parameters, learningRate: 0.1)
    optimizer.step()
    let isFull = optimizer.state.tensors.allSatisfy { $0.value.dtype != .bfloat16 }
    #expect(isFull)
  }
}
