import Foundation

/// The program, as it lies beside the tests.
enum Executable {
  struct Result {
    let status: Int32
    let output: String
    let errors: String
  }

  static let url = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    .appending(path: "chengyun")

  static var isBuilt: Bool { FileManager.default.isExecutableFile(atPath: url.path) }

  /// Starts it and lets it run.
  static func start(_ arguments: [String]) throws -> Process {
    let process = Process()
    process.executableURL = url
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  /// Starts it and lets it run, what it says in a file.
  static func start(_ arguments: [String], saying file: URL) throws -> Process {
    try Data().write(to: file)
    let process = Process()
    process.executableURL = url
    process.arguments = arguments
    process.standardOutput = try FileHandle(forWritingTo: file)
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  /// Runs it to its end.
  ///
  /// - Parameters:
  ///   - locale: the language of the shell; that of the tests without it.
  ///   - wrapper: a command that runs it, by its path.
  static func run(
    _ arguments: [String], locale: String? = nil, through wrapper: [String] = []
  ) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "run-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = ["output", "errors"].map { folder.appending(path: $0) }
    for file in files { try Data().write(to: file) }
    let process = Process()
    let command = wrapper + [url.path] + arguments
    process.executableURL = URL(filePath: command[0])
    process.arguments = Array(command.dropFirst())
    if let locale {
      process.environment = ProcessInfo.processInfo.environment.merging(["LC_ALL": locale]) { $1 }
    }
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    try process.run()
    process.waitUntilExit()
    let said = try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
    return Result(status: process.terminationStatus, output: said[0], errors: said[1])
  }
}
