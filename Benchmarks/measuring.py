"""What the peers' scripts have in common; imports nothing heavy, so that each measures its own framework."""

import time


def clocks():
    return time.perf_counter(), time.process_time()


def passed(start, count):
    return {
        name: (end - begin) / count
        for name, begin, end in zip(("seconds", "processorSeconds"), start, clocks())}


def peak_memory():
    with open("/proc/self/status") as status:
        for line in status:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return None
