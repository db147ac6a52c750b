extension KindTexts {
  /// H0401 to H0406.
  static let complaints = [
    KindTexts(
      "H0401",
      things: """
        物业报修迟迟不来 | matter=repair
        电梯频繁停运 | matter=lift
        楼道卫生长期无人打扫 | matter=cleaning
        保安夜间不在岗 | matter=security
        物业费上涨未公示 | matter=fees
        业委会换届不公开 | matter=owners
        屋顶漏水物业互相推诿 | matter=repair
        公共收益账目不公布 | matter=fees+owners
        """,
      fields: [
        "estate": .text(["芦花苑", "云湾公寓", "镇北新村", "汀海花园", "云浦佳苑", "河畔华庭", "浦南新苑"])
      ],
      lists: ["matter"],
      told: """
        {estate}{thing}，找物业多次都没有结果，要求镇里协调。
        来电人是{estate}业主，反映{thing}，要求物业限期整改。
        {estate}{thing}，老人爬楼很辛苦，什么时候能解决？
        住在{estate}，{thing}，交了物业费却没有服务。
        来电人反映{estate}{thing}，业主群里意见很大。
        """,
      done: """
        matter=repair | 已约谈物业并现场督办，维修已完成，业主签字确认。
        matter=lift | 维保单位更换主板后恢复运行，要求物业公示维保记录，来电人认可。
        matter=cleaning | 物业增派保洁员，楼道已清扫，房管所列入月度考核。
        matter=fees | 物业已公示收费依据和收支情况，对误收部分予以退还。
        matter=owners | 已指导业委会依法公示，居委会全程监督，来电人表示了解。
        matter=security | 物业调整保安班次，夜间巡逻打卡可查，已答复来电人。
        """),
    KindTexts(
      "H0402",
      things: """
        工地夜间施工噪声 | source=building, hours=night
        烧烤店深夜喧哗 | source=trade, hours=night
        广场舞音响扰民 | source=life, hours=evening
        楼上装修敲打声 | source=life, hours=day
        货车清晨装卸噪声 | source=traffic, hours=morning
        工厂风机昼夜轰鸣 | source=factory, hours=day+night
        商店喇叭循环叫卖 | source=trade, hours=day
        """,
      feedbackFields: ["decibels": .often(0.6, .tenths(420...680))],
      lists: ["hours"],
      told: """
        {place}{thing}，孩子没法写作业，请制止。
        来电人反映{place}{thing}，已经持续半个月。
        {place}{thing}，家里有高考生，希望协调时间。
        每天{place}{thing}，报过警也只安静一会儿。
        市民反映{place}{thing}，影响老人休息，要求处理。
        """,
      done: """
        source=building | 已要求施工方停止夜间作业并调整工序，复查未再施工。
        source=trade | 已责令商家关闭外放音响、十点后停止露天经营，签承诺书。
        source=life | 经现场劝导，双方约定时间和音量，居委会跟踪。
        source=factory | 厂方加装隔声罩和减振垫，复测达标，来电人认可。
        source=traffic | 已与企业协商将装卸时间调整到七点以后。
        """),
    KindTexts(
      "H0403",
      things: """
        停车场违规收停车费 | place=云浦农贸市场停车场, matter=fee
        小区停车费突然涨价 | place=芦花苑地面车位, matter=fee
        晚上车位不够，绕几圈停不进去 | place=镇北新村, matter=space
        固定车位被别人占用 | place=云湾公寓地下车库, matter=blocked
        医院门口停车难 | place=社区卫生服务中心停车场, matter=space
        车辆在停车场被刮擦无人负责 | place=云浦公交枢纽停车场, matter=damage
        路边停车位被地锁占用 | place=镇中路路边车位, matter=blocked
        停满一小时按两小时收停车费 | place=浦南街停车场, matter=fee
        """,
      told: """
        来电人反映{thing}，要求查处并退费。
        {thing}，多次与管理方沟通无果，请相关部门处理。
        反映{thing}，没有收费公示牌，也不给发票。
        {thing}，希望镇里增加车位或者规范管理。
        市民来电：{thing}，住得近的居民天天为这个吵架。
        """,
      done: """
        matter=fee | 经查收费公示不全，已责令退还多收的停车费并按备案标准公示。
        matter=space | 已协调周边单位夜间开放停车位，新增错峰车位二十个。
        matter=blocked | 地锁、障碍物已拆除，占位车辆驶离，车位恢复。
        matter=damage | 已协助调取监控，车辆损失由责任方保险理赔，来电人认可。
        """),
    KindTexts(
      "H0404",
      things: """
        整片住宅停水 | supply=water
        自来水发黄有铁锈味 | supply=water
        水压不足，三楼以上没有水 | supply=water
        突然停电 | supply=power
        电压不稳，空调带不动 | supply=power
        燃气中断无法做饭 | supply=gas
        水费账单异常偏高 | supply=water
        """,
      fields: [
        "households": .often(0.8, .number(1...260)), "since": .often(0.6, .daysAgo(0...3)),
      ],
      told: """
        {place}{thing}，没有接到通知，什么时候恢复？
        来电人反映{place}{thing}，家里有病人要用，急需解决。
        {place}{thing}，打维修电话一直占线。
        我们这里{thing}，左邻右舍都一样，地址{place}。
        """,
      done: """
        supply=water | 供水公司抢修管网后恢复供水，末梢放水冲洗，水质水压正常。
        supply=power | 供电所更换变压器熔丝后恢复送电，已答复来电人。
        supply=gas | 燃气公司到场检修调压箱，恢复供气并逐户点火检查。
        已协调运营单位处置完毕，并要求提前公告停供计划，来电人表示认可。
        """),
    KindTexts(
      "H0405",
      things: """
        工地拖欠农民工工资 | matter=wages
        餐馆押着一个月工资不发 | matter=wages
        公司不缴社保 | matter=insurance
        未签劳动合同就辞退 | matter=contract
        上班受伤老板不认工伤 | matter=injury
        每月只休两天不给加班费 | matter=hours+wages
        厂里停产欠薪 | matter=wages+contract
        """,
      fields: [
        "employer": .text([
          "汀海顺达五金制品厂", "浦味饭庄", "海瀛市政有限公司", "宏泽路桥有限公司劳务班组", "江汀包装材料厂", "净浦环境服务有限公司", "好客来农家乐",
        ]), "people": .number(1...18), "amount": .often(0.7, .tenths(20_000...900_000)),
      ],
      lists: ["matter"],
      told: """
        来电人反映{employer}{thing}，涉及{people}人，要求支付，请对其信息保密。
        我在{employer}做工，{thing}，找老板一直推脱。
        {employer}{thing}，共{people}人，希望劳动部门介入。
        来电人称{employer}{thing}，年底要回家，恳请帮忙。
        """,
      done: """
        matter=wages | 经劳动监察协调，用人单位已当场支付，双方签字确认。
        matter=insurance | 已责令单位补缴社会保险并出具缴费凭证，来电人认可。
        matter=contract | 经调解达成一次性补偿协议，款项已到账。
        matter=injury | 已指导申请工伤认定，单位先行垫付医疗费。
        matter=hours | 单位已补发加班费并调整排班，调解协议书已签。
        """),
    KindTexts(
      "H0406",
      things: """
        公交班次太少，等车四十分钟 | line=云浦1路, matter=schedule
        末班车提前收车 | line=云汀专线, matter=schedule
        站台候车亭顶棚损坏 | line=汇龙路站, matter=stop
        司机到站不停 | line=云浦2路, matter=service
        线路改道后村里没有站点 | line=云浦3路, matter=route
        站牌时刻表看不清 | line=东汊村终点站, matter=stop
        司机态度恶劣拒载老人 | line=云浦1路, matter=service
        """,
      told: """
        来电人反映{thing}，影响上班上学，希望改善。
        {thing}，在{place}附近候车，夏天晒冬天冷。
        市民反映{thing}，建议公交公司调查处理。
        {thing}，我们村老人看病全靠这趟车。
        """,
      done: """
        matter=schedule | 公交公司已核实并增加高峰班次，时刻表同步更新。
        matter=stop | 站台设施已修复，站牌更换完毕。
        matter=service | 已调取车载录像核实，对司机批评教育并扣罚，向来电人致歉。
        matter=route | 经会商，下月起恢复绕行该站点，已答复来电人。
        """),
  ]
}
