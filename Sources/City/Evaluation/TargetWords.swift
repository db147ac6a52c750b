/// What words without figures say.
enum TargetWords {
  static func kind(of text: Scalars) -> EvaluationTarget.Kind {
    for (kind, whole, inside) in rules {
      if whole.contains(where: { $0.scalars.elementsEqual(text) }) || text.containsAny(inside) {
        return kind
      }
    }
    return .text
  }

  /// In order: the first that fits. `whole` is the text itself, `inside` stands anywhere in it.
  private static let rules: [(EvaluationTarget.Kind, whole: [Word], inside: [Word])] = [
    (.note, [], Word.list("难以量化 无法量化 不易量化 预期性目标 不适用")),
    (
      .absence, Word.list("无 零 没有 消除 杜绝"),
      Word.list("未发生 不发生 未出现 不出现 零投诉 零事故 零发生 无投诉 无事故 无重大 无故障 无违规 杜绝 消除")
    ),
    (
      .vagueTime, Word.list("定期 实时 按期"),
      Word.list(
        """
        及时 按时 按期 准时 如期 约定时间 规定时间 规定的时间 规定时限 规定期限 定期 实时 尽快 适时 按计划时间 \
        时间节点
        """)
    ),
    (.comparison, [], Word.list("平均水平 同比 环比 持平")),
    (
      .direction, Word.list("完善 保持 提升 提高 扩大"),
      Word.list(
        """
        提升 提高 增强 增加 增长 加强 加大 降低 下降 减少 减轻 缩短 改善 改进 优化 扩大 更加 进一步 持续 推进 推动 \
        促进 夯实 逐步 稳步 不断 深化 强化
        """)
    ),
    (
      .conformity, Word.list("完成 实现 形成 达到 达成 达标 匹配 正常 规范 已完成"),
      Word.list(
        """
        达标 合格 符合 通过 规范 建立 按标准 按照标准 标准执行 比价 询价 招标 验收 正常 匹配 全覆盖 完成 落实 \
        执行到位 达到标准 达到要求 满足要求
        """)
    ),
    (
      .merit,
      Word.list("支持 保障 确保 稳定 高 低 优 良 好 强"),
      Word.list(
        """
        有效 健全 完善 合理 灵活 满意 稳定 平稳 有序 良好 明显 显著 顺利 可控 客观 真实 实用 便于 安全 准确 完整 \
        到位 充分 便捷 优秀 高效 率低 率高 保障 确保
        """)
    ),
  ]

  /// A year, place or time that something is compared with.
  static func isComparison(_ text: Scalars) -> Bool {
    guard text.containsAny(comparing) else { return false }
    return text.containsAny(bases) || hasYear(text)
  }

  private static let comparing = Word.list(
    "高于 低于 优于 好于 大于 小于 超过 不低于 不高于 较 比 同比 环比 相当 持平")
  private static let bases = Word.list(
    "上年 去年 往年 上一年 前一年 以前年度 同期 平均 同比 环比 上季度 上月 全市水平 全国水平 行业水平")

  /// Four digits and 年.
  private static func hasYear(_ text: Scalars) -> Bool {
    guard let end = text.place(of: "年") else { return false }
    let digits = text[..<end].suffix(4)
    return digits.count == 4 && digits.allSatisfy(\.isASCIIDigit)
  }

  /// Whole cells that say that a target was not reached, or in part; nil of all else.
  static func short(of text: String) -> QualitativeBand? {
    if missed.contains(text) { return .missed }
    return partly.contains(text) ? .partly : nil
  }

  private static let missed: Set<String> = [
    "未完成", "没有完成", "未完成指标", "未达成", "未达成指标", "未达到", "未达到指标", "未达标", "不达标", "不合格", "未实现",
    "未开展", "未实施", "未达成预期指标且效果较差", "未达成年度指标且效果较差",
  ]
  private static let partly: Set<String> = [
    "部分完成", "部分完成指标", "部分达成", "部分达成指标", "部分达标", "部分实现", "部分达成预期指标并具有一定效果",
    "部分达成年度指标并具有一定效果",
  ]

  static let said = Word.list("达成指标 已达成指标 达成 已达成 完成指标 已达标指标 达成目标 完成目标")
}
