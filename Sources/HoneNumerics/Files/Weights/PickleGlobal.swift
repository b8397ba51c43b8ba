import HoneText

/// The Python names that a file of weights may use; each has a fixed meaning here and none is run.
enum PickleGlobal: Sendable, Hashable {
  /// A dictionary type; its call makes an empty or a filled dictionary.
  case dictionary
  /// `torch._utils._rebuild_tensor` and its second version.
  case tensor
  /// The third version, for element types without a storage type of their own.
  case tensorOfType
  /// `torch._utils._rebuild_parameter`, which wraps a tensor.
  case parameter
  /// `torch._tensor._rebuild_from_type_v2`, which calls one of the above.
  case wrapper
  case storage(DType)
  case untypedStorage
  case elementType(DType)
  /// A call that gives its argument back: `torch.Size`.
  case identity
  /// A class or a call whose result nobody needs.
  case opaque

  /// - Throws: `refusedGlobal` for every name that is not listed here.
  init(module: String, name: String) throws(WeightProblem) {
    let full = "\(module).\(name)"
    if let known = Self.known[full] {
      self = known
    } else if module == "torch" || module == "torch.cuda", name.hasSuffix("Storage"),
      let dtype = Self.storageTypes[String(name.dropLast("Storage".count))]
    {
      self = .storage(dtype)
    } else if module == "torch", let dtype = Self.elementTypes[name] {
      self = .elementType(dtype)
    } else if module == "torch", Self.foreignTypes.contains(name) {
      throw .unsupported(
        Localized(
          "its tensors are of the type \(full). Convert them to float32 before saving.",
          korean: "텐서의 형식이 \(full)입니다. float32로 바꾸어 저장하십시오."))
    } else {
      throw .refusedGlobal(full)
    }
  }

  private static let known: [String: PickleGlobal] = [
    "collections.OrderedDict": .dictionary, "collections.Counter": .dictionary,
    "torch._utils._rebuild_tensor": .tensor, "torch._utils._rebuild_tensor_v2": .tensor,
    "torch._utils._rebuild_tensor_v3": .tensorOfType,
    "torch._utils._rebuild_parameter": .parameter,
    "torch._utils._rebuild_parameter_with_state": .parameter,
    "torch._tensor._rebuild_from_type_v2": .wrapper,
    "torch.UntypedStorage": .untypedStorage, "torch.storage.UntypedStorage": .untypedStorage,
    "torch.Size": .identity,
    "torch.Tensor": .opaque, "torch.nn.parameter.Parameter": .opaque, "torch.device": .opaque,
    "numpy.dtype": .opaque, "numpy.core.multiarray.scalar": .opaque,
    "numpy._core.multiarray.scalar": .opaque, "_codecs.encode": .opaque,
    "builtins.set": .opaque, "__builtin__.set": .opaque, "builtins.bytearray": .opaque,
    "__builtin__.bytearray": .opaque, "builtins.complex": .opaque, "__builtin__.complex": .opaque,
  ]
  private static let storageTypes: [String: DType] = [
    "Float": .float32, "Double": .float64, "Half": .float16, "BFloat16": .bfloat16,
    "Long": .int64, "Int": .int32, "Short": .int16, "Char": .int8, "Byte": .uint8, "Bool": .bool,
  ]
  private static let elementTypes: [String: DType] = [
    "float32": .float32, "float64": .float64, "float16": .float16, "bfloat16": .bfloat16,
    "int64": .int64, "int32": .int32, "int16": .int16, "int8": .int8, "uint8": .uint8,
    "bool": .bool,
  ]
  private static let foreignTypes: Set<String> = [
    "ComplexFloatStorage", "ComplexDoubleStorage", "QInt8Storage", "QUInt8Storage",
    "QInt32Storage", "uint16", "uint32", "uint64", "complex32", "complex64", "complex128",
    "float8_e4m3fn", "float8_e5m2", "float8_e4m3fnuz", "float8_e5m2fnuz", "qint8", "quint8",
    "qint32",
  ]
}
