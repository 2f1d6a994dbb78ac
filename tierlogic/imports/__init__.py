"""What providers and gateways export, read and offered as a scenario.

>>> from tierlogic import imports
>>> imported = imports.read(["costs.csv", "usage.csv"])
>>> scenario = imported.scenario(base)
>>> imports.deviation(projection, imported).tiers
"""

from tierlogic.imports.deviation import (
    Deviation,
    TierDeviation,
    actual_money,
    deviation,
    ends_within,
    is_of_account,
    is_of_provider,
)
from tierlogic.imports.imported import FileRead, Imported, Payment, Usage
from tierlogic.imports.pace import Estimate, Pace
from tierlogic.imports.reading import read
from tierlogic.imports.records import ImportFileError, Unread

__all__ = [
    "Deviation",
    "Estimate",
    "FileRead",
    "ImportFileError",
    "Imported",
    "Pace",
    "Payment",
    "TierDeviation",
    "Unread",
    "Usage",
    "actual_money",
    "deviation",
    "ends_within",
    "is_of_account",
    "is_of_provider",
    "read",
]
