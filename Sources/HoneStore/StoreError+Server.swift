import HoneText

extension StoreError {
  /// What is said of stores on other machines.
  var serverExplanation: Localized {
    switch self {
    case .networkFileSystem(let path, let kind):
      Localized(
        "The store \(path) would lie on a network file system (\(kind)), where SQLite loses data. "
          + "Name a file on a local disk or a postgresql:// address with --store.",
        korean: "저장소 \(path)는 네트워크 파일 시스템(\(kind))에 있어 SQLite 데이터가 손실될 수 있습니다. "
          + "--store로 로컬 디스크의 파일이나 postgresql:// 주소를 지정하십시오.")
    case .libraryMissing(let library):
      Localized(
        "A PostgreSQL store needs \(library), which is not installed. Install it "
          + "('apt-get install libpq5') or name a file with --store.",
        korean: "PostgreSQL 저장소를 쓰려면 \(library)가 필요하지만 설치되어 있지 않습니다. "
          + "'apt-get install libpq5'로 설치하거나 --store로 파일을 지정하십시오.")
    case .badAddress(let address, let reason):
      Localized(
        "\(address) is no address of a PostgreSQL database: \(reason). Write "
          + "postgresql://user@host/database.",
        korean: "\(address)는 PostgreSQL 데이터베이스 주소가 아닙니다: \(reason). "
          + "postgresql://사용자@호스트/데이터베이스 형식으로 쓰십시오.")
    default: answerExplanation
    }
  }

  private var answerExplanation: Localized {
    switch self {
    case .unreachable(let server, let reason):
      Localized(
        "The server of the store \(server) cannot be reached: \(reason). Check that it runs and that "
          + "host and port are right, then try again.",
        korean: "저장소 \(server)의 서버에 연결할 수 없습니다: \(reason). 서버가 실행 중인지, 호스트와 포트가 "
          + "맞는지 확인한 뒤 다시 시도하십시오.")
    case .refused(let server, let reason):
      Localized(
        "The server of the store \(server) does not let you in: \(reason). Check the user and the "
          + "password in the address, PGPASSWORD or ~/.pgpass.",
        korean: "저장소 \(server)의 서버가 접속을 거부했습니다: \(reason). 주소, PGPASSWORD 또는 ~/.pgpass의 "
          + "사용자와 비밀번호를 확인하십시오.")
    case .noDatabase(let server, let reason):
      Localized(
        "The server of the store \(server) has no such database: \(reason). Make it with 'createdb' "
          + "or name another in the address.",
        korean: "저장소 \(server)의 서버에 해당 데이터베이스가 없습니다: \(reason). 'createdb'로 만들거나 "
          + "주소에 다른 데이터베이스를 쓰십시오.")
    case .notOptuna(let path, let reason):
      Localized(
        "\(path) cannot be read as a file of Optuna's: \(reason.english)",
        korean: "\(path)을(를) Optuna의 파일로 읽을 수 없습니다: \(reason.korean)")
    case .notEvents(let path):
      Localized(
        "\(path) is not a file of TensorBoard's events, or is damaged from its start on. Name a file "
          + "called events.out.tfevents….",
        korean: "\(path)는 TensorBoard 이벤트 파일이 아니거나 첫머리부터 손상되었습니다. "
          + "events.out.tfevents…라는 이름의 파일을 지정하십시오.")
    default: Localized(verbatim: "")
    }
  }
}
