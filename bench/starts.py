"""Start the program of two processes again and again, in processes that have imported torch, and say how often it went through.

`python -m bench.starts` forks a process a start; each starts its own second process. One that takes longer than `--limit`
seconds hangs: it is killed with all that it started, and told.
"""

import argparse
import os
import runpy
import signal
import sys
import time
from pathlib import Path

FILE = Path(__file__).parent.parent / "snippets" / "batch_size" / "two_processes.py"


def start(limit: float) -> tuple[str, float]:
    """Return how one start ended ("through", "failed", "hung"), and the seconds it took."""
    begun, pid = time.monotonic(), os.fork()
    if pid == 0:
        code = 1
        try:
            os.setsid()
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            code = 0 if runpy.run_path(str(FILE))["two"].isfinite().all() else 2
        finally:
            os._exit(code)
    while time.monotonic() - begun < limit:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return "through" if status == 0 else "failed", time.monotonic() - begun
        time.sleep(0.01)
    os.killpg(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return "hung", limit


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--starts", type=int, default=30)
    parser.add_argument("--limit", type=float, default=60, help="seconds that a start may take")
    options = parser.parse_args()
    import torch
    import torch.distributed
    import torch.nn.parallel

    torch.optim.SGD([torch.zeros(1)], lr=1)  # the first optimizer imports a compiler, for seconds
    ends = [start(options.limit) for _ in range(options.starts)]
    through = [seconds for end, seconds in ends if end == "through"]
    print(f"{len(through)} of {len(ends)} went through, the slowest in {max(through, default=0):.1f} s")
    sys.exit(len(through) < len(ends))


if __name__ == "__main__":
    main()
