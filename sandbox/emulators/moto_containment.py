"""All that moto needs to be as strict as AWS where an instance is isolated, in the order in which it builds up."""

import moto_addresses
import moto_agents
import moto_background
import moto_balancing
import moto_commands
import moto_consoles
import moto_documents
import moto_filters
import moto_instances
import moto_network
import moto_policies
import moto_profiles
import moto_scaling
import moto_snapshots

PARTS = (
    moto_background,
    moto_filters,
    moto_network,
    moto_addresses,
    moto_instances,
    moto_consoles,
    moto_profiles,
    moto_snapshots,
    moto_balancing,
    moto_scaling,
    moto_policies,
    moto_agents,
    moto_documents,
    moto_commands,
)


def repair_for_containment() -> None:
    for part in PARTS:
        for repair in part.repairs:
            repair()
