import Base
import Foundation
import TestSupport
import Testing

@testable import City
@testable import Web

/// Past cases brought in over the API.
@Suite struct ImportAPITests {
  private static let columns = """
    case_enquiry_id,open_dt,target_dt,closed_dt,ontime,case_status,closure_reason,case_title,\
    subject,reason,type,queue,department,submittedphoto,closedphoto,location,fire_district,\
    pwd_district,city_council_district,police_district,neighborhood,neighborhood_services_district,\
    ward,precinct,location_street_name,location_zipcode,latitude,longitude,source
    """

  private static func row(_ id: String, open: String = "2011-07-01 10:00:00") -> String {
    """
    \(id),\(open),2011-07-05 10:00:00,2011-07-02 10:00:00,ONTIME,Closed,done,Pothole,\
    Public Works,Street Lights,Pothole,Q,PWDx,,,1 Main St,1,1,1,A1,Boston,1,1,1,Main St,02108,\
    31.45,121.15,Citizens Connect App
    """
  }

  private static let uri = "/api/v1/imports?map=boston-311"

  @Test("a file comes in, twice changes nothing, and rows that are not taken come with reasons")
  func imported() async throws {
    let town = try await WebTown()
    let system = try await town.token(.system)
    let file = [Self.columns, Self.row("1"), Self.row("2", open: "never"), Self.row("3")]
      .joined(separator: "\n")
    try await town.visit { site in
      let first = try await site.post(Self.uri, file, by: system)
      #expect(first.status == 200)
      let out = try first.json()
      #expect(out["summary"]?["read"]?.whole == 3, "\(first.text)")
      #expect(out["summary"]?["created"]?.whole == 2)
      #expect(out["summary"]?["rejected"]?.whole == 1)
      #expect(out["rows"]?.list.count == 1)
      #expect(out["rows"]?[0]?["row"]?.whole == 2)
      #expect(out["rows"]?[0]?["line"]?.whole == 3)
      #expect(out["rows"]?[0]?["errors"]?[0]?["field"]?.text == "open_dt")
      let again = try await site.post(Self.uri, file, by: system).json()
      #expect(again["summary"]?["unchanged"]?.whole == 2)
      #expect(again["summary"]?["created"]?.whole == 0)
    }
    #expect(try await town.count("case_file") == 2)
  }

  @Test("who may not import, a map that is none, and a file that is none, change nothing")
  func refused() async throws {
    let town = try await WebTown()
    let system = try await town.token(.system)
    let before = try await town.count("ledger_entry")
    let duty = try await town.session(.duty)
    let signIns = try await town.count("ledger_entry") - before
    try await town.visit { site in
      #expect(try await site.post(Self.uri, "x", by: duty).code == "right.missing")
      #expect(
        try await site.post("/api/v1/imports", "x", by: system).wrong == ["map: value.missing"])
      #expect(
        try await site.post("/api/v1/imports?map=mars", "x", by: system).wrong
          == ["map: value.unknown"])
      #expect(try await site.post(Self.uri, "", by: system).code == "table.empty")
      let columns = try await site.post(Self.uri, "a,b\n1,2\n", by: system)
      #expect(columns.status == 422)
      let large = try await site.send(
        .post, Self.uri, by: system, headers: ["Content-Length": "268435457"], body: nil)
      #expect(large.status == 413)
      try await town.site.importGate.pass {
        let busy = try await site.post(Self.uri, "x", by: system)
        #expect(busy.status == 503)
        #expect(busy.code == "import.runs")
      }
    }
    #expect(try await town.count("ledger_entry") == before + signIns)
    #expect(try await town.count("case_file") == 0)
    let incoming = town.store.folder.appending(path: "blobs/incoming").path
    #expect(try FileManager.default.contentsOfDirectory(atPath: incoming) == [])
  }
}
