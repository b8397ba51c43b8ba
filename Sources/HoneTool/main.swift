import Foundation
import HoneCommands

exit(await CommandLineTool.run(in: .process(engine: nil)))
