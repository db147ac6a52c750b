import Base
import Foundation
import Testing

@testable import Web

@Suite struct AssetTests {
  let shelf = AssetShelf(Embedded.files)

  @Test("an asset's address holds its content's hash, and is kept for ever")
  func addresses() throws {
    let url = try #require(shelf.url("app.css"))
    let found = try #require(shelf.find(String(url.dropFirst("/assets/".count))))
    #expect(url.wholeMatch(of: /\/assets\/app\.[0-9a-z]+\.css/) != nil)
    #expect(found.asset.mediaType == "text/css; charset=utf-8")
    #expect(found.cacheControl.contains("immutable"))
    let other = AssetShelf(["Assets/styles/a.css": "b{}"])
    #expect(other.url("app.css") != url)
  }

  @Test("a page from before an update gets the asset of now, not to be kept")
  func staleHash() {
    #expect(shelf.find("app.0.css")?.cacheControl == "no-cache")
    for wrong in ["app.css", "", "..", "../app.0.css", "passwd.0.txt", "app.0.css.map"] {
      #expect(shelf.find(wrong) == nil)
    }
  }

  @Test("scripts fetched before building are served; without them their addresses are absent")
  func fetched() {
    let with = AssetShelf([".assets/leaflet.js": "L", ".assets/echarts.min.js": "E"])
    #expect(with.url("echarts.min.js")?.hasPrefix("/assets/echarts.min.") == true)
    #expect(with.url("leaflet.js") != nil)
    #expect(AssetShelf([:]).url("leaflet.js") == nil)
  }

  @Test("styles and scripts name nothing that is not ours")
  func nothingForeign() throws {
    for name in ["app.css", "app.js", "phone.js", "worker.js", "icons.svg"] {
      let url = try #require(shelf.url(name))
      let body = try #require(shelf.find(String(url.dropFirst("/assets/".count)))).asset.body
      let foreign = body.replacing("http://www.w3.org/2000/svg", with: "")
      #expect(!foreign.contains("http") && !foreign.contains("@import"))
      #expect(!foreign.contains("innerHTML") && !foreign.contains("eval("))
    }
  }

  @Test("text and signs stand out from their ground, in light and in dark")
  func contrast() throws {
    let css = try #require(Embedded.files["Assets/styles/10-tokens.css"])
    let blocks = css.components(separatedBy: "{").dropFirst()
      .filter { $0.contains("--page") }.map(colours)
    #expect(blocks.count == 3)
    #expect(blocks[1] == blocks[2])
    for colours in blocks {
      for ground in ["page", "surface", "sunken", "accent-soft", "soon-soft", "danger-soft"] {
        for ink in ["text", "muted", "accent", "danger", "soon"] {
          let ratio = try contrast(#require(colours[ink]), #require(colours[ground]))
          #expect(ratio >= 4.5, "\(ink) on \(ground): \(ratio)")
        }
      }
      #expect(try contrast(#require(colours["on-accent"]), #require(colours["accent"])) >= 4.5)
      #expect(
        try contrast(#require(colours["on-accent"]), #require(colours["accent-strong"])) >= 4.5)
      for ground in ["page", "surface", "sunken"] {
        #expect(try contrast(#require(colours["edge"]), #require(colours[ground])) >= 3)
      }
    }
  }

  private func colours(_ block: String) -> [String: Int] {
    let body = block.prefix { $0 != "}" }
    return Dictionary(
      body.matches(of: /--([a-z-]+): #([0-9a-f]{6});/)
        .map { (String($0.1), Int($0.2, radix: 16) ?? 0) }, uniquingKeysWith: { $1 })
  }

  /// WCAG 2.2's contrast ratio, 1…21.
  private func contrast(_ one: Int, _ other: Int) -> Double {
    let lights = [one, other].map(luminance).sorted()
    return (lights[1] + 0.05) / (lights[0] + 0.05)
  }

  private func luminance(_ colour: Int) -> Double {
    let channels = [16, 8, 0].map { shift in
      let value = Double(colour >> shift & 0xFF) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
  }
}
