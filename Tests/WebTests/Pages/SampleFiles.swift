import Foundation
import Testing

@testable import Web

/// Writes the samples as files, to be looked at in a browser.
@Suite struct SampleFiles {
  static let folder = ProcessInfo.processInfo.environment["CHENGYUN_SAMPLES"]

  @Test("the samples can be written to a folder", .enabled(if: folder != nil))
  func write() throws {
    let folder = URL(filePath: try #require(Self.folder))
    let renderer = try Renderer()
    let assets = folder.appending(path: "assets")
    try FileManager.default.createDirectory(at: assets, withIntermediateDirectories: true)
    for shown in Specimen.all {
      for language in Language.allCases {
        let file = folder.appending(path: "\(shown.name).\(language.rawValue).html")
        try Data(shown.html(renderer, language).utf8).write(to: file)
      }
    }
    let names = ["app.css", "app.js", "icons.svg", "favicon.svg"]
    for name in names + ["leaflet.js", "leaflet.css", "echarts.min.js"] {
      guard let url = renderer.assets.url(name) else { continue }
      let file = String(url.dropFirst("/assets/".count))
      let body = try #require(renderer.assets.find(file)).asset.body
      try Data(body.utf8).write(to: assets.appending(path: file))
    }
  }
}
