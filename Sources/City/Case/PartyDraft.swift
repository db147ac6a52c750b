import Base
import Store

/// One who quarrels, complains or asks, as somebody names them.
public struct PartyDraft: Codable, Equatable, Sendable {
  /// A code of `CaseParty.Side`.
  public var side: String?
  /// Up to 100, 40 and 300 characters.
  public var name: String?
  public var phone: String?
  public var address: String?

  public init(
    side: String? = nil, name: String? = nil, phone: String? = nil, address: String? = nil
  ) {
    self.side = side
    self.name = name
    self.phone = phone
    self.address = address
  }

  /// - Parameter place: what stands before the names of the fields.
  /// - Throws: `input.invalid` with `value.missing`, `value.not-listed`, `value.long`, `value.control` or
  ///   `phone.digits`.
  func checked(_ place: String = "") throws -> (side: CaseParty.Side, person: Reporter) {
    var faults: [Fault.Field] = []
    let side = try TextCheck.collect(&faults) {
      try MoveInput().choice(place + "side", self.side, of: CaseParty.Side.self)
    }
    let name = try TextCheck.collect(&faults) {
      guard let line = try TextCheck.line(place + "name", self.name ?? "", atMost: 100) else {
        throw Fault.invalid(place + "name", "value.missing")
      }
      return line
    }
    let phone = try TextCheck.collect(&faults) {
      try TextCheck.line(place + "phone", self.phone ?? "", atMost: 40).map {
        try PhoneDigest.number(place + "phone", $0)
      }
    }
    let address = try TextCheck.collect(&faults) {
      try TextCheck.line(place + "address", self.address ?? "", atMost: 300)
    }
    guard faults.isEmpty, let side, let name else {
      throw Fault(.invalid, "input.invalid", fields: faults)
    }
    return (side, Reporter(name: name, phone: phone ?? nil, address: address ?? nil))
  }
}

extension CaseReport {
  /// Those who are named with the report, where its kind is mediated.
  ///
  /// - Throws: `input.invalid` with `mediation.not-kind`, `mediation.too-many` at `parties`, or what is wrong
  ///   with one at `parties[0].name`.
  func checkedParties(
    _ kind: CaseKind?
  ) throws -> [(side: CaseParty.Side, person: Reporter)] {
    guard !parties.isEmpty, let kind else { return [] }
    guard kind.mediated else { throw Fault.invalid("parties", "mediation.not-kind") }
    guard parties.count <= Mediation.mostParties else {
      throw Fault.invalid("parties", "mediation.too-many", ["most": "\(Mediation.mostParties)"])
    }
    var faults: [Fault.Field] = []
    let checked = try parties.enumerated().compactMap { index, party in
      try TextCheck.collect(&faults) { try party.checked("parties[\(index)].") }
    }
    guard faults.isEmpty else { throw Fault(.invalid, "input.invalid", fields: faults) }
    return checked
  }
}

extension CheckedReport {
  /// Keeps those who were named with a report.
  ///
  /// - Returns: their ids, for the ledger.
  func insertParties(
    of id: ID<Case>, by doer: Doer, in tx: Transaction
  ) throws -> [ID<CaseParty>] {
    try parties.map { side, person in
      let party = CaseParty(id: tx.newID(), side: side, person)
      try CaseMediationRows.insert(party, of: id, by: doer.person, in: tx)
      return party.id
    }
  }
}
