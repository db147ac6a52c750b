import Base
import City

/// A case as a service request of Open311.
struct Open311Request {
  let file: PublicCase
  let around: Surroundings
  let wording: Wording

  var value: Open311Value {
    .object([
      "service_request_id": .text(file.number),
      "status": .text(file.state.isOpen ? "open" : "closed"),
      "status_notes": .text(wording.text(.key("case.state.\(file.state.rawValue)"))),
      "extended_status": .text(file.state.rawValue),
      "service_name": .text(wording.text(around.kind(file.kind))),
      "service_code": .text(file.kind),
      "description": .text(description),
      "agency_responsible": .text(file.leadOrganisation.flatMap { around.parties[$0]?.name }),
      "service_notice": .nothing,
      "requested_datetime": .moment(file.reportedAt),
      "updated_datetime": .moment(file.closedAt ?? file.updatedAt),
      "expected_datetime": .moment(file.dueAt),
      "address": .text(file.place.isEmpty ? area : file.place),
      "address_id": .nothing, "zipcode": .nothing,
      "lat": .number(file.latitude), "long": .number(file.longitude),
      "media_url": .nothing,
    ])
  }

  /// As long as the standard's schema lets it be.
  private var description: String? {
    let text = file.description.isEmpty ? file.title : file.description
    return text.isEmpty ? nil : String(text.prefix(4_000))
  }

  /// From the smallest to the largest, as addresses are given there.
  private var area: String? {
    let lineage = around.lineage(file.area)
    return lineage.isEmpty ? nil : lineage.reversed().joined(separator: ", ")
  }
}
