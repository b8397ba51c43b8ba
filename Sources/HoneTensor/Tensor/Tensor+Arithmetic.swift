extension Tensor {
  /// Sums elementwise, broadcasting shapes as NumPy does.
  public static func + (left: Tensor, right: Tensor) -> Tensor {
    ATen.add_Tensor(left, other: right)
  }
  /// Adds a number to each element.
  public static func + (left: Tensor, right: Scalar) -> Tensor {
    ATen.add_Scalar(left, other: right)
  }
  /// Adds each element to a number.
  public static func + (left: Scalar, right: Tensor) -> Tensor { right + left }

  /// Subtracts elementwise, broadcasting.
  public static func - (left: Tensor, right: Tensor) -> Tensor {
    ATen.sub_Tensor(left, other: right)
  }
  /// Subtracts a number from each element.
  public static func - (left: Tensor, right: Scalar) -> Tensor {
    ATen.sub_Scalar(left, other: right)
  }
  /// Subtracts each element from a number.
  public static func - (left: Scalar, right: Tensor) -> Tensor {
    ATen.rsub_Scalar(right, other: left)
  }

  /// Multiplies elementwise, broadcasting.
  public static func * (left: Tensor, right: Tensor) -> Tensor {
    ATen.mul_Tensor(left, other: right)
  }
  /// Multiplies each element by a number.
  public static func * (left: Tensor, right: Scalar) -> Tensor {
    ATen.mul_Scalar(left, other: right)
  }
  /// Multiplies each element by a number.
  public static func * (left: Scalar, right: Tensor) -> Tensor { right * left }

  /// Divides elementwise, broadcasting; whole numbers give floating-point results.
  public static func / (left: Tensor, right: Tensor) -> Tensor {
    ATen.div_Tensor(left, other: right)
  }
  /// Divides each element by a number.
  public static func / (left: Tensor, right: Scalar) -> Tensor {
    ATen.div_Scalar(left, other: right)
  }
  /// Divides a number by each element.
  public static func / (left: Scalar, right: Tensor) -> Tensor { right.reciprocal() * left }

  /// Negates each element.
  public static prefix func - (tensor: Tensor) -> Tensor { ATen.neg(tensor) }

  /// Replaces the tensor by the sum.
  public static func += (left: inout Tensor, right: Tensor) { left = left + right }
  /// Replaces the tensor by the difference.
  public static func -= (left: inout Tensor, right: Tensor) { left = left - right }
  /// Replaces the tensor by the product.
  public static func *= (left: inout Tensor, right: Tensor) { left = left * right }
  /// Replaces the tensor by the product.
  public static func *= (left: inout Tensor, right: Scalar) { left = left * right }

  /// Raises each element to a power.
  public func power(_ exponent: Scalar) -> Tensor {
    ATen.pow_Tensor_Scalar(self, exponent: exponent)
  }
  /// Raises each element to the power of its counterpart.
  public func power(_ exponent: Tensor) -> Tensor {
    ATen.pow_Tensor_Tensor(self, exponent: exponent)
  }
  /// 1/x.
  public func reciprocal() -> Tensor { ATen.reciprocal(self) }
  /// The larger of each pair.
  public func maximum(_ other: Tensor) -> Tensor { ATen.maximum(self, other: other) }
  /// The smaller of each pair.
  public func minimum(_ other: Tensor) -> Tensor { ATen.minimum(self, other: other) }
  /// Bounds each element; a nil bound is no bound.
  public func clamped(minimum: Scalar? = nil, maximum: Scalar? = nil) -> Tensor {
    ATen.clamp(self, min: minimum, max: maximum)
  }
}

extension Tensor {
  /// Where elements are equal, as `bool`.
  public func isEqual(to other: Tensor) -> Tensor { ATen.eq_Tensor(self, other: other) }
  /// Where elements equal a number, as `bool`.
  public func isEqual(to other: Scalar) -> Tensor { ATen.eq_Scalar(self, other: other) }
  /// Where elements are smaller, as `bool`.
  public static func .< (left: Tensor, right: Tensor) -> Tensor {
    ATen.lt_Tensor(left, other: right)
  }
  /// Where elements are smaller than a number, as `bool`.
  public static func .< (left: Tensor, right: Scalar) -> Tensor {
    ATen.lt_Scalar(left, other: right)
  }
  /// Where elements are larger, as `bool`.
  public static func .> (left: Tensor, right: Tensor) -> Tensor {
    ATen.gt_Tensor(left, other: right)
  }
  /// Where elements are larger than a number, as `bool`.
  public static func .> (left: Tensor, right: Scalar) -> Tensor {
    ATen.gt_Scalar(left, other: right)
  }
  /// Where elements are at most a number, as `bool`.
  public static func .<= (left: Tensor, right: Scalar) -> Tensor {
    ATen.le_Scalar(left, other: right)
  }
  /// Where elements are at least a number, as `bool`.
  public static func .>= (left: Tensor, right: Scalar) -> Tensor {
    ATen.ge_Scalar(left, other: right)
  }
  /// Takes this tensor's element where the condition holds and the other's elsewhere.
  public func `where`(_ condition: Tensor, otherwise other: Tensor) -> Tensor {
    ATen.where_self(condition, input: self, other: other)
  }
  /// Whether shapes and all elements are equal.
  ///
  /// Waits for the device.
  public func isIdentical(to other: Tensor) -> Bool { ATen.equal(self, other: other) }
  /// Whether all elements are within `relative` times the other's size plus `absolute`.
  ///
  /// Waits for the device.
  public func isClose(to other: Tensor, relative: Double = 1e-5, absolute: Double = 1e-8) -> Bool {
    ATen.allclose(self, other: other, rtol: relative, atol: absolute)
  }
  /// Whether every element is a finite number.
  ///
  /// Waits for the device.
  public var isFinite: Bool { ATen.all(ATen.isfinite(self)).item() != 0 }
}
