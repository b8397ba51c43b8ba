public import HoneRecords

/// A change made to training samples at random.
public typealias AugmentationSpecification = Augmentation
