import Base
import City

/// The file controls of a form, one for each sort of evidence, named `attachments.<subject>`.
extension Field {
  /// - Parameters:
  ///   - missing: how many more the stage needs.
  ///   - photos: the bounds of what one control takes.
  static func evidence(
    _ subject: EvidenceRule.Subject, missing: Int, _ photos: Photos
  ) -> Field {
    var photos = photos
    photos.takesPapers = subject == .document
    var field = Field.photos(
      "attachments.\(subject.rawValue)", "evidence.field.\(subject.rawValue)", photos,
      required: missing > 0)
    if missing > 1 {
      field.hint = .key(
        photos.takesPapers ? "papers.hint.needed" : "photos.hint.needed",
        ["needed": .count(missing), "most": .count(photos.most), "largest": .size(photos.largest)])
    }
    return field
  }
}

extension CaseKind {
  /// What a stage asks for; at the feedback also photographs that nobody asks for.
  /// - Parameter there: what the case has already.
  func evidenceFields(
    at stage: CaseStage, there: [EvidenceRule.Subject], _ photos: Field.Photos
  ) -> [Field] {
    let rules = evidence.filter { $0.stage == stage }
    let asked = rules.map { rule in
      Field.evidence(
        rule.subject, missing: max(0, rule.count - there.count { $0 == rule.subject }), photos)
    }
    return asked.isEmpty && stage == .feedback ? [.evidence(.after, missing: 0, photos)] : asked
  }
}

extension FormData {
  /// The files that came, each with what its control says it shows.
  var attachments: [NewAttachment] {
    let subject = text("subject").flatMap(EvidenceRule.Subject.init) ?? .after
    return files.map { file in
      let named = file.field.split(separator: ".").last.map(String.init)
      // What is chosen for several files at once does not make a photograph of a paper.
      return NewAttachment(
        blob: file.blob, name: file.name,
        subject: named.flatMap(EvidenceRule.Subject.init)
          ?? (file.blob.isPaper ? .document : subject))
    }
  }
}

extension Fault {
  /// Missing or wrong evidence at the control that takes it.
  /// - Parameter name: the name of the control for a subject.
  func placingEvidence(at name: (EvidenceRule.Subject) -> String) -> Fault {
    let placed = fields.map { field in
      guard ["evidence.missing", "evidence.paper"].contains(field.code),
        let subject = field.arguments["subject"].flatMap(EvidenceRule.Subject.init)
      else { return field }
      return Field(name(subject), field.code, field.arguments)
    }
    return Fault(kind, code, arguments, fields: placed)
  }
}
