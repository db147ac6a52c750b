import Foundation

@testable import City

/// Forms of our own wording in the layouts that published ones come in.
enum SampleForms {
  /// Cells broken over lines, an empty line between lines, levels in narrow columns.
  static let spaced = """

    财政项目支出绩效自评表

    （2025年度）

    项目名称 河道保洁与 IoT Gateway 租用

    主管部门 示例区城市管理局（汇总） 实施单位
    示例区河道保洁服务

    所

    项目资金

    （万元）

    年初预算数 全年预算数 全年执行数 分数 执行率(%) 得分

    年度资金总额： 1,020.50 1,000.00 985.45 10.00 98.54 9.85

    其中：当年财政

    拨款
    1,000.00 980.00 965.45 - 98.51 -

    上年结转资金 20.50 20.00 20.00 - 100.00 -

    其他资金 0.00 0.00 0.00 - 0.00 -

    年度

    总体

    目标

    预期目标 实际完成情况

    全年按计划清理辖区内的十二条河道，及时打捞漂浮垃

    圾，水面保持清洁。

    十二条河道均按计划清理，漂浮垃圾当日打捞，水面

    干净。

    一级

    指标

    二级

    指标
    三级指标 年度指标值 实际完成值 分值 得分

    偏差原因分析

    及改进措施

    产出

    指标

    数量

    指标

    清理河道条数 =12.00(条) 12.00(条) 20.00 20.00

    垃圾打捞量
    ≥12000.00

    (吨)
    11400.00

    (吨)
    10.00 9.50 来垃圾少于往年

    质量 水面保洁抽查合格 良好 达成指标 10.00 10.00


    指标

    时效

    指标
    漂浮垃圾打捞及时性

    发现之后四

    小时之内
    达成指标 10.00 10.00

    效益

    指标

    社会

    效益

    指标

    沿河居民对环境的投诉数量下降

    幅度
    较为明显 达成指标 20.00 18.00

    满意

    度指

    标

    服务

    对象

    满意

    度指

    沿河居民满意度 ≥90.00(%) 92.00(%) 20.00 20.00

    标
    总分 100.00 97.35

    评分等级 优
    """

  /// Cells between tabs, texts with markup, a level that a page break cut, and a shifted row.
  static let tabbed = """
    财政项目支出绩效自评表

    (2025 年度)

    项目名称\t\t路灯维护\t\t\t\t\t
    主管部门\t\t示例镇人民政府(汇总)\t\t实施单位\t\t示例镇路灯管理站\t
    项目资金 (万元)\t\t年初预算数\t全年预算数\t全年执行数\t分数\t执行率(%)\t得分
    \t年度资金总额:\t80.00\t80.00\t60.00\t10.00\t75.00\t7.50
    \t其中: 当年财政拨款\t80.00\t80.00\t60.00\t-\t75.00\t-
    \t上年结转资金\t0.00\t0.00\t0.00\t-\t0.00\t-
    \t其他资金\t0.00\t0.00\t0.00\t-\t0.00\t-
    年度 总体 目标\t预期目标\t\t\t实际完成情况\t\t\t
    \t<p>修复全部损坏的路灯，</p> <p>亮灯率 &ge; 98%。</p>\t\t\t<p>路灯修复了大半，其余的明年</p>\t\t\t

    \t\t\t\t修复。\t\t\t
    一级 指标\t二级 指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施
    产出 指标\t数量\t修复路灯数\t≥400.00(盏)\t300.00(盏)\t30.00\t22.50\t灯杆到货迟，明年提前订货

    \t指标\t\t\t\t\t\t
    \t质量指标\t亮灯率\t≥98.00(%)\t98.00(%)\t20.00\t20.00\t
    修复及时性\t\t及时\t达成指标\t10.00\t10.00\t\t
    效益指标\t夜间出行指标\t夜间出行安全感\t提高\t达成指标\t20.00\t20.00\t
    满意度指标\t沿街商户满意度\t沿街商户满意度\t≥85.00(%)\t90.00(%)\t10.00\t10.00\t
    总分\t\t\t\t\t100.00\t90.00\t
    评分等级\t优\t\t\t\t\t\t
    """

  /// Amounts in 元, dashes, a rate with its sign, names of levels in the middle of what they span.
  static let yuan = """

    财政项目支出绩效自评表
    (2024 年度)

    项目名称 图书室开放

    主管部门
    示例县向阳镇人民政

    府
    实施单位

    示例县向阳镇文化站

    项目资金
    （元）

         年初预算数 全年预算数 全年执行数  分值  执行率 得分

    年度资金总额 120000.00 120000.00 114000 10 95.00% 9.5

        其中：当年财政拨款 120000 120000 114000 —   

                    上年结转资金 0 0 —   

                    其他资金 0 0 —

    年度
    总体
    目标

    预期目标 实际完成情况

    "图书室每周开放六天，全年举办读书会二十四场，让镇
    里的孩子都有书读。"

    图书室每周开放六天，读书会办了二十四
    场，孩子们都来借书。

    一级指标 二级指标 三级指标
    年度

    指标值
    实际

    完成值
    分值 得分

    偏差原因分析及
    改进措施

    开放天数
    =312天 312天 20 20

    读书会场次数
     绩
    效
    指
    标

    产出指标

    数量指标
    新购图书种类与册数

    =6大类480

    册
    7大类512册

    20 20

    质量指标

    图书完好程度
    破损不影响阅读

    使用
    破损不影响阅读

    使用
    20 20

    满意度指标 服务对象满意度指标

    读者满意度
    ≥85% ＞85% 30 30

    总分 100 99.5  
    """
}

extension EvaluationForm {
  /// Levels, name, target, actual value, weight, score and reason of each indicator, one a line.
  var lines: [String] {
    indicators.map {
      [
        $0.level1, $0.level2, $0.name, $0.target, $0.actual, $0.weight.text, $0.score.text,
        $0.reason,
      ].joined(separator: "|")
    }
  }

  /// Code, line and text of what could not be placed.
  var doubts: [String] {
    unplaced.map { "\($0.reason.rawValue) \($0.line.map(String.init) ?? "-") \($0.text)" }
  }

  func figures(_ row: EvaluationBudgetRow.Name) -> String {
    EvaluationBudgetRow.Column.allCases.map { budget[row][$0].text }.joined(separator: "|")
  }
}

/// The bytes of a text, as a file holds them.
func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
