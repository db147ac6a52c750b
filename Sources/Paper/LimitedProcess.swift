import Base
import Foundation

/// A program that works on one file in a process of its own, so that a damaged or hostile file can
/// neither crash nor hold up who asked for it: for so long, with so much output, and nothing more.
struct LimitedProcess {
  /// How it ended.
  enum Outcome: Equatable {
    /// By itself; 0 when all went well, -1 when it was killed by a signal.
    case ended(Int32)
    case timedOut
    case tooLarge
    /// It could not even be started.
    case notThere
  }

  let program: URL
  var seconds: Int
  /// Of the output file, in bytes.
  var largestOutput: Int

  /// Nil when the program is on no usual path.
  init?(_ name: String, seconds: Int, largestOutput: Int) {
    let folders = ["/usr/bin", "/usr/local/bin", "/bin", "/opt/homebrew/bin"]
    guard
      let folder = folders.first(where: {
        FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
      })
    else { return nil }
    program = URL(filePath: "\(folder)/\(name)")
    self.seconds = seconds
    self.largestOutput = largestOutput
  }

  /// - Parameters:
  ///   - output: the file that the program writes; its size is watched.
  ///   - errors: an existing file for what it says of mistakes.
  func run(_ arguments: [String], output: URL, errors: URL) -> Outcome {
    let environment = ["LC_ALL": "C.UTF-8", "HOME": output.deletingLastPathComponent().path]
    guard
      let process = SpawnedProcess(program, arguments, environment: environment, errors: errors)
    else { return .notThere }
    let clock = ContinuousClock()
    let end = clock.now + .seconds(seconds)
    while true {
      if let status = process.ending() {
        return size(output) <= largestOutput ? .ended(status) : .tooLarge
      }
      if clock.now > end || size(output) > largestOutput {
        process.kill()
        return clock.now > end ? .timedOut : .tooLarge
      }
      Thread.sleep(forTimeInterval: 0.005)
    }
  }

  private func size(_ file: URL) -> Int {
    let values = try? FileManager.default.attributesOfItem(atPath: file.path)
    return (values?[.size] as? NSNumber)?.intValue ?? 0
  }
}
