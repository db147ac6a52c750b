import Base
import Foundation
import Store

/// What may be written down of an error: its kind and its place in our own text, and nothing that
/// somebody typed, which may be anybody's name or number.
public enum Trouble {
  /// A line for the log.
  public static func words(for error: any Error) -> String {
    switch error {
    case let fault as Fault: fault.code
    case let error as StoreError: words(for: error)
    case let error as CocoaError: "CocoaError \(error.code.rawValue)"
    case let error as POSIXError: "POSIXError \(error.code.rawValue)"
    case let error as DecodingError: "DecodingError \(place(of: error))"
    default: "\(type(of: error))"
    }
  }

  private static func words(for error: StoreError) -> String {
    switch error {
    case .refused(let code, _, let sql): "statement refused (\(code)): \(sql)"
    default: "\(error)".prefix { $0 != "(" } + ""
    }
  }

  private static func place(of error: DecodingError) -> String {
    let path =
      switch error {
      case .typeMismatch(_, let context), .valueNotFound(_, let context),
        .keyNotFound(_, let context), .dataCorrupted(let context):
        context.codingPath
      @unknown default: [any CodingKey]()
      }
    return path.map(\.stringValue).joined(separator: ".")
  }
}
