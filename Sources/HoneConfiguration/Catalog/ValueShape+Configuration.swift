import HoneMetrics

extension ValueShape {
  /// The whole configuration.
  package static let configuration = ValueShape.object(
    ConfigurationBody(Configuration()),
    [
      Parameter("data", data, "the data and how they are prepared", korean: "데이터와 그 준비"),
      Parameter(
        "augment", .list(.component(.augmentations)),
        "random changes to training samples, in order",
        korean: "훈련 샘플에 차례로 주는 무작위 변화"),
      Parameter("model", model, "the model", korean: "모델"),
      Parameter(
        "loss", tagged(.losses, usual: Configuration().loss), "what training minimises",
        korean: "학습이 줄이는 손실"),
      Parameter("regularization", regularization, "penalties on the weights", korean: "가중치 규제"),
      Parameter(
        "optimizer", optimizer, "how weights are updated", korean: "가중치 갱신 방법"),
      Parameter("schedule", schedule, "how the learning rate changes", korean: "학습률의 변화"),
      Parameter(
        "training", training, "length, precision, stopping, seeds", korean: "학습 길이, 정밀도, 중단, 시드"),
    ])

  private static func tagged(
    _ family: ComponentFamily, usual: some Encodable
  ) -> ValueShape {
    .tagged(TaggedShape(family, key: "kind", usual: usual))
  }

  private static let portion = ValueShape.either([
    .integer(from: 0), .number(.probability), .choice(["auto"]),
  ])

  private static let data = ValueShape.object(
    DataConfiguration(),
    [
      Parameter(
        "source", .optional(.text), "a built-in name, a folder or a file",
        korean: "내장 데이터 이름, 폴더 또는 파일"),
      Parameter("target", .optional(.text), "the column to predict", korean: "예측할 열"),
      Parameter(
        "validation", portion,
        "held out to choose by: a share or a number of samples; auto is 0.1, or 10000 of a million or more",
        korean: "선택에 쓸 검증 데이터: 비율 또는 샘플 수; auto는 0.1, 샘플이 100만 개 이상이면 10000개"),
      Parameter(
        "test", portion,
        "held out to judge by, where the data bring no test split of their own; auto is 0.2, or 10000 of a "
          + "million or more",
        korean: "평가에 쓸 테스트 데이터: 데이터에 테스트 분할이 없을 때의 비율 또는 샘플 수; auto는 0.2, 샘플이 "
          + "100만 개 이상이면 10000개"),
      Parameter(
        "stratify", .flag, "whether splits hold each class, or tenth of the targets, in proportion",
        korean: "분할마다 클래스(또는 목푯값의 십분위) 비율을 같게 할지 여부"),
      Parameter(
        "group", .optional(.text), "the column whose equal values stay in one split",
        korean: "같은 값이면 한 분할에 두어야 하는 열"),
      Parameter(
        "time", .optional(.text),
        "the column of numbers or dates by which the latest samples are held out; null draws at random",
        korean: "나중 샘플을 검증과 테스트에 쓰게 할 시각(숫자 또는 날짜) 열; null이면 무작위"),
      Parameter(
        "splitSeed", .optional(.integer(from: 0)),
        "the seed by which samples are divided; null for training.seed",
        korean: "데이터를 나누는 시드; null이면 training.seed"),
      Parameter(
        "folds", .optional(.integer(from: 2)), "folds of a cross-validation; null for one split",
        korean: "교차 검증의 겹 수; null이면 한 번만 분할"),
      Parameter(
        "fold", .optional(.integer(from: 0)),
        "the fold that this run is validated on, counted from 0 through all rounds; null for all of them",
        korean: "이 실행이 검증에 쓸 겹 번호(모든 반복에 걸쳐 0부터); null이면 모두"),
      Parameter(
        "smallestDifference", .optional(.number(.positive)),
        "the smallest difference that validation must show; null for what usually suffices",
        korean: "검증으로 구별해야 하는 가장 작은 차이; null이면 보통 충분한 정도"),
      Parameter(
        "batchSize", .either([.integer(from: 1), .choice(["all", "auto"])]),
        "samples per step; all for the whole training split, auto for as many as memory holds",
        korean: "한 스텝의 샘플 수; all이면 훈련 데이터 전체, auto이면 메모리가 허락하는 만큼"),
      Parameter("normalize", normalize, "how inputs are scaled", korean: "입력 스케일링 방법"),
      Parameter(
        "whiten", .optional(whitening),
        "a linear map that frees inputs from correlation; null for none",
        korean: "입력의 상관관계를 없애는 선형 변환; null이면 없음"),
      Parameter(
        "balance", words(DataConfiguration.Balance.self), "what is done about unequal classes",
        korean: "클래스 불균형 처리"),
      Parameter(
        "imageSize", .optional(.either([.integer(from: 1), .list(.integer(from: 1), 2...2)])),
        "the size pictures are brought to; null for 64, where arrays and built-in data keep theirs",
        korean: "이미지의 크기; null이면 64, 배열과 내장 데이터는 그대로"),
      Parameter(
        "imageResize", .optional(.integer(from: 1)),
        "the short side of photos before the middle is cropped to imageSize; null crops no more than needed",
        korean: "imageSize로 가운데를 자르기 전 사진의 짧은 변; null이면 필요한 만큼만 자름"),
      Parameter(
        "imageChannels", .optional(.integer(1...3)),
        "1 reads photos as grey, 3 as color; null as they are stored",
        korean: "1이면 사진을 흑백으로, 3이면 컬러로 읽음; null이면 저장된 대로"),
      Parameter(
        "imageFit", words(DataConfiguration.ImageFit.self),
        "how photos become samples of one size: the middle, the whole in a black frame, or the whole stretched",
        korean: "사진을 같은 크기로 만드는 방법: 가운데를 자름, 검은 여백 안에 전체를 넣음, 전체를 늘림"),
      Parameter(
        "imageFilter", words(DataConfiguration.ImageFilter.self),
        "how pixels between pixels are found when photos are resized", korean: "사진 크기를 바꿀 때의 보간 방법"),
      Parameter(
        "exifOrientation", .flag, "whether photos are turned as their EXIF block says",
        korean: "EXIF 정보에 따라 사진을 바로 세울지 여부"),
      Parameter(
        "decoding", words(DataConfiguration.Decoding.self),
        "how photos are decoded: to the exact pixels, or halved on the way where they are twice too large",
        korean: "사진 디코딩: exact는 픽셀 그대로, fast는 필요한 크기의 두 배 이상이면 줄이면서"),
      Parameter(
        "cache", .optional(cache),
        "a packed file of a folder's photos, written when the data are opened; null for none",
        korean: "데이터를 열 때 폴더의 사진을 모아 두는 캐시 파일; null이면 쓰지 않음"),
      Parameter(
        "onError", words(DataConfiguration.OnError.self),
        "what is done about samples that cannot be read", korean: "읽을 수 없는 샘플의 처리"),
      Parameter(
        "columns", .map(words(DataConfiguration.ColumnKind.self)),
        "kinds of table columns, where inference would be wrong", korean: "자동 추정 대신 쓸 열의 종류"),
      Parameter("text", textSettings, "how texts become numbers", korean: "텍스트를 숫자로 바꾸는 방법"),
      Parameter(
        "table", table, "how the columns of a table become features", korean: "표의 열을 특징으로 바꾸는 방법"),
      Parameter(
        "threads", .optional(.integer(from: 1)), "threads that prepare batches; null for automatic",
        korean: "배치를 준비하는 스레드 수; null이면 자동"),
    ])

  private static let cache = ValueShape.object(
    CacheConfiguration(),
    [
      Parameter(
        "kind", words(CacheConfiguration.Kind.self),
        "what the file holds: decoded photos, or the image files as they are",
        korean: "파일의 내용: 디코딩한 사진(raw) 또는 원래 이미지 파일(encoded)"),
      Parameter(
        "path", .optional(.text), "where the file is; null for beside the folder",
        korean: "파일의 경로; null이면 데이터 폴더 옆"),
    ])

  private static let textSettings = ValueShape.object(
    TextConfiguration(),
    [
      Parameter(
        "unit", words(TextConfiguration.Unit.self),
        "what a number stands for: a word, a character, a letter or a piece of a word",
        korean: "숫자 하나가 뜻하는 것: 단어, 글자, 자모, 단어 조각"),
      Parameter("lowercase", .flag, "whether capitals become small letters", korean: "소문자로 바꿀지 여부"),
      Parameter(
        "vocabularySize", .integer(from: 3),
        "the most numbers, with one for padding and one for unknown units",
        korean: "패딩과 미등록 단위를 포함한 어휘 크기의 상한"),
      Parameter(
        "minimumCount", .integer(from: 1), "units that occur less often are unknown",
        korean: "이보다 드문 단위는 미등록으로 처리"),
      Parameter(
        "maximumLength", .integer(from: 8), "tokens of a text; what follows is cut off",
        korean: "텍스트의 최대 토큰 수; 나머지는 자름"),
    ])

  private static let wordVectors = ValueShape.object(
    WordVectorConfiguration(vectors: ""),
    [
      Parameter(
        "vectors", .text, "a file of GloVe, word2vec or fastText vectors",
        korean: "GloVe, word2vec, fastText 벡터 파일", isRequired: true),
      Parameter(
        "freeze", .flag, "whether training leaves the vectors alone", korean: "학습 중 벡터를 고정할지 여부"),
    ])

  private static let statistics = ValueShape.list(.number(.any), 1...Int.max)
  private static let normalize = ValueShape.either([
    .choice(["none", "unit", "standardize", "imagenet"]),
    .object([
      Parameter(
        "mean", statistics, "the mean of each channel", korean: "채널마다의 평균", isRequired: true),
      Parameter(
        "std", .list(.number(.positive), 1...Int.max), "the standard deviation of each channel",
        korean: "채널마다의 표준편차", isRequired: true),
    ]),
  ])

  private static let model = ValueShape.tagged(
    TaggedShape(
      .models, key: "name", usual: ModelConfiguration().architecture, payload: "architecture",
      common: .of(
        ModelConfiguration(),
        [
          Parameter(
            "initializer", .optional(LayerKey.taggedInitializer),
            "how all weights begin but those of layers that have their own; null for each layer's "
              + "usual way",
            korean: "따로 지정한 층을 뺀 모든 가중치의 초기화 방법; null이면 층마다의 기본 방법"),
          Parameter(
            "lsuv", .flag, "whether weights are scaled until each layer gives a variance of one",
            korean: "층마다 출력의 분산이 1이 되도록 가중치를 맞출지 여부"),
          Parameter(
            "outputBias", words(ModelConfiguration.OutputBias.self),
            "what the last layer's bias begins with", korean: "마지막 층 편향의 초깃값"),
          Parameter(
            "pretrained", .optional(.text), "a file of weights to start from", korean: "시작할 가중치 파일"),
          Parameter(
            "embedding", .optional(wordVectors), "word vectors that a model of texts starts from",
            korean: "텍스트 모델이 시작할 단어 벡터"),
          Parameter(
            "freeze", words(ModelConfiguration.Freezing.self),
            "which weights training leaves alone; gradual unfreezes stage after stage",
            korean: "학습하지 않을 가중치; gradual은 단계마다 차례로 풂"),
          Parameter(
            "unfreezeEvery", .integer(from: 1), "epochs from one stage to the next, with gradual",
            korean: "gradual일 때 한 단계를 더 풀 때까지의 에폭 수"),
          Parameter(
            "stageRateFactor", .optional(.number(.positive)),
            "how many times lower each stage's rate is than the next one's; null for none",
            korean: "각 단계의 학습률이 다음 단계보다 몇 배 낮은지; null이면 같음"),
        ])))

  private static let regularization = ValueShape.object(
    RegularizationConfiguration(),
    [
      Parameter(
        "l1", .number(.nonNegative), "times the sum of absolute weights", korean: "가중치 절댓값 합에 곱하는 수"
      ),
      Parameter(
        "l2", .number(.nonNegative), "times half the sum of squared weights",
        korean: "가중치 제곱합의 절반에 곱하는 수"),
      Parameter(
        "elasticNet",
        .object(
          RegularizationConfiguration.ElasticNet(),
          [
            Parameter("strength", .number(.nonNegative), "the strength", korean: "세기"),
            Parameter(
              "mixing", .number(.share), "the share of the absolute penalty", korean: "L1의 비중"),
          ]), "a mixture of both", korean: "L1과 L2의 혼합"),
      Parameter(
        "proximal", .flag, "whether the absolute penalty makes weights exactly zero",
        korean: "L1 규제로 가중치를 정확히 0으로 만들지 여부"),
      Parameter(
        "maxNorm", .optional(.number(.positive)),
        "the largest norm of a unit's weights; null for none",
        korean: "유닛 가중치 노름의 상한; null이면 없음"),
      Parameter(
        "constraints", .list(.component(.constraints)),
        "sets that weights are brought back into after every step",
        korean: "매 갱신 뒤 가중치가 지켜야 할 제약"),
      Parameter(
        "gradientNoise", .optional(.either([.number(.positive), gradientNoise])),
        "fading noise on the gradients; null for none", korean: "점점 줄어드는 기울기 잡음; null이면 없음"),
    ])

  private static let gradientNoise = ValueShape.object(
    RegularizationConfiguration.GradientNoise(),
    [
      Parameter(
        "variance", .number(.positive), "the variance at the first step", korean: "첫 스텝의 분산"),
      Parameter("decay", .number(.nonNegative), "how fast it falls", korean: "줄어드는 빠르기"),
    ])

  private typealias Training = TrainingConfiguration

  private static let training = ValueShape.object(
    TrainingConfiguration(),
    [
      Parameter(
        "epochs", .integer(from: 1), "passes over the training split", korean: "훈련 데이터를 도는 횟수"),
      Parameter("precision", words(Training.Precision.self), "the arithmetic", korean: "계산 정밀도"),
      Parameter("device", words(Training.DeviceChoice.self), "where tensors live", korean: "계산 장치"),
      Parameter(
        "memoryFormat", words(Training.MemoryOrder.self),
        "the order of images and filters in memory",
        korean: "이미지와 필터의 메모리 배치"),
      Parameter(
        "activationCheckpointing", .flag,
        "whether activations are computed again in the backward pass, for less memory",
        korean: "메모리를 줄이려고 역전파 때 활성값을 다시 계산할지 여부"),
      Parameter(
        "gradientClip", .optional(gradientClip), "bounds on the gradients; null for none",
        korean: "기울기의 상한; null이면 없음"),
      Parameter(
        "accumulate", .integer(from: 1), "batches that make one step",
        korean: "한 번 갱신할 때까지 모으는 배치 수"),
      Parameter(
        "earlyStopping", .optional(earlyStopping), "when to stop before the last epoch; null never",
        korean: "조기 종료; null이면 하지 않음"),
      Parameter(
        "budget", .optional(budget),
        "how much the run may take, asked after every step; null for no bound",
        korean: "스텝마다 살피는 학습 예산; null이면 제한 없음"),
      Parameter(
        "divergence", .optional(divergence),
        "when a growing training loss ends the run; null where only one that is not finite does",
        korean: "커지는 훈련 손실로 학습을 끝낼 기준; null이면 유한하지 않을 때만"),
      Parameter(
        "keep", keeping, "epochs whose weights are kept as models of their own, besides the best",
        korean: "가장 좋은 에폭 외에 가중치를 따로 남길 에폭"),
      Parameter(
        "log", log, "files that the run's course is written to, besides the store",
        korean: "저장소 외에 학습 과정을 기록할 파일"),
      Parameter(
        "metric", .optional(words(MetricName.self)),
        "what the model is judged by; null for the task's usual metric",
        korean: "모델을 평가할 지표; null이면 과제의 기본 지표"),
      Parameter(
        "decision", words(Training.Decision.self),
        "what a classifier's outputs are moved by after training: balanced classes back to their "
          + "frequencies, or two classes to the best threshold on validation",
        korean: "학습 뒤 분류기 출력을 옮기는 기준: 균형을 맞춘 클래스를 원래 빈도로 되돌리거나, 두 클래스의 경계를 검증 "
          + "데이터에서 가장 좋은 곳으로 옮김"),
      Parameter(
        "averaging", .component(.averages), "an average of the weights that takes their place",
        korean: "가중치 대신 쓸 가중치 평균"),
      Parameter(
        "distillation", .optional(distillation),
        "runs whose answers are learned besides the labels; null for the labels alone",
        korean: "정답과 함께 배울 교사 실행; null이면 정답만"),
      Parameter(
        "seed", .integer(from: 0), "the number all randomness flows from", korean: "모든 무작위의 시드"),
      Parameter(
        "checkpointEvery", .optional(.either([.integer(from: 1), checkpointInterval])),
        "what lies between checkpoints, a number of epochs or more exactly; null for as often as they "
          + "cost less than 2 % of the time",
        korean: "체크포인트 간격(에폭 수 또는 상세 지정); null이면 비용이 2% 미만인 범위에서 자주"),
      Parameter(
        "deterministic", .flag, "whether sums have a fixed order", korean: "합의 순서를 고정할지 여부"),
      Parameter(
        "threads", .optional(.integer(from: 1)), "threads of one operation; null for automatic",
        korean: "연산 하나의 스레드 수; null이면 자동"),
    ])

  private static let gradientClip = ValueShape.object(
    Training.GradientClip(),
    [
      Parameter(
        "norm", .optional(.number(.positive)), "the largest global norm", korean: "전체 노름의 상한"),
      Parameter(
        "value", .optional(.number(.positive)), "the largest absolute element", korean: "원소 절댓값의 상한"
      ),
      Parameter(
        "normEach", .optional(.number(.positive)), "the largest norm of each parameter's gradient",
        korean: "파라미터마다의 기울기 노름 상한"),
      Parameter(
        "adaptive", .optional(.either([.number(.positive), adaptiveClip])),
        "a bound by the norm of the weights", korean: "가중치 노름에 비례하는 상한"),
    ])

  private static let adaptiveClip = ValueShape.object(
    Training.AdaptiveClip(),
    [
      Parameter(
        "factor", .number(.positive), "the largest share of the weights' norm",
        korean: "가중치 노름에 대한 최대 비율"),
      Parameter(
        "epsilon", .number(.positive), "the smallest norm that weights count with",
        korean: "가중치 노름의 하한"),
      Parameter("lastLayer", .flag, "whether the last layer takes part", korean: "마지막 층도 포함할지 여부"),
    ])

  private static let checkpointInterval = ValueShape.object(
    Training.CheckpointInterval(),
    [
      Parameter("steps", .optional(.integer(from: 1)), "optimizer steps", korean: "스텝 수"),
      Parameter(
        "seconds", .optional(.number(.positive)), "seconds of training", korean: "학습 시간(초)"),
      Parameter("epochs", .optional(.integer(from: 1)), "epochs", korean: "에폭 수"),
    ])
}
