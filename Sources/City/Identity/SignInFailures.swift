import Base
import Store

/// The limits of trying passwords, in seconds.
public enum SignInLimits {
  /// So many wrong passwords within `window` lock a name.
  public static let failures = 5
  public static let window: Int64 = 30 * 60
  /// The first lock; each further one lasts twice as long, up to `longestLock`.
  public static let firstLock: Int64 = 15 * 60
  public static let longestLock: Int64 = 4 * 3600
  /// After so long without a wrong password everything is forgotten.
  public static let memory: Int64 = 24 * 3600
}

/// The wrong passwords that were tried for one name, whether or not somebody has that name.
struct SignInFailures: Row, Equatable {
  /// Since `countedSince`.
  var failures = 0
  var countedSince: Moment
  /// How often the name was locked.
  var locks = 0
  var lockedUntil: Moment?
  var lastAt: Moment

  static let columns: SQL = "failures, counted_since, locks, locked_until, last_at"

  init(none now: Moment) {
    countedSince = now
    lastAt = now
  }

  init(_ fields: inout Fields) throws {
    failures = try fields.next()
    countedSince = try fields.next()
    locks = try fields.next()
    lockedUntil = try fields.next()
    lastAt = try fields.next()
  }

  /// When the lock ends, if there is one at `now`.
  func lockEnd(at now: Moment) -> Moment? {
    lockedUntil.flatMap { $0 > now ? $0 : nil }
  }

  /// With one more wrong password at `now`.
  func withAnother(at now: Moment) -> SignInFailures {
    var next = now >= lastAt + SignInLimits.memory ? SignInFailures(none: now) : self
    if now >= next.countedSince + SignInLimits.window {
      next.failures = 0
      next.countedSince = now
    }
    next.failures += 1
    next.lastAt = now
    if next.failures >= SignInLimits.failures { next.lock(at: now) }
    return next
  }

  private mutating func lock(at now: Moment) {
    let length = SignInLimits.firstLock << Int64(min(locks, 10))
    lockedUntil = now + min(length, SignInLimits.longestLock)
    locks += 1
    failures = 0
    countedSince = now
  }

  /// The answer while a name is locked.
  static func fault(_ until: Moment) -> Fault {
    Fault(.tooMany, "sign-in.locked", ["until": until.description])
  }
}

/// The SQL of wrong passwords.
enum FailureRows {
  static func find(_ name: SignInName, in snapshot: some Querying) throws -> SignInFailures? {
    try snapshot.first(
      """
      SELECT \(SignInFailures.columns) FROM sign_in_failure WHERE name_digest = \(name.digest)
      """)
  }

  static func save(_ failures: SignInFailures, _ name: SignInName, in tx: Transaction) throws {
    try tx.run(
      """
      INSERT INTO sign_in_failure (name_digest, failures, counted_since, locks, locked_until,
        last_at)
      VALUES (\(name.digest), \(failures.failures), \(failures.countedSince), \(failures.locks),
        \(failures.lockedUntil), \(failures.lastAt))
      ON CONFLICT (name_digest) DO UPDATE SET failures = excluded.failures,
        counted_since = excluded.counted_since, locks = excluded.locks,
        locked_until = excluded.locked_until, last_at = excluded.last_at
      """)
  }

  static func forget(_ name: SignInName, in tx: Transaction) throws {
    try tx.run("DELETE FROM sign_in_failure WHERE name_digest = \(name.digest)")
  }

  /// Forgets what is old enough; returns how many were forgotten.
  static func removeOld(limit: Int, in tx: Transaction) throws -> Int {
    let end = tx.now + -SignInLimits.memory
    return try tx.run(
      """
      DELETE FROM sign_in_failure WHERE name_digest IN (
        SELECT name_digest FROM sign_in_failure WHERE last_at <= \(end) LIMIT \(limit))
      """)
  }
}

extension SignInName {
  /// Under which wrong passwords are counted: names that nobody has are not kept as typed.
  var digest: [UInt8] { Secret.digest(text) }
}
