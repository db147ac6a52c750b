import Base

/// One question of a form: its label, its hint, what is wrong with the answer, and the control.
struct Field: Sendable {
  /// As it is sent, e.g. `reason`, `fields.licence`, `co`.
  var name: String
  var label: Phrase
  var hint: Phrase?
  var error: Phrase?
  var isRequired = false
  /// Personal data: marked, so that people know it is masked for others.
  var isPersonal = false
  /// Half as wide, beside its neighbour where there is room.
  var isHalf = false
  /// With Alt, leads to it; a box is ticked by it. Unique on its page.
  var accessKey: Character?
  var control: Control

  enum Control: Sendable {
    case line(Line)
    case area(Area)
    /// A list that opens, in groups.
    case select(Select)
    /// One of a few, all seen.
    case radios([Option])
    /// Any of a few, all seen.
    case checks([Option])
    case photos(Photos)
  }

  /// One line of text, a number, a date.
  struct Line: Sendable {
    enum Kind: String, Sendable {
      case text, number, date, tel, search, password
      case time = "datetime-local"
    }

    var kind: Kind = .text
    var value = ""
    /// HTML's `autocomplete`; people's own browsers must not fill in a reporter's name.
    var autocomplete = "off"
    var maximumLength: Int?
    /// A numeric step, e.g. `any` for coordinates.
    var step: String?
  }

  /// Several lines of text.
  struct Area: Sendable {
    var value = ""
    var rows = 4
    var maximumLength: Int?
  }

  struct Select: Sendable {
    var groups: [Group]
    /// What stands for no choice; nil where the first option is taken.
    var nothing: Phrase?
    /// With script, a change sends the form.
    var sendsForm = false
    /// With script, it is searched by what is typed: where to get the words of its options.
    var words: SiteURL?
  }

  struct Group: Sendable {
    var label: Phrase?
    var options: [Option]
  }

  struct Option: Sendable {
    var value: String
    var label: Phrase
    var hint: Phrase?
    var isChosen = false
  }

  struct Photos: Sendable {
    /// Bytes each.
    var largest: Int
    var most: Int
    /// Papers too, not only photographs.
    var takesPapers = false
  }
}

extension Field {
  static func line(
    _ name: String, _ label: String, _ line: Line = Line(), required: Bool = false,
    hint: String? = nil, personal: Bool = false, half: Bool = false
  ) -> Field {
    Field(
      name: name, label: .key(label), hint: hint.map { .key($0) }, isRequired: required,
      isPersonal: personal, isHalf: half, control: .line(line))
  }

  static func area(
    _ name: String, _ label: String, _ value: String = "", required: Bool = false, rows: Int = 3,
    hint: String? = nil
  ) -> Field {
    Field(
      name: name, label: .key(label), hint: hint.map { .key($0) }, isRequired: required,
      control: .area(Area(value: value, rows: rows, maximumLength: 10_000)))
  }

  /// A list that opens, without groups.
  static func select(
    _ name: String, _ label: String, _ options: [Option], required: Bool = false,
    nothing: String? = "choice.nothing", hint: String? = nil
  ) -> Field {
    let groups = [Group(label: nil, options: options)]
    return Field(
      name: name, label: .key(label), hint: hint.map { .key($0) }, isRequired: required,
      control: .select(Select(groups: groups, nothing: nothing.map { .key($0) })))
  }

  static func radios(
    _ name: String, _ label: String, _ options: [Option], required: Bool = true,
    hint: String? = nil
  ) -> Field {
    Field(
      name: name, label: .key(label), hint: hint.map { .key($0) }, isRequired: required,
      control: .radios(options))
  }

  static func checks(
    _ name: String, _ label: String, _ options: [Option], required: Bool = false,
    hint: String? = nil
  ) -> Field {
    Field(
      name: name, label: .key(label), hint: hint.map { .key($0) }, isRequired: required,
      control: .checks(options))
  }

  static func photos(
    _ name: String, _ label: String, _ photos: Photos, required: Bool = false
  ) -> Field {
    Field(
      name: name, label: .key(label),
      hint: .key(
        photos.takesPapers ? "papers.hint" : "photos.hint",
        ["most": .count(photos.most), "largest": .size(photos.largest)]),
      isRequired: required, control: .photos(photos))
  }
}

extension Field {
  /// The same with a key that leads to it.
  func at(_ key: Character) -> Field {
    var field = self
    field.accessKey = key
    return field
  }
}

extension [Field.Option] {
  /// Options worded by `<family>.<value>`.
  static func worded(_ family: String, _ values: [String], chosen: String? = nil) -> Self {
    values.map {
      Field.Option(value: $0, label: .key("\(family).\($0)"), isChosen: $0 == chosen)
    }
  }
}
