"""When will the next usage tier open? Project an account day by day.

>>> import tierlogic as tl
>>> projection = tl.project(tl.Scenario(...))
>>> projection.unlock("Tier 4").on, projection.unlock("Tier 4").why
"""

from tierlogic.engine.walk import PlanTooLargeError
from tierlogic.events import Event
from tierlogic.evidence_reports import ReportError
from tierlogic.evidence_verdicts import Evidence, evidence
from tierlogic.fleet.columns import FrameError
from tierlogic.fleet.frame import project_frame
from tierlogic.language import language_for, speaking
from tierlogic.links import LinkError
from tierlogic.prices import Price
from tierlogic.projection import Projection, Unlock, project, project_many
from tierlogic.questions.compare import CompareError, Comparison, compare
from tierlogic.questions.date_map import date_map
from tierlogic.questions.goal import Goal, GoalError
from tierlogic.questions.ranges import ranges
from tierlogic.questions.ranges_drawn import Ranges
from tierlogic.questions.sensitivity import sensitivity
from tierlogic.questions.target import Target, target
from tierlogic.rules.catalog import RulesError, ladders, limits, load_ladder, load_limits
from tierlogic.scenario import (
    AutoRecharge,
    Noise,
    PastDay,
    Problem,
    Purchase,
    Scenario,
    UsageLine,
    problems,
)

__all__ = [
    "AutoRecharge",
    "CompareError",
    "Comparison",
    "Event",
    "Evidence",
    "FrameError",
    "Goal",
    "GoalError",
    "LinkError",
    "Noise",
    "PastDay",
    "PlanTooLargeError",
    "Price",
    "Problem",
    "Projection",
    "Purchase",
    "Ranges",
    "ReportError",
    "RulesError",
    "Scenario",
    "Target",
    "Unlock",
    "UsageLine",
    "compare",
    "date_map",
    "evidence",
    "ladders",
    "language_for",
    "limits",
    "load_ladder",
    "load_limits",
    "problems",
    "project",
    "project_frame",
    "project_many",
    "ranges",
    "sensitivity",
    "speaking",
    "target",
]
