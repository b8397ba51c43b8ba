"""Writes the reference figures of what tables become features by (scikit-learn).

Run from the repository's root, with numpy and scikit-learn installed:

    python Tools/golden/tables.py
"""

import json
import pathlib

import numpy as np
import sklearn
from sklearn.decomposition import PCA
from sklearn.feature_selection._mutual_info import _compute_mi_cc, _compute_mi_cd
from sklearn.impute import SimpleImputer
from sklearn.linear_model import Lasso, LogisticRegression
from sklearn.metrics import mutual_info_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import QuantileTransformer, RobustScaler, StandardScaler

COLUMNS = pathlib.Path("Tests/HoneDataTests/Fixtures/tables.json")
RELEVANCE = pathlib.Path("Tests/HoneNumericsTests/Golden/relevance.json")


def columns(generator):
    train = np.round(np.exp(generator.normal(size=60)), 3)
    train[5:9] = train[4]
    train[[10, 20, 30]] = np.nan
    new = np.array([-1.0, 0.5, np.nan, train[4], 100.0, float(np.nanmedian(train)), 1.2345])
    scalers = {
        "standard": StandardScaler(), "robust": RobustScaler(),
        "quantile": QuantileTransformer(n_quantiles=60),
        "quantileNormal": QuantileTransformer(n_quantiles=60, output_distribution="normal"),
    }
    cases = []
    for imputation, strategy in [("median", "median"), ("mean", "mean"),
                                 ("mostFrequent", "most_frequent"), ("zero", "constant")]:
        for scaling, scaler in scalers.items():
            imputer = SimpleImputer(strategy=strategy, fill_value=0 if strategy == "constant" else None)
            pipeline = make_pipeline(imputer, scaler).fit(train.reshape(-1, 1))
            if scaling.startswith("quantile"):
                # As many quantiles as values are the values; the percentiles' rounding parts ties.
                filled = imputer.transform(train.reshape(-1, 1))
                pipeline[-1].quantiles_ = np.sort(filled, axis=0)
            cases.append({"imputation": imputation, "scaling": scaling,
                          "values": pipeline.transform(new.reshape(-1, 1)).ravel().tolist()})

    def listed(values):
        return [None if np.isnan(v) else v for v in values.tolist()]

    rows = np.round(generator.normal(size=(40, 5)) @ generator.normal(size=(5, 5)), 4)
    # Single precision, as features are.
    rows = rows.astype(np.float32).astype(float)
    pca = PCA(3, svd_solver="full").fit(rows)
    return {"train": listed(train), "new": listed(new), "cases": cases,
            "rows": rows.tolist(), "projected": pca.transform(rows).tolist(),
            "components": pca.components_.tolist(), "center": pca.mean_.tolist()}


def relevance(generator):
    numbers = np.round(generator.normal(size=120), 6)
    other = np.round(numbers * 0.7 + generator.normal(size=120), 6)
    names = (numbers + 0.5 * generator.normal(size=120) > 0).astype(int) + generator.integers(0, 2, 120)
    twice = generator.integers(0, 3, 120)
    rows = np.round(generator.normal(size=(80, 6)), 4)
    target = rows[:, 1] * 1.5 - rows[:, 4] + 0.3 * generator.normal(size=80)
    target = np.round((target - target.mean()) / target.std(ddof=1), 6)
    positive = target + 0.5 * generator.normal(size=80) > 0
    lasso = [{"strength": a, "weights": Lasso(alpha=a, tol=1e-12, max_iter=100000)
              .fit(rows, target).coef_.tolist()} for a in (0.01, 0.1, 0.4)]
    logistic = []
    for strength in (0.01, 0.05, 0.15):
        model = LogisticRegression(
            l1_ratio=1.0, solver="saga", C=1 / (80 * strength), tol=1e-10, max_iter=200000)
        logistic.append({"strength": strength, "weights": model.fit(rows, positive).coef_[0].tolist()})
    return {
        "numbers": numbers.tolist(), "other": other.tolist(), "names": names.tolist(),
        "twice": twice.tolist(),
        "ofNames": float(mutual_info_score(names, twice + names)),
        "ofNumberAndName": float(_compute_mi_cd(numbers, names, 3)),
        "ofNumbers": float(_compute_mi_cc(numbers / numbers.std(), other / other.std(), 3)),
        "rows": rows.tolist(), "target": target.tolist(), "positive": positive.tolist(),
        "lasso": lasso, "logistic": logistic,
    }


if __name__ == "__main__":
    generator = np.random.default_rng(17)
    versions = {"sklearn": sklearn.__version__}
    COLUMNS.write_text(json.dumps({"versions": versions, **columns(generator)}) + "\n")
    RELEVANCE.write_text(json.dumps({"versions": versions, **relevance(generator)}) + "\n")
