/// Sentences of the turns that a case may take.
extension TownOccasion {
  var ofTurns: String {
    switch self {
    case .supervision:
      """
      居民多次来电，请说明进展并按期办结。
      该处临近学校，请加快处置并书面回复。
      上级关注，请报明处置计划和责任人。
      """
    case .supervisionAnswer:
      """
      已安排人员当日到场，处置情况随后反馈。
      材料已到位，明日上午施工，按期完成。
      已与当事人说明，正在处置，无超时风险。
      """
    case .sameMatter:
      """
      与前一件为同一地点同一事项。
      同一居民小区多人反映同一问题。
      经核对，两件所反映的是同一处。
      """
    case .transfer:
      """
      不属本镇管理范围，移交办理。
      涉及跨镇路段，转请协调。
      权属单位在上级平台，转办。
      """
    case .transferBack:
      """
      对方核实后认为属镇级事项，退回。
      经协调由属地办理，退回本镇。
      """
    case .appeal:
      """
      该处权属不在我单位，已协助处置，申请不计考核。
      停工系恶劣天气所致，申请剔除。
      等待供电部门停电许可，非我单位原因，申请剔除。
      """
    case .appealGranted:
      """
      情况属实，同意剔除。
      经核对气象记录，同意不计考核。
      """
    case .appealRefused:
      """
      期间未申请延期，理由不充分，不予剔除。
      权属清册在列，属该单位职责，不同意。
      """
    case .finding:
      """
      核对巡查轨迹和照片时间后认定。
      回访与现场复查后认定，已约谈网格员。
      抽查发现，已记入当月巡查质量。
      """
    case .rising:
      """
      下级已处置完毕，经核对情况属实，予以上报。
      处置照片和说明齐全，报请核查。
      """
    default: ""
    }
  }
}
