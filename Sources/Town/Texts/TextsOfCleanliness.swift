extension KindTexts {
  /// E01 to E04: refuse, roads, fire in the fields, signs, sites, water on the road.
  static let cleanliness = [
    KindTexts(
      "E0102",
      things: """
        一堆生活垃圾 | waste=household
        垃圾桶满溢，袋装垃圾堆在桶外 | waste=household
        偷倒的建筑垃圾 | waste=building
        装修碎砖和旧门板 | waste=building
        丢弃的旧沙发和床垫 | waste=bulky
        废旧农膜和秸秆 | waste=farm
        十几个农药空瓶 | waste=farm
        几桶不明废液 | waste=hazardous
        """,
      fields: ["volume": .often(0.8, .tenths(2...60))],
      found: """
        {time}巡查至{place}，发现{thing}，未及时清运，有异味。
        {place}有{thing}，夏天蚊蝇较多，请保洁尽快处理。
        巡查发现{place}{thing}，周边村民称是夜里有人倒的，已查看监控。
        {place}绿化带内有{thing}，影响村容村貌。
        waste=building | {place}发现{thing}，约{volume}立方米，未见渣土处置证，疑似偷倒。
        waste=hazardous | {place}发现{thing}，无标签，气味刺鼻，未敢移动，已设警戒。
        """,
      told: """
        {place}{thing}，放了好几天没人管，臭得不敢开窗。
        来电人反映{place}经常有人乱倒，现在又是{thing}，要求清理并加装监控。
        {place}旁边有{thing}，就在河边，下雨会冲到河里去。
        """,
      done: """
        waste=household | 已安排保洁员清运并冲洗地面，桶点增加一次日清。
        waste=building | 已出动小型铲车清运至镇建筑垃圾中转点，现场平整；已调取监控追查倾倒人。
        waste=bulky | 大件垃圾已由专车运至处置点，现场清扫干净。
        waste=farm | 农业废弃物已分类回收，农药瓶交回收点登记，田头清理完毕。
        waste=hazardous | 已由有资质单位收运，现场未见渗漏，周边已巡看无同类物品。
        垃圾清运完毕，地面无残留和污渍，已约谈责任保洁员。
        """),
    KindTexts(
      "E0110",
      things: """
        路面坑洼 | part=lane
        非机动车道路面开裂 | part=cycle
        人行道地砖松动缺失 | part=pavement
        村道塌边 | part=village
        水泥路面断板 | part=village
        桥面伸缩缝破损 | part=bridge
        沟槽回填后路面下沉 | part=lane
        """,
      fields: ["area": .tenths(3...250), "depth": .often(0.6, .number(2...18))],
      found: """
        {time}巡查发现{place}{thing}，面积约{area}平方米，影响通行。
        {place}{thing}，雨后积水看不清深浅，电瓶车易摔，已放置反光锥。
        巡查至{place}，{thing}，约{area}平方米，疑因重车碾压，请养护部门处理。
        {place}{thing}，该路段为校车线路，建议优先修补。
        part=bridge | {place}桥上{thing}，车辆通过时跳车明显，建议检测后修复。
        """,
      told: """
        {place}{thing}，我妈骑车摔了一跤，你们什么时候能修？
        来电人反映{place}{thing}，下雨天溅一身泥，要求修复路面。
        我们村{place}{thing}，拖拉机都不好走，希望铺一下。
        """,
      done: """
        part=pavement | 已更换破损地砖并用砂浆找平，现场清理干净。
        part=lane+cycle | 已铣刨后用沥青冷补料修补{area}平方米，碾压密实，交通恢复。
        part=village | 已凿除破损部分重新浇筑混凝土，养护七天后放行。
        part=bridge | 伸缩缝已更换止水带并修补混凝土，车辆通过平稳。
        已完成修补，路面平整无松散，围挡撤除。
        """),
    KindTexts(
      "E0115",
      things: """
        田里焚烧秸秆 | burnt=straw
        路边焚烧落叶枯枝 | burnt=leaves
        宅前焚烧垃圾 | burnt=refuse
        焚烧菜籽壳 | burnt=straw
        田埂烧荒 | burnt=leaves
        """,
      fields: ["area": .often(0.6, .number(2...300))],
      found: """
        {time}在{place}发现{thing}，浓烟较大，已上前劝阻并用水桶扑救。
        巡查至{place}，看到{thing}，火点未完全熄灭，请派人处理。
        {place}冒烟，近看为{thing}，当事人已离开，火势向田埂蔓延。
        高点视频提示{place}有烟，到场核实为{thing}。
        """,
      told: """
        {place}有人{thing}，烟味飘到家里，孩子一直咳嗽。
        来电人反映{place}{thing}，衣服都不能晾，要求制止。
        {place}又在{thing}，一到收割就这样，能不能管管。
        """,
      done: """
        明火和阴燃已全部扑灭，浇水翻土，已当面告知当事人禁烧规定并登记。
        burnt=straw | 到场扑灭，已对农户宣传秸秆离田补贴政策，剩余秸秆安排打捆回收。
        burnt=refuse | 火已扑灭，残渣清运，已要求当事人将垃圾投放到定时定点桶点。
        已组织村干部现场扑灭并留人看守半小时，确认无复燃。
        """),
    KindTexts(
      "E0202",
      things: """
        墙面喷涂的开锁小广告 | form=bill, loose=no
        电线杆上贴满招工广告 | form=bill, loose=no
        未经审批的立式广告牌 | form=board, loose=no
        楼顶广告牌铁皮翘起 | form=board, loose=yes
        过期的促销横幅 | form=banner, loose=no
        店招灯箱一角脱落 | form=shop, loose=yes
        行道树之间拉的条幅 | form=banner, loose=no
        """,
      found: """
        {time}巡查发现{place}{thing}，影响镇容。
        {place}{thing}，未见审批手续，请执法队处理。
        巡查至{place}，{thing}，已通知店主自行整改，未见行动。
        loose=yes | {place}{thing}，风大时摇晃，有坠落伤人危险，下方已拉警戒带。
        """,
      told: """
        {place}{thing}，刚清理掉又贴上去了，希望查查是谁贴的。
        来电人反映{place}{thing}，挡住了路口视线。
        loose=yes | {place}{thing}，底下就是人行道，万一掉下来砸到人谁负责？
        """,
      done: """
        form=bill | 已用覆盖漆清除，共清理二十余处，号码已移交停机处理。
        form=board | 已责令设置人自行拆除，现场复查墙面地面恢复原状。
        form=banner | 横幅已拆除，并向当事人发放户外广告管理告知书。
        form=shop | 店家已请专业人员加固店招，经检查牢固无坠落风险。
        已依法处理完毕，未补办手续的一律拆除。
        """),
    KindTexts(
      "E0302",
      things: """
        工地裸土未覆盖 | missing=cover
        工地出入口未冲洗，路面带泥 | missing=wash
        拆房作业未洒水，扬尘严重 | missing=spray
        工地围挡倒了一段 | missing=fence
        渣土堆放未盖网，大风起尘 | missing=cover+spray
        """,
      fields: [
        "site": .text([
          "云浦镇北安置房二期", "汇龙路拓宽工程", "云浦河整治三标", "石湾工业点标准厂房", "穗丰粮库改建", "镇中路雨污分流工程", "浦南幼儿园扩建",
        ]),
        "builder": .often(
          0.6, .text(["汀海建设工程有限公司", "海瀛市政有限公司", "江汀建筑装饰有限公司", "宏泽路桥有限公司"])),
      ],
      lists: ["missing"],
      found: """
        {time}巡查至{site}，发现{thing}，周边道路已有积尘。
        {site}{thing}，已向现场负责人指出，要求立即整改。
        巡查发现{place}旁{site}{thing}，附近居民窗台积灰明显。
        {place}{thing}，工地名称为{site}，扬尘监测屏读数偏高。
        """,
      told: """
        {site}{thing}，家里一天要擦几遍桌子，请管一管。
        来电人反映{place}附近{site}{thing}，渣土车进出把路弄得都是泥。
        我们这边{site}施工，{thing}，洗的衣服都不敢晒。
        """,
      done: """
        已下发整改通知书并由项目部签收，裸土全部覆盖，喷淋已开启。
        missing=wash | 已督促施工方启用洗车槽，安排洒水车冲洗周边道路，现无带泥。
        missing=fence | 围挡已修复封闭，并加装喷淋管线。
        约谈施工单位负责人，责令停工整改一天，复查合格后复工。
        """),
    KindTexts(
      "E0406",
      things: """
        道路积水
        下立交进水
        雨水井冒溢，路面积水
        水管爆裂，路上一片水
        河水倒灌淹了路口
        """,
      fields: ["depth": .number(5...45), "length": .often(0.8, .number(10...180))],
      feedbackFields: ["cause": .one(["rain", "rain", "blocked", "blocked", "burst", "tide"])],
      found: """
        {time}巡查至{place}，{thing}，最深处约{depth}厘米，已引导车辆绕行。
        {place}{thing}，深约{depth}厘米，非机动车已无法通过，请紧急排水。
        暴雨期间巡查{place}，{thing}，约{depth}厘米，已打开井盖并设专人看护。
        {place}{thing}，积水已漫上台阶，附近商铺正在用沙袋封门。
        """,
      told: """
        {place}{thing}，水都到小腿了，车子熄火在里面。
        来电人反映一下大雨{place}就{thing}，家里快进水了，请求抽水。
        {place}{thing}，接孩子放学过不去，麻烦快点处理。
        """,
      done: """
        cause=rain | 已架设移动泵抽排，一小时后积水排净，恢复通行。
        cause=blocked | 经查为雨水管被淤泥落叶堵塞，已疏通管道并清掏井底，积水排净。
        cause=burst | 供水公司已关阀抢修，更换管节后恢复供水，路面清理干净。
        cause=tide | 已关闭闸门并开启泵站强排，水位回落，路面积水退去。
        积水已排净，车辆行人恢复通行，后续列入重点观察点位。
        """),
  ]
}
