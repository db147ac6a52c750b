import Base
import Store
import TestSupport
import Testing

@testable import City

@Suite struct FormMergeTests {
  private struct Scene {
    let town: ProjectTown
    let id: ID<Project>
    let base: ProjectDraft
    let revision: Int
  }

  private func scene() async throws -> Scene {
    let town = try await ProjectTown()
    let id = try await town.project()
    let file = try await town.file(id)
    return Scene(
      town: town, id: id, base: ProjectDraft(file), revision: file.project.revision)
  }

  private func merge(
    _ scene: Scene, others: (inout ProjectDraft) -> Void, mine: (inout ProjectDraft) -> Void,
    over revision: Int? = nil
  ) async throws -> FormMerge {
    var theirs = scene.base
    others(&theirs)
    try await scene.town.desk.edit(scene.id, theirs, by: scene.town[.mate])
    var typed = scene.base
    mine(&typed)
    let draft = typed
    let file = try await scene.town.file(scene.id)
    return try await scene.town.database.read {
      try scene.town.desk.merge(draft, over: revision ?? scene.revision, onto: file, in: $0)
    }
  }

  @Test("what two have written in different fields stands together")
  func together() async throws {
    let merge = try await merge(
      scene(),
      others: {
        $0.result = "另写"
        $0.indicators[1].cells.actual = "1300次"
      },
      mine: {
        $0.goal = "新的目标"
        $0.indicators[1].cells.reason = "说明"
      })
    #expect(merge.clashes.isEmpty)
    #expect(merge.draft.result == "另写" && merge.draft.goal == "新的目标")
    #expect(merge.draft.indicators[1].cells.actual == "1300次")
    #expect(merge.draft.indicators[1].cells.reason == "说明")
    #expect(merge.taken == ["result", "indicators.1.actual"])
    #expect(merge.kept == ["goal", "indicators.1.reason"])
  }

  @Test("where both wrote, one's own stands and both are shown")
  func clash() async throws {
    let merge = try await merge(
      scene(), others: { $0.indicators[0].cells.actual = "90%" },
      mine: { $0.indicators[0].cells.actual = "95%" })
    #expect(
      merge.clashes == [.init(field: "indicators.0.actual", stored: "90%", typed: "95%")])
    #expect(merge.draft.indicators[0].cells.actual == "95%")
  }

  @Test("lines that came and went on both sides are put together, and none is lost in silence")
  func lines() async throws {
    let scene = try await scene()
    let merge = try await merge(
      scene,
      others: {
        $0.indicators[2].cells.actual = "80%"
        $0.indicators.remove(at: 4)
        $0.indicators.remove(at: 3)
        $0.indicators.append(
          ProjectTown.indicator("效益指标", "", "他人新增", "=1项", "", "5", ""))
      },
      mine: {
        $0.indicators[4].cells.actual = "93%"
        $0.indicators.remove(at: 2)
        $0.indicators.remove(at: 0)
        $0.indicators.append(
          ProjectTown.indicator("效益指标", "", "自己新增", "=1项", "", "5", ""))
      })
    #expect(
      merge.draft.indicators.map(\.cells.name) == ["巡查次数", "处置率", "他人新增", "居民满意度", "自己新增"])
    #expect(
      merge.clashes == [
        .init(field: "indicators.1", stored: "处置率", typed: nil),
        .init(field: "indicators.3", stored: nil, typed: "居民满意度"),
      ])
    #expect(merge.draft.indicators[3].id == nil)
    // It can be saved over the newest form.
    try await scene.town.desk.edit(scene.id, merge.draft, revision: 2, by: scene.town[.writer])
    #expect(try await scene.town.file(scene.id).indicators.count == 5)
  }

  @Test("over a form that is not kept any more, every difference is shown")
  func forgotten() async throws {
    let merge = try await merge(
      scene(), others: { $0.result = "另写" }, mine: { $0.goal = "新的目标" }, over: -5)
    #expect(merge.clashes.map(\.field) == ["goal", "result"])
    #expect(merge.draft.goal == "新的目标")
  }

  @Test("only the last forms are kept")
  func bounded() async throws {
    let scene = try await scene()
    for number in 0..<(SavedRows.most + 5) {
      var draft = scene.base
      draft.goal = "目标\(number)"
      try await scene.town.desk.edit(scene.id, draft, by: scene.town[.writer])
    }
    let kept: Int? = try await scene.town.database.read {
      try $0.value("SELECT COUNT(*) FROM project_saved WHERE project_id = \(scene.id)")
    }
    #expect(kept == SavedRows.most)
  }
}
