import Testing

@testable import HoneEngine

struct DeviceClaimTests {
  @Test("each process takes a device of its own")
  func own() {
    for rank in 0..<2 {
      let all = DeviceClaim(rank: rank, of: 2, visible: nil, installed: 4)
      #expect(all.own == "\(rank)")
      #expect(!all.isShort)
      let chosen = DeviceClaim(rank: rank, of: 2, visible: "3, GPU-8a", installed: 4)
      #expect(chosen.own == ["3", "GPU-8a"][rank])
    }
  }

  @Test("fewer devices than processes are short, and none is taken")
  func short() {
    for claim in [
      DeviceClaim(rank: 1, of: 2, visible: nil, installed: 1),
      DeviceClaim(rank: 1, of: 3, visible: "0,1", installed: 4),
      DeviceClaim(rank: 0, of: 2, visible: "", installed: 4),
      DeviceClaim(rank: 0, of: 2, visible: nil, installed: 0),
    ] {
      #expect(claim.isShort)
      #expect(claim.own == nil)
    }
  }

  @Test("a launcher that shows each process one of several devices has divided them")
  func divided() {
    let claim = DeviceClaim(rank: 1, of: 2, visible: "3", installed: 4)
    #expect(!claim.isShort)
    #expect(claim.own == nil)
  }

  @Test("one process keeps what it sees")
  func alone() {
    let claim = DeviceClaim(rank: 0, of: 1, visible: nil, installed: 1)
    #expect(!claim.isShort)
    #expect(claim.own == nil)
  }
}
