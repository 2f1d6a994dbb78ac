"""python -m tierlogic, and the tierlogic command."""

import sys

from tierlogic.shell import main

if __name__ == "__main__":
    sys.exit(main())
