import CSpawn
import Foundation

/// Another program, started with nothing of ours but the files that it is given.
///
/// Not Foundation's `Process`: with more than some 1,300 descriptors open it reads beyond the end of
/// what the system told it of them (`findMaximumOpenFromProcSelfFD`), and ends us with it. A server
/// with many connections has as many.
struct SpawnedProcess {
  private let id: pid_t

  /// Nil where it cannot be started.
  ///
  /// - Parameters:
  ///   - environment: all that it has.
  ///   - errors: an existing file for what it says of mistakes; what else it says is lost.
  init?(_ program: URL, _ arguments: [String], environment: [String: String], errors: URL) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, errors.path, O_WRONLY, 0)
    posix_spawn_file_actions_addclosefrom_np(&actions, 3)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // A server waits for signals that end others.
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    let words = ([program.path] + arguments).map { strdup($0) }
    let settings = environment.map { strdup("\($0)=\($1)") }
    defer { for text in words + settings { free(text) } }
    var id = pid_t()
    guard
      posix_spawn(&id, program.path, &actions, &attributes, words + [nil], settings + [nil]) == 0
    else { return nil }
    self.id = id
  }

  /// How it ended: the status, or -1 after a signal; nil while it runs. Once it has told, it is gone and
  /// must not be asked again.
  func ending() -> Int32? {
    var status: Int32 = 0
    guard waitpid(id, &status, WNOHANG) != 0 else { return nil }
    return status & 0x7F == 0 ? status >> 8 & 0xFF : -1
  }

  /// Ends it at once.
  func kill() {
    Foundation.kill(id, SIGKILL)
    var status: Int32 = 0
    waitpid(id, &status, 0)
  }
}
