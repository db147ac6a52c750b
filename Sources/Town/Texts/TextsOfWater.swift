extension KindTexts {
  /// E06: rivers and water.
  static let water = [
    KindTexts(
      "E0601",
      things: """
        河面漂着水葫芦 | matter=plant
        河里漂着塑料袋和泡沫 | matter=refuse
        河面有死鱼和家禽 | matter=carcass
        收割后秸秆漂满河面 | matter=straw
        水闸前积了一片浮萍和垃圾 | matter=plant+refuse
        桥墩处卡着树枝和垃圾 | matter=straw+refuse
        """,
      fields: ["river": .river, "area": .often(0.7, .number(3...400))],
      lists: ["matter"],
      found: """
        {time}沿{river}巡河，{place}{thing}，请安排打捞。
        巡查至{place}，{river}{thing}，下风向岸边有异味。
        {river}{place}段{thing}，影响水面景观。
        河长巡河发现{place}{thing}，已联系保洁船。
        """,
      told: """
        {river}里{thing}，就在{place}，夏天味道很大。
        来电人反映{place}{thing}，以前天天有人捞，现在没人管。
        {place}{thing}，在这里洗菜的老人都不敢下去了。
        """,
      done: """
        保洁船已打捞完毕，打捞物离岸清运，{river}水面清洁。
        matter=plant | 已集中打捞水葫芦并设置拦网，防止上游再次漂入。
        matter=carcass | 动物尸体已打捞并作无害化处理，周边消毒完毕。
        matter=straw | 已打捞秸秆枝叶，同时通知上游农户秸秆离岸堆放。
        """),
    KindTexts(
      "E0602",
      things: """
        河水发黑发臭 | sign=colour+smell
        排口流出乳白色污水 | sign=colour
        河面有大片油花 | sign=foam
        河里死鱼漂起 | sign=fish
        沟里冒泡沫，气味刺鼻 | sign=foam+smell
        养殖尾水直排，水色发绿 | sign=colour
        """,
      fields: [
        "river": .river,
        "source": .often(
          0.6,
          .text([
            "上游沿河餐饮排口", "附近养殖塘换水", "雨污混接的小区排口", "石湾工业点一处雨水口", "来源不明，需排查",
          ])),
      ],
      feedbackFields: ["sampled": .daysAgo(0...1)],
      lists: ["sign"],
      found: """
        {time}巡查{river}，在{place}发现{thing}，已拍照取证，请速派人采样。
        {place}{thing}，疑似有人偷排，沿线排查到一处暗管。
        {river}{place}段{thing}，影响范围约五十米，已通知下游农户暂停取水。
        巡查至{place}，{thing}，水面无流动，已上报河长。
        """,
      told: """
        {river}里{thing}，就在{place}，晚上偷偷排，白天又没了。
        来电人反映{place}{thing}，家里的鸭子喝了都死了几只。
        {place}{thing}，一到下雨就这样，请环保来测一测。
        """,
      done: """
        已采样送检并封堵混接排口，污染来源切断，换水后水质检测恢复正常。
        经排查为餐饮废水混接雨水管，已责令整改并接入污水管，复测达标。
        sign=fish | 死鱼已打捞无害化处理，采样检测为缺氧所致，已开闸活水，水质恢复。
        sign=foam | 已布设吸油毡清理，溯源到一家汽修店，立案查处，复测合格。
        """),
  ]
}
