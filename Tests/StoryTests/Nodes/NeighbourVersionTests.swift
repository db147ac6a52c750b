import City
import Foundation
import Store
import TestSupport
import Testing

/// An older program beside a newer one, on one database.
@Suite(.enabled(if: Executable.isBuilt, "the executable is not built beside the tests"))
struct NeighbourVersionTests {
  private static let last = Schema.migrations.last?.number ?? 0

  /// What a newer version would bring.
  private static func step(_ number: Int, serving oldest: Int?) -> Migration {
    let mark = oldest.map { "-- serves: \($0)\n" } ?? ""
    return Migration(
      number: last + number, name: "later-\(number)",
      text: "\(mark)CREATE TABLE later_\(number) (x BIGINT);")
  }

  @Test(
    "it goes on serving while the newer only adds, and says in one line that it cannot when not")
  func rolling() async throws {
    let place = try ServerPlace()
    defer { place.remove() }
    let token = try place.prepare()
    let server = try await RunningServer.start(place)
    defer { server.process.terminate() }
    #expect(await server.report("情况 100001", token) != nil)

    let expanding = Schema.migrations + [Self.step(1, serving: Self.last)]
    try await Self.migrate(place, expanding)
    #expect(await server.report("情况 100002", token) != nil, "what runs goes on")
    server.process.terminate()
    server.process.waitUntilExit()
    let again = try await RunningServer.start(place)
    #expect(await again.report("情况 100003", token) != nil, "and starts anew")
    again.process.terminate()
    again.process.waitUntilExit()

    try await Self.migrate(place, expanding + [Self.step(2, serving: Self.last + 1)])
    let refused = try Executable.run(
      ["serve", "--port", "0"] + place.options, locale: "en_GB.UTF-8")
    #expect(refused.status == 1)
    #expect(refused.output.isEmpty)
    let lines = refused.errors.split(separator: "\n")
    #expect(lines.count == 1)
    #expect(lines.first?.contains("\(Self.last + 2)") == true, "\(refused.errors)")
    #expect(lines.first?.contains("\(Self.last)") == true)
  }

  private static func migrate(_ place: ServerPlace, _ migrations: [Migration]) async throws {
    let database = try SQLiteDatabase(path: place.database, options: .init(now: FakeClock().now))
    try await database.migrate(migrations)
    try database.close()
  }
}
