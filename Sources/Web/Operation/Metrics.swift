import Base
import City
import Foundation
import HTTPTypes
import Hummingbird

/// Everything that is measured of a server, gathered when somebody asks.
struct Metrics: Sendable {
  let site: Site
  /// A database that does not answer must not keep the other figures back.
  private static let patience = Duration.seconds(2)

  func answer() async -> Response {
    var headers = HTTPFields()
    headers[.contentType] = Exposition.mediaType
    headers[.cacheControl] = "no-store"
    let text = Exposition.text(await figures())
    return Response(
      status: .ok, headers: headers, body: .init(byteBuffer: .init(string: text)))
  }

  func figures() async -> [Figure] {
    var figures = [build] + site.requests.figures + admission + store + site.sweeps.figures
    figures += await ledger()
    figures.append(
      Figure(
        "chengyun_passwords_in_line", .gauge, "Passwords that are hashed, or wait for it.",
        site.centre.identity.passwordsInLine))
    for more in site.settings.figures { figures += await more() }
    return figures + ProcessFigures.all(startedAt: site.startedAt)
  }

  private var build: Figure {
    var figure = Figure("chengyun_build_info", .gauge, "1, with what this program is.")
    let schema = Schema.migrations.last?.number ?? 0
    figure.add(
      1,
      [
        ("version", Version.current), ("schema", String(schema)),
        ("node", String(site.settings.node)),
      ])
    return figure
  }

  private var admission: [Figure] {
    [
      Figure(
        "chengyun_http_requests_in_flight_limit", .gauge,
        "So many are answered at once; the next is refused.", site.admission.limits.requests),
      Figure(
        "chengyun_http_bodies_bytes", .gauge, "Room that is kept for large bodies being read.",
        site.admission.bodyBytes),
    ]
  }

  private var store: [Figure] {
    let load = site.centre.database.load
    let meter = site.centre.database.meter
    var seconds = Figure(
      "chengyun_commit_duration_seconds", .histogram,
      "Seconds that a batch of writes took until it was on disk.")
    seconds.add(meter.commits.reading)
    var batches = Figure("chengyun_commit_writes", .histogram, "Writes committed together.")
    batches.add(meter.batches.reading)
    return [
      seconds, batches,
      Figure("chengyun_writes_waiting", .gauge, "Writes that wait.", load.waitingWrites),
      Figure(
        "chengyun_reads_waiting", .gauge, "Reads that wait for a connection.", load.waitingReads),
      Figure(
        "chengyun_read_connections", .gauge, "Connections that read.", load.readers),
      Figure(
        "chengyun_read_connections_in_use", .gauge, "Those of them in use.", load.busyReaders),
      Figure(
        "chengyun_store_refusals_total", .counter,
        "Reads and writes refused because too many waited.", meter.refused.value),
    ]
  }

  private func ledger() async -> [Figure] {
    let centre = site.centre
    let lag = await within(Self.patience) { try? await centre.ledgerLag() }
    let up = Figure(
      "chengyun_database_up", .gauge, "Whether the database answers.", lag == nil ? 0 : 1)
    guard let lag else { return [up] }
    let behind = site.follower.position.map {
      Figure(
        "chengyun_ledger_follower_lag_entries", .gauge,
        "Entries that this node has not taken over yet.", max(0, lag.last - $0))
    }
    return [behind].compactMap { $0 } + [
      up, Figure("chengyun_ledger_entries", .gauge, "The last entry's sequence.", lag.last),
      Figure(
        "chengyun_ledger_unsealed_entries", .gauge, "Entries that no seal covers yet.",
        lag.unsealed),
    ]
  }
}

/// What `work` gives, if it gives it in time; it goes on unheard otherwise. For work that does not
/// heed being cancelled.
func within<Value: Sendable>(
  _ time: Duration, _ work: @escaping @Sendable () async -> Value?
) async -> Value? {
  let (results, feed) = AsyncStream<Value?>.makeStream(bufferingPolicy: .bufferingOldest(1))
  Task {
    feed.yield(await work())
    feed.finish()
  }
  let alarm = Task {
    try await Task.sleep(for: time)
    feed.finish()
  }
  defer { alarm.cancel() }
  for await result in results { return result }
  return nil
}
