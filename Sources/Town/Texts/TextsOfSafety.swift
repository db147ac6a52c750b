extension KindTexts {
  /// E08: public safety.
  static let safety = [
    KindTexts(
      "E0801",
      things: """
        消防通道停满车辆 | blocked=vehicle
        楼道里堆满杂物 | blocked=pile
        消防通道铁门上锁 | blocked=lock
        通道口装了地桩 | blocked=lock
        消防通道上搭了车棚 | blocked=structure
        单元门口堆放电瓶车 | blocked=vehicle
        """,
      found: """
        {time}巡查发现{place}{thing}，消防车无法进入。
        {place}{thing}，生命通道被占，已通知物业到场。
        消防专项检查：{place}{thing}，存在安全隐患。
        巡查至{place}，{thing}，已劝导，责任人暂未到场。
        """,
      told: """
        {place}{thing}，万一着火怎么办，请消防来看看。
        来电人反映{place}{thing}，物业不管，居民有意见。
        {place}{thing}已经很久了，老人多，逃都逃不出去。
        """,
      done: """
        blocked=vehicle | 车辆已驶离，重新施划消防通道标线并设警示牌，净宽恢复四米。
        blocked=pile | 杂物已清空，向住户发放书面告知单，通道恢复畅通。
        blocked=lock | 门锁、地桩已拆除，物业承诺常开管理。
        blocked=structure | 违规车棚已拆除，通道净宽恢复。
        责任人已书面告知，现场整改完毕，列入每周复查。
        """),
    KindTexts(
      "E0802",
      things: """
        车间配电箱无盖，线路老化 | hazard=electric, grade=common
        化学品与生活用品混放 | hazard=chemical, grade=major
        冲床无防护装置 | hazard=machine, grade=common
        高处作业未系安全带 | hazard=height, grade=common
        污水池作业无检测无监护 | hazard=confined, grade=major
        灭火器过期、消火栓无水 | hazard=fire, grade=common
        仓库电线私拉，应急灯不亮 | hazard=electric+fire, grade=common
        """,
      fields: [
        "firm": .text([
          "汀海顺达五金制品厂", "云浦联丰塑料制品厂", "海瀛木业加工部", "云浦镇粮油烘干合作社", "石湾金属表面处理厂", "江汀包装材料厂", "浦兴电动车维修部",
          "云浦浴室", "好客来农家乐", "穗丰冷库",
        ])
      ],
      feedbackFields: ["due": .often(0.8, .daysAgo(-12 ... -3))],
      lists: ["hazard"],
      found: """
        {time}检查{firm}，发现{thing}，已当场指出并拍照。
        {firm}（{place}）{thing}，现场负责人已签字确认。
        沿街安全巡查，{firm}{thing}，请安监复查。
        grade=major | {firm}{thing}，属重大隐患，已要求立即停止作业。
        """,
      told: """
        我在{firm}上班，{thing}，老板不肯花钱整改，希望来检查，请保密。
        来电人反映{place}的{firm}{thing}，住在旁边提心吊胆。
        {firm}{thing}，上次已经出过小事故了。
        """,
      done: """
        隐患逐项整改完毕，复查合格，已出具复查意见书。
        hazard=electric | 配电箱更换、线路穿管敷设，经检测合格。
        hazard=chemical | 化学品已分类入专柜，设置标识和泄漏应急物资，复查合格。
        hazard=fire | 灭火器全部更换，消火栓恢复供水，员工已培训。
        grade=major | 已停业整改并实施处罚，整改完成经复查同意恢复。
        """),
    KindTexts(
      "E0803",
      things: """
        流浪犬在路口游荡 | hurt=no
        大型犬无人牵引 | hurt=no
        流浪犬咬伤老人 | hurt=yes
        几只野狗追电瓶车 | hurt=no
        流浪犬在垃圾房产崽 | hurt=no
        """,
      fields: ["count": .number(1...6)],
      found: """
        {time}巡查至{place}，发现{thing}，共{count}只，行人避让。
        {place}{thing}，{count}只，附近是学校，请安排收容。
        巡查发现{place}{thing}，暂未找到饲主。
        hurt=yes | {place}{thing}，伤者已送医接种疫苗，犬只仍在附近。
        """,
      told: """
        {place}{thing}，有{count}只，孩子上学都不敢走。
        来电人反映{place}{thing}，晚上叫个不停，要求捕捉。
        hurt=yes | {place}{thing}，已经去打了针，这狗没人管吗？
        """,
      done: """
        犬只已由收容队捕获送留检所，现场未再发现。
        经查为附近住户饲养，已由主人领回，责令办证并圈养。
        {count}只已收容，向周边居民发放文明养犬告知书。
        hurt=yes | 犬只已捕获观察，协助伤者与饲主协商医疗费用。
        """),
  ]
}
