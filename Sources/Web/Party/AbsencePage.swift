import Base
import City

/// Who is away and who stands in: one's own, those for whom one stands in, and for who manages people all.
struct AbsencePage: Page {
  static let template = "absences"

  var own: [Line] = []
  var others: [Line] = []
  /// Of everybody within reach; nil for who does not manage people.
  var all: [Line]?
  var form: Form
  /// Where somebody's open work is shown by their sign-in name; for who manages people.
  var work: Form?
  var errors: ErrorSummary?

  /// One absence in words.
  struct Line: Sendable {
    var id: String
    var name: String
    var substitute: String?
    var isSubstituteGone = false
    var from: Day
    var until: Day
    var reason: Absence.Reason
    var isNow: Bool
    var mayEnd: Bool
    var work: SiteURL?
  }

  var title: Phrase { .key("absence.title") }
  var section: Section? { all == nil ? .desk : .absences }

  var parts: [String: any Shown] {
    [
      "own": own, "others": others, "all": all, "manages": all != nil, "form": form,
      "work": work, "errors": errors, "hasOwn": !own.isEmpty, "hasOthers": !others.isEmpty,
    ]
  }
}

extension AbsencePage.Line: Composed {
  var parts: [String: any Shown] {
    [
      "name": name, "from": from.description, "until": until.description,
      "substitute": substitute.map {
        isSubstituteGone
          ? Phrase.key("absence.substitute.gone", ["name": .plain($0)]) : .plain($0)
      } ?? .key("absence.nobody"),
      "reason": Phrase.key("absence.reason.\(reason.rawValue)"), "isNow": isNow,
      "end": mayEnd ? SiteURL.endAbsence(id) : nil, "workOf": work,
    ]
  }
}

extension Form {
  /// - Parameters:
  ///   - people: whose it may be; empty for one's own.
  ///   - substitutes: who may stand in.
  static func absence(people: [Field.Option], substitutes: [Field.Option], today: Day) -> Form {
    var fields: [Field] = []
    if !people.isEmpty {
      fields.append(.select("person", "absence.person", people, required: true))
    }
    fields += [
      .line(
        "from", "absence.from", .init(kind: .date, value: today.description), required: true,
        half: true),
      .line("until", "absence.until", .init(kind: .date), required: true, half: true),
      .select(
        "reason", "absence.reason",
        .worded("absence.reason", Absence.Reason.allCases.map(\.rawValue)), required: true,
        nothing: nil),
      .select(
        "substitute", "absence.substitute", substitutes, nothing: "absence.nobody",
        hint: "absence.substitute.hint"),
    ]
    return Form("absence", to: .absences, fields, submit: .key("absence.enter"))
  }
}

/// What somebody has by name, and the one action that hands it over.
struct WorkPage: Page {
  static let template = "work"

  var name: String
  var signIn: String
  var isDisabled: Bool
  var lines: [Line]
  var form: Form?
  var errors: ErrorSummary?

  struct Line: Sendable {
    var number: String
    var kind: Phrase
    var state: CaseState
    var clock: ClockFace?
  }

  var title: Phrase { .key("work.title", ["name": .plain(name)]) }
  var section: Section? { .absences }

  var parts: [String: any Shown] {
    [
      "back": SiteURL.absences, "heading": title, "signIn": signIn, "isDisabled": isDisabled,
      "lines": lines, "count": Phrase.count(lines.count), "isEmpty": lines.isEmpty, "form": form,
      "errors": errors,
    ]
  }
}

extension WorkPage.Line: Composed {
  var parts: [String: any Shown] {
    [
      "number": number, "kind": kind, "state": state.rawValue,
      "stateLabel": Phrase.key("case.state.\(state.rawValue)"), "clock": clock,
    ]
  }
}

extension Form {
  /// - Parameter isDisabled: whether they are barred already.
  static func handOver(
    _ person: ID<Person>, to heirs: [Field.Option], isDisabled: Bool, hasWork: Bool
  ) -> Form {
    var fields: [Field] = [
      .select("to", "work.to", heirs, nothing: "work.to.organisation", hint: "work.to.hint")
    ]
    if !isDisabled {
      fields.append(
        .checks("leaves", "work.leaves", [.init(value: "yes", label: .key("work.leaves.yes"))]))
    }
    var form = Form(
      "hand-over", to: .handOver(person), fields, submit: .key("work.hand-over"), weight: .danger)
    form.confirmation = .key("work.confirm")
    return form
  }
}
