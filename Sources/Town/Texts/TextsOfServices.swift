extension KindTexts {
  /// H0407 to H0411.
  static let services = [
    KindTexts(
      "H0407",
      things: """
        饭店油烟直排 | kind=air, polluter=浦味饭庄
        厂里半夜排放刺鼻气味 | kind=air, polluter=石湾金属表面处理厂
        养猪场臭味 | kind=air, polluter=穗丰村一家养殖场
        洗车店污水流到河里 | kind=water, polluter=顺路车行
        有人往沟里倒废油 | kind=soil, polluter=浦兴电动车维修部
        广告屏夜里强光照进卧室 | kind=light, polluter=云浦大街商业楼
        塑料厂焚烧边角料 | kind=air, polluter=云浦联丰塑料制品厂
        """,
      told: """
        来电人反映{place}附近{thing}，影响身体健康，要求查处。
        {place}{thing}，关了窗还是闻得到，请环保部门检测。
        {thing}，白天检查没有，一到晚上就开始，希望夜查。
        市民反映{place}{thing}，多次反映没有改善。
        """,
      done: """
        kind=air | 已现场检查，责令清洗并安装净化设施，复测排放达标。
        kind=water | 已封堵排口，责令建隔油沉淀池并纳管，现场无外排。
        kind=soil | 废油污染土壤已清挖转运，当事人立案处罚。
        kind=light | 已协商调低亮度并于二十二点后关闭，来电人认可。
        """),
    KindTexts(
      "H0408",
      things: """
        排队时间过长 | institution=云浦镇社区卫生服务中心, matter=service
        药品配不到 | institution=云浦镇社区卫生服务中心, matter=care
        医生解释病情不耐心 | institution=云浦镇社区卫生服务中心, matter=service
        收费项目看不懂 | institution=镇北口腔诊所, matter=fee
        疫苗预约不上 | institution=云浦镇社区卫生服务中心, matter=care
        诊所垃圾未分类 | institution=康宁中医诊所, matter=hygiene
        村卫生室经常不开门 | institution=长堰村卫生室, matter=service
        """,
      told: """
        来电人反映{institution}{thing}，希望改进。
        带老人去{institution}看病，{thing}，请主管部门核实。
        {institution}{thing}，要求给个说法，请对个人信息保密。
        市民来电称{institution}{thing}，已不是第一次。
        """,
      done: """
        matter=care | 已核实并协调上级医院调配，药品和疫苗到位后通知来电人，已办理。
        matter=service | 已对当事人员批评教育，优化预约和分诊流程，向来电人致歉。
        matter=fee | 已逐项解释收费依据，对误收部分予以退还。
        matter=hygiene | 卫生监督现场检查，责令规范医疗废物处置，复查合格。
        """),
    KindTexts(
      "H0409",
      things: """
        对入学名额安排有异议 | institution=云浦中心小学, matter=admission
        培训机构关门不退费 | institution=启智教育培训中心, matter=fee
        兴趣班收费与宣传不符 | institution=小画家美术工作室, matter=fee
        老师体罚学生 | institution=云浦中心小学, matter=conduct
        放学时段校门口秩序混乱 | institution=浦南幼儿园, matter=safety
        健身苑点器材损坏 | institution=汇龙村健身点, matter=facility
        文化活动中心周末不开放 | institution=云浦镇社区文化活动中心, matter=facility
        """,
      told: """
        来电人反映{institution}{thing}，要求核实处理。
        {institution}{thing}，家长们意见很大。
        孩子在{institution}，{thing}，希望有关部门介入。
        市民反映{institution}{thing}，请给出答复。
        """,
      done: """
        matter=admission | 已向来电人说明入学政策和排序规则，公布咨询渠道，来电人理解。
        matter=fee | 经协调，机构按课时退还剩余费用，家长签收。
        matter=conduct | 教育部门已调查核实，对当事人作出处理，与家长沟通达成谅解。
        matter=safety | 已增派护学岗并施划接送区，放学秩序改善。
        matter=facility | 器材已更换，开放时间已调整并公示。
        """),
    KindTexts(
      "H0410",
      things: """
        买到过期食品 | trader=好邻居便利店
        预付卡余额不退 | trader=靓剪造型
        网购家电坏了商家不保修 | trader=云浦电器行
        饭店加收餐具费 | trader=浦味饭庄
        缺斤短两 | trader=农贸市场水产摊位
        民宿取消订单不退定金 | trader=棠浦小筑民宿
        采摘园实际价格与广告不符 | trader=海棠采摘园
        """,
      fields: [
        "amount": .often(0.8, .tenths(120...60_000)), "bought": .often(0.7, .daysAgo(0...25)),
      ],
      told: """
        来电人在{trader}消费，{thing}，要求赔偿。
        {trader}{thing}，与商家协商不成，请市场监管处理。
        反映{trader}{thing}，有付款记录和照片。
        消费者来电：{trader}{thing}，希望退款。
        """,
      done: """
        经调解，商家退还全部款项并赔礼道歉，消费者表示满意。
        已现场检查，问题食品下架封存，立案调查；商家先行赔付。
        双方达成调解协议，商家当场退款，出具调解书。
        经核商家明码标价、证据不足，已向来电人说明并告知其他维权途径。
        """),
    KindTexts(
      "H0411",
      things: """
        动迁安置房迟迟未交付 | matter=relocation
        安置房墙面渗水 | matter=quality
        村庄规划公示看不懂 | matter=planning
        建房申请半年没有结果 | matter=planning
        村里排水沟改造质量差 | matter=quality
        老街改造施工影响出行 | matter=village
        村道拓宽补偿未到位 | matter=relocation
        乱拉的管线影响村貌 | matter=other
        """,
      told: """
        来电人反映{thing}，地点{place}，要求答复进展。
        {place}{thing}，村民多次反映，希望镇里给个时间表。
        {thing}，找过村里说要等镇上，请主管部门说明。
        市民反映{thing}，涉及{place}一带多户人家。
        """,
      done: """
        matter=relocation | 已向来电人说明交付、补偿时间节点和过渡费标准，来电人认可。
        matter=quality | 施工单位已返修，经质监复核合格，住户签字确认。
        matter=planning | 已上门解读规划和审批进度，材料补齐后进入公示。
        matter=village | 已调整施工组织，保留一米五通道并夜间照明，来电人理解。
        matter=other | 已牵头管线单位梳理入管，现场整洁。
        """),
  ]
}
