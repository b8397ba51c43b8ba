/// The operations of Python's pickle format, protocols 0 to 5, by their codes; those that run code
/// of the file's choosing or need a registry are left out on purpose.
enum PickleOperation: UInt8 {
  // Values.
  case none = 0x4E  // N
  case flagTrue = 0x88
  case flagFalse = 0x89
  case integerLine = 0x49  // I
  case longLine = 0x4C  // L
  case numberLine = 0x46  // F
  case stringLine = 0x53  // S
  case unicodeLine = 0x56  // V
  case integer4 = 0x4A  // J
  case integer1 = 0x4B  // K
  case integer2 = 0x4D  // M
  case long1 = 0x8A
  case long4 = 0x8B
  case number = 0x47  // G
  case string1 = 0x55  // U
  case string4 = 0x54  // T
  case bytes1 = 0x43  // C
  case bytes4 = 0x42  // B
  case bytes8 = 0x8E
  case byteArray8 = 0x96
  case unicode1 = 0x8C
  case unicode4 = 0x58  // X
  case unicode8 = 0x8D
  // Containers.
  case mark = 0x28  // (
  case emptyTuple = 0x29  // )
  case tuple = 0x74  // t
  case tuple1 = 0x85
  case tuple2 = 0x86
  case tuple3 = 0x87
  case emptyList = 0x5D  // ]
  case list = 0x6C  // l
  case append = 0x61  // a
  case appends = 0x65  // e
  case emptyDictionary = 0x7D  // }
  case dictionary = 0x64  // d
  case setItem = 0x73  // s
  case setItems = 0x75  // u
  case emptySet = 0x8F
  case addItems = 0x90
  case frozenSet = 0x91
  // The stack and the memo.
  case pop = 0x30  // 0
  case popMark = 0x31  // 1
  case duplicate = 0x32  // 2
  case getLine = 0x67  // g
  case get1 = 0x68  // h
  case get4 = 0x6A  // j
  case putLine = 0x70  // p
  case put1 = 0x71  // q
  case put4 = 0x72  // r
  case memoize = 0x94
  // Objects.
  case globalLine = 0x63  // c
  case globalOfStack = 0x93
  case reduce = 0x52  // R
  case newObject = 0x81
  case newObjectWithNames = 0x92
  case build = 0x62  // b
  case persistentIdentifier = 0x51  // Q
  // Around them.
  case `protocol` = 0x80
  case frame = 0x95
  case stop = 0x2E  // .
}
