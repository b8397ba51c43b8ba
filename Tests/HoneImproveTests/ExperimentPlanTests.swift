import Testing

@testable import HoneImprove

@Suite struct ExperimentPlanTests {
  private func plan(
    perSample: Double, secondsLeft: Double = 100, pool: Int = 1_000, raceLimit: Double? = nil
  ) -> ExperimentPlan {
    ExperimentPlan(
      secondsLeft: secondsLeft, seedsWanted: 5, pool: pool, secondsPerSample: perSample,
      raceLimit: raceLimit)
  }

  @Test("cheap runs on small sets are cross-fitted with every seed")
  func cheap() {
    let plan = plan(perSample: 1e-5)
    #expect(plan.isCrossFitted && plan.trainLimit == nil && plan.seeds == 5)
    #expect(!self.plan(perSample: 1e-5, pool: 50_000).isCrossFitted)
  }

  @Test("dearer runs judge one part, then with fewer seeds, then on fewer samples")
  func dear() throws {
    let one = plan(perSample: 1e-3)
    #expect(!one.isCrossFitted && one.seeds == 5 && one.trainLimit == nil)
    let fewer = plan(perSample: 3e-3)
    #expect(fewer.seeds < 5 && fewer.seeds >= 3 && fewer.trainLimit == nil)
    let limited = plan(perSample: 1e-3, pool: 50_000)
    #expect(try #require(limited.trainLimit) < 36_000 && limited.seeds == 3)
    let least = plan(perSample: 1, pool: 50_000)
    #expect(least.trainLimit == ExperimentPlan.leastSamples && least.seeds == 2)
    #expect(plan(perSample: 1, secondsLeft: -5).raceSeconds == 0)
  }

  @Test("proofs and their controls fit half of the time, the race and random search the rest")
  func fits() {
    for perSample in [1e-5, 1e-4, 3e-4, 1e-3] {
      let plan = plan(perSample: perSample)
      let models = Double(plan.seeds * (plan.isCrossFitted ? ProofDesign.folds : 1))
      let model = perSample * ExperimentPlan.trainShare * 1_000
      #expect(ExperimentPlan.proofArms * models * model <= 50)
      #expect(2 * plan.raceSeconds <= 50)
    }
    #expect(plan(perSample: 1e-5, raceLimit: 3).raceSeconds == 3)
  }
}
