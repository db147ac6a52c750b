import Base
import Store

/// Who reported a case: personal data, kept apart and erasable.
public struct Reporter: Row, Equatable, Codable {
  public var name: String?
  public var phone: String?
  public var address: String?

  public init(name: String? = nil, phone: String? = nil, address: String? = nil) {
    self.name = name
    self.phone = phone
    self.address = address
  }

  public init(_ fields: inout Fields) throws {
    name = try fields.next()
    phone = try fields.next()
    address = try fields.next()
  }

  var isEmpty: Bool { name == nil && phone == nil && address == nil }

  /// As shown to those who have not opened it: `张**`, `138****1234`, no address. Of a short number
  /// only the end is shown, and of a very short one nothing, or all of it would be.
  public var masked: Reporter {
    Reporter(
      name: name.map { $0.prefix(1) + "**" },
      phone: phone.map { phone in
        phone.count >= 11
          ? phone.prefix(3) + "****" + phone.suffix(4)
          : "****" + (phone.count >= 6 ? phone.suffix(2) : "")
      },
      address: address.map { _ in "****" })
  }
}

/// What somebody reports.
public struct CaseReport: Sendable, Codable {
  /// The code of a kind in force.
  public var kind: String
  public var channel: Channel
  /// 1…200 characters.
  public var title: String
  /// Up to 5,000 characters.
  public var description = ""
  /// Answers to the kind's fields, by code.
  public var fields: [String: FieldInput] = [:]
  /// The address in words, up to 300 characters.
  public var place = ""
  public var latitude: Double?
  public var longitude: Double?
  /// The system that the coordinates are in; WGS-84 when nil.
  public var coordinates: CoordinateSystem?
  /// The code of an area, where no point is given or it is outside all grids.
  public var area: String?
  public var urgent: Bool?
  public var confidential: Bool?
  public var reporter = Reporter()
  /// Those between whom it is, where the kind is mediated.
  public var parties: [PartyDraft] = []
  /// Of the system it came from; the same pair is the same case.
  public var externalSource: String?
  public var externalID: String?
  /// When it was reported, for what was taken down later; the present when nil.
  public var reportedAt: Moment?
  /// A deadline of the whole case given from outside.
  public var dueAt: Moment?

  public init(kind: String, channel: Channel, title: String) {
    self.kind = kind
    self.channel = channel
    self.title = title
  }

  private enum Key: String, CodingKey, CaseIterable {
    case kind, channel, title, description, fields, place, latitude, longitude, coordinates, area
    case urgent, confidential, reporter, parties, externalSource, externalID, reportedAt, dueAt
  }

  /// The keys that a JSON report may have; those of the reporter and of parties after a dot.
  public static let keys = Set(Key.allCases.map(\.rawValue)).union(
    ["name", "phone", "address"].map { "reporter.\($0)" }
  ).union(["side", "name", "phone", "address"].map { "parties.\($0)" })

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    kind = try values.decode(String.self, forKey: .kind)
    channel = try values.decode(Channel.self, forKey: .channel)
    title = try values.decode(String.self, forKey: .title)
    description = try values.decodeIfPresent(String.self, forKey: .description) ?? ""
    fields = try values.decodeIfPresent([String: FieldInput].self, forKey: .fields) ?? [:]
    place = try values.decodeIfPresent(String.self, forKey: .place) ?? ""
    latitude = try values.decodeIfPresent(Double.self, forKey: .latitude)
    longitude = try values.decodeIfPresent(Double.self, forKey: .longitude)
    coordinates = try values.decodeIfPresent(CoordinateSystem.self, forKey: .coordinates)
    area = try values.decodeIfPresent(String.self, forKey: .area)
    urgent = try values.decodeIfPresent(Bool.self, forKey: .urgent)
    confidential = try values.decodeIfPresent(Bool.self, forKey: .confidential)
    reporter = try values.decodeIfPresent(Reporter.self, forKey: .reporter) ?? Reporter()
    parties = try values.decodeIfPresent([PartyDraft].self, forKey: .parties) ?? []
    externalSource = try values.decodeIfPresent(String.self, forKey: .externalSource)
    externalID = try values.decodeIfPresent(String.self, forKey: .externalID)
    reportedAt = try values.decodeIfPresent(Moment.self, forKey: .reportedAt)
    dueAt = try values.decodeIfPresent(Moment.self, forKey: .dueAt)
  }
}
