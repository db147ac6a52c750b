import Base
import Store

/// One try of a password, in three steps: read what is stored, hash outside of every transaction,
/// count and decide in the transaction that follows from it.
struct PasswordTry: Sendable {
  let name: SignInName
  /// Nil when nobody has the name; it takes the same time.
  let person: ID<Person>?
  /// As it was read; it must still be so when the try is decided.
  let stored: String?
  /// What the mill found.
  private(set) var matches = false

  enum Verdict: Equatable, Sendable {
    case right
    case wrong
    case locked(until: Moment)
  }

  /// - Throws: `Fault` `sign-in.locked`.
  static func read(_ name: SignInName, at now: Moment, in snapshot: Snapshot) throws -> PasswordTry
  {
    if let end = try FailureRows.find(name, in: snapshot)?.lockEnd(at: now) {
      throw SignInFailures.fault(end)
    }
    let person = try PersonRows.find(name, in: snapshot)
    let stored = try person.flatMap { try PersonRows.password(of: $0.id, in: snapshot) }
    return PasswordTry(name: name, person: person?.id, stored: stored)
  }

  /// With `password` checked against what is stored, or against a decoy.
  func checked(_ password: String, by mill: PasswordMill) async throws -> PasswordTry {
    var result = self
    result.matches = try await mill.check(
      password, against: stored.flatMap { PasswordHash($0) })
    return result
  }

  /// Decides and counts. Of many tries that were hashed at once, none counts as right once the
  /// name is locked.
  func settle(in tx: Transaction) throws -> Verdict {
    let failures = try FailureRows.find(name, in: tx) ?? SignInFailures(none: tx.now)
    if let end = failures.lockEnd(at: tx.now) { return .locked(until: end) }
    if try isRight(in: tx) {
      try FailureRows.forget(name, in: tx)
      return .right
    }
    let next = failures.withAnother(at: tx.now)
    try FailureRows.save(next, name, in: tx)
    guard let end = next.lockEnd(at: tx.now) else { return .wrong }
    if let person {
      try Ledger.append(
        "person.locked", about: .person, person.raw, by: .person(person),
        payload: Payload().with("until", end), in: tx)
    }
    return .locked(until: end)
  }

  private func isRight(in tx: Transaction) throws -> Bool {
    guard matches, let person, let stored else { return false }
    return try PersonRows.canSignIn(person, with: stored, in: tx)
  }
}
