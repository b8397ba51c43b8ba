// One import for everything that trains, diagnoses and improves models.
@_exported public import HoneAssembly
@_exported public import HoneConfiguration
@_exported public import HoneData
@_exported public import HoneDiagnosis
@_exported public import HoneImprove
@_exported public import HoneMetrics
@_exported public import HoneModels
@_exported public import HoneNN
@_exported public import HoneNumerics
@_exported public import HoneOptim
@_exported public import HoneRecords
@_exported public import HoneReport
@_exported public import HoneSearch
@_exported public import HoneStore
@_exported public import HoneTensor
@_exported public import HoneText
@_exported public import HoneTrain
