"""Writes the reference figures of HoneMetricsTests with scikit-learn.

Run from the repository's root, with numpy, scipy and scikit-learn installed:

    python Tools/golden/metrics.py
"""

import json
import pathlib
import warnings

import numpy as np
import sklearn
from scipy import stats
from sklearn import metrics

OUTPUT = pathlib.Path("Tests/HoneMetricsTests/Golden/metrics.json")


def calibration_error(confidence, correct, bins=15):
    edges = np.linspace(0, 1, bins + 1)
    total = 0.0
    for low, high in zip(edges[:-1], edges[1:]):
        inside = (confidence > low) & (confidence <= high)
        if inside.any():
            total += inside.mean() * abs(correct[inside].mean() - confidence[inside].mean())
    return float(total)


def specificity(labels, predicted):
    """The recall of each occurring class's absence."""
    present = np.union1d(labels, predicted)
    return np.array([
        metrics.recall_score(labels != index, predicted != index, zero_division=0)
        for index in present])


def pr_area(labels, scores):
    precision, recall, _ = metrics.precision_recall_curve(labels, scores)
    return metrics.auc(recall, precision)


def classification(labels, probabilities):
    """Figures of one classifier; probabilities are float32 values held as float64."""
    samples, classes = probabilities.shape
    every = np.arange(classes)
    predicted = probabilities.argmax(1)
    present = np.unique(labels)
    result = {
        "classes": classes, "labels": labels.tolist(),
        "probabilities": probabilities.ravel().tolist(),
        "confusion": metrics.confusion_matrix(labels, predicted, labels=every).tolist(),
    }
    values = {
        "accuracy": metrics.accuracy_score(labels, predicted),
        "balancedAccuracy": metrics.balanced_accuracy_score(labels, predicted),
        "precisionMacro": metrics.precision_score(labels, predicted, average="macro", zero_division=0),
        "recallMacro": metrics.recall_score(labels, predicted, average="macro", zero_division=0),
        "f1Macro": metrics.f1_score(labels, predicted, average="macro", zero_division=0),
        "f1Micro": metrics.f1_score(labels, predicted, average="micro", zero_division=0),
        "f1Weighted": metrics.f1_score(labels, predicted, average="weighted", zero_division=0),
        "precisionMicro": metrics.precision_score(labels, predicted, average="micro", zero_division=0),
        "precisionWeighted": metrics.precision_score(
            labels, predicted, average="weighted", zero_division=0),
        "recallMicro": metrics.recall_score(labels, predicted, average="micro", zero_division=0),
        "recallWeighted": metrics.recall_score(labels, predicted, average="weighted", zero_division=0),
        "f2Macro": metrics.fbeta_score(labels, predicted, beta=2, average="macro", zero_division=0),
        "fHalfMacro": metrics.fbeta_score(
            labels, predicted, beta=0.5, average="macro", zero_division=0),
        "specificityMacro": specificity(labels, predicted).mean(),
        "matthewsCorrelation": metrics.matthews_corrcoef(labels, predicted),
        "calibrationError": calibration_error(probabilities.max(1), predicted == labels),
    }
    if len(np.union1d(labels, predicted)) > 1:
        values["cohenKappa"] = metrics.cohen_kappa_score(labels, predicted)
        result["kappaLinear"] = float(metrics.cohen_kappa_score(
            labels, predicted, labels=every, weights="linear"))
        result["kappaQuadratic"] = float(metrics.cohen_kappa_score(
            labels, predicted, labels=every, weights="quadratic"))
    if classes == 2:
        values["precision"] = metrics.precision_score(labels, predicted, zero_division=0)
        values["recall"] = metrics.recall_score(labels, predicted, zero_division=0)
        values["f1"] = metrics.f1_score(labels, predicted, zero_division=0)
        values["specificity"] = metrics.recall_score(
            labels, predicted, pos_label=0, zero_division=0)
    considered = [1] if classes == 2 else present
    considered = [index for index in considered if (labels == index).any()]
    if considered:
        values["averagePrecision"] = np.mean([
            metrics.average_precision_score(labels == index, probabilities[:, index])
            for index in considered])
        values["prAUC"] = np.mean([
            pr_area(labels == index, probabilities[:, index]) for index in considered])
    if classes > 1:
        values["perplexity"] = np.exp(metrics.log_loss(labels, probabilities, labels=every))
        values["logLoss"] = metrics.log_loss(labels, probabilities, labels=every)
        values["brierScore"] = metrics.brier_score_loss(
            labels, probabilities, labels=every, scale_by_half="auto")
    if classes > 5:
        values["topFiveAccuracy"] = metrics.top_k_accuracy_score(
            labels, probabilities, k=5, labels=every)
    if classes == 2 and len(present) == 2:
        values["rocAUC"] = metrics.roc_auc_score(labels, probabilities[:, 1])
    elif classes > 2 and len(present) > 1:
        values["rocAUC"] = np.mean([
            metrics.roc_auc_score(labels == index, probabilities[:, index]) for index in present])
        if len(present) == classes:
            ovr = metrics.roc_auc_score(labels, probabilities, multi_class="ovr", average="macro")
            assert abs(ovr - values["rocAUC"]) < 1e-12
    result["metrics"] = {name: float(value) for name, value in values.items()}
    return result


def probabilities(generator, labels, classes, strength):
    logits = generator.normal(0, 1, (len(labels), classes))
    logits[np.arange(len(labels)), labels] += strength
    powers = np.exp(logits)
    return (powers / powers.sum(1, keepdims=True)).astype(np.float32).astype(np.float64)


def classifications(generator):
    cases = []
    for samples, classes, strength in [(60, 10, 2), (50, 3, 1), (40, 2, 1), (30, 6, 0)]:
        labels = generator.integers(0, classes, samples)
        cases.append(classification(labels, probabilities(generator, labels, classes, strength)))
    # Classes that have no samples, some of them predicted and some not.
    labels = generator.integers(0, 3, 25)
    p = probabilities(generator, labels, 7, 1)
    p[:, 5] = 0
    cases.append(classification(labels, p))
    # One class only, by truth and by prediction; two classes of which one has samples.
    ones = np.full(8, 1)
    cases.append(classification(ones, probabilities(generator, ones, 2, 6)))
    cases.append(classification(np.zeros(4, int), np.ones((4, 1))))
    # Sure and wrong, sure and right, undecided; ties in the scores.
    sure = np.array([[1, 0], [0, 1], [0.5, 0.5], [0.25, 0.75], [0.25, 0.75], [1, 0]])
    cases.append(classification(np.array([1, 1, 0, 0, 1, 0]), sure))
    # A classifier that always answers the same.
    constant = np.tile([0.5, 0.25, 0.25], (9, 1))
    cases.append(classification(np.array([0, 1, 2] * 3), constant))
    return cases


def multilabels(generator):
    cases = []
    for samples, classes in [(40, 5), (10, 3), (12, 4)]:
        labels = generator.random((samples, classes)) < 0.4
        if classes == 4:
            labels[:, 1], labels[:, 2] = False, True
        p = np.clip(0.6 * labels + generator.random((samples, classes)) * 0.6 - 0.1, 0, 1)
        p = p.astype(np.float32).astype(np.float64)
        if classes == 4:
            p[:, 1] = 0.125
        predicted = p > 0.5
        clipped = np.clip(np.where(labels, p, 1 - p), np.finfo(float).eps, 1)
        varied = [i for i in range(classes) if 0 < labels[:, i].sum() < samples]
        cases.append({
            "classes": classes, "labels": labels.ravel().tolist(),
            "probabilities": p.ravel().tolist(),
            "metrics": {name: float(value) for name, value in {
                "subsetAccuracy": metrics.accuracy_score(labels, predicted),
                "hammingLoss": metrics.hamming_loss(labels, predicted),
                "precisionMacro": metrics.precision_score(labels, predicted, average="macro", zero_division=0),
                "recallMacro": metrics.recall_score(labels, predicted, average="macro", zero_division=0),
                "f1Macro": metrics.f1_score(labels, predicted, average="macro", zero_division=0),
                "f1Micro": metrics.f1_score(labels, predicted, average="micro", zero_division=0),
                "f1Weighted": metrics.f1_score(labels, predicted, average="weighted", zero_division=0),
                "precisionMicro": metrics.precision_score(labels, predicted, average="micro", zero_division=0),
                "precisionWeighted": metrics.precision_score(
                    labels, predicted, average="weighted", zero_division=0),
                "recallMicro": metrics.recall_score(labels, predicted, average="micro", zero_division=0),
                "recallWeighted": metrics.recall_score(
                    labels, predicted, average="weighted", zero_division=0),
                "f2Macro": metrics.fbeta_score(
                    labels, predicted, beta=2, average="macro", zero_division=0),
                "fHalfMacro": metrics.fbeta_score(
                    labels, predicted, beta=0.5, average="macro", zero_division=0),
                "specificityMacro": np.mean([
                    metrics.recall_score(~labels[:, i], ~predicted[:, i], zero_division=0)
                    for i in range(classes)]),
                "averagePrecision": np.mean([
                    metrics.average_precision_score(labels[:, i], p[:, i])
                    for i in range(classes) if labels[:, i].any()]),
                "prAUC": np.mean([
                    pr_area(labels[:, i], p[:, i]) for i in range(classes) if labels[:, i].any()]),
                "rocAUC": np.mean([metrics.roc_auc_score(labels[:, i], p[:, i]) for i in varied]),
                "logLoss": -np.log(clipped).mean(),
            }.items()}})
    return cases


def regressions(generator):
    cases = []
    constant = np.full((6, 1), 2.5)
    plain = generator.normal(50, 10, (30, 1))
    pair = generator.normal(0, 1, (20, 2))
    tied = generator.integers(0, 4, (25, 1)).astype(float)
    for targets, predictions in [
        (plain, plain + generator.normal(0, 3, plain.shape)),
        (pair, pair * 0.5), (constant, constant), (constant, constant + 1), (plain, -plain),
        (tied, tied + generator.integers(-1, 2, tied.shape)),
    ]:
        targets = targets.astype(np.float32).astype(np.float64)
        predictions = predictions.astype(np.float32).astype(np.float64)
        cases.append({
            "outputs": targets.shape[1], "targets": targets.ravel().tolist(),
            "predictions": predictions.ravel().tolist(),
            "metrics": {
                "meanAbsoluteError": float(metrics.mean_absolute_error(targets, predictions)),
                "meanSquaredError": float(metrics.mean_squared_error(targets, predictions)),
                "rootMeanSquaredError": float(metrics.mean_squared_error(targets, predictions)) ** 0.5,
                "meanAbsolutePercentageError": float(
                    metrics.mean_absolute_percentage_error(targets, predictions)),
                "r2": float(metrics.r2_score(targets, predictions)),
            }})
        if np.ptp(targets, axis=0).all() and np.ptp(predictions, axis=0).all():
            columns = list(zip(targets.T, predictions.T))
            cases[-1]["metrics"]["pearsonCorrelation"] = float(
                np.mean([stats.pearsonr(t, p).statistic for t, p in columns]))
            cases[-1]["metrics"]["spearmanCorrelation"] = float(
                np.mean([stats.spearmanr(t, p).statistic for t, p in columns]))
    return cases


def main():
    warnings.simplefilter("ignore")
    generator = np.random.Generator(np.random.PCG64(20261121))
    figures = {
        "source": f"scikit-learn {sklearn.__version__}",
        "classification": classifications(generator), "multilabel": multilabels(generator),
        "regression": regressions(generator),
    }
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    OUTPUT.write_text(json.dumps(figures, separators=(",", ":")) + "\n")


main()
