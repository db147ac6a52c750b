import Testing

@testable import City

@Suite("Actual values that say themselves that a target was not reached")
struct SaidShortTests {
  private func proposal(_ target: String, _ actual: String) -> ScoreProposal {
    ScoreProposal(EvaluationIndicator(target: target, actual: actual, weight: "10.00"))
  }

  @Test("Their band of points is proposed, instead of a judgement without any")
  func bands() {
    #expect(proposal("达标", "不达标").why == .saidMissed)
    #expect(proposal("达标", "不达标").expected == .between(0, 6))
    #expect(proposal("≥95.00(%)", "未完成").why == .saidMissed)
    #expect(proposal("通过验收", "部分完成").why == .saidPartly)
    #expect(proposal("通过验收", "部分完成").expected == .between(6, 8))
    #expect(proposal("达标", "达标").why == .said)
  }

  @Test("What must not happen is not missed by not being done, and a sentence is no such word")
  func silent() {
    #expect(proposal("未发生", "未实现").why == .words)
    #expect(proposal("通过验收", "二期未完成").why == .words)
    #expect(proposal("未完成", "未完成").why == .said)
  }
}
