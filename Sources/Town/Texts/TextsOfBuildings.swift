extension KindTexts {
  /// E07: buildings and land.
  static let buildings = [
    KindTexts(
      "E0701",
      things: """
        农户翻建房屋 | legal=yes, work=rebuild
        农户新建房屋 | legal=yes, work=new
        农户在原宅基地扩建 | legal=yes, work=extend
        房屋加层 | legal=yes, work=raise
        未经批准新建房屋 | legal=no, work=new
        超出批准面积扩建 | legal=no, work=extend
        未经批准擅自加层 | legal=no, work=raise
        """,
      fields: [
        "progress": .one(["base", "walls", "walls", "roof", "finish", "done"]),
        "footprint": .tenths(600...1800), "storeys": .number(1...3), "permit": .permit,
        "owner": .person,
      ],
      found: """
        legal=yes | {time}巡查{place}，{thing}，占地约{footprint}平方米，{storeys}层，已核对批准文号。
        legal=yes | {place}{thing}，手续齐全，现场公示牌规范，按图施工，拍照登记。
        legal=yes | 例行巡查发现{place}{thing}，与村里建房台账一致，面积{footprint}平方米。
        legal=yes | {place}{thing}，已放样到位，四至清楚，施工围挡完好。
        legal=yes | 新增建筑巡查：{place}{thing}，{storeys}层，户主出示了建房许可，无异常。
        legal=no | 巡查发现{place}{thing}，户主无法出示批准材料，已要求立即停工。
        legal=no | {place}{thing}，占地约{footprint}平方米，与批准图纸不符，已拍照固定证据。
        """,
      done: """
        legal=yes | 经核，建房信息与批准材料一致，已更新建房台账。
        legal=yes | 现场复核四至和层数符合许可，资料归档。
        legal=yes | 已核对规划许可和户籍人口，符合农村村民建房规定，纳入日常监管。
        legal=no | 已下达停工通知，经教育户主自行拆除，现场恢复原状。
        legal=no | 联合执法队依法拆除超建部分，建筑垃圾清运完毕。
        """),
    KindTexts(
      "E0702",
      things: """
        地块种植水稻 | legal=yes, land=basic, use=farm
        设施大棚搭建，手续齐全 | legal=yes, land=facility, use=house
        菜地轮作翻耕 | legal=yes, land=arable, use=farm
        林地补种苗木 | legal=yes, land=wood, use=plant
        经批准的临时堆土 | legal=yes, land=building, use=pile
        农业生产道路硬化，已备案 | legal=yes, land=facility, use=hard
        耕地上浇筑水泥地坪 | legal=no, land=arable, use=hard
        占用基本农田搭建看护棚 | legal=no, land=basic, use=house
        耕地取土挖塘 | legal=no, land=arable, use=pond
        """,
      fields: ["area": .tenths(300...26000), "since": .often(0.7, .daysAgo(1...20))],
      found: """
        legal=yes | {time}巡查{place}地块，{thing}，面积约{area}平方米，与用途管制要求一致。
        legal=yes | {place}{thing}，已对照地块台账，无违规情形，拍照登记。
        legal=yes | 土地巡查：{place}{thing}，约{area}平方米，承包户在场，情况属实。
        legal=yes | 卫片疑似图斑核查，{place}实为{thing}，已上传现场照片。
        legal=no | 巡查发现{place}{thing}，约{area}平方米，未见审批，已要求停止施工。
        legal=no | {place}{thing}，疑似耕地非农化，已拍照固定并告知承包户。
        """,
      done: """
        legal=yes | 经核地块用途与规划一致，已在图斑台账销号。
        legal=yes | 现场踏勘属实，备案材料齐全，归档。
        legal=no | 已责令恢复原状，地坪破除外运，翻耕复种完成。
        legal=no | 会同农业中心督促复耕，已覆土种植，经验收恢复耕种条件。
        """),
    KindTexts(
      "E0703",
      things: """
        宅后搭建的彩钢棚 | structure=shed, building=no
        屋顶正在加盖一层 | structure=storey, building=yes
        底楼天井封成房间 | structure=garden, building=no
        围占公共绿地搭建阳光房 | structure=garden, building=yes
        河边违建的垂钓棚 | structure=shed, building=no
        田里新起的整栋砖房 | structure=house, building=yes
        """,
      fields: ["area": .tenths(60...1200)],
      found: """
        {time}巡查发现{place}{thing}，面积约{area}平方米，户主无法提供审批手续。
        {place}{thing}，约{area}平方米，已张贴告知单。
        building=yes | {place}{thing}，工人正在施工，已要求停工并通知执法队。
        building=no | 存量违建排查：{place}{thing}，约{area}平方米，已建档。
        巡查至{place}，{thing}，影响相邻房屋采光和排水。
        """,
      told: """
        {place}有人{thing}，我们底下采光全没了，请依法拆除。
        来电人反映{place}{thing}，物业去了也不让进门。
        building=yes | {place}{thing}，现在还在赶工，周末更起劲，快来制止。
        """,
      done: """
        经宣传教育，当事人自行拆除，建筑垃圾清运完毕，执法文书归档。
        building=yes | 在建违建当日叫停，三日内拆除到位，现场恢复原状。
        building=no | 依法履行公告、催告程序后组织拆除{area}平方米，残料清运完毕。
        structure=garden | 已拆除围占部分并补种绿化，相邻住户无异议。
        """),
    KindTexts(
      "E0704",
      things: """
        出租房隔成小间群租 | hazard=exit
        厂房夹层住人，隔断众多 | hazard=wiring+exit
        农宅群租，电瓶车在室内充电 | hazard=charging
        民宅改成多间出租，液化气瓶混放 | hazard=gas
        三室户摆了十几张高低床 | hazard=wiring
        """,
      fields: ["rooms": .number(4...14), "people": .number(6...32)],
      lists: ["hazard"],
      found: """
        {time}走访{place}，发现{thing}，隔出{rooms}间，住{people}人。
        {place}{thing}，{rooms}间住了{people}人，逃生通道狭窄，隐患明显。
        人口登记核查时发现{place}{thing}，居住{people}人，超出规定。
        {place}{thing}，房东称已转租，二房东不在本地。
        """,
      told: """
        楼上{place}{thing}，半夜进进出出，大门都坏了。
        来电人反映{place}{thing}，住了二十多人，怕着火。
        {place}{thing}，垃圾乱扔，水管天天堵，请查处。
        """,
      done: """
        会同派出所、居村委联合整治，{rooms}间隔断全部拆除，居住人数符合规定。
        已约谈房东和二房东，限期清退，复查隔断拆除、私拉电线清理完毕。
        hazard=charging | 室内充电行为已制止，隔断拆除，车辆移至集中充电棚。
        hazard=gas | 违规气瓶已清出，隔断拆除，签订出租房安全责任书。
        """),
  ]
}
