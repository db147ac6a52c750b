import Base
import Foundation

// What a sheet says is read leniently: a sheet that was stored before a member was thought of stays
// readable, and a caller of the API leaves out what there is nothing to say about.

extension KeyedDecodingContainer {
  fileprivate func text(_ key: Key) throws -> String {
    try decodeIfPresent(String.self, forKey: key) ?? ""
  }

  fileprivate func number(_ key: Key) throws -> PrintedNumber {
    try decodeIfPresent(PrintedNumber.self, forKey: key) ?? .none
  }
}

extension AppraisalContent {
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    day = try values.decodeIfPresent(Day.self, forKey: .day)
    appraiser = try values.text(.appraiser)
    isOutside = try values.decodeIfPresent(Bool.self, forKey: .isOutside) ?? false
    score = try values.number(.score)
    outOf = try values.decodeIfPresent(PrintedNumber.self, forKey: .outOf) ?? "100"
    mean = try values.number(.mean)
    conclusion = try values.decodeIfPresent(AppraisalConclusion.self, forKey: .conclusion)
    requested = try values.number(.requested)
    words = try values.text(.words)
    document = try values.decodeIfPresent(ID<ProjectAttachment>.self, forKey: .document)
  }
}

extension TargetsContent {
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    goal = try values.text(.goal)
    lines = try values.decodeIfPresent([TargetLine].self, forKey: .lines) ?? []
  }
}

extension TargetLine {
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    id = try values.decodeIfPresent(ID<ProjectIndicator>.self, forKey: .id)
    level1 = try values.text(.level1)
    level2 = try values.text(.level2)
    name = try values.text(.name)
    target = try values.text(.target)
    weight = try values.number(.weight)
    direction = try values.decodeIfPresent(ScoreDirection.self, forKey: .direction)
  }
}

extension MonitoringContent {
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    asOf = try values.decodeIfPresent(Day.self, forKey: .asOf)
    adjusted = try values.number(.adjusted)
    executed = try values.number(.executed)
    lines = try values.decodeIfPresent([MonitoringLine].self, forKey: .lines) ?? []
    measures = try values.text(.measures)
  }
}

extension MonitoringLine {
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    id = try values.decode(ID<ProjectIndicator>.self, forKey: .id)
    name = try values.text(.name)
    target = try values.text(.target)
    direction = try values.decodeIfPresent(ScoreDirection.self, forKey: .direction)
    actual = try values.text(.actual)
    forecast = try values.text(.forecast)
    note = try values.text(.note)
  }
}

extension UseContent {
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    decision = try values.decodeIfPresent(UseDecision.self, forKey: .decision)
    nextBudget = try values.number(.nextBudget)
    words = try values.text(.words)
    disclosedOn = try values.decodeIfPresent(Day.self, forKey: .disclosedOn)
    disclosedAt = try values.text(.disclosedAt)
    items = try values.decodeIfPresent([UseItem].self, forKey: .items) ?? []
  }
}

extension UseItem {
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    id = try values.decodeIfPresent(ID<Rectification>.self, forKey: .id)
    what = try values.text(.what)
    responsible = try values.text(.responsible)
    due = try values.decodeIfPresent(Day.self, forKey: .due)
  }
}
