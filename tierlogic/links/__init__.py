"""The link: a scenario as readable query parameters, and back. Published links live for ever.

Every field that affects the result is written, so that no later default, data file or price
changes what a link shows. The first usage line's parameters stand bare (model, tokens), the
second's carry its number (model.2, tokens.2), and so on; every purchase is one `buy`:
its date and amount, then how it repeats: 2026-01-31_25, 2026-01-31_25_month, 2026-01-31_25_week_6.
Every day before the start is one `past`: its date, what was used and what was purchased. Every
fact that is not true of the account is one `lacks`. Rules of one's own are `own_ladder` and
`own_limits`: the file's text, packed; where an address has no room for it, the file's mark. A
comparison of several scenarios is the link of the first, and behind it what differs in the others
(see `lettered`). What else is asked of a plan, a goal or ranges, stands beside it (see `asked`).
"""

from tierlogic.links.asked import NOTHING_ASKED, Asked
from tierlogic.links.names import FORMAT, PLAN_FILE, Query
from tierlogic.links.packing import is_mark, mark, pack
from tierlogic.links.problems import LinkError, LinkProblem
from tierlogic.links.reading import (
    OpenedLink,
    compared_from_query,
    from_query,
    open_link,
    parameters_of,
)
from tierlogic.links.writing import (
    MAX_ADDRESS,
    as_query,
    compared_to_query,
    to_parameters,
    to_query,
    within_an_address,
)

__all__ = [
    "FORMAT",
    "MAX_ADDRESS",
    "NOTHING_ASKED",
    "PLAN_FILE",
    "Asked",
    "LinkError",
    "LinkProblem",
    "OpenedLink",
    "Query",
    "as_query",
    "compared_from_query",
    "compared_to_query",
    "from_query",
    "is_mark",
    "mark",
    "open_link",
    "pack",
    "parameters_of",
    "to_parameters",
    "to_query",
    "within_an_address",
]
