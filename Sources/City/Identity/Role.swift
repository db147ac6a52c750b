import Store

/// What a person is in the centre; a role is held over a scope (see `Grant`).
public enum Role: String, Storable, CaseIterable, Codable {
  /// 受理员
  case intakeOperator = "intake-operator"
  /// 派遣员
  case dispatcher
  /// 处置部门
  case handler
  /// 网格员
  case patroller
  /// 值班长
  case dutyOfficer = "duty-officer"
  /// 领导
  case leader
  /// 绩效
  case evaluator
  /// 服务方
  case contractor
  /// 第三方测评
  case assessor
  /// 系统管理员: the installation, organisations, areas, catalogues; no cases, no rights of others.
  case systemAdministrator = "system-administrator"
  /// 安全管理员: people, roles, tokens; gives rights and holds none of them.
  case securityAdministrator = "security-administrator"
  /// 审计管理员: reads the ledger; changes nothing.
  case auditAdministrator = "audit-administrator"
}

/// One thing that may be done. Roles are bundles of rights; an API token carries some of them.
public enum Right: String, Storable, CaseIterable, Codable {
  case caseRead = "case.read"
  case caseReport = "case.report"
  case caseAccept = "case.accept"
  case caseFile = "case.file"
  case caseDispatch = "case.dispatch"
  case caseHandle = "case.handle"
  case caseVerify = "case.verify"
  case caseClose = "case.close"
  case caseCallBack = "case.call-back"
  case caseReopen = "case.reopen"
  case caseSupervise = "case.supervise"
  /// To decide who handles what units return (仲裁).
  case caseArbitrate = "case.arbitrate"
  /// To grant more time than a dispatcher may.
  case caseExtendFurther = "case.extend-further"
  case caseOnTheSpot = "case.on-the-spot"
  case caseImport = "case.import"
  case personalRead = "personal.read"
  case figuresRead = "figures.read"
  /// Projects and their self-evaluation forms.
  case projectRead = "project.read"
  case projectEdit = "project.edit"
  /// Review for the department (主管部门审核).
  case projectReview = "project.review"
  /// Review for finance (财政复核), and the year's deadlines.
  case projectApprove = "project.approve"
  case ledgerRead = "ledger.read"
  case areaManage = "area.manage"
  case organisationManage = "organisation.manage"
  case catalogueManage = "catalogue.manage"
  case personManage = "person.manage"
  case tokenOwn = "token.own"
}

extension Role {
  /// Whether who holds it acts for the organisation it is held over, wherever they belong: the dispatcher
  /// of a level, and its duty officer for the shift.
  var actsForItsOrganisation: Bool { self == .dutyOfficer || self == .dispatcher }

  /// The rights that a role bundles: the one table of who may do what.
  public var rights: Set<Right> {
    switch self {
    case .intakeOperator:
      [
        .caseRead, .caseReport, .caseAccept, .caseFile, .caseHandle, .caseCallBack, .caseReopen,
        .personalRead, .figuresRead, .tokenOwn,
      ]
    case .dispatcher:
      [
        .caseRead, .caseReport, .caseFile, .caseDispatch, .caseVerify, .caseClose, .figuresRead,
        .personalRead, .tokenOwn,
      ]
    case .handler: [.caseRead, .caseHandle, .personalRead, .figuresRead, .tokenOwn]
    case .patroller:
      [.caseRead, .caseReport, .caseHandle, .caseVerify, .caseOnTheSpot, .tokenOwn]
    case .dutyOfficer:
      [
        .caseRead, .caseReport, .caseAccept, .caseFile, .caseDispatch, .caseHandle, .caseVerify,
        .caseClose, .caseCallBack, .caseReopen, .caseSupervise, .caseArbitrate, .caseExtendFurther,
        .personalRead,
        .figuresRead, .tokenOwn,
      ]
    case .leader:
      [
        .caseRead, .caseSupervise, .caseArbitrate, .caseExtendFurther, .figuresRead, .projectRead,
        .projectReview,
        .tokenOwn,
      ]
    case .evaluator: [.figuresRead, .projectRead, .projectEdit, .projectApprove, .tokenOwn]
    case .contractor, .assessor: [.tokenOwn]
    case .systemAdministrator:
      [.areaManage, .organisationManage, .catalogueManage, .caseImport, .tokenOwn]
    case .securityAdministrator: [.personManage, .tokenOwn]
    case .auditAdministrator: [.ledgerRead, .tokenOwn]
    }
  }
}
