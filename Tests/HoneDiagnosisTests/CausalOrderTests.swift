import Foundation
import HoneRecords
import HoneText
import Testing

@testable import HoneDiagnosis

struct CausalOrderTests {
  private func finding(
    _ id: FindingName, _ severity: Finding.Severity = .warning, confidence: Double = 0.9
  ) -> Finding {
    Finding(
      id: id, severity: severity, confidence: confidence, epoch: nil, evidence: [], remedies: [],
      message: Localized("", korean: ""))
  }

  private func order(_ findings: Finding...) -> [FindingName] {
    findings.sorted(by: CausalOrder.precedes).map(\.id)
  }

  @Test("labels without connection come before the overfitting that follows from them")
  func labels() {
    #expect(
      order(finding(.overfit, confidence: 0.99), finding(.labelNoise, confidence: 0.6)) == [
        .labelNoise, .overfit,
      ])
    #expect(CausalOrder.causes(of: .overfit).contains(.labelNoise))
  }

  @Test("a penalty too strong comes before the units that die of it, and behind the initialisation")
  func penalty() {
    #expect(
      order(
        finding(.dyingReLU, .critical), finding(.underfitEpochs), finding(.overRegularised),
        finding(.initialisationScale)) == [
          .initialisationScale, .overRegularised, .dyingReLU, .underfitEpochs,
        ])
  }

  @Test("what may be is listed behind what is, however early its place")
  func hints() {
    #expect(order(finding(.splitLeakage, .info), finding(.overfit)) == [.overfit, .splitLeakage])
  }

  @Test("no finding is among its own causes, and every cause comes earlier or at the same place")
  func places() {
    for id in FindingName.allCases {
      for cause in CausalOrder.causes(of: id) {
        #expect(cause != id)
        // Regularization too strong is listed among the settings of training.
        let place = cause == .overRegularised ? CausalOrder.rank(of: .learningRateTooHigh) : nil
        #expect(
          (place ?? CausalOrder.rank(of: cause)) <= CausalOrder.rank(of: id), "\(cause) of \(id)")
      }
    }
  }

  @Test(
    "a first loss far too large is a hint where training undoes it soon, and a problem where not")
  func firstLoss() throws {
    var evidence = SyntheticRun(epochs: 30, timeConstant: 2).evidence()
    evidence.run.preflight?.initialLoss = 80
    #expect(try #require(InitialLossRule().evaluate(evidence)).severity == .info)
    for index in 0..<20 { evidence.epochs[index].trainLoss = 40 }
    #expect(try #require(InitialLossRule().evaluate(evidence)).severity == .warning)
  }
}
