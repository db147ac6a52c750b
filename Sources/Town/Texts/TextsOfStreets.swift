extension KindTexts {
  /// E05: order in the street.
  static let streets = [
    KindTexts(
      "E0501",
      things: """
        流动摊贩占道卖烧烤 | goods=food
        早点摊占了半条路 | goods=food
        路边摆摊卖蔬菜 | goods=produce
        三轮车沿路卖水果 | goods=produce
        地摊卖衣服袜子 | goods=goods
        占道修理电瓶车 | goods=service
        """,
      fields: ["stalls": .number(1...12)],
      found: """
        {time}巡查至{place}，发现{thing}，共{stalls}个摊位，影响通行。
        {place}{thing}，无证照，已口头劝离，当事人拖延不走。
        巡查发现{place}{thing}，{stalls}个摊位，地面油污较多。
        {place}路口{thing}，放学时段人流密集，请执法队到场疏导。
        """,
      told: """
        {place}每天{thing}，油烟味和吵闹声到半夜，受不了。
        来电人反映{place}{thing}，机动车都开不过去，要求取缔。
        {place}{thing}，走的时候垃圾丢一地，没人扫。
        """,
      done: """
        已到场劝离，{stalls}个摊位撤离，地面清扫干净，安排该点位定时值守。
        goods=produce | 已引导自产自销农户进入农贸市场疏导点经营，免收摊位费。
        goods=food | 已依法责令停止占道经营，联合市场所检查证照，油污冲洗完毕。
        摊位已清离，对屡次占道的一户作出行政处罚。
        """),
    KindTexts(
      "E0504",
      things: """
        水果店把货摊摆到人行道上
        五金店材料堆到店外
        饭店在门口摆桌椅经营
        修车铺占用人行道作业
        服装店把衣架推到门外
        便利店冰柜放在店门外
        """,
      fields: [
        "shop": .text([
          "老街鲜果行", "汇达五金店", "阿明小吃", "顺路车行", "芳芳服饰", "浦味饭庄", "好邻居便利店", "云浦烟酒店", "金穗粮油店",
          "小汪卤味",
        ]), "area": .often(0.7, .tenths(10...150)),
      ],
      found: """
        {time}巡查发现{place}“{shop}”跨门营业，{thing}。
        {place}{thing}，店名{shop}，行人被迫走机动车道。
        “{shop}”{thing}，已是本月第二次，请执法队处理。
        巡查至{place}，{thing}，已要求店主收回，复看仍未整改。
        """,
      told: """
        {place}的“{shop}”{thing}，推婴儿车根本过不去。
        来电人反映{place}{thing}，多次反映还是老样子。
        {place}那家{shop}，{thing}，盲道都占了。
        """,
      done: """
        已责令店主当场整改，物品收回店内，重申门责承诺并登记。
        经教育，“{shop}”已将物品全部收回，执法队纳入日巡名单。
        已开具责令改正通知书，当事人当场整改完毕，人行道恢复畅通。
        对“{shop}”屡教不改行为立案处罚，现场已清理。
        """),
    KindTexts(
      "E0505",
      things: """
        机动车停在人行道上 | where=pavement
        货车停在消防通道 | where=fire
        小车违停占了半条车道 | where=lane
        车辆堵住小区出入口 | where=entrance
        外来车辆停满村道 | where=lane
        面包车长期停在公交站台 | where=lane
        """,
      fields: ["count": .number(1...6), "plate": .often(0.4, .plate)],
      found: """
        {time}巡查至{place}，{thing}，共{count}辆，电话联系车主未果。
        {place}{thing}，{count}辆，妨碍行人通行，请民警处理。
        巡查发现{place}{thing}，接送学生时段严重拥堵。
        {place}{thing}，车主不在现场，已张贴温馨提示。
        """,
      told: """
        {place}{thing}，我的车出不来了，快叫人来拖走。
        来电人反映{place}{thing}，公交车都转不过弯。
        天天都有人乱停，今天{place}又是{thing}，请抄牌。
        """,
      done: """
        民警到场后联系车主驶离，对违停车辆依法抄告。
        {count}辆车已驶离，其余张贴违停告知单，道路恢复畅通。
        where=fire | 车辆已拖离，消防通道恢复，联合物业施划禁停标线。
        where=entrance | 已通知车主挪车，出入口恢复，增设两个隔离柱。
        """),
    KindTexts(
      "E0506",
      things: """
        共享单车倒了一片
        电动车乱停占了盲道
        非机动车停满公交站台
        共享单车堆在路口绿化带
        电瓶车停在人行道中间
        """,
      fields: [
        "count": .number(3...45), "shared": .often(0.4, .text(["小蓝橙单车", "悠行单车", "快骑单车"])),
      ],
      found: """
        {time}巡查发现{place}{thing}，约{count}辆，已先行扶起部分。
        {place}{thing}，{count}辆左右，影响行人通行。
        巡查至{place}，{thing}，停车框内反而空着。
        {place}{thing}，约{count}辆，建议企业增派人员清运。
        """,
      told: """
        {place}{thing}，盲人怎么走路？
        来电人反映{place}{thing}，每天早高峰都这样。
        {place}{thing}，人只能走到马路上去。
        """,
      done: """
        已整理{count}辆，全部入框摆放整齐。
        已通知共享单车企业到场清运，现场整齐有序。
        整理完毕并补划非机动车停放框，安排志愿者早晚引导。
        """),
    KindTexts(
      "E0507",
      things: """
        路边堆放的黄沙石子 | what=黄沙石子
        楼道口堆放的旧家具 | what=旧家具
        宅前屋后堆的废木料 | what=废木料
        公共通道堆放的纸板废品 | what=纸板废品
        河边堆放的渔网和竹竿 | what=渔网竹竿
        绿化带里堆的砖块 | what=砖块
        """,
      fields: [
        "area": .often(0.7, .tenths(8...220))
      ],
      found: """
        {time}巡查至{place}，发现{thing}，影响通行和环境。
        {place}有{thing}，已多次上门劝说，户主答应清理未兑现。
        巡查发现{place}{thing}，雨后泥水外流。
        {place}{thing}，下月人居环境检查点位，请村里督促清理。
        """,
      told: """
        邻居在{place}{thing}，说了几次不听，请村里出面。
        来电人反映{place}{thing}，既占地方又容易起火。
        {place}{thing}，从去年放到现在，消防车都进不来。
        """,
      done: """
        经村干部上门做工作，户主已自行清理，通道恢复原有宽度。
        已组织志愿者帮助搬移，堆物清除，地面清扫干净。
        逾期未清，已会同执法队代为清理，费用由当事人承担。
        堆物已清，签订门前三包承诺书。
        """),
  ]
}
