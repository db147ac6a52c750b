import Base
import City

/// What two have written into one form, for the one who saved second.
struct MergeView: Composed {
  let merge: FormMerge

  init(_ merge: FormMerge) { self.merge = merge }

  var parts: [String: any Shown] {
    [
      "clashes": merge.clashes.each { clash in
        [
          "field": Phrase.projectField(clash.field), "stored": Self.side(clash.stored),
          "typed": Self.side(clash.typed),
        ]
      },
      "taken": merge.taken.isEmpty ? nil : Phrase.list(merge.taken.map { .projectField($0) }),
      "kept": merge.kept.isEmpty ? nil : Phrase.list(merge.kept.map { .projectField($0) }),
    ]
  }

  private static func side(_ text: String?) -> Phrase {
    guard let text else { return .key("merge.gone") }
    return text.isEmpty ? .key("merge.empty") : .plain(text)
  }
}
