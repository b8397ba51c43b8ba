import HoneText

extension ProcessPlace {
  /// The port where nobody names one, torchrun's as well.
  private static let defaultPort = 29_500
  /// From where ports are taken that follow from a job's number, and how many there are.
  private static let jobPorts = (first: 20_000, count: 12_000)

  /// The place that a launcher's environment variables say: torchrun's, Open MPI's, MPICH's or Slurm's,
  /// in this order; nil where none speaks of more than one process.
  /// - Parameters:
  ///   - variables: the environment.
  ///   - parent: the number of the parent process, which those on one machine have in common.
  /// - Throws: `CommandFailure.usage` naming the variable that is missing or is no number.
  static func find(
    in variables: [String: String], parent: Int32
  ) throws -> ProcessPlace? {
    let reader = VariableReader(variables)
    for launcher in [torchrun, openMPI, mpich, slurm] {
      guard var place = try launcher(reader, parent), place.size > 1 else { continue }
      guard (0..<place.size).contains(place.rank) else {
        throw VariableReader.refusal(
          "rank \(place.rank) of \(place.size)", "ranks count from 0 to \(place.size - 1)",
          "랭크는 0부터 \(place.size - 1)까지입니다")
      }
      place.interface = reader.text("GLOO_SOCKET_IFNAME")
      place.visibleDevices = variables["CUDA_VISIBLE_DEVICES"]
      return place
    }
    return nil
  }

  private static func torchrun(_ reader: VariableReader, _ parent: Int32) throws -> ProcessPlace? {
    guard let rank = try reader.number("RANK"), let size = try reader.number("WORLD_SIZE") else {
      return nil
    }
    if size == 1 { return nil }
    var place = ProcessPlace(
      rank: rank, size: size, host: try reader.needed("MASTER_ADDR"),
      port: try reader.neededNumber("MASTER_PORT"))
    place.localRank = try reader.number("LOCAL_RANK") ?? rank
    place.localSize = try reader.number("LOCAL_WORLD_SIZE") ?? 1
    place.isHost = rank == 0 && reader.text("TORCHELASTIC_USE_AGENT_STORE") != "True"
    place.attempt = reader.text("TORCHELASTIC_RESTART_COUNT") ?? "0"
    place.listeningSocket = try reader.number("HONE_LISTENING_SOCKET").map { Int32($0) }
    return place
  }

  private static func openMPI(_ reader: VariableReader, _ parent: Int32) throws -> ProcessPlace? {
    guard let rank = try reader.number("OMPI_COMM_WORLD_RANK"),
      let size = try reader.number("OMPI_COMM_WORLD_SIZE")
    else { return nil }
    return try message(
      reader, parent, rank: rank, size: size,
      localRank: reader.number("OMPI_COMM_WORLD_LOCAL_RANK"),
      localSize: reader.number("OMPI_COMM_WORLD_LOCAL_SIZE"))
  }

  private static func mpich(_ reader: VariableReader, _ parent: Int32) throws -> ProcessPlace? {
    guard let rank = try reader.number("PMI_RANK"), let size = try reader.number("PMI_SIZE") else {
      return nil
    }
    return try message(
      reader, parent, rank: rank, size: size, localRank: reader.number("MPI_LOCALRANKID"),
      localSize: reader.number("MPI_LOCALNRANKS"))
  }

  /// MPI has no meeting point: on one machine it follows from the common parent.
  private static func message(
    _ reader: VariableReader, _ parent: Int32, rank: Int, size: Int, localRank: Int?,
    localSize: Int?
  ) throws -> ProcessPlace? {
    if size == 1 { return nil }
    let isOneMachine = localSize == size
    let host = isOneMachine ? "127.0.0.1" : try reader.needed("MASTER_ADDR")
    let port = isOneMachine ? jobPort(Int(parent)) : defaultPort
    var place = ProcessPlace(
      rank: rank, size: size, host: reader.text("MASTER_ADDR") ?? host,
      port: try reader.number("MASTER_PORT") ?? port)
    place.localRank = localRank ?? rank
    place.localSize = localSize ?? 1
    return place
  }

  /// Only steps count (`srun`): in a batch script outside of one there is a single process.
  private static func slurm(_ reader: VariableReader, _ parent: Int32) throws -> ProcessPlace? {
    guard reader.text("SLURM_STEP_ID") != nil || reader.text("SLURM_STEP_NUM_TASKS") != nil,
      let rank = try reader.number("SLURM_PROCID"),
      let size = try reader.number("SLURM_STEP_NUM_TASKS") ?? reader.number("SLURM_NTASKS")
    else { return nil }
    if size == 1 { return nil }
    let nodes = reader.text("SLURM_STEP_NODELIST") ?? reader.text("SLURM_NODELIST")
    let host = try nodes.flatMap(firstHost) ?? reader.needed("MASTER_ADDR")
    let job = try reader.number("SLURM_JOB_ID") ?? 0
    var place = ProcessPlace(
      rank: rank, size: size, host: reader.text("MASTER_ADDR") ?? host,
      port: try reader.number("MASTER_PORT") ?? jobPort(job))
    place.localRank = try reader.number("SLURM_LOCALID") ?? rank
    place.localSize = tasksHere(reader.text("SLURM_STEP_TASKS_PER_NODE")) ?? 1
    return place
  }

  private static func jobPort(_ number: Int) -> Int { jobPorts.first + number % jobPorts.count }

  /// The first name of a Slurm list: `node[07-09,12],login` is `node07`.
  static func firstHost(_ list: String) -> String? {
    guard let open = list.firstIndex(of: "["),
      open < list.firstIndex(of: ",") ?? list.endIndex
    else { return list.split(separator: ",").first.map(String.init) }
    let inside = list[list.index(after: open)...]
    let number = inside.prefix { $0.isNumber }
    guard !number.isEmpty, let close = inside.firstIndex(of: "]") else { return nil }
    let suffix = inside[inside.index(after: close)...].prefix { $0 != "," }
    return String(list[..<open]) + number + suffix
  }

  /// The tasks of each machine where all have the same: `2(x3)` is 2.
  private static func tasksHere(_ list: String?) -> Int? {
    list.flatMap { Int($0.prefix { $0.isNumber }) }
  }
}

/// Reads a launcher's environment variables.
private struct VariableReader {
  private let variables: [String: String]

  init(_ variables: [String: String]) { self.variables = variables }

  func text(_ name: String) -> String? { variables[name].flatMap { $0.isEmpty ? nil : $0 } }

  func needed(_ name: String) throws -> String {
    guard let text = text(name) else {
      throw Self.refusal(
        name,
        "it is not set, but other variables speak of several processes. Set it to the machine "
          + "of rank 0", "설정되지 않았지만 다른 변수는 여러 프로세스를 뜻합니다. 랭크 0의 장비로 설정하십시오")
    }
    return text
  }

  func neededNumber(_ name: String) throws -> Int {
    _ = try needed(name)
    return try number(name) ?? 0
  }

  func number(_ name: String) throws -> Int? {
    guard let text = text(name) else { return nil }
    guard let number = Int(text), number >= 0 else {
      throw Self.refusal(name, "\"\(text)\" is no number", "\"\(text)\"은(는) 숫자가 아닙니다")
    }
    return number
  }

  static func refusal(_ name: String, _ english: String, _ korean: String) -> CommandFailure {
    .usage(Localized("\(name): \(english).", korean: "\(name): \(korean)."))
  }
}
