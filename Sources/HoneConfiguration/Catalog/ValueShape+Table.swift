extension ValueShape {
  static let whitening = ValueShape.object(
    WhiteningConfiguration(),
    [
      Parameter(
        "kind", words(WhiteningConfiguration.Kind.self),
        "zca changes inputs least, so that pictures stay pictures; pca turns them onto their principal axes",
        korean: "zca는 입력을 가장 적게 바꿔 이미지로 남기고, pca는 주성분 축으로 돌림"),
      Parameter(
        "epsilon", .number(.nonNegative), "what is added to each variance", korean: "각 분산에 더하는 수"),
    ])

  static let table = ValueShape.object(
    TableConfiguration(),
    [
      Parameter(
        "scaling", .optional(words(TableConfiguration.Scaling.self)),
        "how numbers are scaled; null as data.normalize says",
        korean: "숫자 열의 스케일링; null이면 data.normalize를 따름"),
      Parameter(
        "imputation", words(TableConfiguration.Imputation.self),
        "what takes the place of missing numbers", korean: "결측 숫자를 채우는 값"),
      Parameter(
        "missingIndicators", .flag,
        "whether a column with missing numbers gets a feature that says where",
        korean: "결측 여부를 특징으로 더할지 여부"
      ),
      Parameter(
        "hashBuckets", .optional(.integer(from: 2)),
        "features that a column of very many names is hashed into; null keeps the frequent names",
        korean: "이름이 아주 많은 열을 해시해 넣을 특징 수; null이면 자주 나오는 이름만 둠"),
      Parameter(
        "interactions", .flag, "whether products of pairs of numeric columns are features too",
        korean: "숫자 열 쌍의 곱을 특징으로 더할지 여부"),
      Parameter(
        "mutualInformation", .optional(.integer(from: 1)),
        "features to keep by mutual information with the target; null keeps all",
        korean: "목푯값과의 상호 정보량으로 남길 특징 수; null이면 모두"),
      Parameter(
        "l1", .optional(.number(.positive)),
        "the strength of the L1 penalty of a linear model whose zero weights drop features; null keeps all",
        korean: "가중치가 0인 특징을 버리는 선형 모델의 L1 규제 세기; null이면 모두 남김"),
      Parameter(
        "components", .optional(.integer(from: 1)),
        "principal components that take the place of the features; null for none",
        korean: "특징 대신 쓸 주성분 수; null이면 쓰지 않음"),
    ])
}
