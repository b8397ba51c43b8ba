import HoneRecords
import HoneText

extension Component {
  private typealias Layer = LayerSpecification.Reshaping

  private static let extents = ValueShape.list(
    .either([.integer(from: 1), .integer(-1 ... -1)]), 1...8)

  static let reshapingLayers: [Component] = [
    Component(
      Layer.flatten(), "makes one axis of several, of all but the batch by default",
      korean: "여러 축을 하나로 폄 (기본은 배치 외 전부)",
      [
        Parameter(
          "from", .integer(-8...8), "the first axis, the batch being 0", korean: "첫 축 (배치가 0)"),
        Parameter(
          "through", .integer(-8...8), "the last axis; negative from the last",
          korean: "마지막 축 (음수는 마지막부터)"),
      ]),
    Component(
      Layer.reshape(shape: []), "gives each sample another shape", korean: "샘플의 형상을 바꿈",
      shorthand: "shape",
      [
        Parameter(
          "shape", extents, "the extents; one may be -1 and follows from the others",
          korean: "크기 목록; -1 하나는 나머지에서 정해짐", isRequired: true)
      ],
      conflict: { values in
        guard case .list(let sides)? = values["shape"], sides.count(where: { $0 == -1 }) > 1
        else { return nil }
        return Localized(
          "only one extent may be -1.", korean: "-1은 하나만 쓸 수 있습니다.")
      }),
    Component(
      Layer.permute(order: []), "puts axes 1, 2, … into another order: [2, 1] swaps two",
      korean: "축 1, 2, …의 순서를 바꿈: [2, 1]은 두 축을 맞바꿈", shorthand: "order",
      [
        Parameter(
          "order", .list(.integer(1...8), 1...8), "the axes in their new order",
          korean: "새 순서로 적은 축 번호", isRequired: true)
      ],
      conflict: { values in
        guard case .list(let axes)? = values["order"] else { return nil }
        let numbers = axes.map { if case .integer(let axis) = $0 { axis } else { 0 } }
        guard numbers.sorted() != Array(1...axes.count) else { return nil }
        return Localized(
          "order must name each of the axes 1 to \(axes.count) once.",
          korean: "order에는 축 1부터 \(axes.count)까지를 한 번씩 써야 합니다.")
      }),
    Component(
      Layer.channelShuffle(groups: 1), "mixes the channels of groups", korean: "그룹의 채널을 섞음",
      source: "Zhang et al. 2017, arXiv 1707.01083", shorthand: "groups",
      [
        Parameter(
          "groups", .integer(from: 1), "groups of channels", korean: "채널 그룹 수", isRequired: true)
      ]),
    Component(Layer.identity, "nothing", korean: "아무것도 하지 않음"),
  ]
}
