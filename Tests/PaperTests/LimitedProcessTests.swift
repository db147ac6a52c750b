import Foundation
import Testing

@testable import Paper

@Suite("Programs with limits")
struct LimitedProcessTests {
  private func run(_ script: String, seconds: Int = 20) throws -> LimitedProcess.Outcome {
    let folder = FileManager.default.temporaryDirectory.appending(path: "limited-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let errors = folder.appending(path: "errors")
    try Data().write(to: errors)
    let output = folder.appending(path: "out")
    let process = try #require(LimitedProcess("sh", seconds: seconds, largestOutput: 1000))
    return process.run(
      ["-c", script, "sh", output.path], output: output, errors: errors)
  }

  @Test("how a program ends is told")
  func ends() throws {
    #expect(try run("echo done > \"$1\"") == .ended(0))
    #expect(try run("exit 3") == .ended(3))
    #expect(try run("kill -9 $$") == .ended(-1))
  }

  @Test("one that takes too long is stopped")
  func tooLong() throws {
    #expect(try run("exec sleep 600", seconds: 0) == .timedOut)
  }

  @Test("one that writes too much is stopped, also when it is quick")
  func tooLarge() throws {
    #expect(try run("while :; do echo much >> \"$1\"; done") == .tooLarge)
    #expect(try run("head -c 2000 /dev/zero > \"$1\"") == .tooLarge)
  }

  @Test("it is started beside thousands of open files, and given none of them")
  func manyFiles() throws {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    let files = (0..<min(2000, Int(limit.rlim_cur) - 300)).map { _ in open("/dev/null", O_RDONLY) }
    defer { for file in files { close(file) } }
    #expect(try run("test $(ls /proc/self/fd | wc -l) -lt 8") == .ended(0))
  }

  @Test("one that is on no path is not there")
  func missing() {
    #expect(LimitedProcess("no-such-program", seconds: 1, largestOutput: 1) == nil)
  }
}
