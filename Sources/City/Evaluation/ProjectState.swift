import Store

/// Where a project's form of the year stands.
public enum ProjectState: String, Storable, CaseIterable, Codable {
  /// 编制中
  case draft
  /// 待主管部门审核
  case submitted
  /// 待财政复核
  case departmentReviewed = "department-reviewed"
  /// 已复核
  case financeReviewed = "finance-reviewed"
  /// 已公开
  case published
  /// 已作废: a draft that nobody wanted.
  case discarded

  /// The step that it waits for; nil when there is nothing more to do.
  public var awaited: ProjectPhase? {
    switch self {
    case .draft: .submission
    case .submitted: .departmentReview
    case .departmentReviewed: .financeReview
    case .financeReviewed: .publication
    case .published, .discarded: nil
    }
  }
}

/// A step of the year that has a deadline.
public enum ProjectPhase: String, Storable, CaseIterable, Codable {
  /// 事前评估
  case appraisal
  /// 绩效目标申报
  case targets
  /// 绩效监控
  case monitoring
  /// 提交
  case submission
  /// 主管部门审核
  case departmentReview = "department-review"
  /// 财政复核
  case financeReview = "finance-review"
  /// 公开
  case publication
  /// 结果应用
  case use
}

/// What people do with a project's form. The raw value is the last part of the ledger's verb and of
/// the URL.
public enum ProjectMove: String, Storable, CaseIterable, Codable {
  case edit, attach, submit, recall
  case reviewDepartment = "review-department"
  case reviewFinance = "review-finance"
  case giveBack = "return"
  case publish, discard, comment
}

/// Where a figure comes from.
public enum FigureOrigin: String, Storable, CaseIterable, Codable {
  /// By a person, at the form.
  case typed
  /// Read out of a document.
  case imported
  /// Given by others (an appraisal, a survey), with their document.
  case outside
  /// Out of the ledger. Nothing computes figures yet; the place is kept.
  case computed
}

/// What part somebody had in a form.
public enum ProjectPart: String, Storable, CaseIterable, Codable {
  case wrote, submitted, reviewed
}
