/// Sentences of the mediators' table.
extension TownOccasion {
  var ofTable: String {
    switch self {
    case .sessionAdjourned:
      """
      双方各说各的理，情绪较大，约定过一两天再谈。
      先分别谈话，把账目和经过弄清楚，下次当面核对。
      一方要回去和家里人商量，另约时间。
      对损失数额有分歧，请懂行的人看过后再谈。
      双方同意先停手，下次带上票据。
      """
    case .sessionEnded:
      """
      讲清法律规定和情理，双方各退一步，意见一致。
      逐项核对后当场谈定，双方均无异议。
      当面解释清楚，来访人表示满意。
      请村里老人到场见证，把话说开了。
      双方把要求都写明，调解员逐条说明依据。
      """
    default: ""
    }
  }
}
