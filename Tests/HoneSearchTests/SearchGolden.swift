import Foundation
import HoneRecords

@testable import HoneSearch

/// Reference figures: `optuna.json` was computed with Optuna 5.0.0 and cmaes 0.13.1, `models.json` and
/// `pruners.json` come from `Tools/golden/search.py`.
enum SearchGolden {
  static func data(_ name: String) throws -> Data {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")
    return try Data(contentsOf: folder.appending(path: name))
  }

  static func optuna() throws -> Optuna {
    try JSONDecoder().decode(Optuna.self, from: data("optuna.json"))
  }

  static func models() throws -> Models {
    try JSONDecoder().decode(Models.self, from: data("models.json"))
  }

  static func pruners() throws -> Pruners {
    try JSONDecoder().decode(Pruners.self, from: data("pruners.json"))
  }

  struct Optuna: Decodable {
    struct Parzen: Decodable {
      struct Kernels: Decodable {
        let mu: [Double]?
        let sigma: [Double]?
        let probs: [[Double]]?
      }
      let obs: [String: [Double]]
      let space: [String: String]
      let x: [String: [Double]]
      let logPDF: [Double]
      let mixtureWeights: [Double]
      let kernels: [String: Kernels]
      enum CodingKeys: String, CodingKey {
        case obs, space, x, kernels
        case logPDF = "log_pdf"
        case mixtureWeights = "mixture_weights"
      }
    }
    struct Hyperband: Decodable {
      let brackets: Int
      let budgets: [Int]
      let bracketOfTrial: [Int]
      enum CodingKeys: String, CodingKey {
        case budgets
        case brackets = "n_brackets"
        case bracketOfTrial = "bracket_of_trial_0_19_study_name_s"
      }
    }
    struct CMA: Decodable {
      let popsize: Int
      let mu: Int
      let muEff: Double
      let cc: Double
      let c1: Double
      let cmu: Double
      let cSigma: Double
      let dSigma: Double
      let chiN: Double
      let weights: [Double]
      enum CodingKeys: String, CodingKey {
        case popsize, mu, cc, c1, cmu, weights
        case muEff = "mu_eff"
        case cSigma = "c_sigma"
        case dSigma = "d_sigma"
        case chiN = "chi_n"
      }
    }
    struct Solution: Decodable {
      let point: [Double]
      let value: Double
      init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        point = try list.decode([Double].self)
        value = try list.decode(Double.self)
      }
    }
    struct Tell: Decodable {
      let solutions: [Solution]
      let mean: [Double]
      let sigma: Double
      let covariance: [[Double]]
      let sizePath: [Double]
      let path: [Double]
      enum CodingKeys: String, CodingKey {
        case solutions, mean, sigma
        case covariance = "C"
        case sizePath = "p_sigma"
        case path = "p_c"
      }
    }
    struct Wilcoxon: Decodable {
      let diff: [Double]
      let p: Double
    }
    struct Importance: Decodable {
      let raw: [String: Double]
      let normalized: [String: Double]
      let fanova: [String: Double]
      enum CodingKeys: String, CodingKey {
        case raw = "ped_anova_raw"
        case normalized = "ped_anova_normalised"
        case fanova = "fanova_seed0"
      }
    }
    struct Analytic: Decodable {
      let x: [Double]
      let f: Double
    }
    let gamma: [String: Int]
    let weights30: [Double]
    let weights27: [Double]
    let parzen: [Parzen]
    let hyperband: [String: Hyperband]
    let cma: [String: CMA]
    let tell: Tell
    let wilcoxon: Wilcoxon
    let importance: Importance
    let analytic: [String: Analytic]
    enum CodingKeys: String, CodingKey {
      case gamma, parzen, hyperband, cma, wilcoxon, importance, analytic
      case weights30 = "weights_n30"
      case weights27 = "weights_n27"
      case tell = "cma_tell"
    }
  }

  struct Models: Decodable {
    struct Sobol: Decodable {
      let dimension: Int
      let points: [[Double]]
    }
    struct Process: Decodable {
      let points, queries: [[Double]]
      let values, inverseSquares, mean, posteriorVariance: [Double]
      let variance, noise, logLikelihood: Double
    }
    struct Improvement: Decodable { let z, value: Double }
    let sobol: Sobol
    let process: Process
    let improvement: [Improvement]
  }

  struct Pruners: Decodable {
    struct Stream: Decodable {
      let pruner: String
      let direction: ObjectiveDirection
      let steps: Int
      let events: [[Double]]
    }
    let streams: [Stream]
  }
}

/// Whether two numbers agree to a relative tolerance, or an absolute one near zero.
func agrees(_ first: Double, _ second: Double, within tolerance: Double = 1e-9) -> Bool {
  abs(first - second) <= tolerance * max(1, abs(first), abs(second))
}
