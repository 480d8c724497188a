"""Opening the models of a plan: arms that are called alike share one."""

import json

from bot.domain.experiments.plan import ModelSpec, Plan
from bot.llm.text import TextAccess, TextProvider, open_text_provider
from bot.services.runs.values import Providers


def open_providers(plan: Plan, access: TextAccess) -> Providers:
    """The model of each arm, and of each case that names one of its own. Arms that are refused have none.

    Raises:
        SettingsError: no such provider, no key, an address not allowed: every cell of it would fail the same.
    """
    opened: dict[str, TextProvider] = {}

    def model(spec: ModelSpec) -> TextProvider:
        alike = json.dumps([spec.id, spec.config], sort_keys=True, default=str)
        if alike not in opened:
            opened[alike] = open_text_provider(spec.id, spec.config, access)
        return opened[alike]

    by_arm = {planned.arm.id: model(planned.model) for planned in plan.arms if not planned.refused}
    own = {case.id: case.options["model"] for case in plan.cases if case.options.get("model")}
    return Providers(by_arm, {case: model(spec) for case, spec in own.items()})
