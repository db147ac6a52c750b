extension KindTexts {
  /// Quick mediation, calls that the police pass on, and hazards.
  static let mediation = [
    KindTexts(
      "M0101",
      things: """
        建议给老楼加装扶手
        建议村口设调解日
        建议停车矛盾定期协商
        建议宅基地界址先立桩再建房
        """,
      fields: [
        "count": .number(1...6), "departments": .number(1...3),
        "subject": .text(["老楼扶手", "调解日", "停车协商", "界址立桩", "晾晒场地"]),
      ],
      told: """
        {place}居民{thing}，主题是{subject}。
        来访人{thing}，愿意一起商量。
        {time}来访，{thing}，涉及{departments}个部门。
        {place}，{thing}，说周边有{count}户赞成。
        """,
      done: """
        建议已采纳，由村居牵头，月底前落实。
        部分采纳，其余说明理由，建议人表示理解。
        已转相关部门研究，答复日期已告知。
        """),
    KindTexts(
      "M0102",
      things: """
        询问赡养费怎么定 | topic=family
        询问欠条过期怎么办 | topic=law
        询问调解要多久 | topic=process
        询问工伤赔偿标准 | topic=work
        询问宅基地继承 | topic=land
        """,
      fields: ["count": .number(1...3)],
      told: """
        来访人{thing}，请先解释清楚。
        {place}居民{thing}，说还没想好要不要调解。
        {time}来访，{thing}，一共{count}人。
        {thing}，家住{place}，希望电话答复。
        """,
      done: """
        已当面解释依据和办理途径，来访人清楚。
        已答复并约定材料齐后正式调解。
        由法律顾问电话答复，留下联系方式。
        """),
    KindTexts(
      "M0103",
      things: """
        反映物业与业主互相推诿
        反映上次调解没有兑现
        反映施工损坏围墙不赔
        反映承包户占用机耕路
        """,
      fields: [
        "count": .number(2...8),
        "against": .text(["某物业公司", "施工单位", "邻户", "承包户", "某商户"]),
      ],
      told: """
        来访人{thing}，对方是{against}。
        {place}居民{thing}，要求镇里出面。
        {time}来访，{thing}，涉及{count}人。
        {thing}，地点在{place}，对方是{against}。
        """,
      done: """
        双方到场说明，达成一致并签字。
        经调解，{against}当场认可整改。
        原处理单位到场说明，补办手续，双方认可。
        """),
    KindTexts(
      "M0104",
      things: """
        邻里为排水沟起争执 | dispute=neighbour, hot=no
        兄弟为老宅分配争吵 | dispute=family, hot=yes
        电瓶车相撞赔偿谈不拢 | dispute=traffic, hot=no
        装修损坏楼下吊顶 | dispute=damage, hot=no
        工钱结算有分歧 | dispute=labour, hot=yes
        两户宅基地界址不清 | dispute=land, hot=yes
        """,
      fields: ["count": .number(2...6)],
      told: """
        {place}{thing}，双方愿意坐下来谈。
        来访人说{thing}，已经吵了几次。
        {time}来访，{thing}，涉及{count}人。
        {place}居民{thing}，请调解员上门。
        """,
      done: """
        dispute=land | 现场量界、重新立桩，双方签字。
        dispute=damage | 由责任方修复，当场付清材料费。
        dispute=labour | 核对工时后签付款协议，约定日期。
        经调解员几次劝说，双方达成协议。
        双方互相道歉，协议一式三份。
        """),
    KindTexts(
      "P0101",
      things: """
        邻居为过道堆物争吵 | matter=place, hurt=no
        楼上楼下为噪声争吵 | matter=noise, hurt=no
        两户为树木遮光争执 | matter=tree, hurt=no
        邻里为漏水推搡 | matter=leak, hurt=yes
        """,
      fields: ["sides": .number(2...4)],
      told: """
        派出所转来：{place}{thing}，涉及{sides}户。
        {time}报警，{place}{thing}，民警到场后双方未散。
        {place}{thing}，请村居上门调解。
        """,
      done: """
        村居干部上门，双方当面说开，约定不再争吵。
        matter=noise | 约定晚九点后不弄出响声，铺地垫。
        matter=tree | 修剪遮光枝条，双方认可。
        已调解，七日内回访平静。
        """),
    KindTexts(
      "P0201",
      things: """
        私家车堵住车库出口 | where=estate
        货车挡住村道 | where=lane
        车位被别人占了 | where=estate
        车停在店门口不挪 | where=road
        """,
      fields: ["plate": .plate], feedbackFields: ["reached": .one(["yes", "yes", "no"])],
      told: """
        派出所转来：{place}{thing}，请联系车主。
        {time}报警，{place}{thing}，车主不接电话。
        {place}{thing}，急着出门。
        """,
      done: """
        已联系车主，车辆挪开。
        物业协助挪车，出入恢复。
        where=lane | 村干部上门找到车主，货车开走。
        约定临停位置，双方无异议。
        """),
    KindTexts(
      "P0301",
      things: """
        公交站捡到一只钱包 | kind=found
        菜场门口丢了手机 | kind=lost
        电瓶车钥匙遗失 | kind=lost
        捡到老年卡一张 | kind=found
        """,
      fields: [
        "thing": .text(["黑色钱包", "手机", "钥匙一串", "老年卡", "布袋"]), "day": .daysAgo(0...2),
        "value": .often(0.5, .number(20...3000)),
      ],
      told: """
        派出所转来：{place}附近{thing}。
        {time}报警，{place}一带{thing}，请帮忙找。
        {thing}，地点在{place}。
        """,
      done: """
        kind=found | 已联系失主领取并签收。
        kind=lost | 已在窗口和村居公告，物品找到后通知本人。
        物品登记入库，公告三十日。
        失主确认取回，登记销号。
        """),
    KindTexts(
      "S0101",
      things: """
        电瓶车推进楼道充电 | where=stair, refit=no
        电池拿回家里充电 | where=battery, refit=no
        改装电瓶车在店堂充电 | where=shop, refit=yes
        地下室停车充电 | where=cellar, refit=no
        """,
      fields: ["estate": .text(estateNames), "bikes": .number(1...5)],
      found: """
        {time}检查，{estate}{thing}，共{bikes}处。
        夜查{estate}（{place}），{thing}，已当场断电。
        {place}{thing}，住户不在家，已留告知单。
        """,
      told: """
        {estate}{thing}，半夜都是焦味，请来查。
        来电人反映{place}{thing}，老人住楼上害怕。
        {estate}有人{thing}，劝了不听。
        """,
      done: """
        车辆移至集中充电棚，住户签承诺书。
        电池已取出室外，加装电梯阻车装置。
        refit=yes | 改装车辆予以扣留，复原后放行。
        现场断电搬离，夜查一周未再发现。
        """),
    KindTexts(
      "S0103",
      things: """
        灭火器全部过期 | device=extinguisher, grade=common
        消火栓打开没有水 | device=hydrant, grade=major
        喷淋主阀关闭 | device=spray, grade=major
        烟感被拆下 | device=smoke, grade=common
        防火门关不上 | device=door, grade=common
        """,
      fields: [
        "firm": .text([
          "汀海顺达五金制品厂", "海瀛木业加工部", "云浦联丰塑料制品厂", "浦兴超市", "好客来农家乐", "石湾金属表面处理厂",
        ])
      ], feedbackFields: ["due": .often(0.8, .daysAgo(-15 ... -5))], lists: ["device"],
      found: """
        {time}检查{firm}，{thing}，已拍照。
        {firm}（{place}）{thing}，负责人签字。
        消防联合检查，{firm}{thing}。
        grade=major | {firm}{thing}，属重大隐患，责令立即整改。
        """,
      told: """
        在{firm}上班，{thing}，希望来查，请保密。
        来电人反映{place}的{firm}{thing}。
        {firm}{thing}，隔壁住户担心。
        """,
      done: """
        device=extinguisher | 灭火器全部更换，检查卡已挂。
        device=hydrant | 管网检修后出水，水压合格。
        设施修复并联动测试，维保合同补签。
        复查合格，出具复查意见书。
        """),
  ]
}
