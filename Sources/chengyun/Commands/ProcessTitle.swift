import Foundation
import Store

/// What other users of the machine see of this process's command line.
enum ProcessTitle {
  /// Writes over addresses of databases in the list of processes, so that no password stands there
  /// longer than the start takes. Better still, none is on the command line at all.
  static func hidePasswords() {
    // Swift reads them when they are first asked for; that must be before they are changed.
    _ = CommandLine.arguments
    guard let title = memory() else { return }
    var start = title.startIndex
    while start < title.endIndex {
      let end = title[start...].firstIndex(of: 0) ?? title.endIndex
      hide(UnsafeMutableBufferPointer(rebasing: title[start..<end]))
      start = end + 1
    }
  }

  private static func hide(_ argument: UnsafeMutableBufferPointer<UInt8>) {
    let text = String(decoding: argument, as: UTF8.self)
    guard let begin = text.firstRange(of: "postgres") else { return }
    let address = String(text[begin.lowerBound...])
    guard PostgresAddress.isMeant(by: address) else { return }
    let shown = (try? PostgresAddress(address))?.shown ?? "postgres:"
    let title = Array((text[..<begin.lowerBound] + shown).utf8)
    for place in argument.indices {
      argument[place] = place < title.count ? title[place] : UInt8(ascii: " ")
    }
  }

  /// Where the system keeps the command line that it shows; nil where it does not say.
  private static func memory() -> UnsafeMutableBufferPointer<UInt8>? {
    guard let stat = try? String(contentsOfFile: "/proc/self/stat", encoding: .utf8),
      let name = stat.lastIndex(of: ")")
    else { return nil }
    // `arg_start` and `arg_end` are the 48th and 49th field; the name is the second.
    let fields = stat[name...].split(separator: " ").dropFirst().map { UInt($0) }
    guard fields.count > 46, let start = fields[45], let end = fields[46], end > start,
      let first = UnsafeMutablePointer<UInt8>(bitPattern: start)
    else { return nil }
    return UnsafeMutableBufferPointer(start: first, count: Int(end - start))
  }
}
