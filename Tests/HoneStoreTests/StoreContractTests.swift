import Foundation
import HoneRecords
import HoneStore
import Testing

/// What every store must do, run against each.
struct StoreContractTests {
  @Test("a run comes back as it was saved, to the last bit", arguments: StoreKind.allCases)
  func roundTrip(kind: StoreKind) throws {
    try kind.withStore { store in
      let run = Samples.run("20261121-084512-k3f9")
      try store.save(run)
      #expect(try store.run(run.id) == run)
    }
  }

  @Test("saving again replaces the record and keeps the series", arguments: StoreKind.allCases)
  func replace(kind: StoreKind) throws {
    try kind.withStore { store in
      var run = Samples.run("a", status: .running)
      try store.save(run)
      try store.append(Samples.epoch(1), to: "a")
      try store.append([Samples.step(1)], to: "a")
      run.status = .completed
      run.tags = ["other"]
      try store.save(run)
      let evidence = try store.evidence("a")
      #expect(evidence.run == run)
      #expect(evidence.epochs.count == 1)
      #expect(evidence.steps.count == 1)
      #expect(try store.runs(matching: RunFilter(tag: "baseline")).isEmpty)
      #expect(try store.runs(matching: RunFilter(tag: "other")).count == 1)
    }
  }

  @Test(
    "progress adds a run, and keeps what the user wrote meanwhile", arguments: StoreKind.allCases)
  func progress(kind: StoreKind) throws {
    try kind.withStore { store in
      var run = Samples.run("a", status: .running)
      run.tags = []
      try store.saveProgress(run)
      #expect(try store.run("a") == run)
      try store.append(Samples.epoch(1), to: "a")
      try store.update("a") {
        $0.tags = ["mine", "second"]
        $0.note = "watch this"
      }
      run.status = .completed
      run.final = Samples.epoch(2)
      try store.saveProgress(run)
      let saved = try store.evidence("a")
      run.tags = ["mine", "second"]
      run.note = "watch this"
      #expect(saved.run == run)
      #expect(saved.epochs.count == 1)
      #expect(try store.runs(matching: RunFilter(tag: "second")).map(\.id) == ["a"])
    }
  }

  @Test("series come back in order, the last of each number", arguments: StoreKind.allCases)
  func series(kind: StoreKind) throws {
    try kind.withStore { store in
      try store.save(Samples.run("a"))
      try store.save(Samples.run("b"))
      for number in [10, 2, 1, 3] { try store.append(Samples.epoch(number), to: "a") }
      try store.append(Samples.epoch(2, loss: 7), to: "a")
      try store.append([Samples.step(30), Samples.step(4)], to: "a")
      try store.append([Samples.step(4, loss: 9), Samples.step(100)], to: "a")
      try store.append([StepRecord](), to: "a")
      let evidence = try store.evidence("a")
      #expect(evidence.epochs.map(\.epoch) == [1, 2, 3, 10])
      #expect(evidence.epochs[1] == Samples.epoch(2, loss: 7))
      #expect(evidence.steps.map(\.step) == [4, 30, 100])
      #expect(evidence.steps[0] == Samples.step(4, loss: 9))
      #expect(try store.evidence("b").epochs.isEmpty)
    }
  }

  @Test("missing, infinite and not-a-number stay apart", arguments: StoreKind.allCases)
  func nonFinite(kind: StoreKind) throws {
    try kind.withStore { store in
      var run = Samples.run("a")
      run.final = Samples.epoch(1, loss: .nan)
      try store.save(run)
      var epoch = Samples.epoch(1, loss: .infinity)
      epoch.gradientNorm = .nan
      epoch.updateRatio = nil
      epoch.validationLoss = -.infinity
      try store.append(epoch, to: "a")
      try store.append(
        [
          StepRecord(step: 1, epoch: 1, loss: .nan, learningRate: 1, gradientNorm: .nan),
          StepRecord(step: 2, epoch: 1, loss: .infinity, learningRate: .nan, updateRatio: .nan),
          StepRecord(step: 3, epoch: 1, loss: -.infinity, learningRate: 1, gradientNorm: .infinity),
        ], to: "a")
      let evidence = try store.evidence("a")
      #expect(evidence.run.final?.trainLoss.isNaN == true)
      #expect(evidence.epochs[0].trainLoss == .infinity)
      #expect(evidence.epochs[0].gradientNorm?.isNaN == true)
      #expect(evidence.epochs[0].updateRatio == nil)
      #expect(evidence.epochs[0].validationLoss == -.infinity)
      let steps = evidence.steps
      #expect(steps[0].loss.isNaN && steps[0].gradientNorm?.isNaN == true)
      #expect(steps[0].updateRatio == nil)
      #expect(steps[1].loss == .infinity && steps[1].learningRate.isNaN)
      #expect(steps[1].gradientNorm == nil && steps[1].updateRatio?.isNaN == true)
      #expect(steps[2].loss == -.infinity && steps[2].gradientNorm == .infinity)
    }
  }

  @Test("lists are newest first and keep to their filter", arguments: StoreKind.allCases)
  func filters(kind: StoreKind) throws {
    try kind.withStore { store in
      try store.save(Samples.run("old", name: "Erster", seconds: -10))
      try store.save(Samples.run("new", name: "École", seconds: 10))
      try store.save(Samples.run("mid", name: "100%_done", status: .diverged))
      var child = Samples.run("child", seconds: 20)
      child.parent = "improvement"
      child.tags = []
      try store.save(child)
      func ids(_ filter: RunFilter) throws -> [String] {
        try store.runs(matching: filter).map(\.id)
      }
      #expect(try ids(RunFilter()) == ["new", "mid", "old"])
      #expect(try ids(RunFilter(includesChildren: true)) == ["child", "new", "mid", "old"])
      #expect(try ids(RunFilter(limit: 2)) == ["new", "mid"])
      #expect(try ids(RunFilter(limit: 0)).isEmpty)
      #expect(try ids(RunFilter(status: .diverged)) == ["mid"])
      #expect(try ids(RunFilter(tag: "α")) == ["new", "mid", "old"])
      #expect(try ids(RunFilter(tag: "alpha")).isEmpty)
      #expect(try ids(RunFilter(text: "école")) == ["new"])
      #expect(try ids(RunFilter(text: "%")) == ["mid"])
      #expect(try ids(RunFilter(text: "DIGIT")).count == 3)
      #expect(try ids(RunFilter(status: .completed, text: "erst", limit: 5)) == ["old"])
    }
  }

  @Test("runs of the same instant list the later saved first", arguments: StoreKind.allCases)
  func ties(kind: StoreKind) throws {
    try kind.withStore { store in
      for id in ["b", "a", "c"] { try store.save(Samples.run(id)) }
      try store.save(Samples.run("b"))
      #expect(try store.runs(matching: RunFilter()).map(\.id) == ["c", "a", "b"])
    }
  }

  @Test("a reference is an id, a beginning, a name or last", arguments: StoreKind.allCases)
  func references(kind: StoreKind) throws {
    try kind.withStore { store in
      try store.save(Samples.run("20261121-084512-k3f9", name: "first"))
      try store.save(Samples.run("20261121-090000-aaaa", name: "second", seconds: 10))
      try store.save(Samples.run("20261122-090000-bbbb", name: "first", seconds: 20))
      var child = Samples.run("20261123-000000-cccc", name: "child", seconds: 30)
      child.parent = "20261122-090000-bbbb"
      try store.save(child)
      #expect(try store.find("20261121-084512-k3f9").id == "20261121-084512-k3f9")
      #expect(try store.find("20261121-09").name == "second")
      #expect(try store.find("first").id == "20261122-090000-bbbb")
      #expect(try store.find("last").id == "20261122-090000-bbbb")
      #expect(try store.find("child").parent == "20261122-090000-bbbb")
      #expect(
        throws: StoreError.ambiguous(
          .run, reference: "20261121",
          candidates: ["20261121-090000-aaaa", "20261121-084512-k3f9"], count: 2)
      ) { try store.find("20261121") }
      #expect(throws: StoreError.notFound(.run, reference: "secnod", nearest: ["second"])) {
        try store.find("secnod")
      }
    }
  }

  @Test("removing a run removes its series and nothing else", arguments: StoreKind.allCases)
  func delete(kind: StoreKind) throws {
    try kind.withStore { store in
      for id in ["a", "b"] {
        try store.save(Samples.run(id))
        try store.append(Samples.epoch(1), to: id)
        try store.append([Samples.step(1)], to: id)
      }
      try store.delete("a")
      #expect(throws: StoreError.self) { try store.run("a") }
      try store.save(Samples.run("a"))
      #expect(try store.evidence("a").epochs.isEmpty)
      #expect(try store.evidence("a").steps.isEmpty)
      #expect(try store.evidence("b").epochs.count == 1)
    }
  }

  @Test("every call refuses a run that is not there", arguments: StoreKind.allCases)
  func missing(kind: StoreKind) throws {
    try kind.withStore { store in
      try store.save(Samples.run("20261121-084512-k3f9", name: "first"))
      let error = StoreError.notFound(
        .run, reference: "20261121-084512-k3f", nearest: ["20261121-084512-k3f9"])
      let id = "20261121-084512-k3f"
      #expect(throws: error) { try store.run(id) }
      #expect(throws: error) { try store.evidence(id) }
      #expect(throws: error) { try store.delete(id) }
      #expect(throws: error) { try store.append(Samples.epoch(1), to: id) }
      #expect(throws: error) { try store.append([Samples.step(1)], to: id) }
    }
  }

  @Test("ids that could lead out of the folder are refused", arguments: StoreKind.allCases)
  func identifiers(kind: StoreKind) throws {
    try kind.withStore { store in
      for id in ["", "..", "a/b", ".hidden", "a b", "실행", String(repeating: "a", count: 201)] {
        #expect(throws: StoreError.invalidIdentifier(id)) { try store.save(Samples.run(id)) }
        #expect(throws: StoreError.invalidIdentifier(id)) {
          try store.save(Samples.improvement(id))
        }
      }
    }
  }

  @Test("improvements come back by id, beginning and last", arguments: StoreKind.allCases)
  func improvements(kind: StoreKind) throws {
    try kind.withStore { store in
      #expect(
        throws: StoreError.notFound(.improvement, reference: "last", nearest: [])
      ) { try store.improvement("last") }
      let first = Samples.improvement("20261121-084512-k3f9")
      var second = Samples.improvement("20261122-000000-aaaa", seconds: 5)
      try store.save(second)
      try store.save(first)
      second.report = "report.html"
      try store.save(second)
      #expect(try store.improvement(first.id) == first)
      #expect(try store.improvement("20261121") == first)
      #expect(try store.improvement("last") == second)
      #expect(
        throws: StoreError.ambiguous(
          .improvement, reference: "202611", candidates: [second.id, first.id], count: 2)
      ) { try store.improvement("202611") }
    }
  }

  @Test("many threads write without losing anything", arguments: StoreKind.allCases)
  func threads(kind: StoreKind) throws {
    try kind.withStore { store in
      DispatchQueue.concurrentPerform(iterations: 8) { thread in
        #expect(throws: Never.self) {
          try store.save(Samples.run("run-\(thread)"))
          for number in 1...10 { try store.append(Samples.epoch(number), to: "run-\(thread)") }
        }
      }
      for thread in 0..<8 {
        let evidence = try store.evidence("run-\(thread)")
        #expect(evidence.epochs.count == 10)
      }
    }
  }
}

/// What every store must do with a program's own metrics, events, files and long lists.
struct StoreSeriesContractTests {
  @Test("metrics of the program's own come back by name and step", arguments: StoreKind.allCases)
  func metrics(kind: StoreKind) throws {
    try kind.withStore { store in
      try store.save(Samples.run("a"))
      let bleu = MetricSeries(
        name: "BLEU 점수",
        points: [MetricPoint(step: 2, value: 0.5, seconds: 1.5), MetricPoint(step: 1, value: .nan)])
      try store.append([bleu, MetricSeries(name: "empty", points: [])], to: "a")
      try store.append(
        [MetricSeries(name: bleu.name, points: [MetricPoint(step: 2, value: 0.25)])], to: "a")
      let read = try store.metrics(of: "a").filter { !$0.points.isEmpty }
      #expect(read.map(\.name) == [bleu.name])
      #expect(read[0].points.map(\.step) == [1, 2])
      #expect(read[0].points[0].value.isNaN)
      #expect(read[0].points[1] == MetricPoint(step: 2, value: 0.25))
      try store.delete("a")
      try store.save(Samples.run("a"))
      #expect(try store.metrics(of: "a").isEmpty)
    }
  }

  @Test("a series written in many small pieces comes back whole", arguments: StoreKind.allCases)
  func pieces(kind: StoreKind) throws {
    try kind.withStore { store in
      try store.save(Samples.run("a"))
      for number in 1...150 {
        try store.append([Samples.step(number), Samples.step(number + 1, loss: 9)], to: "a")
      }
      let steps = try store.evidence("a").steps
      #expect(steps.map(\.step) == Array(1...151))
      #expect(steps.map(\.loss) == Array(repeating: 0.5, count: 150) + [9])
    }
  }

  @Test("events and files are listed once", arguments: StoreKind.allCases)
  func eventsAndFiles(kind: StoreKind) throws {
    try kind.withStore { store in
      try store.save(Samples.run("a"))
      let first = RunEvent(
        time: Date(timeIntervalSinceReferenceDate: 800_000_000.25), kind: .began, text: "시작")
      let second = RunEvent(
        time: Date(timeIntervalSinceReferenceDate: 800_000_001), kind: .note, text: "a 'note'?")
      try store.append([second, first], to: "a")
      try store.append([first], to: "a")
      #expect(try store.events(of: "a") == [first, second])
      var file = ArtifactRecord(path: "runs/a/model.safetensors", kind: "model", bytes: 5)
      try store.append(file, to: "a")
      file.bytes = 6
      file.digest = "00ff"
      try store.append(file, to: "a")
      #expect(try store.artifacts(of: "a") == [file])
    }
  }

  @Test("a change reads and writes in one step", arguments: StoreKind.allCases)
  func update(kind: StoreKind) throws {
    try kind.withStore { store in
      try store.save(Samples.run("a"))
      DispatchQueue.concurrentPerform(iterations: 4) { thread in
        for number in 1...10 {
          #expect(throws: Never.self) {
            try store.update("a") { $0.tags.append("t\(thread)-\(number)") }
          }
        }
      }
      #expect(Set(try store.run("a").tags).count == Samples.run("a").tags.count + 40)
      #expect(throws: StoreError.self) { try store.update("b") { $0.note = "x" } }
    }
  }

  @Test("lines of runs say what the records say", arguments: StoreKind.allCases)
  func lines(kind: StoreKind) throws {
    try kind.withStore { store in
      var run = Samples.run("a")
      run.note = "a note"
      run.parent = "b"
      try store.save(run)
      let filter = RunFilter(includesChildren: true)
      #expect(try store.listings(matching: filter) == [RunListing(run)])
      #expect(RunListing(run).model == "mlp")
      run.status = .failed
      run.best = nil
      try store.save(run)
      #expect(try store.listings(matching: filter) == [RunListing(run)])
    }
  }

  @Test("filters look at model, data, findings, time and numbers", arguments: StoreKind.allCases)
  func filters(kind: StoreKind) throws {
    try kind.withStore { store in
      try store.save(Samples.run("new", seconds: 100))
      var old = Samples.run("old", seconds: -100)
      old.configuration = #"{"model":{"name":"cnn"}}"#
      old.dataSource = "./Cats"
      old.dataFingerprint = "abcd"
      old.findings = []
      old.best = nil
      old.final = nil
      old.epochs = 7
      try store.save(old)
      try store.append(
        [MetricSeries(name: "BLEU", points: [MetricPoint(step: 1, value: 0.9)])], to: "old")
      func ids(_ change: (inout RunFilter) -> Void) throws -> [String] {
        var filter = RunFilter()
        change(&filter)
        let runs = try store.runs(matching: filter).map(\.id)
        #expect(try store.listings(matching: filter).map(\.id) == runs)
        return runs
      }
      func ids(_ condition: String) throws -> [String] {
        let condition = try #require(NumberCondition(condition))
        return try ids { $0.conditions = [condition] }
      }
      #expect(try ids { $0.model = "cnn" } == ["old"])
      #expect(try ids { $0.data = "cats" } == ["old"])
      #expect(try ids { $0.data = "abc" } == ["old"])
      #expect(try ids { $0.finding = .overfit } == ["new"])
      #expect(try ids { $0.since = Samples.run("x").created } == ["new"])
      #expect(try ids { $0.before = Samples.run("x").created } == ["old"])
      #expect(try ids("accuracy >= 0.85") == ["new"])
      #expect(try ids("validationMetric>0.85").isEmpty)
      #expect(try ids("epochs = 7") == ["old"])
      #expect(try ids("BLEU>0.5") == ["old"])
      #expect(try ids("test.f1Macro<=0.5") == ["new", "old"])
      #expect(try store.numberNames().contains("BLEU"))
      #expect(NumberCondition("accuracy") == nil)
      #expect(NumberCondition("accuracy>x") == nil)
      #expect(NumberCondition(">1") == nil)
    }
  }
}
