import Foundation
import HoneCommands
import HoneEngine

exit(await CommandLineTool.run(in: .process(engine: LibtorchEngine())))
