"""Auto Scaling: what AWS refuses, and what goes on in a group while nobody calls."""

from moto.autoscaling import models, responses
from moto.autoscaling.exceptions import ValidationError
from moto.ec2.responses.instances import InstanceResponse
from moto.elbv2 import elbv2_backends

from moto_background import Course
from moto_balancing import key_of

Group, Backend = models.FakeAutoScalingGroup, models.AutoScalingBackend
Responses = responses.AutoScalingResponse
IN_GROUP = ("InService", "EnteringStandby", "Standby")


def member(group, instance_id):
    found = next((it for it in group.instance_states if it.instance_id == instance_id), None)
    if found is None:
        raise ValidationError(f"The instance {instance_id} is not part of Auto Scaling group {group.name}.")
    found.lifecycle_state = found.course.now() if found.course else found.lifecycle_state
    return found


def group_of(backend, name):
    if name not in backend.autoscaling_groups:
        raise ValidationError("AutoScalingGroup name not found - null")
    return backend.autoscaling_groups[name]


def sizes(group, what: str, count: int) -> ValidationError:
    now = f"min-size={group.min_size}, max-size={group.max_size}, and desired-size={group.desired_capacity}"
    many = f"{count} instance{'s' if count > 1 else ''}"
    ask = "please update the AutoScalingGroup sizes appropriately."
    return ValidationError(f"AutoScalingGroup {group.name} has {now}. To {what} {many}, {ask}")


def suspended(group, process: str) -> bool:
    return process in [it["ProcessName"] for it in group.suspended_processes]


def move(state, *course) -> None:
    state.lifecycle_state, state.course = course[0], Course(*course)


def standby_keeps_the_rules() -> None:
    """moto puts any member on standby, below the smallest size, and back above the largest."""

    def enter(self, group_name, instance_ids, should_decrement):
        group = group_of(self, group_name)
        states = [member(group, it) for it in instance_ids]
        for state in states:
            if state.lifecycle_state != "InService":
                raise ValidationError(f"The instance {state.instance_id} is not in InService.")
        if should_decrement and group.desired_capacity - len(states) < group.min_size:
            raise sizes(group, "place into standby", len(states))
        activities = []
        for state in states:
            before = group.desired_capacity
            group.desired_capacity -= 1 if should_decrement else 0
            move(state, "EnteringStandby", "Standby")
            activities.append(models.EnterStandbyActivity(state.instance, before))
        leave_targets(group, [it.instance_id for it in states])
        group.set_desired_capacity(group.desired_capacity)
        return activities

    def leave(self, group_name, instance_ids):
        group = group_of(self, group_name)
        states = [member(group, it) for it in instance_ids]
        for state in states:
            if state.lifecycle_state != "Standby":
                raise ValidationError(f"The instance {state.instance_id} is not in Standby.")
        if group.desired_capacity + len(states) > group.max_size:
            raise sizes(group, "exit standby for", len(states))
        activities = []
        for state in states:
            before = group.desired_capacity
            group.desired_capacity += 1
            move(state, "Pending", "InService")
            activities.append(models.ExitStandbyActivity(state.instance, before))
        group.set_desired_capacity(group.desired_capacity)
        return activities

    Backend.enter_standby_instances, Backend.exit_standby_instances = enter, leave


def leave_targets(group, instance_ids) -> None:
    """Who is out of service gets no traffic, unless that process is suspended."""
    balancing = elbv2_backends[group.account_id][group.region]
    for arn in group.target_group_arns or []:
        if arn in balancing.target_groups and not suspended(group, "AddToLoadBalancer"):
            balancing.target_groups[arn].deregister([{"Id": it} for it in instance_ids])


def states_move_in_the_background() -> None:
    """moto changes states at once, counts who is on standby as what it may end, and gives them traffic."""
    scale = Group.set_desired_capacity
    one_by_one, by_group = Responses.describe_auto_scaling_instances, Responses.describe_auto_scaling_groups

    def is_active(state):
        return state.lifecycle_state in ("InService", "Pending")

    def active_instances(self):
        return [it for it in self.instance_states if is_active(it)]

    def scale_active(self, new_capacity):
        aside = [it for it in self.instance_states if not is_active(it)]
        self.instance_states = active_instances(self)
        try:
            scale(self, new_capacity)
        finally:
            self.instance_states = aside + self.instance_states

    def launch(self, count_needed, propagated_tags):
        if not suspended(self, "Launch"):
            start(self, count_needed, propagated_tags)

    def update_targets(self, group_name):
        group = self.autoscaling_groups[group_name]
        if suspended(group, "AddToLoadBalancer"):
            return
        for arn in group.target_group_arns or []:
            target_group = self.elbv2_backend.target_groups.get(arn)
            active = [{"Id": it.instance_id} for it in active_instances(group)]
            if target_group:
                there = target_group.targets
                target_group.register([it for it in active if key_of(target_group, it) not in there])

    def look(backend):
        for group in backend.autoscaling_groups.values():
            for state in group.instance_states:
                state.lifecycle_state = state.course.look() if state.course else state.lifecycle_state

    def describe_instances(self):
        look(self.autoscaling_backend)
        return one_by_one(self)

    def describe_groups(self):
        look(self.autoscaling_backend)
        return by_group(self)

    start = Group.replace_autoscaling_group_instances
    models.InstanceState.course = None
    Group.active_instances, Group.set_desired_capacity = active_instances, scale_active
    Group.replace_autoscaling_group_instances = launch
    Backend.update_attached_target_groups = update_targets
    Responses.describe_auto_scaling_instances = describe_instances
    Responses.describe_auto_scaling_groups = describe_groups


def members_are_protected_and_detached() -> None:
    """moto protects nobody, in silence, where an instance is no member; who is detached keeps its traffic."""
    protect, detach = Backend.set_instance_protection, Backend.detach_instances

    def protect_members(self, group_name, instance_ids, protected):
        for state in [member(group_of(self, group_name), it) for it in instance_ids]:
            if state.lifecycle_state not in IN_GROUP:
                words = f"The instance {state.instance_id} is not in InService or EnteringStandby or Standby."
                raise ValidationError(words)
        protect(self, group_name, instance_ids, protected)

    def detach_members(self, group_name, instance_ids, should_decrement):
        group = group_of(self, group_name)
        states = [member(group, it) for it in instance_ids]
        for state in states:
            if state.lifecycle_state not in ("InService", "Standby"):
                raise ValidationError(f"The instance {state.instance_id} is not in InService or Standby.")
        active = len([it for it in states if it.lifecycle_state == "InService"])
        if should_decrement and group.desired_capacity - active < group.min_size:
            raise sizes(group, "detach", active)
        leave_targets(group, instance_ids)
        return detach(self, group_name, instance_ids, should_decrement)

    Backend.set_instance_protection, Backend.detach_instances = protect_members, detach_members


def unhealthy_members_are_replaced() -> None:
    """moto never looks at its members. On AWS one that is stopped, or that a load balancer cannot reach
    where the group asks it, is ended and replaced: termination protection does not help, standby does."""

    def reached(group, instance):
        groups = instance.nics[0].group_set if 0 in instance.nics else []
        return group.health_check_type != "ELB" or any(it.ingress_rules for it in groups)

    def check(backend):
        for group in backend.autoscaling_groups.values():
            if any(suspended(group, it) for it in ("HealthCheck", "ReplaceUnhealthy", "Terminate")):
                continue
            for state in [it for it in group.instance_states if it.lifecycle_state == "InService"]:
                if state.instance.state != "running" or not reached(group, state.instance):
                    replace(group, state)

    def replace(group, state):
        group.instance_states.remove(state)
        leave_targets(group, [state.instance_id])
        if state.instance.state != "terminated":
            state.instance.terminate()
        group.set_desired_capacity(group.desired_capacity)

    call, describe = Responses.call_action, InstanceResponse.describe_instances

    def call_after_check(self):
        check(self.autoscaling_backend)
        return call(self)

    def describe_after_check(self):
        check(models.autoscaling_backends[self.current_account][self.region])
        return describe(self)

    Responses.call_action = call_after_check
    InstanceResponse.describe_instances = describe_after_check


repairs = (
    standby_keeps_the_rules,
    states_move_in_the_background,
    members_are_protected_and_detached,
    unhealthy_members_are_replaced,
)
