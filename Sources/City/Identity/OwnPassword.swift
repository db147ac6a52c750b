import Base
import Store

/// Changing one's own password.
extension PersonDesk {
  /// Changes the password of the person who is signed in and ends their other sessions. A wrong
  /// old password counts like one at the door.
  ///
  /// - Parameter session: the token of the session that goes on.
  /// - Throws: `Fault` `input.invalid` for the fields `old` (`value.missing`, `password.wrong`)
  ///   and `new` (as `PasswordRules`, or `password.unchanged`); `sign-in.locked`.
  public func changeOwnPassword(
    old: String, new: String, keeping session: String, by doer: Doer
  ) async throws {
    guard let id = doer.person, doer.allowed == nil else {
      throw Fault(.forbidden, "person.own-only")
    }
    guard !old.isEmpty else { throw Fault.invalid("old", "value.missing") }
    let present = now()
    let attempt = try await database.read { snapshot in
      guard let person = try PersonRows.find(id, in: snapshot) else {
        throw Fault.missing("person")
      }
      return try PasswordTry.read(SignInName(person.signIn), at: present, in: snapshot)
    }
    try PasswordRules.check(new, signIn: attempt.name, field: "new")
    guard old != new else { throw Fault.invalid("new", "password.unchanged") }
    try await settle(
      attempt.checked(old, by: mill), hash: mill.hash(new), keeping: Secret.digest(session),
      of: id)
  }

  private func settle(
    _ attempt: PasswordTry, hash: PasswordHash, keeping session: [UInt8], of id: ID<Person>
  ) async throws {
    let verdict = try await database.write { tx in
      let verdict = try attempt.settle(in: tx)
      guard verdict == .right else { return verdict }
      try PersonRows.setPassword(hash, of: id, in: tx)
      try SessionRows.remove(of: id, except: session, in: tx)
      try Ledger.append("person.password", about: .person, id.raw, by: .person(id), in: tx)
      return verdict
    }
    known.forget(id)
    switch verdict {
    case .right: return
    case .wrong: throw Fault.invalid("old", "password.wrong")
    case .locked(let until): throw SignInFailures.fault(until)
    }
  }
}
