import HoneConfiguration
import HoneNN
import HoneTensor

extension LayerSpecification.Reshaping {
  var made: any Layer<Tensor, Tensor> {
    switch self {
    case .flatten: Flatten()
    case .identity: Identity()
    }
  }
}
