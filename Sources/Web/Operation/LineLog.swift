import Base
import Logging

/// How a line of the log looks.
public enum LogFormat: String, CaseIterable, Sendable {
  /// One JSON object.
  case json
  /// For eyes.
  case text
}

/// Writes each event as one line, whatever is in it.
public struct LineLog: LogHandler {
  public var metadata: Logger.Metadata = [:]
  public var logLevel: Logger.Level
  private let format: LogFormat
  private let now: Now
  private let sink: LogSink

  public init(_ format: LogFormat, level: Logger.Level, now: @escaping Now, to sink: LogSink) {
    self.format = format
    logLevel = level
    self.now = now
    self.sink = sink
  }

  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  public func log(event: LogEvent) {
    let all = metadata.merging(event.metadata ?? [:]) { $1 }
    let fields = all.sorted { $0.key < $1.key }.map { ($0.key, LogValue($0.value)) }
    let head: [(String, LogValue)] = [
      ("time", .text(now().description)), ("level", .text(event.level.rawValue)),
      ("message", .text("\(event.message)")),
    ]
    var line = ""
    switch format {
    case .json:
      line += "{"
      for (place, field) in (head + fields).enumerated() {
        if place > 0 { line += "," }
        LogValue.text(field.0).write(to: &line)
        line += ":"
        field.1.write(to: &line)
      }
      line += "}\n"
    case .text:
      line += head.map { $0.1.plain }.joined(separator: " ")
      for (key, value) in fields { line += " \(key)=\(value.plain)" }
      line += "\n"
    }
    sink.add(Array(line.utf8))
  }
}

/// A value of an event.
private enum LogValue {
  case number(String)
  case text(String)

  init(_ value: Logger.Metadata.Value) {
    switch value {
    case .stringConvertible(let number as Int): self = .number(String(number))
    case .stringConvertible(let number as Double) where number.isFinite:
      self = .number("\(number)")
    default: self = .text("\(value)")
    }
  }

  /// On one line, whatever is in it.
  var plain: String {
    switch self {
    case .number(let text): return text
    case .text(let text):
      let isPlain = !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x22 && $0 < 0x7F }
      if isPlain { return text }
      var quoted = ""
      write(to: &quoted)
      return quoted
    }
  }

  func write(to line: inout String) {
    switch self {
    case .number(let text): line += text
    case .text(let text):
      line += "\""
      for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": line += "\\\""
        case "\\": line += "\\\\"
        case "\n": line += "\\n"
        case "\r": line += "\\r"
        case "\t": line += "\\t"
        // Also what ends a line for some readers, or turns the direction of others' text.
        case _
        where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
          || (0x2028...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value):
          let code = String(scalar.value, radix: 16)
          line += "\\u" + String(repeating: "0", count: 4 - code.count) + code
        default: line.unicodeScalars.append(scalar)
        }
      }
      line += "\""
    }
  }
}
