import Foundation

/// A PDF of lines of any characters, in a font that says which character each code is but is not
/// there itself: enough for everything that takes out text.
public enum SamplePDF {
  /// The lines one below the other, 40 on a page.
  ///
  /// - Parameter encrypted: with a password that nobody knows.
  public static func lines(_ lines: [String], encrypted: Bool = false) -> [UInt8] {
    let pages = stride(from: 0, to: max(1, lines.count), by: 40).map {
      Array(lines[$0..<min($0 + 40, lines.count)])
    }
    var objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    let kids = pages.indices.map { "\(6 + $0 * 2) 0 R" }.joined(separator: " ")
    objects.append("<< /Type /Pages /Kids [\(kids)] /Count \(pages.count) >>")
    objects.append(
      "<< /Type /Font /Subtype /Type0 /BaseFont /Sample /Encoding /Identity-H "
        + "/DescendantFonts [4 0 R] /ToUnicode 5 0 R >>")
    objects.append(
      "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Sample /DW 500 "
        + "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>")
    objects.append(stream(characters))
    for (index, page) in pages.enumerated() {
      objects.append(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents \(7 + index * 2) 0 R "
          + "/Resources << /Font << /F 3 0 R >> >> >>")
      objects.append(stream(content(page)))
    }
    return file(objects, encrypted: encrypted)
  }

  private static func content(_ lines: [String]) -> String {
    lines.enumerated().map { index, line in
      let codes = line.utf16.map { String(format: "%04X", Int($0)) }.joined()
      return "BT /F 8 Tf 40 \(800 - index * 19) Td <\(codes)> Tj ET"
    }.joined(separator: "\n")
  }

  /// Each code of two bytes is its own character.
  private static var characters: String {
    let ranges = (0...255).map { high in
      let byte = String(format: "%02X", high)
      return "<\(byte)00> <\(byte)FF> <\(byte)00>"
    }
    let blocks = stride(from: 0, to: 256, by: 64).map {
      "64 beginbfrange\n" + ranges[$0..<($0 + 64)].joined(separator: "\n") + "\nendbfrange"
    }
    return """
      /CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def
      1 begincodespacerange <0000> <FFFF> endcodespacerange
      \(blocks.joined(separator: "\n"))
      endcmap CMapName currentdict /CMap defineresource pop end end
      """
  }

  private static func stream(_ text: String) -> String {
    "<< /Length \(text.utf8.count) >>\nstream\n\(text)\nendstream"
  }

  /// Encrypted with a password that is not the empty one: its proofs are no proofs of that.
  private static func file(_ objects: [String], encrypted: Bool) -> [UInt8] {
    var text = "%PDF-1.4\n"
    var places: [Int] = []
    for (index, object) in objects.enumerated() {
      places.append(text.utf8.count)
      text += "\(index + 1) 0 obj\n\(object)\nendobj\n"
    }
    let start = text.utf8.count
    text += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
    for place in places { text += String(format: "%010d 00000 n \n", place) }
    let proof = String(repeating: "41", count: 32)
    let lock =
      encrypted
      ? "/Encrypt << /Filter /Standard /V 1 /R 2 /O <\(proof)> /U <\(proof)> /P -4 >> "
        + "/ID [<00> <00>]" : ""
    text +=
      "trailer << /Size \(objects.count + 1) /Root 1 0 R \(lock) >>\nstartxref\n\(start)\n%%EOF\n"
    return Array(text.utf8)
  }
}
