"""Writes the reference figures of HoneNumericsTests: SciPy's statistics, hashlib's digests, Philox.

Run from the repository's root, with numpy and scipy installed:

    python Tools/golden/numerics.py
"""

import hashlib
import json
import pathlib

import numpy as np
import scipy
from scipy import special, stats

OUTPUT = pathlib.Path("Tests/HoneNumericsTests/Golden/numerics.json")


def words(values):
    return [int(value) for value in values]


def philox4x32(counter, key, rounds=10):
    """Philox written from the paper (Salmon et al., SC 2011), independent of the Swift code."""
    counter, key = list(counter), list(key)
    for _ in range(rounds):
        first, second = 0xD2511F53 * counter[0], 0xCD9E8D57 * counter[2]
        counter = [
            (second >> 32) ^ counter[1] ^ key[0], second & 0xFFFFFFFF,
            (first >> 32) ^ counter[3] ^ key[1], first & 0xFFFFFFFF,
        ]
        key = [(key[0] + 0x9E3779B9) & 0xFFFFFFFF, (key[1] + 0xBB67AE85) & 0xFFFFFFFF]
    return counter


# The lines `philox4x32 10` of the file kat_vectors that comes with Random123 1.14.
KNOWN_ANSWERS = [
    ([0, 0, 0, 0], [0, 0], [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]),
    ([0xFFFFFFFF] * 4, [0xFFFFFFFF] * 2, [0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD]),
    ([0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344], [0xA4093822, 0x299F31D0],
     [0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1]),
]


def philox(generator):
    for counter, key, output in KNOWN_ANSWERS:
        assert philox4x32(counter, key) == output
    cases = [list(case) for case in KNOWN_ANSWERS]
    for _ in range(10):
        counter = words(generator.integers(0, 2**32, 4))
        key = words(generator.integers(0, 2**32, 2))
        cases.append([counter, key, philox4x32(counter, key)])
    return [{"counter": c, "key": k, "output": o} for c, k, o in cases]


def mixed(value):
    """SplitMix64's finaliser after one step."""
    z = (value + 0x9E3779B97F4A7C15) % 2**64
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB % 2**64
    return z ^ (z >> 31)


def streams():
    """The key of a path and the words of its blocks, as RandomStream's documentation tells them."""
    cases = []
    for seed, purpose, indices in [
        (0, "order", [1]), (7, "augment", [3, 250]), (2**64 - 1, "", []), (1, "split", [-2])]:
        key = mixed(seed ^ 0x486F6E6553656564)
        for byte in purpose.encode():
            key = mixed(key ^ byte)
        for index in indices:
            key = mixed((key + 0x9E3779B97F4A7C15) % 2**64 ^ index % 2**64)
        output = []
        for block in range(4):
            a, b, c, d = philox4x32([block, 0, 0, 0], [key & 0xFFFFFFFF, key >> 32])
            output += [a | b << 32, c | d << 32]
        cases.append({"seed": seed, "purpose": purpose, "indices": indices, "words": output})
    return cases


def descriptive(generator):
    cases = []
    for values in [
        generator.normal(3, 2, 17), generator.normal(1e9, 1e-3, 50), np.array([1.0, 2.0]),
        np.array([5.0]), generator.integers(0, 4, 30).astype(float), np.array([1e16, 1, -1e16]),
    ]:
        values = np.asarray(values)
        one = len(values) == 1
        cases.append({
            "values": values.tolist(),
            "mean": float(np.float64(sum(map(scipy_fraction, values)) / len(values))),
            "variance": None if one else exact_variance(values),
            "median": float(np.median(values)),
            "quantiles": [
                {"fraction": f, "value": float(np.quantile(values, f))}
                for f in [0, 0.025, 0.1, 1 / 3, 0.5, 0.75, 0.99, 1]
            ],
            "medianAbsoluteDeviation": float(
                stats.median_abs_deviation(values, scale="normal")),
        })
    return cases


def scipy_fraction(value):
    from fractions import Fraction

    return Fraction(float(value))


def exact_variance(values):
    exact = [scipy_fraction(value) for value in values]
    mean = sum(exact) / len(exact)
    return float(sum((value - mean) ** 2 for value in exact) / (len(exact) - 1))


def distributions():
    result = {"normal": [], "student": [], "chiSquare": [], "binomial": [], "logGamma": []}
    probabilities = [1e-12, 1e-6, 0.001, 0.025, 0.1, 0.3, 0.5, 0.7, 0.975, 0.999]
    for x in [-37, -20, -8, -3, -1.96, -0.5, 0, 0.3, 1, 2.5, 6]:
        result["normal"].append({"x": x, "cumulative": float(stats.norm.cdf(x))})
    for p in probabilities:
        result["normal"].append({"p": p, "quantile": float(stats.norm.ppf(p))})
    for df in [0.5, 1, 2, 3.7, 4, 10, 30, 200, 12345.6]:
        for x in [-50, -4, -1, -0.01, 0, 0.5, 2, 7]:
            result["student"].append({"df": df, "x": x, "cumulative": float(stats.t.cdf(x, df))})
        for p in probabilities[1:]:
            result["student"].append({"df": df, "p": p, "quantile": float(stats.t.ppf(p, df))})
    for df in [1, 2, 5.5, 63, 255, 1000]:
        for ratio in [0.01, 0.5, 0.9, 1, 1.1, 1.5, 3]:
            x = ratio * df
            result["chiSquare"].append({
                "df": df, "x": x, "cumulative": float(stats.chi2.cdf(x, df)),
                "upperTail": float(stats.chi2.sf(x, df))})
        for p in [0.001, 0.05, 0.5, 0.95, 0.999]:
            result["chiSquare"].append(
                {"df": df, "p": p, "quantile": float(stats.chi2.ppf(p, df))})
    for trials, p in [(1, 0.3), (10, 0.5), (40, 0.01), (1000, 0.5), (7, 0), (7, 1)]:
        for k in sorted({-1, 0, 1, trials // 3, trials // 2, trials - 1, trials}):
            result["binomial"].append({
                "trials": trials, "p": p, "successes": k,
                "cumulative": float(stats.binom.cdf(k, trials, p))})
    for x in [1e-5, 0.1, 0.5, 1, 1.5, 2, 3.3, 10, 14.99, 15, 100, 12345.678]:
        result["logGamma"].append({"x": x, "value": float(special.gammaln(x))})
    return result


def trends(generator):
    cases = []
    steps = np.arange(20.0)
    noisy = 3 - 0.05 * steps + generator.normal(0, 0.2, 20)
    outliers = noisy.copy()
    outliers[[3, 9, 15]] += 10
    for x, y, level in [
        (steps, noisy, 0.95), (steps, outliers, 0.95), (steps, np.round(noisy, 1), 0.9),
        (generator.normal(0, 1, 12), generator.normal(0, 1, 12), 0.99),
        (np.array([0.0, 0, 1, 1, 2, 5]), np.array([1.0, 2, 2, 3, 3, 9]), 0.95),
        (np.arange(2.0), np.array([1.0, 4.0]), 0.95), (steps, np.ones(20), 0.95),
    ]:
        slope, intercept, lower, upper = stats.theilslopes(y, x, alpha=level)
        case = {
            "x": x.tolist(), "y": y.tolist(), "level": level, "slope": float(slope),
            "intercept": float(intercept), "lower": float(lower), "upper": float(upper)}
        if len(x) > 2 and np.ptp(y) > 0:
            line = stats.linregress(x, y)
            case["line"] = {
                "slope": line.slope, "intercept": line.intercept, "slopeError": line.stderr,
                "pValue": line.pvalue}
        cases.append(case)
    return cases


def proportions():
    cases = []
    for successes, trials in [(0, 10), (1, 10), (5, 10), (10, 10), (342, 360), (0, 1), (9996, 10000)]:
        for level in [0.9, 0.95, 0.999]:
            interval = stats.binomtest(successes, trials).proportion_ci(level, "wilson")
            cases.append({
                "successes": successes, "trials": trials, "level": level,
                "lower": float(interval.low), "upper": float(interval.high)})
    return cases


def comparisons(generator):
    pairs = [(0, 0), (1, 0), (3, 9), (25, 40), (200, 260)]
    holm = []
    for values in [[0.01, 0.04, 0.03, 0.005], [0.5], [0.2, 0.2, 0.9], generator.random(8).tolist()]:
        order = np.argsort(values)
        adjusted = np.empty(len(values))
        running = 0
        for rank, index in enumerate(order):
            running = max(running, min(1, values[index] * (len(values) - rank)))
            adjusted[index] = running
        holm.append({"values": values, "adjusted": adjusted.tolist()})
    return {
        "mcNemar": [
            {"onlyFirst": a, "onlySecond": b,
             "pValue": float(stats.binomtest(a, a + b).pvalue) if a + b else 1.0}
            for a, b in pairs],
        "holm": holm,
    }


def gains(generator):
    """Mean, standard error and 95 % interval of bootstraps that NumPy draws, far more resamples than
    the tests draw, so that the tests' own noise is what tolerances must cover."""
    cases = []
    for seeds, samples, seed_scale, sample_scale in [(5, 60, 0.02, 0.3), (1, 80, 0, 0.4), (8, 30, 0.1, 0.02)]:
        baseline = generator.normal(0, 1, (seeds, samples))
        shared = generator.normal(0.05, sample_scale, (1, samples))
        changed = (baseline + shared + generator.normal(0, seed_scale, (seeds, 1))
                   + generator.normal(0, 0.1, (seeds, samples)))
        differences = changed - baseline
        by_seed = generator.multinomial(seeds, [1 / seeds] * seeds, 400_000) / seeds
        by_sample = generator.multinomial(samples, [1 / samples] * samples, 400_000) / samples
        means = ((by_sample @ differences.T) * by_seed).sum(1)
        cases.append({
            "baseline": baseline.tolist(), "changed": changed.tolist(),
            "mean": float(differences.mean()), "standardError": float(means.std(ddof=1)),
            "percentiles": np.quantile(means, [0.025, 0.975]).tolist()})
    return cases


def digests(generator):
    cases = []
    for length in [0, 1, 3, 55, 56, 57, 63, 64, 65, 119, 120, 128, 1000]:
        data = bytes(words(generator.integers(0, 256, length)))
        cases.append({"bytes": list(data), "hex": hashlib.sha256(data).hexdigest()})
    return cases


def halves(generator):
    bits = words(generator.integers(0, 2**32, 300))
    bits += [0, 0x80000000, 0x7F800000, 0xFF800000, 1, 0x477FE000, 0x477FF000, 0x33000000,
             0x33000001, 0x3F808000, 0x3F818000, 0x7F7FFFFF, 0x38800000, 0x387FFFFF]
    floats = np.array(bits, dtype=np.uint32).view(np.float32)
    keep = ~np.isnan(floats)
    floats = floats[keep]
    with np.errstate(over="ignore"):
        half = floats.astype(np.float16)
    exact = floats.view(np.uint32).astype(np.uint64)
    brain = ((exact + 0x7FFF + ((exact >> 16) & 1)) >> 16).astype(np.uint16)
    return {
        "bits": words(floats.view(np.uint32)), "float16": words(half.view(np.uint16)),
        "float16Values": words(half.astype(np.float32).view(np.uint32)),
        "bfloat16": words(brain)}


def main():
    generator = np.random.Generator(np.random.PCG64(20261121))
    figures = {
        "source": f"numpy {np.__version__}, scipy {scipy.__version__}",
        "philox": philox(generator), "streams": streams(), "descriptive": descriptive(generator),
        "distributions": distributions(), "trends": trends(generator),
        "proportions": proportions(), "comparisons": comparisons(generator),
        "gains": gains(generator), "digests": digests(generator), "halves": halves(generator),
    }
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    OUTPUT.write_text(json.dumps(figures, indent=None, separators=(",", ":")) + "\n")


main()
