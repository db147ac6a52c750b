extension KindTexts {
  /// C01 and C04: manholes, lamps, lines, trees.
  static let utilities = [
    KindTexts(
      "C0101",
      things: """
        雨水井盖缺失 | cover=rain, state=missing
        污水井盖破损 | cover=sewage, state=broken
        通信井盖松动异响 | cover=telecom, state=loose
        上水井盖沉降 | cover=water, state=sunk
        电力井盖边框开裂 | cover=power, state=broken
        不明权属的井盖翘起 | cover=unknown, state=loose
        雨水箅子断了两根 | cover=rain, state=broken
        """,
      fields: [
        "number": .often(0.4, .text(["YS-0417", "WS-1182", "YS-0093", "TX-2206", "YS-1530"]))
      ],
      found: """
        {time}巡查至{place}，发现{thing}，已用警示桶临时围挡，请尽快修复。
        {place}{thing}，行人和电瓶车通过有危险，现场已放置反光锥。
        巡查发现{place}{thing}，井深约1.5米，已拍照并设警戒带，等待处置。
        {time}在{place}例行巡查，{thing}，周边无人看护，已通知村里先行守护。
        state=loose | 车辆经过{place}时声响很大，查看后为{thing}，夜间扰民，建议加装防震垫圈。
        state=sunk | {place}{thing}，低于路面约4厘米，电瓶车容易颠簸摔倒。
        """,
      told: """
        我{time}骑车经过{place}，{thing}，差点摔下去，希望马上派人来弄好。
        {place}{thing}好几天了，老人小孩晚上走路看不见，太危险了。
        来电人反映{place}{thing}，要求尽快更换。
        """,
      done: """
        已更换同规格防沉降井盖，与路面齐平，现场围挡已撤除。
        经查属我站管养，已到场更换井盖并清理井口杂物，复踏无异响。
        state=loose | 已重新校正井座并加装橡胶垫圈，车辆通过无异响。
        cover=telecom+power+unknown | 已联系权属单位到场更换，我站全程看护，现已恢复通行。
        state=sunk | 已凿除原井座，重新找平浇筑，养护期满后拆除围挡，路面平顺。
        """),
    KindTexts(
      "C0102",
      things: """
        路灯不亮
        一段路的路灯整夜不亮
        路灯忽明忽暗
        灯杆倾斜且灯不亮
        太阳能路灯不亮
        """,
      fields: [
        "count": .number(1...9),
        "pole": .often(0.5, .text(["YP-0312", "YP-0745", "PN-018", "SW-104", "CL-067"])),
      ],
      found: """
        {time}夜巡至{place}，发现{thing}，共{count}盏，影响夜间通行。
        {place}{thing}，经清点有{count}盏，疑似线路故障，附近为老人活动路线。
        夜间巡查发现{place}{thing}，{count}盏连续两晚未亮，请安排检修。
        {place}路边{thing}，{count}盏，该处为弯道，建议优先处理。
        """,
      told: """
        {place}{thing}，晚上下班回家黑漆漆的，请来修一下。
        来电人称{place}有{count}盏灯坏了，{thing}，已经一个多星期。
        我家门口{place}{thing}，老人晚上出门不方便，希望早点修好。
        """,
      done: """
        已更换光源和镇流器，当晚复看{count}盏全部点亮。
        经查为控制箱空开跳闸，已检修合闸，夜间全部正常亮灯。
        电缆接头进水短路，已重新做防水接头，{count}盏恢复照明。
        太阳能板积灰且蓄电池老化，已清洗并更换电池，夜间照明正常。
        """),
    KindTexts(
      "C0103",
      things: """
        通信线坠落垂到路面 | line=telecom, danger=traffic
        电线断落在路边 | line=power, danger=live
        光缆下垂搭在屋檐上 | line=telecom, danger=house
        不明线缆挂断横在路中 | line=unknown, danger=traffic
        电力线被树枝压弯快要落下 | line=power, danger=live+house
        """,
      lists: ["danger"],
      found: """
        {time}巡查至{place}，发现{thing}，已拉警戒线并安排人员看守，禁止靠近。
        {place}{thing}，离地不足两米，大车无法通过，现场已临时疏导。
        巡查发现{place}{thing}，权属暂不清楚，请联系电力和通信单位到场。
        line=power | {place}{thing}，不能确认是否带电，已劝离围观群众，请紧急处置。
        """,
      told: """
        {place}{thing}，刚才一辆货车经过把线刮断了，请赶快来处理，怕有电。
        来电人反映{place}{thing}，小孩放学要经过，很不安全。
        昨晚刮大风，今天发现{place}{thing}，不知道是哪家的线。
        """,
      done: """
        line=telecom | 经联系通信公司到场，线缆已重新架设固定，高度满足通行要求。
        line=power | 供电公司抢修人员已停电处置，线路复位并经测试正常送电，现场安全。
        线缆已拆除并清运，权属单位确认无带电风险，道路恢复通行。
        经核为废弃线缆，已由权属单位剪除，杆上余线一并清理。
        """),
    KindTexts(
      "C0401",
      things: """
        行道树被大风吹歪 | plant=tree
        行道树枯死一棵 | plant=tree
        绿篱被车辆压坏 | plant=shrub
        草坪被踩踏成泥地 | plant=lawn
        树池盖板破碎 | plant=fixture
        绿地里被人种了菜 | plant=lawn
        树枝断裂挂在半空 | plant=tree
        """,
      fields: ["area": .often(0.7, .tenths(5...180))],
      found: """
        {time}巡查发现{place}{thing}，现场断枝已先行清到路边，请安排处理。
        {place}{thing}，影响路面景观，周边监控可查。
        巡查至{place}，{thing}，建议尽快补种恢复。
        plant=tree | {place}{thing}，有倒伏砸车的可能，已提醒车主挪车。
        plant=fixture | {place}{thing}，行人易绊脚，已放置警示标志。
        """,
      told: """
        {place}{thing}，看着很难看，希望修复。
        来电人反映{place}{thing}，树枝快要碰到他家的窗户，要求修剪。
        我们小区旁边{place}{thing}，请绿化部门来看一看。
        """,
      done: """
        plant=tree | 已扶正并加装三角支撑，断枝残叶当天清运。
        plant=tree | 枯树已挖除，适宜季节已补种同规格树木，支撑牢固。
        plant=shrub | 已补种瓜子黄杨并浇足定根水，护栏同步修复。
        plant=lawn | 已翻土整地、重新铺设草皮，设置了爱护绿化提示牌。
        plant=fixture | 树池盖板已更换，周边残土清理干净。
        已安排养护班组到场处理完毕，断枝残土清运干净。
        """),
  ]
}
