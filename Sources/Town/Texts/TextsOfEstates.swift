extension KindTexts {
  /// A few of the sub-classes of streets and estates that the grid was completed by.
  static let estates = [
    KindTexts(
      "C0104",
      things: """
        雨水口被落叶堵住 | state=blocked
        雨水口箅子不见了 | state=missing
        雨水箅子断成两截 | state=broken
        雨水井座下沉 | state=sunk
        """,
      fields: ["count": .number(1...4)],
      found: """
        {time}巡查发现{place}{thing}，共{count}处。
        {place}{thing}，雨天容易积水。
        汛前排查，{place}{thing}，{count}处。
        """,
      told: """
        {place}{thing}，一下雨就漫上来。
        来电人反映{place}{thing}，骑车差点摔倒。
        {place}{thing}，请尽快来看。
        """,
      done: """
        state=blocked | 已掏清{count}处雨水口，试水下泄通畅。
        state=missing | 已配齐箅子并固定，{count}处。
        已更换箅子、调平井座，现场清扫完毕。
        现场处置完毕，纳入汛前复查名单。
        """),
    KindTexts(
      "E0104",
      things: """
        路面积着一层落叶 | dirt=leaf
        路面尘土很厚 | dirt=dust
        路边烟蒂纸屑成片 | dirt=paper
        路面一摊油污 | dirt=oil
        路面有泥浆 | dirt=mud
        """,
      fields: ["length": .number(5...120)], lists: ["dirt"],
      found: """
        {time}巡查，{place}{thing}，长约{length}米。
        {place}{thing}，保洁未到位。
        {place}{thing}，已通知保洁班组。
        """,
      told: """
        {place}{thing}，好几天没人扫了。
        来电人反映{place}{thing}，影响出行。
        {place}{thing}，希望增加清扫次数。
        """,
      done: """
        保洁员已到场清扫{length}米，路面见本色。
        dirt=oil | 油污撒木屑吸附后冲洗，路面防滑。
        dirt=mud | 高压冲洗，泥浆未入雨水口。
        已清扫干净，调整该路段清扫频次。
        """),
    KindTexts(
      "E0804",
      things: """
        居民楼窗口拉线充电 | floor=3
        电瓶车飞线充电 | floor=2
        楼上接插座下来给车充电 | floor=4
        """,
      fields: ["estate": .text(estateNames), "lines": .number(1...3)],
      found: """
        {time}巡查，{place}{thing}，{lines}条。
        {estate}（{place}）{thing}，已当场劝导。
        夜查发现{estate}{thing}，电线经过雨棚。
        """,
      told: """
        {estate}{thing}，下雨天很危险。
        来电人反映{place}{thing}，怕起火。
        {estate}有人{thing}，物业管不住。
        """,
      done: """
        飞线已拆除{lines}条，当事人签承诺书，告知充电棚位置。
        物业配合收回插座，楼下增设充电口。
        现场拆线，列入一周夜查。
        """),
    KindTexts(
      "E0901",
      things: """
        楼道里堆着纸板箱 | things=carton
        楼梯平台放了旧家具 | things=furniture
        楼道里停着自行车 | things=bike
        过道堆放油漆桶 | things=flammable
        """,
      fields: [
        "estate": .text(estateNames),
        "building": .text(["3号楼2单元", "8号楼1单元", "11号楼3单元", "16号楼1单元", "20号楼2单元"]),
      ], lists: ["things"],
      found: """
        {time}巡查，{estate}{building}{thing}，影响通行。
        {place}，{building}{thing}，已敲门告知。
        {estate}{building}{thing}，物业同来。
        """,
      told: """
        {estate}{building}{thing}，走路都要侧身。
        来电人反映{place}{building}{thing}，多次说了不听。
        住在{estate}，{building}{thing}，请来清掉。
        """,
      done: """
        堆物已清，楼道畅通，住户签承诺书。
        things=flammable | 易燃物当场搬离，书面告知住户。
        志愿者帮老人把旧物搬下楼，现场干净。
        张贴告知三日后由物业代为清理。
        """),
    KindTexts(
      "C0411",
      things: """
        树枝挡住了居民窗户 | hides=window
        树枝伸到架空线里 | hides=wire
        树冠遮住路灯 | hides=lamp
        树叶挡住红绿灯 | hides=signal
        """,
      fields: [
        "height": .tenths(50...160), "count": .number(1...4),
        "land": .one(["public", "estate", "village"]),
      ], lists: ["hides"],
      found: """
        {time}巡查，{place}{thing}，{count}株，高约{height}米。
        {place}{thing}，请绿化修剪。
        {place}{thing}，大风天有隐患。
        """,
      told: """
        {place}{thing}，白天都要开灯。
        来电人反映{place}{thing}，要求修剪。
        {place}{thing}，去年也报过。
        """,
      done: """
        已修剪{count}株，枝叶当日清运。
        hides=wire | 会同供电停电修剪，与线缆留出安全距离。
        hides=signal | 修剪后信号灯百米外可见。
        已列入冬季修剪计划，先行疏枝。
        """),
    KindTexts(
      "E0909",
      things: """
        屋顶漏水 | part=roof, warranty=no
        外墙渗水 | part=wall, warranty=no
        楼上卫生间漏到楼下 | part=above, warranty=no
        新交付房屋渗漏 | part=roof, warranty=yes
        """,
      fields: ["estate": .text(estateNames)],
      found: """
        {time}走访，{estate}住户家{thing}。
        {place}{thing}，墙面起皮。
        {estate}{thing}，已拍照。
        """,
      told: """
        {estate}{thing}，报修两个月没人来。
        来电人住在{estate}，家里{thing}，家具泡坏了。
        {place}{thing}，物业和开发商互相推。
        """,
      done: """
        part=roof | 屋面防水重做，闭水一天无渗漏。
        part=above | 楼上更换水管，双方书面约定费用。
        已启动维修资金程序，先行堵漏。
        房管所牵头维修，住户签字确认。
        """),
  ]

  static let estateNames = ["芦花苑", "云湾公寓", "镇北新村", "汀海花园", "云浦佳苑", "河畔华庭", "浦南新苑"]
}
