import HoneNumerics
import HoneTensor
import HoneTestSupport
import HoneText
import Testing

@Suite(.enabled(if: ProcessGroup.isAvailable, "this libtorch has no process groups"))
struct ProcessGroupTests {
  @Test("sums and broadcasts are the same in every rank", arguments: [1, 2, 3])
  func exchanges(size: Int) throws {
    let results = inRanks(size) { group in
      let sum = try group.sum(Tensor([Float(group.rank), 1])).values(as: Float.self)
      let bytes = try group.broadcast(group.rank == 0 ? [7, 8, 9] : [], from: 0)
      let none = try group.broadcast([], from: 0)
      let numbers = try group.sum([0.5])
      return (sum, bytes, none, numbers)
    }
    let ranks = Float((0..<size).reduce(0, +))
    for result in results {
      let (sum, bytes, none, numbers) = try result.get()
      #expect(sum == [ranks, Float(size)])
      #expect(bytes == [7, 8, 9])
      #expect(none.isEmpty)
      #expect(numbers == [0.5 * Double(size)])
    }
  }

  @Test("a sum leaves its operand alone")
  func sumIsNew() throws {
    let results = inRanks(2) { group in
      let own = Tensor([Float(1)])
      _ = try group.sum(own)
      return own.values(as: Float.self)
    }
    for result in results { #expect(try result.get() == [1]) }
  }

  @Test("ranks that do not come are named")
  func absent() throws {
    let results = inRanks(
      3,
      configure: { place in
        // Rank 1 waits where nobody comes, and gives up before the one that hosts the meeting point.
        place.joinSeconds = place.rank == 1 ? 0.2 : 1.5
        if place.rank == 1 { place.attempt = "elsewhere" }
      }, { _ in })
    #expect(throws: ProcessGroupError.absent(ranks: [1], size: 3, seconds: 1.5)) {
      try results[0].get()
    }
    #expect(throws: ProcessGroupError.absent(ranks: [0, 2], size: 3, seconds: 0.2)) {
      try results[1].get()
    }
  }

  @Test("a meeting point where nobody listens is named")
  func nobody() throws {
    var place = ProcessGroupPlace(
      rank: 1, size: 2, address: .init(host: "127.0.0.1", port: freePort()))
    place.joinSeconds = 0.5
    let error = try #require(throws: ProcessGroupError.self) {
      _ = try ProcessGroup.connect(place)
    }
    guard case .notReached(let host, _, _) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(host == "127.0.0.1")
    #expect(error.exitStatus == .serviceUnavailable)
  }

  @Test("a rank that is gone ends the others' exchanges, by its number")
  func lost() throws {
    let results = inRanks(3) { group in
      // Rank 1 goes without a word.
      if group.rank == 1 { return }
      while true { _ = try group.sum([1]) }
    }
    for rank in [0, 2] {
      #expect(throws: ProcessGroupError.lost([.init(rank: 1, reason: "")], size: 3)) {
        try results[rank].get()
      }
    }
  }

  @Test("a rank that says why it stops is quoted")
  func leaves() throws {
    let results = inRanks(2) { group in
      if group.rank == 1 { return group.leave(because: "the data are gone") }
      while true { _ = try group.sum([1]) }
    }
    let loss = ProcessGroupError.lost([.init(rank: 1, reason: "the data are gone")], size: 2)
    #expect(throws: loss) { try results[0].get() }
    #expect(loss.explanation.english.contains("rank 1 of 2 stopped: the data are gone"))
    #expect(loss.exitStatus == .tryAgainLater)
  }

  @Test("the loss of the rank that hosts the meeting point is named as well")
  func hostLost() throws {
    let results = inRanks(2) { group in
      // Both are connected before the one leaves.
      _ = try group.sum([1])
      while group.rank == 1 { _ = try group.sum([1]) }
    }
    #expect(throws: ProcessGroupError.lost([.init(rank: 0, reason: "")], size: 2)) {
      try results[1].get()
    }
  }
}
