import Base

@testable import Web

/// A generator whose draws a failing test can repeat.
struct MultipartDice: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// The bytes cut into pieces of random lengths, some of them empty.
  mutating func cut(_ bytes: [UInt8], upTo longest: Int) -> [ArraySlice<UInt8>] {
    var pieces: [ArraySlice<UInt8>] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let length = Int.random(in: 0...longest, using: &self)
      pieces.append(rest.prefix(length))
      rest = rest.dropFirst(length)
    }
    return pieces
  }
}

/// What a body was read as: its events with neighbouring bytes joined, or the error.
struct MultipartOutcome: Equatable {
  var events: [MultipartEvent] = []
  var fault: Fault?

  /// The names, file names and contents of the parts that ended.
  var fields: [[String]] {
    var fields: [[String]] = []
    for event in events {
      switch event {
      case .partBegan(let part): fields.append([part.name, part.fileName ?? "-", ""])
      case .bytes(let bytes): fields[fields.count - 1][2] += String(decoding: bytes, as: UTF8.self)
      case .partEnded, .ended: break
      }
    }
    return fields
  }
}

func readForm(
  _ pieces: [ArraySlice<UInt8>], boundary: String = "XyZ", limits: MultipartLimits = .init()
) -> MultipartOutcome {
  var outcome = MultipartOutcome()
  do {
    var parser = try MultipartParser(
      contentType: "multipart/form-data; boundary=\(boundary)", limits: limits)
    for piece in pieces {
      for event in try parser.feed(piece) { outcome.append(event) }
    }
    try parser.finish()
  } catch {
    outcome.fault = error as? Fault
  }
  return outcome
}

func readForm(_ text: String, limits: MultipartLimits = .init()) -> MultipartOutcome {
  readForm([Array(text.utf8)[...]], limits: limits)
}

extension MultipartOutcome {
  fileprivate mutating func append(_ event: MultipartEvent) {
    if case .bytes(let new) = event, case .bytes(let old) = events.last {
      events[events.count - 1] = .bytes(old + new)
    } else {
      events.append(event)
    }
  }
}
