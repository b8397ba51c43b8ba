import HoneConfiguration
import HoneNN
import HoneTensor

extension LayerSpecification.Noise {
  var made: any Layer<Tensor, Tensor> {
    switch self {
    case .dropout(let probability): Dropout(probability: probability)
    }
  }
}
