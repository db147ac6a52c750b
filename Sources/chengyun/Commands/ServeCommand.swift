import ArgumentParser
import Base
import City
import Foundation
import Logging
import Store
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

  func run() async throws {
    let opened = try await database.openAsNode(creating: true)
    let centre = try await Centre(
      database: opened.database, blobs: database.blobs, now: SystemClock.now)
    try await centre.installShippedCatalogue(by: .command)
    var settings = SiteSettings()
    settings.secureCookies = secureCookies
    settings.node = opened.node
    let site = try Site(centre: centre, settings: settings)
    let host = host
    try await Serving(
      site: site, host: host, port: port, logger: Logger(label: "chengyun")
    ).run { port in
      Output.line("Chengyun 城运  http://\(host):\(port)")
    }
    try opened.database.close()
  }
}
