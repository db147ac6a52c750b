import Base
import City
import Logging

/// The open pages of this node, and what of the ledger's news concerns each.
///
/// A page is told that something it shows has changed, never what. Each line keeps one mark and no
/// queue: news that come before the last was sent are one, so a slow reader costs no memory. Whether
/// a case concerns a reader is decided here, by what they may see as of that entry of the ledger: of
/// a case beyond their scope not even a mark is made.
actor Hub {
  /// Lines in all; and of one person, who has some windows open.
  static let most = 2000
  static let mostPerPerson = 10
  /// Cases that are looked up together.
  private static let batch = 200

  struct Limits: Sendable {
    var all = Hub.most
    var perPerson = Hub.mostPerPerson
  }

  private struct Line {
    let person: ID<Person>
    let token: String
    let topic: LiveTopic
    /// What its reader may see, as of the last entry that was heard.
    var doer: Doer
    /// The last entry that it knows.
    var since: Int64
    var hasNews = false
    var isOver = false
    /// Whether its answer is being sent, and how many beats it has waited for that.
    var isRunning = false
    var beats = 0
    let wake: AsyncStream<Void>.Continuation
  }

  /// What a line is told when it is woken.
  enum Word: Equatable {
    /// Something has changed, as of an entry of the ledger.
    case news(Int64)
    /// Nothing has; the connection is to be kept.
    case beat(Int64)
    /// Its reader is no longer signed in.
    case over
    /// The node ends.
    case ended
  }

  private let centre: Centre
  private let limits: Limits
  private var lines: [Int: Line] = [:]
  private var count = 0
  /// The last entry that was heard; nil before it has begun, and when it has ended.
  private var reached: Int64?

  init(centre: Centre, limits: Limits = Limits()) {
    self.centre = centre
    self.limits = limits
  }

  // MARK: - Lines

  /// How many pages are open.
  var openLines: Int { lines.count }

  /// Those of them whose answer is being sent.
  var runningLines: Int { lines.values.count(where: \.isRunning) }

  /// Whether every line has said what it had to.
  var isSaid: Bool { lines.values.allSatisfy { !$0.hasNews && !$0.isOver } }

  /// Opens a line for a reader.
  ///
  /// - Throws: `live.many` beyond what one person may have; `live.full`; `live.closed` before the hub
  ///   has begun and after it has ended.
  func open(
    _ topic: LiveTopic, for signedIn: SignedIn, token: String
  ) throws -> (line: Int, wakes: AsyncStream<Void>, since: Int64) {
    guard let reached else { throw Fault(.unavailable, "live.closed") }
    guard lines.count < limits.all else {
      throw Fault(.unavailable, "live.full", ["seconds": "30"])
    }
    let own = lines.values.count { $0.person == signedIn.person.id }
    guard own < limits.perPerson else {
      throw Fault(
        .tooMany, "live.many", ["limit": String(limits.perPerson), "seconds": "30"])
    }
    let (wakes, wake) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
    count += 1
    let since = max(topic.after, reached)
    lines[count] = Line(
      person: signedIn.person.id, token: token, topic: topic, doer: signedIn.doer, since: since,
      wake: wake)
    return (count, wakes, reached)
  }

  /// Its answer has begun.
  func run(_ line: Int) { lines[line]?.isRunning = true }

  func close(_ line: Int) {
    lines.removeValue(forKey: line)?.wake.finish()
  }

  /// Marks a line as one that has news.
  func mark(_ line: Int) {
    lines[line]?.hasNews = true
    lines[line]?.wake.yield()
  }

  /// What there is to say on a line, and takes the mark away.
  func word(on line: Int) -> Word {
    guard let reached, let open = lines[line] else { return .ended }
    if open.isOver { return .over }
    guard open.hasNews else { return .beat(reached) }
    lines[line]?.hasNews = false
    return .news(reached)
  }

  // MARK: - News

  /// Takes lines from now on.
  ///
  /// - Parameter position: the last entry before the first that will be heard.
  func begin(at position: Int64) { reached = position }

  /// Ends all lines, and takes no more.
  func end() {
    reached = nil
    for line in lines.values { line.wake.finish() }
    lines = [:]
  }

  /// Wakes the lines whose turn it is, so that what is between them and their readers keeps the
  /// connection. One whose answer never began is dropped.
  func beat(turn: Int = 0, of turns: Int = 1) {
    for (number, line) in lines where number % turns == turn {
      lines[number]?.beats += 1
      if !line.isRunning && line.beats > 2 { close(number) } else { line.wake.yield() }
    }
  }

  /// Marks the lines that entries concern.
  ///
  /// - Throws: what reading throws; then none of them has been heard.
  func hear(_ news: [LedgerNews]) async throws {
    guard let newest = news.last?.sequence, reached != nil else { return }
    if !lines.isEmpty {
      try await lookAgain(at: news)
      var changed: [ID<Case>: Int64] = [:]
      for entry in news { entry.changedCase.map { changed[$0] = entry.sequence } }
      let reaches = try await reaches(of: changed.keys.sorted())
      for reach in reaches { mark(reach, changed[reach.id] ?? newest) }
    }
    if reached != nil { reached = newest }
  }

  private func mark(_ reach: CaseReach, _ sequence: Int64) {
    for (number, line) in lines where sequence > line.since && !line.hasNews {
      guard line.topic.file ?? reach.id == reach.id, reach.isKnown(to: line.doer) else { continue }
      mark(number)
    }
  }

  private func reaches(of ids: [ID<Case>]) async throws -> [CaseReach] {
    var found: [CaseReach] = []
    for start in stride(from: 0, to: ids.count, by: Self.batch) {
      let some = Array(ids[start..<min(start + Self.batch, ids.count)])
      found += try await centre.database.read { [cases = centre.cases] in
        try cases.reaches(of: some, in: $0)
      }
    }
    return found
  }

  /// Finds out again who readers are of whom the news say that something has changed.
  private func lookAgain(at news: [LedgerNews]) async throws {
    let kinds = Set(news.map(\.subjectKind))
    let all = kinds.contains(SubjectKind.organisation.rawValue)
    let people = Set(
      news.filter { $0.subjectKind == SubjectKind.person.rawValue }.map(\.subjectID))
    for (number, line) in lines where all || people.contains(line.person.raw) {
      let signedIn = try await centre.identity.sessions.doer(
        sessionToken: line.token, isSeen: false)
      if let signedIn {
        lines[number]?.doer = signedIn.doer
      } else {
        lines[number]?.isOver = true
        line.wake.yield()
      }
    }
  }
}
