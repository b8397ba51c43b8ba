import HoneText
import Testing

@testable import HoneCommands

@Suite struct ProcessPlaceTests {
  private func place(_ variables: [String: String]) throws -> ProcessPlace? {
    try ProcessPlace.find(in: variables, parent: 4_242)
  }

  @Test("nothing is found where no launcher has been, nor where it has started one process")
  func alone() throws {
    #expect(try place([:]) == nil)
    #expect(try place(["RANK": "0", "WORLD_SIZE": "1"]) == nil)
    #expect(try place(["OMPI_COMM_WORLD_RANK": "0", "OMPI_COMM_WORLD_SIZE": "1"]) == nil)
    // A batch script of four tasks outside of a step is one process.
    #expect(
      try place(["SLURM_PROCID": "0", "SLURM_NTASKS": "4", "SLURM_NODELIST": "n[1-4]"]) == nil)
  }

  @Test("torchrun's variables, with the store of its agent") func torchrun() throws {
    var variables = [
      "RANK": "3", "WORLD_SIZE": "4", "LOCAL_RANK": "1", "LOCAL_WORLD_SIZE": "2",
      "MASTER_ADDR": "node1", "MASTER_PORT": "29500", "TORCHELASTIC_RESTART_COUNT": "2",
    ]
    var expected = ProcessPlace(rank: 3, size: 4, host: "node1", port: 29_500)
    expected.localRank = 1
    expected.localSize = 2
    expected.attempt = "2"
    #expect(try place(variables) == expected)
    variables["RANK"] = "0"
    #expect(try place(variables)?.isHost == true)
    variables["TORCHELASTIC_USE_AGENT_STORE"] = "True"
    #expect(try place(variables)?.isHost == false)
  }

  @Test("Open MPI on one machine meets at a port of its launcher; on several it needs an address")
  func openMPI() throws {
    var variables = [
      "OMPI_COMM_WORLD_RANK": "1", "OMPI_COMM_WORLD_SIZE": "4",
      "OMPI_COMM_WORLD_LOCAL_RANK": "1", "OMPI_COMM_WORLD_LOCAL_SIZE": "4",
    ]
    #expect(try place(variables) == ProcessPlace(rank: 1, size: 4, host: "127.0.0.1", port: 24_242))
    let shown = variables.merging(["CUDA_VISIBLE_DEVICES": "2,3"]) { $1 }
    #expect(try place(shown)?.visibleDevices == "2,3")
    variables["OMPI_COMM_WORLD_LOCAL_SIZE"] = "2"
    let error = #expect(throws: CommandFailure.self) { try place(variables) }
    #expect(error?.explanation.english.contains("MASTER_ADDR") == true)
    variables["MASTER_ADDR"] = "node1"
    let found = try place(variables)
    #expect(found?.host == "node1")
    #expect(found?.port == 29_500)
    #expect(found?.localSize == 2)
  }

  @Test("MPICH's variables") func mpich() throws {
    let found = try place(
      ["PMI_RANK": "1", "PMI_SIZE": "2", "MPI_LOCALRANKID": "1", "MPI_LOCALNRANKS": "2"])
    #expect(found == ProcessPlace(rank: 1, size: 2, host: "127.0.0.1", port: 24_242))
  }

  @Test("a step of Slurm meets on its first node, at a port of its job") func slurm() throws {
    let found = try place([
      "SLURM_PROCID": "5", "SLURM_STEP_ID": "0", "SLURM_STEP_NUM_TASKS": "6", "SLURM_NTASKS": "8",
      "SLURM_LOCALID": "1", "SLURM_STEP_NODELIST": "gpu[08-10]", "SLURM_JOB_ID": "12345",
      "SLURM_STEP_TASKS_PER_NODE": "2(x3)",
    ])
    var expected = ProcessPlace(rank: 5, size: 6, host: "gpu08", port: 20_345)
    expected.localRank = 1
    expected.localSize = 2
    #expect(found == expected)
  }

  @Test(
    "the first of a list of hosts",
    arguments: [
      ("node1", "node1"), ("node1,node2", "node1"), ("n[07-09,12],login", "n07"),
      ("a,b[1-2]", "a"), ("rack[2,4]-x,rack7", "rack2-x"),
    ])
  func hosts(list: String, first: String) {
    #expect(ProcessPlace.firstHost(list) == first)
  }

  @Test("what is missing or no number is named") func faults() throws {
    let missing = #expect(throws: CommandFailure.self) {
      try place(["RANK": "0", "WORLD_SIZE": "2", "MASTER_PORT": "1"])
    }
    #expect(missing?.explanation.english.contains("MASTER_ADDR") == true)
    let letters = #expect(throws: CommandFailure.self) {
      try place(["RANK": "zero", "WORLD_SIZE": "2"])
    }
    #expect(letters?.explanation.english.contains("\"zero\" is no number") == true)
    let outside = #expect(throws: CommandFailure.self) {
      try place(["RANK": "2", "WORLD_SIZE": "2", "MASTER_ADDR": "a", "MASTER_PORT": "1"])
    }
    #expect(outside?.explanation.english.contains("rank 2 of 2") == true)
  }
}
