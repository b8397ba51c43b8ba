/// The text of a script that starts workers of a study on other machines.
///
/// The address of the store is without its password: libpq finds that in `~/.pgpass`.
struct WorkerScript {
  /// What starts the workers.
  enum Kind: String, CaseIterable {
    /// A job array of Slurm, a task to a job.
    case slurmArray = "slurm-array"
    /// One job of Slurm whose tasks `srun` starts.
    case srun
    /// Other machines by ssh.
    case ssh
  }

  let kind: Kind
  let study: String
  let store: String
  let isServer: Bool
  let folder: String
  let program: String
  let tasks: Int
  let workers: Int
  let hosts: [String]

  var text: String {
    switch kind {
    case .slurmArray:
      slurm(["--array=0-\(tasks - 1)"]) + "exec srun \(command)\n"
    case .srun:
      slurm(
        ["--ntasks=\(tasks)"] + (isServer ? [] : ["--nodes=1"])
      ) + "exec srun --kill-on-bad-exit=0 \(command)\n"
    case .ssh: remote
    }
  }

  private var command: String {
    "\(Self.quoted(program)) search --join \(Self.quoted(study)) --workers \(workers)"
  }

  private func slurm(_ options: [String]) -> String {
    let all =
      ["--job-name=hone-\(study)"] + options
      + [
        "--cpus-per-task=\(workers)",
        // Workers get two minutes to leave their trials with a checkpoint.
        "--signal=TERM@120", "--output=hone-\(study)-%j.log",
      ]
    return "#!/bin/bash\n" + all.map { "#SBATCH \($0)\n" }.joined()
      + "cd \(Self.quoted(folder)) || exit 66\n\(export)\n"
  }

  private var export: String { "export HONE_STORE=\(Self.quoted(store))" }

  private var remote: String {
    var lines = ["#!/bin/sh"]
    for host in hosts {
      let inner =
        "cd \(Self.quoted(folder)) && \(export) && nohup \(command) "
        + "> \(Self.quoted("hone-\(study)-\(host).log")) 2>&1 < /dev/null &"
      lines.append("ssh \(Self.quoted(host)) \(Self.quoted(inner))")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A word that a shell takes as it is.
  static func quoted(_ word: String) -> String {
    let isPlain = word.unicodeScalars.allSatisfy { scalar in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".", "/", ":", "@", "%", "+", ",", "=": true
      default: false
      }
    }
    return isPlain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
