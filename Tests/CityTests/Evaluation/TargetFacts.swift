/// What the indicators of real published forms give as target and actual value: all 441 of them, each
/// pair once with how often it occurs, and what it has to be read as. Breaks within cells are left out.
///
/// times | target | actual | reading of the target | reading of the actual | outcome
enum TargetFacts {
  static let published = """
    1 | 11月30日前 | 达成指标 | date ≤?-11-30 | said | said
    2 | 2024年11月前 | 达成指标 | date ≤2024-11-? | said | said
    1 | 2024年1月前 | 达成指标 | date ≤2024-1-? | said | said
    2 | 24小时内 | 达成指标 | duration ≤24 小时 | said | said
    1 | =0.00(次) | 0.00(次) | count =0 次 | count 0 次 | met 0
    1 | =0次 | 0次 | count =0 次 | count 0 次 | met 0
    1 | =1.00(1次/月) | 1.00(1次/月) | frequency =1 次/月 | frequency 1 次/月 | met 0
    9 | =1.00(个) | 1.00(个) | count =1 个 | count 1 个 | met 0
    1 | =1.00(次) | 1.00(次) | count =1 次 | count 1 次 | met 0
    2 | =1.00(次/年) | 1.00(次/年) | frequency =1 次/年 | frequency 1 次/年 | met 0
    2 | =1.00(次/月) | 1.00(次/月) | frequency =1 次/月 | frequency 1 次/月 | met 0
    1 | =1.00(笔) | 1.00(笔) | count =1 笔 | count 1 笔 | met 0
    1 | =1.00(辆) | 1.00(辆) | count =1 辆 | count 1 辆 | met 0
    1 | =10.00(次/月) | 10.00(次/月) | frequency =10 次/月 | frequency 10 次/月 | met 0
    6 | =100% | 100% | number =100 % | number 100 % | met 0
    1 | =100(百分比) | 100.00(百分比) | number =100 % | number 100 % | met 0
    71 | =100.00(%) | 100.00(%) | number =100 % | number 100 % | met 0
    1 | =100.00(人) | 100.00(人) | count =100 人 | count 100 人 | met 0
    1 | =100.00(件) | 100.00(件) | count =100 件 | count 100 件 | met 0
    7 | =100.00(百分比) | 100.00(百分比) | number =100 % | number 100 % | met 0
    1 | =100.00(％) | 100.00(％) | number =100 % | number 100 % | met 0
    1 | =104(个) | 104.00(个) | count =104 个 | count 104 个 | met 0
    1 | =1100.00(个) | 1100.00(个) | count =1100 个 | count 1100 个 | met 0
    1 | =11个村及1个居委 | 11个村及1个居委 | count =11 个村 =1 个居委 | count 11 个村 1 个居委 | met 0
    1 | =12个月 | 12个月 | duration =12 个月 | duration 12 个月 | met 0
    1 | =13大类144小类 | 15大类185小类 | count =13 大类 =144 小类 | count 15 大类 185 小类 | differs 2
    4 | =15.00(个) | 15.00(个) | count =15 个 | count 15 个 | met 0
    1 | =1500.00(路) | 1500.00(路) | count =1500 路 | count 1500 路 | met 0
    1 | =167.00(台) | 167.00(台) | count =167 台 | count 167 台 | met 0
    1 | =18.00(人) | 18.00(人) | count =18 人 | count 18 人 | met 0
    1 | =188.00(岗位) | 188.00(岗位) | count =188 岗位 | count 188 岗位 | met 0
    3 | =1套 | 1套 | count =1 套 | count 1 套 | met 0
    1 | =2.00(个) | 2.00(个) | count =2 个 | count 2 个 | met 0
    1 | =2.00(人) | 2.00(人) | count =2 人 | count 2 人 | met 0
    1 | =2.00(套) | 2.00(套) | count =2 套 | count 2 套 | met 0
    1 | =20.00(台) | 20.00(台) | count =20 台 | count 20 台 | met 0
    1 | =200.00(份) | 200.00(份) | count =200 份 | count 200 份 | met 0
    1 | =2000.00(个) | 2000.00(个) | count =2000 个 | count 2000 个 | met 0
    1 | =2023年12月31日前 | 2023年12月31日前 | date ≤2023-12-31 | date ≤2023-12-31 | met
    1 | =3.00(次/月) | 3.00(次/月) | frequency =3 次/月 | frequency 3 次/月 | met 0
    1 | =30.00(G) | 30.00(G) | count =30 G | count 30 G | met 0
    1 | =355.00(个村居35个片区) | 355.00(个村居35个片区) | count =355 个村居 =35 个片区 | count 355 个村居 35 个片区 | met 0
    2 | =365.00(天) | 365.00(天) | duration =365 天 | duration 365 天 | met 0
    1 | =3783.00(平方) | 3783.00(平方) | count =3783 平方 | count 3783 平方 | met 0
    1 | =3项 | 3项 | count =3 项 | count 3 项 | met 0
    2 | =4.00(个) | 4.00(个) | count =4 个 | count 4 个 | met 0
    1 | =45.00(人) | 45.00(人) | count =45 人 | count 45 人 | met 0
    1 | =45000.00(件) | 45000.00(件) | count =45000 件 | count 45000 件 | met 0
    1 | =5.00(人) | 5.00(人) | count =5 人 | count 5 人 | met 0
    1 | =5.00(家/次) | 5.00(家/次) | ratio =5 家/次 | ratio 5 家/次 | met 0
    4 | =52.00(次) | 52.00(次) | count =52 次 | count 52 次 | met 0
    1 | =53.00(个) | 53.00(个) | count =53 个 | count 53 个 | met 0
    1 | =6.00(人/年) | 6.00(人/年) | ratio =6 人/年 | ratio 6 人/年 | met 0
    1 | =6.00(台) | 6.00(台) | count =6 台 | count 6 台 | met 0
    1 | =7.00(个) | 7.00(个) | count =7 个 | count 7 个 | met 0
    1 | =7500.00(平方) | 7500.00(平方) | count =7500 平方 | count 7500 平方 | met 0
    1 | =778.98平方米 | 778.98平方米 | count =778.98 平方米 | count 778.98 平方米 | met 0
    1 | =8.00(个) | 8.00(个) | count =8 个 | count 8 个 | met 0
    1 | =80.00(人/次) | 80.00(人/次) | ratio =80 人/次 | ratio 80 人/次 | met 0
    1 | =95.00(%) | 95.00(%) | number =95 % | number 95 % | met 0
    1 | =98.00(%) | 98.00(%) | number =98 % | number 98 % | met 0
    1 | >90.00(%) | 100.00(%) | number >90 % | number 100 % | met 10
    3 | >90.00(%) | 91.00(%) | number >90 % | number 91 % | met 1
    1 | ≤0.00(%) | 0.00(%) | number ≤0 % | number 0 % | met 0
    1 | ≤100.00(%) | 100.00(%) | number ≤100 % | number 100 % | met 0
    1 | ≤45.00(人) | 45.00(人) | count ≤45 人 | count 45 人 | met 0
    1 | ≤5.00(s) | 5.00(s) | duration ≤5 s | duration 5 s | met 0
    1 | ≤6.00(月) | 5.00(月) | month ≤6 月 | month 5 月 | met
    1 | ≥1.00(万次) | 1.00(万次) | count ≥1×10000 次 | count 1×10000 次 | met 0
    1 | ≥10.00(万次) | 10.00(万次) | count ≥10×10000 次 | count 10×10000 次 | met 0
    4 | ≥100.00(%) | 100.00(%) | number ≥100 % | number 100 % | met 0
    1 | ≥100.00(人) | 100.00(人) | count ≥100 人 | count 100 人 | met 0
    2 | ≥1000.00(人) | 1000.00(人) | count ≥1000 人 | count 1000 人 | met 0
    2 | ≥10000.00(次) | 10000.00(次) | count ≥10000 次 | count 10000 次 | met 0
    1 | ≥10部门/领域 | 达成指标 | count ≥10 部门/领域 | said | said
    1 | ≥10部门领域 | 达成指标 | count ≥10 部门领域 | said | said
    1 | ≥194.00(万人) | 194.00(万人) | count ≥194×10000 人 | count 194×10000 人 | met 0
    1 | ≥20.00(次) | 20.00(次) | count ≥20 次 | count 20 次 | met 0
    2 | ≥2000.00(人) | 2000.00(人) | count ≥2000 人 | count 2000 人 | met 0
    2 | ≥20000.00(次) | 20000.00(次) | count ≥20000 次 | count 20000 次 | met 0
    1 | ≥3000.00(人) | 3776.00(人) | count ≥3000 人 | count 3776 人 | met 776
    1 | ≥4.00(次/年) | 4.00(次/年) | frequency ≥4 次/年 | frequency 4 次/年 | met 0
    1 | ≥40000.00(张) | 40000.00(张) | count ≥40000 张 | count 40000 张 | met 0
    1 | ≥53.00(人) | 53.00(人) | count ≥53 人 | count 53 人 | met 0
    1 | ≥65.00(%) | 65.00(%) | number ≥65 % | number 65 % | met 0
    2 | ≥70.00(%) | 70.00(%) | number ≥70 % | number 70 % | met 0
    1 | ≥70.00(%) | 90.00(%) | number ≥70 % | number 90 % | met 20
    1 | ≥80.00(%) | 80.00(%) | number ≥80 % | number 80 % | met 0
    1 | ≥80.00(%) | 90.00(%) | number ≥80 % | number 90 % | met 10
    5 | ≥85% | ＞85% | number ≥85 % | number >85 % | met
    1 | ≥85.00(%) | 85.00(%) | number ≥85 % | number 85 % | met 0
    1 | ≥85.00(%) | 86.00(%) | number ≥85 % | number 86 % | met 1
    1 | ≥89.00(台) | 89.00(台) | count ≥89 台 | count 89 台 | met 0
    30 | ≥90.00(%) | 90.00(%) | number ≥90 % | number 90 % | met 0
    1 | ≥90.00(%) | 98.00(%) | number ≥90 % | number 98 % | met 8
    3 | ≥95.00(%) | 100.00(%) | number ≥95 % | number 100 % | met 5
    8 | ≥95.00(%) | 95.00(%) | number ≥95 % | number 95 % | met 0
    1 | ≥95.00(%) | 97.00(%) | number ≥95 % | number 97 % | met 2
    7 | ≥95.00(%) | 98.00(%) | number ≥95 % | number 98 % | met 3
    1 | ≥95.00(百分比) | 100.00(百分比) | number ≥95 % | number 100 % | met 5
    1 | ≥98.00(%) | 98.00(%) | number ≥98 % | number 98 % | met 0
    1 | ≥99.00(件) | 100.00(件) | count ≥99 件 | count 100 件 | met 1
    1 | 一次验收合格 | 一次验收合格 | conformity | conformity | said
    1 | 三方比价 | 达成指标 | conformity | said | said
    1 | 三方询价 | 达成指标 | conformity | said | said
    1 | 不断提高 | 达成指标 | direction | said | said
    1 | 低于市、区两级平均水平 | 达成指标 | comparison | said | said
    1 | 保持 | 保持 | direction | direction | said
    1 | 保障 | 达成指标 | merit | said | said
    1 | 保障值班值守工作平稳进行 | 达成指标 | merit | said | said
    1 | 保障顺利 | 达成指标 | merit | said | said
    2 | 健全 | 健全 | merit | merit | said
    5 | 健全 | 达成指标 | merit | said | said
    2 | 全区12街镇均有指标上屏 | 达成指标 | count 12 街镇 | said | said
    1 | 全面客观 | 达成指标 | merit | said | said
    1 | 全面提升 | 达成指标 | direction | said | said
    1 | 加强 | 加强 | direction | direction | said
    1 | 匹配 | 匹配 | conformity | conformity | said
    5 | 及时 | 及时 | vague-time | vague-time | said
    8 | 及时 | 达成指标 | vague-time | said | said
    1 | 可控 | 达成指标 | merit | said | said
    1 | 合理 | 合理 | merit | merit | said
    2 | 合理变更 | 达成指标 | merit | said | said
    1 | 合理有效 | 达成指标 | merit | said | said
    1 | 在规定的时间内完成 | 达成指标 | vague-time | said | said
    1 | 在设计规定时间内数的恢复能力 | 在设计规定时间内数的恢复能力 | vague-time | vague-time | said
    1 | 增强 | 增强 | direction | direction | said
    1 | 增强 | 达成指标 | direction | said | said
    1 | 完善 | 达成指标 | direction | said | said
    2 | 完成 | 达成指标 | conformity | said | said
    1 | 定期 | 达成指标 | vague-time | said | said
    1 | 实时展示 | 达成指标 | vague-time | said | said
    1 | 实时提示 | 达成指标 | vague-time | said | said
    1 | 实现 | 达成指标 | conformity | said | said
    5 | 平稳运行 | 达成指标 | merit | said | said
    1 | 建立健全 | 达成指标 | conformity | said | said
    1 | 建立制度 | 达成指标 | conformity | said | said
    4 | 建立日常维护管理机制 | 达成指标 | conformity | said | said
    1 | 形成 | 达成指标 | conformity | said | said
    1 | 持续推进 | 达成指标 | direction | said | said
    1 | 持续提升 | 达成指标 | direction | said | said
    1 | 按时完成 | 达成指标 | vague-time | said | said
    1 | 按时拨付 | 达成指标 | vague-time | said | said
    1 | 按照标准执行 | 达成指标 | conformity | said | said
    11 | 提升 | 达成指标 | direction | said | said
    1 | 提高 | 提高 | direction | direction | said
    10 | 提高 | 达成指标 | direction | said | said
    1 | 支持 | 达成指标 | merit | said | said
    1 | 收到收据后30个工作日内 | 达成指标 | duration ≤30 个工作日 | said | said
    1 | 故障频率低，未发生重大运维事故 | 故障频率低，未发生重大运维事故 | several [merit] [absence] | several [merit] [absence] | said
    2 | 无 | 达成指标 | absence | said | said
    1 | 明显有效 | 达成指标 | merit | said | said
    2 | 显著提升 | 达成指标 | direction | said | said
    1 | 更加完善 | 达成指标 | direction | said | said
    2 | 有序运行 | 达成指标 | merit | said | said
    4 | 有效 | 有效 | merit | merit | said
    9 | 有效 | 达成指标 | merit | said | said
    1 | 有效夯实 | 达成指标 | direction | said | said
    1 | 有效推动 | 达成指标 | direction | said | said
    9 | 有效提升 | 达成指标 | direction | said | said
    1 | 未发生 | 达成指标 | absence | said | said
    1 | 正常 | 达成指标 | conformity | said | said
    1 | 正常开展 | 达成指标 | conformity | said | said
    4 | 正常运行 | 达成指标 | conformity | said | said
    1 | 消除 | 消除 | absence | absence | said
    1 | 满意 | 达成指标 | merit | said | said
    1 | 灵活 | 达成指标 | merit | said | said
    1 | 真实客观 | 达成指标 | merit | said | said
    1 | 真实有效 | 达成指标 | merit | said | said
    2 | 确保 | 达成指标 | merit | said | said
    5 | 稳定 | 达成指标 | merit | said | said
    2 | 稳步建立 | 达成指标 | direction | said | said
    5 | 稳步提升 | 达成指标 | direction | said | said
    1 | 稳步达成 | 达成指标 | direction | said | said
    1 | 符合技术标准 | 符合技术标准 | conformity | conformity | said
    1 | 符合规范 | 达成指标 | conformity | said | said
    1 | 系统功能实用，便于操作 | 系统功能实用，便于操作 | several [merit] [merit] | several [merit] [merit] | said
    1 | 约定时间内完成 | 达成指标 | vague-time | said | said
    2 | 规范 | 规范 | conformity | conformity | said
    5 | 规范 | 达成指标 | conformity | said | said
    6 | 达标 | 达成指标 | conformity | said | said
    1 | 通过考核 | 通过考核 | conformity | conformity | said
    1 | 配置到2个视频点名调度室 | 达成指标 | count 2 个 | said | said
    1 | 降低 | 达成指标 | direction | said | said
    1 | 预期性目标…(难以量化) | 达成指标 | note | said | said
    5 | 高于2023年 | 达成指标 | comparison | said | said
    """

  /// Further ways to write targets and actual values.
  static let others = """
    1 | 不低于90% | 91.5% | number ≥90 % | number 91.5 % | met 1.5
    1 | 不少于3次 | 2次 | count ≥3 次 | count 2 次 | missed -1
    1 | ≤10个工作日 | 12个工作日 | duration ≤10 个工作日 | duration 12 个工作日 | missed 2
    1 | >=1,200(件) | 1,200件 | count ≥1200 件 | count 1200 件 | met 0
    1 | <5% | 5% | number <5 % | number 5 % | missed 0
    1 | 90%-95% | 93% | range ≥90 % ≤95 % | number 93 % | met 3
    1 | 80～90(分) | 95(分) | range ≥80 分 ≤90 分 | count 95 分 | missed 5
    1 | 50个以上 | 48个 | count ≥50 个 | count 48 个 | missed -2
    1 | =100(%) | 98(%) | number =100 % | number 98 % | differs -2
    1 | =20(次) | 20(场) | count =20 次 | count 20 场 | unknown units
    1 | ≥95% | 0.98 | number ≥95 % | number 0.98 | unknown units
    1 | ≥90% | ≥85% | number ≥90 % | number ≥85 % | unknown inexact
    1 | ≤3% | <3% | number ≤3 % | number <3 % | met
    1 | ≥2(万次) | 15000(次) | count ≥2×10000 次 | count 15000 次 | missed -5000
    1 | ≤6(月) | 8(月) | month ≤6 月 | month 8 月 | missed
    1 | =12(月) | 11(月) | duration =12 月 | month 11 月 | differs -1
    1 | 10月31日前 | 9月20日 | date ≤?-10-31 | date ?-9-20 | met
    1 | 10月31日前 | 11月1日 | date ≤?-10-31 | date ?-11-1 | missed
    1 | 2024年11月前 | 2024年11月15日 | date ≤2024-11-? | date 2024-11-15 | unknown inexact
    1 | 2024年11月前 | 2024年10月 | date ≤2024-11-? | date 2024-10-? | met
    1 | 2024年12月底前完成 | 2025-01-08 | date ≤2024-12-31 | date 2025-1-8 | missed
    1 | 年底前 | 12月前 | date ≤?-12-31 | date ≤?-12-? | met
    1 | ≤12月31日 | 12月31日 | date ≤?-12-31 | date ?-12-31 | met
    1 | 11月30日前 | 12月31日前 | date ≤?-11-30 | date ≤?-12-31 | unknown inexact
    1 | 同比下降5%以上 | 同比下降6% | comparison 5 % | comparison 6 % | unknown words
    1 | 较上年提高 | 有所提高 | comparison | direction | unknown words
    1 | 完成 | 已完成 | conformity | conformity | said
    1 | 通过ISO9001认证 | 达成指标 | conformity | said | said
    1 | ≥80%，且无事故 | 达成指标 | several [number ≥80 %] [absence] | said | said
    1 | ≥80%，无事故 | 75%，无事故 | several [number ≥80 %] [absence] | several [number 75 %] [absence] | missed -5
    1 | 蓝天白云 | 碧水 | text | text | unknown words
    1 | — | 100% | empty | number 100 % | unknown missing
    1 | ≥95% |  | number ≥95 % | empty | unknown missing
    1 | ≥1,23(个) | 1 | text | number 1 | unknown words
    1 | 3(2次/月) | 6(次/月) | count 3 2次/月 | frequency 6 次/月 | unknown units
    """
}
