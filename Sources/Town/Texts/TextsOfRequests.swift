extension KindTexts {
  /// H01 to H03 and H05: questions, suggestions, help, reviews.
  static let requests = [
    KindTexts(
      "H0101",
      things: """
        咨询户口迁移需要哪些材料 | topic=household
        咨询居住证到期怎么续签 | topic=household
        咨询居民医保缴费时间 | topic=insurance
        咨询退休养老金认证办法 | topic=insurance
        咨询公租房申请条件 | topic=housing
        咨询农村宅基地翻建手续 | topic=land
        咨询宅基地确权证何时发放 | topic=land
        咨询低保和大病救助标准 | topic=aid
        咨询高龄津贴怎么领取 | topic=aid
        咨询云浦社区事务中心周末是否办理业务 | topic=other
        """,
      told: """
        来电人{thing}，希望有人详细答复。
        市民家住{place}，{thing}，请部门回电说明。
        {thing}。之前去窗口问过，说法不一样，想确认一下。
        家里老人行动不便，{thing}，能否代办或上门？
        来电人在外地工作，{thing}，能否网上办理。
        """,
      done: """
        已电话答复来电人，说明办理条件、所需材料、办理地点和时间，来电人表示清楚。
        已告知政策依据和办理流程，并通过短信发送材料清单。
        topic=land | 已说明宅基地政策和申请流程，建议先向村委会提交申请，来电人认可。
        topic=aid | 已核对其家庭情况，告知救助标准和申请渠道，村里将协助填写材料。
        topic=household | 已告知所需证件，可在随申办线上预约，来电人表示满意。
        """),
    KindTexts(
      "H0201",
      things: """
        建议在路口增设红绿灯 | subject=交通设施
        建议增加公交早班车 | subject=公交线路
        建议小公园增设儿童设施 | subject=公园设施
        建议农贸市场延长营业时间 | subject=市场管理
        建议河边步道增加护栏 | subject=安全防护
        建议给老旧小区加装充电桩 | subject=充电设施
        建议村里开设老年助餐点 | subject=养老服务
        建议镇区主干道错峰洒水 | subject=环卫作业
        """,
      feedbackFields: ["adopted": .one(["yes", "part", "part", "no"])],
      told: """
        来电人{thing}，位置在{place}，希望采纳。
        市民{thing}，认为能方便周边居民，请相关部门研究。
        {thing}。我们住在{place}，大家都有这个想法。
        来电人关心镇上发展，{thing}，希望给个答复。
        """,
      done: """
        adopted=yes | 建议合理，已采纳并列入近期实施计划，已向来电人反馈。
        adopted=part | 建议部分采纳，先行试点，其余待资金落实后实施，来电人理解。
        adopted=no | 经现场踏勘和部门会商，暂不具备实施条件，已向来电人说明理由。
        已邀请来电人参加村居议事会听取意见，并答复采纳情况和理由。
        """),
    KindTexts(
      "H0301",
      things: """
        独居老人家中无人照料，请求帮助 | need=care
        双职工家庭孩子放学无人接，求助托管 | need=care
        因病致困，请求救助 | need=hardship
        家中水管爆裂不会处理 | need=repair
        门锁坏了老人被困家中 | need=repair
        父亲走失，请求协助寻找 | need=lost
        残疾人轮椅损坏，请求维修 | need=other
        """,
      feedbackFields: ["helped": .number(1...4)],
      told: """
        来电人住{place}，{thing}，希望尽快有人上门。
        {thing}，家住{place}，实在没有办法了才打电话。
        邻居代为来电，{place}有一户{thing}。
        来电人情绪焦急，反映{thing}，请镇里协调。
        """,
      done: """
        need=care | 已安排居家养老服务员上门，并与家属建立联系，列入关爱走访名单。
        need=hardship | 已上门核实家庭情况，发放临时救助并协助申请低保。
        need=repair | 维修人员一小时内到场处理完毕，来电人表示感谢。
        need=lost | 会同派出所调取监控，当日下午在邻村找到，已安全送回家。
        已上门了解情况并落实帮扶措施，来电人表示满意。
        """),
    KindTexts(
      "H0501",
      things: """
        回访不满意，要求重新处理停车问题 | why=unhappy
        工单答复已解决，实际噪声仍在 | why=unsolved
        反映答复内容与现场不符 | why=false
        垃圾清走后又出现，要求复核 | why=unsolved
        认为处理拖延，要求复核 | why=unhappy
        """,
      fields: ["order": .order],
      told: """
        市热线回访，来电人{thing}，原工单号{order}，请承办单位复核。
        {thing}，原工单{order}，地点{place}，要求三个工作日内复核答复。
        上级平台下发复核：{thing}，原工单{order}。
        """,
      done: """
        已会同原承办单位现场复核，问题属实，重新处置完毕并当面答复来电人。
        why=unsolved | 复核发现问题反复，已增加巡查频次并明确专人负责，来电人认可。
        why=false | 经复核原答复表述有误，已向来电人致歉并更正，问题已实际解决。
        why=unhappy | 负责人上门沟通，说明处理过程和政策依据，来电人表示理解。
        """),
  ]
}
