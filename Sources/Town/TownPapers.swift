import City
import Foundation

/// The papers of the town's projects: reports that others wrote, one page each, kept by their content.
struct TownPapers: Sendable {
  let appraisal: Blob
  let assessment: Blob

  /// Writes and keeps them.
  init(in blobs: BlobStore) throws {
    appraisal = try blobs.keep(
      Self.page([
        "Appraisal before the budget", "Smart public toilets", "Score 89 of 100",
        "Mean of all projects appraised: 86.61", "Conclusion: support",
      ]))
    assessment = try blobs.keep(
      Self.page([
        "Yearly assessment of patrols", "Score 89 of 100", "Mean of the district: 86.61",
      ]))
  }

  /// A page of PDF with lines of ASCII.
  static func page(_ lines: [String]) -> [UInt8] {
    let text = lines.enumerated().map { index, line in
      "BT /F \(index == 0 ? 18 : 12) Tf 72 \(760 - index * 28) Td (\(line)) Tj ET"
    }.joined(separator: "\n")
    let objects = [
      "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
        + "/Resources << /Font << /F 3 0 R >> >> >>",
      "<< /Length \(text.utf8.count) >>\nstream\n\(text)\nendstream",
    ]
    var file = "%PDF-1.4\n"
    var places: [Int] = []
    for (index, object) in objects.enumerated() {
      places.append(file.utf8.count)
      file += "\(index + 1) 0 obj\n\(object)\nendobj\n"
    }
    let start = file.utf8.count
    let rows = places.map { place in
      let digits = String(place)
      return String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n"
    }.joined()
    let size = objects.count + 1
    file += "xref\n0 \(size)\n0000000000 65535 f \n\(rows)"
    file += "trailer\n<< /Size \(size) /Root 1 0 R >>\nstartxref\n\(start)\n%%EOF\n"
    return Array(file.utf8)
  }
}
