import Base
import Mustache

/// What a template sees of a value, where that is not simply its stored properties.
protocol Shown {
  func shown(in wording: Wording) -> Any
}

/// A value of a page as templates read it: named children, made once per rendering.
///
/// Mustache would reflect on a struct at every name it looks up, and would look for an optional
/// that is nil in the values around it; a node answers from a dictionary and knows what is absent.
struct Node: MustacheParent {
  let children: [String: Any]
  /// The cases of an enumeration: a name that is not there is another case, hence absent.
  var isChoice = false

  func child(named name: String) -> Any? { children[name] ?? (isChoice ? Absent() : nil) }
}

/// Nothing, said plainly, so that the search for a name ends here.
struct Absent: MustacheCustomRepresentation {
  var representation: Any? { nil }
}

/// Turns values into nodes: optionals, arrays, texts and structs, down to strings and booleans.
struct Showing {
  let wording: Wording

  func value(_ any: Any) -> Any {
    switch any {
    case let text as String: return text
    case let flag as Bool: return flag
    case let maybe as any Maybe: return maybe.inside.map(value) ?? Absent()
    case let shown as any Shown: return value(shown.shown(in: wording))
    case let node as Node:
      return Node(children: node.children.mapValues(value), isChoice: node.isChoice)
    case is Absent: return any
    case let list as [Any]: return list.map(value)
    case let named as [String: Any]: return Node(children: named.mapValues(value))
    case let number as Int: return String(number)
    default: return reflected(any)
    }
  }

  private func reflected(_ any: Any) -> Any {
    let mirror = Mirror(reflecting: any)
    guard mirror.displayStyle == .enum else { return Node(children: children(mirror)) }
    if let coded = any as? any RawRepresentable<String> { return coded.rawValue }
    guard let payload = mirror.children.first, let name = payload.label else {
      return Node(children: ["\(any)": true], isChoice: true)
    }
    return Node(children: [name: value(payload.value)], isChoice: true)
  }

  private func children(_ mirror: Mirror) -> [String: Any] {
    var children: [String: Any] = [:]
    for case (let label?, let child) in mirror.children { children[label] = value(child) }
    return children
  }
}

/// An optional whose wrapped type is not known.
private protocol Maybe {
  var inside: Any? { get }
}

extension Optional: Maybe {
  var inside: Any? { map { $0 as Any } }
}

extension Phrase: Shown {
  func shown(in wording: Wording) -> Any { wording.text(self) }
}

extension Moment: Shown {
  /// The time as people read it, and as machines do.
  func shown(in wording: Wording) -> Any {
    ["text": wording.text(self), "iso": description]
  }
}

extension Day: Shown {
  func shown(in wording: Wording) -> Any { description }
}

extension ID: Shown {
  func shown(in wording: Wording) -> Any { description }
}
