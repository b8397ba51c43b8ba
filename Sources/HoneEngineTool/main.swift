import Foundation
import HoneCommands
import HoneEngine
import HoneTensor

// Training frees and takes the same blocks at every step: see the function for what it saves.
Torch.keepFreedMemory()
exit(await CommandLineTool.run(in: .process(engine: LibtorchEngine())))
