extension CaseKind: Codable {
  private enum Key: String, CodingKey {
    case code
    case kindClass = "class"
    case name, english, pinyin, words, nature, urgency, channels
    case fields, responsible, clocks, pauses, evidence, closing, extensions, duplicates, templates
    case arbitrationAfter, appealDays
    case checkedBeforeFiling, verified, contactedFirst, findings, calledBack
    case automaticDispatch, onTheSpot, confidentialByDefault, mediated, published
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    self.init(
      code: try values.decode(String.self, forKey: .code),
      in: try values.decode(CaseClass.self, forKey: .kindClass),
      name: try values.decode(String.self, forKey: .name))
    english = try values.decode(.english, or: english)
    pinyin = try values.decode(.pinyin, or: pinyin)
    words = try values.decode(.words, or: words)
    nature = try values.decode(.nature, or: nature)
    urgency = try values.decode(.urgency, or: urgency)
    channels = try values.decode(.channels, or: channels)
    fields = try values.decode(.fields, or: fields)
    responsible = try values.decode(.responsible, or: responsible)
    clocks = try values.decode(.clocks, or: clocks)
    pauses = try values.decode(.pauses, or: pauses)
    evidence = try values.decode(.evidence, or: evidence)
    closing = try values.decode(.closing, or: closing)
    extensions = try values.decode(.extensions, or: extensions)
    arbitrationAfter = try values.decode(.arbitrationAfter, or: arbitrationAfter)
    appealDays = try values.decode(.appealDays, or: appealDays)
    duplicates = try values.decode(.duplicates, or: duplicates)
    templates = try values.decode(.templates, or: templates)
    checkedBeforeFiling = try values.decode(.checkedBeforeFiling, or: checkedBeforeFiling)
    verified = try values.decode(.verified, or: verified)
    contactedFirst = try values.decode(.contactedFirst, or: contactedFirst)
    findings = try values.decode(.findings, or: findings)
    calledBack = try values.decode(.calledBack, or: calledBack)
    automaticDispatch = try values.decode(.automaticDispatch, or: automaticDispatch)
    onTheSpot = try values.decode(.onTheSpot, or: onTheSpot)
    confidentialByDefault = try values.decode(.confidentialByDefault, or: confidentialByDefault)
    mediated = try values.decode(.mediated, or: mediated)
    published = try values.decode(.published, or: published)
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    let usual = CaseKind(code: code, in: kindClass, name: name)
    try values.encode(code, forKey: .code)
    try values.encode(kindClass, forKey: .kindClass)
    try values.encode(name, forKey: .name)
    try values.encode(english, .english, unless: usual.english)
    try values.encode(pinyin, .pinyin, unless: nil)
    try values.encode(words, .words, unless: usual.words)
    try values.encode(nature, .nature, unless: usual.nature)
    try values.encode(urgency, .urgency, unless: usual.urgency)
    try values.encode(channels, .channels, unless: usual.channels)
    try values.encode(fields, .fields, unless: usual.fields)
    try values.encode(responsible, .responsible, unless: usual.responsible)
    try values.encode(clocks, .clocks, unless: usual.clocks)
    try values.encode(pauses, .pauses, unless: usual.pauses)
    try values.encode(evidence, .evidence, unless: usual.evidence)
    try values.encode(closing, .closing, unless: usual.closing)
    try values.encode(extensions, .extensions, unless: nil)
    try values.encode(arbitrationAfter, .arbitrationAfter, unless: usual.arbitrationAfter)
    try values.encode(appealDays, .appealDays, unless: usual.appealDays)
    try values.encode(duplicates, .duplicates, unless: usual.duplicates)
    try values.encode(templates, .templates, unless: usual.templates)
    let flags: [(Key, Bool)] = [
      (.checkedBeforeFiling, checkedBeforeFiling), (.verified, verified),
      (.contactedFirst, contactedFirst), (.findings, findings), (.calledBack, calledBack),
      (.automaticDispatch, automaticDispatch), (.onTheSpot, onTheSpot),
      (.confidentialByDefault, confidentialByDefault), (.mediated, mediated),
      (.published, published),
    ]
    for (key, flag) in flags { try values.encode(flag, key, unless: false) }
  }
}

extension KeyedEncodingContainer {
  /// Leaves out what says nothing new.
  mutating func encode<Value: Encodable & Equatable>(
    _ value: Value, _ key: Key, unless usual: Value
  ) throws {
    if value != usual { try encode(value, forKey: key) }
  }
}

extension KeyedDecodingContainer {
  func decode<Value: Decodable>(_ key: Key, or usual: Value) throws -> Value {
    try decodeIfPresent(Value.self, forKey: key) ?? usual
  }

  func decode<Value: Decodable>(_ key: Key, or usual: Value?) throws -> Value? {
    try decodeIfPresent(Value.self, forKey: key) ?? usual
  }
}
