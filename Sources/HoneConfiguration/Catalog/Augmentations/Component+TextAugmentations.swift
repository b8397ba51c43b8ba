import HoneRecords
import HoneText

extension Component {
  private typealias Step = AugmentationSpecification

  private static let often = [
    Parameter(
      "share", .number(.share), "the share of words and marks, of which so many words are changed",
      korean: "바꿀 단어 수를 정하는, 단어와 문장 부호에 대한 비율"),
    Parameter("minimum", .integer(from: 0), "the fewest words changed", korean: "바꿀 단어의 최소 수"),
    Parameter("maximum", .integer(from: 0), "the most words changed", korean: "바꿀 단어의 최대 수"),
    Parameter(
      "probability", .number(.share), "the share of samples changed", korean: "바꿀 샘플의 비율"),
  ]
  private static let wordNet = Parameter(
    "wordNet", .optional(.text),
    "the folder of WordNet; null for where Debian's package wordnet-base puts it",
    korean: "WordNet 폴더; null이면 Debian 패키지 wordnet-base의 위치")
  private static let characters = Parameter(
    "characterShare", .number(.share), "the share of a word's characters that is changed",
    korean: "단어에서 바꿀 글자의 비율")
  private static let timeout = Parameter(
    "timeoutSeconds", .number(.positive), "the longest wait for an answer",
    korean: "응답을 기다릴 최대 시간(초)"
  )

  private static func length(_ english: String, korean: String) -> Parameter {
    Parameter("minimumLength", .integer(from: 1), english, korean: korean)
  }

  /// How many words a step changes, on one line.
  private static let count = "words changed = clamp(ceil(share · pieces), minimum, maximum)"

  static let textAugmentations: [Component] =
    wordAugmentations + noiseAugmentations + modelAugmentations

  private static let wordAugmentations: [Component] = [
    Component(
      Step.wordInsertion(), "puts words before words of a text", korean: "텍스트의 단어 앞에 단어를 삽입함",
      source: "Wei and Zou 2019, arXiv 1901.11196", formula: count, shorthand: "share",
      [
        Parameter(
          "source", .words(Step.InsertionSource.self), "where the words come from",
          korean: "삽입할 단어의 출처"),
        wordNet,
        Parameter(
          "vectors", .optional(.text), "the file of word vectors, for embedding",
          korean: "embedding일 때의 단어 벡터 파일"),
      ] + often,
      conflict: { values in
        values["source"] == .string("embedding") && values.isNull("vectors")
          ? Localized(
            "embedding needs vectors, a file of word vectors.",
            korean: "embedding에는 단어 벡터 파일 vectors가 필요합니다.") : nil
      }),
    Component(
      Step.wordDeletion(), "takes words out of a text, never the last one",
      korean: "텍스트에서 단어를 삭제하되 마지막 하나는 남김", source: "Wei and Zou 2019, arXiv 1901.11196",
      formula: count, shorthand: "share", often),
    Component(
      Step.wordSwap(), "exchanges neighboring words of a text", korean: "텍스트의 이웃한 단어를 맞바꿈",
      source: "Wei and Zou 2019, arXiv 1901.11196", formula: count, shorthand: "share", often),
    Component(
      Step.wordSplit(), "puts a space into words of a text", korean: "텍스트의 단어를 둘로 나눔",
      source: "Ma 2019, nlpaug", formula: count, shorthand: "share",
      [length("the fewest characters of a word that is split", korean: "나눌 단어의 최소 글자 수")] + often),
    Component(
      Step.synonymReplacement(),
      "puts words of the same meaning, part of speech and form in their place",
      korean: "단어를 품사와 어형이 같은 동의어로 바꿈",
      source: "Miller 1995, WordNet; Wei and Zou 2019, "
        + "arXiv 1901.11196", formula: count, shorthand: "share", [wordNet] + often),
    Component(
      Step.antonymReplacement(),
      "puts verbs, adjectives and adverbs of the opposite meaning in their place",
      korean: "동사, 형용사, 부사를 반의어로 바꿈", source: "Miller 1995, WordNet", formula: count,
      shorthand: "share", [wordNet] + often),
    Component(
      Step.embeddingReplacement(vectors: ""), "puts words with near vectors in the place of words",
      korean: "단어를 벡터가 가까운 단어로 바꿈", source: "Wang and Yang 2015, EMNLP",
      formula: "cos(v, v') >= similarity, the nearest neighbors", shorthand: "vectors",
      [
        Parameter(
          "vectors", .text, "the file of word vectors", korean: "단어 벡터 파일", isRequired: true),
        Parameter(
          "neighbors", .integer(from: 1), "the nearest words to draw from", korean: "후보 단어의 수"),
        Parameter(
          "similarity", .number(NumberRange(lower: -1, upper: 1)),
          "the least cosine of their angle",
          korean: "코사인 유사도의 하한"),
      ] + often),
    Component(
      Step.tfIdfReplacement(), "puts words that say little in the place of words that say little",
      korean: "정보가 적은 단어를 정보가 적은 다른 단어로 바꿈", source: "Xie et al. 2019, arXiv 1904.12848",
      formula: "chance = (max - tfidf) / sum", shorthand: "share", often),
  ]

  private static let noiseAugmentations: [Component] = [
    Component(
      Step.spellingNoise(), "misspells words as they often are", korean: "단어를 흔한 오타로 바꿈",
      source: "Ma 2019, nlpaug", formula: count, shorthand: "share",
      [
        Parameter(
          "dictionary", .optional(.text),
          "a file with a word and its misspellings on each line; null for the built-in list",
          korean: "줄마다 단어와 그 오타를 적은 파일; null이면 내장 목록")
      ] + often),
    Component(
      Step.spellingCorrection(), "corrects misspelled words, where hunspell is installed",
      korean: "틀린 맞춤법을 교정함(hunspell 필요)", source: "Németh, hunspell", formula: count,
      shorthand: "dictionary",
      [
        Parameter(
          "dictionary", .text, "the name of a hunspell dictionary, or its path without the ending",
          korean: "hunspell 사전의 이름 또는 확장자를 뺀 경로")
      ] + often),
    Component(
      Step.typoNoise(), "inserts, omits, exchanges and replaces characters",
      korean: "글자를 끼워 넣거나 빠뜨리거나 맞바꾸거나 바꿈", source: "Damerau 1964", formula: count,
      shorthand: "share",
      [
        length("the fewest characters of a word that is changed", korean: "바꿀 단어의 최소 글자 수"),
        characters,
      ]
        + often),
    Component(
      Step.keyboardNoise(), "slips to neighboring keys: QWERTY, and the two-set layout for Hangul",
      korean: "이웃한 자판을 누름: QWERTY, 한글은 두벌식", source: "Belinkov and Bisk 2017, arXiv 1711.02173",
      formula: count, shorthand: "share",
      [length("the fewest strokes of a word that is changed", korean: "바꿀 단어의 최소 타수"), characters]
        + often),
    Component(
      Step.ocrNoise(), "takes characters for others that look alike",
      korean: "글자를 모양이 비슷한 글자로 잘못 읽음",
      source: "Ma 2019, nlpaug", formula: count, shorthand: "share", [characters] + often),
    Component(
      Step.jamoNoise(), "misspells Hangul by sound and by stroke",
      korean: "한글을 소리와 타수에 따라 자모 단위로 틀리게 씀",
      formula: count, shorthand: "share", [characters] + often),
    Component(
      Step.spacingNoise(), "leaves spaces out or puts them into words", korean: "띄어쓰기를 빠뜨리거나 잘못 넣음",
      formula: count, shorthand: "share", often),
  ]

  private static func endpoint() -> Parameter {
    Parameter(
      "endpoint", .text, "the model's address on this machine, as in http://127.0.0.1:8080/rewrite",
      korean: "이 컴퓨터에 있는 모델의 주소. 예: http://127.0.0.1:8080/rewrite", isRequired: true)
  }

  private static let modelAugmentations: [Component] = [
    Component(
      Step.backTranslation(endpoint: ""), "has a model translate texts into a language and back",
      korean: "모델로 텍스트를 다른 언어로 옮겼다가 되돌림(역번역)", source: "Sennrich et al. 2016, arXiv 1511.06709",
      shorthand: "endpoint",
      [
        endpoint(),
        Parameter("through", .text, "the language's ISO 639 code", korean: "거쳐 갈 언어의 ISO 639 코드"),
        timeout,
        often[3],
      ]),
    Component(
      Step.generation(endpoint: ""), "has a model say texts anew", korean: "모델로 텍스트를 새로 생성함",
      source: "Kumar et al. 2020, arXiv 2003.02245", shorthand: "endpoint",
      [endpoint(), timeout, often[3]]),
  ]
}
