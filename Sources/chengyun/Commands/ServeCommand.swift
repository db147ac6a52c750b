import ArgumentParser
import Base
import City
import Foundation
import Logging
import Store
import Town
import Web

/// `chengyun serve`: answers over HTTP until it is told to stop.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Serve the pages and the API of a centre.")

  @OptionGroup var database: DatabaseOptions

  @Option(help: "The address to listen at.")
  var host = "127.0.0.1"

  @Option(help: "The port to listen at; 0 takes a free one.")
  var port = 8080

  @Flag(help: "Send cookies over TLS only, for a server behind a TLS proxy.")
  var secureCookies = false

  @Option(
    help: ArgumentHelp(
      "What one person may ask in a minute, a fifth of it at once; 0 for no limit.",
      valueName: "count"))
  var requestsPerMinute = 6000

  @Option(
    help: ArgumentHelp(
      "How long a node that stands still keeps the right to sweep, in seconds.",
      valueName: "seconds"))
  var leaseSeconds = Centre.sweepLease

  @OptionGroup var operation: OperationOptions

  @Flag(help: "Serve the demonstration town, made first where it does not exist.")
  var demo = false

  @Flag(help: "Make the small town of two weeks instead of a whole year.")
  var small = false

  func validate() throws {
    guard demo || !small else { throw ValidationError("--small goes with --demo.") }
    guard (0...65_535).contains(port) else { throw ValidationError("--port is 0 to 65535.") }
    guard (0...1_000_000).contains(requestsPerMinute) else {
      throw ValidationError("--requests-per-minute is 0 to 1000000.")
    }
    guard (1...3600).contains(leaseSeconds) else {
      throw ValidationError("--lease-seconds is 1 to 3600.")
    }
  }

  func run() async throws {
    let lock = try StartCheck(database: database, makesFolder: demo).pass(
      addresses: [(host, port)] + (operation.metricsAddress.map { [$0] } ?? []))
    defer { lock?.release() }
    let town = demo ? DemoTown(database: database, isSmall: small) : nil
    try await town?.makeIfMissing()
    let opened = try await database.openAsNode(creating: true)
    let centre = try await Centre(
      database: opened.database, blobs: database.blobs, now: SystemClock.now)
    try await centre.installShippedCatalogue(by: .command)
    let (logger, sink) = operation.log(node: opened.node)
    defer { sink.close() }
    var settings = SiteSettings()
    operation.apply(to: &settings, sink)
    settings.secureCookies = secureCookies
    settings.node = opened.node
    settings.requestsPerMinute = requestsPerMinute
    settings.sweepLease = leaseSeconds
    settings.hasNeighbours = database.mayBeShared
    let connections = operation.connections()
    // Half of them are for those who ask.
    settings.openPages = min(settings.openPages, max(1, connections / 2))
    settings.demonstration = town?.signIns.map {
      DemonstrationSignIn(
        name: $0.signIn, password: Demonstration.password, role: $0.role, organisation: $0.name)
    }
    let site = try Site(centre: centre, settings: settings)
    let table = town?.signInTable
    var options = Serving.Options()
    options.host = host
    options.port = port
    options.operations = operation.metricsAddress
    options.connections = connections
    options.leave = .seconds(operation.shutdownDelay)
    try await Serving(site: site, options: options, logger: logger).run { [host] port in
      Output.line("Chengyun 城运  http://\(host):\(port)")
      if let table { Output.line(table) }
    } watched: { [operation] port in
      Output.line("Metrics  http://\(operation.metricsAddress?.host ?? ""):\(port)/metrics")
    }
    try opened.database.close()
  }
}
