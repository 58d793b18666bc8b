"""Load balancers: targets by port, which come and go in the background."""

from moto.core.responses import ActionResult
from moto.ec2.exceptions import InvalidInstanceIdError
from moto.elb import models as classic
from moto.elb.exceptions import ELBClientError
from moto.elb.responses import ELBResponse
from moto.elbv2 import models

from moto_background import Course

Group = models.FakeTargetGroup
DRAINING = "Target.DeregistrationInProgress"
WORDS = {
    "Target.NotRegistered": "Target is not registered to the target group",
    "Target.NotInUse": "Target group is not configured to receive traffic from the load balancer",
    "Target.InvalidState": "Target is in the stopped state",
    "Target.Timeout": "Request timed out",
    "Elb.RegistrationInProgress": "Target registration is in progress",
    DRAINING: "Target deregistration is in progress",
}


def key_of(group, target):
    return target["Id"], int(target.get("Port") or group.port or 0)


def targets_have_ports() -> None:
    """moto has one port per target, refuses to let go of one that is not there, and never drains."""

    def register(self, targets):
        for target in targets:
            instance = self.ec2_backend.get_instance_by_id(target["Id"])
            if instance and instance.state != "running":
                raise models.TargetNotRunning(instance_id=target["Id"])
        for target in targets:
            key = key_of(self, target)
            self.deregistered_targets.pop(key, None)
            course = Course("initial", "healthy")
            self.targets.setdefault(key, {"Id": key[0], "Port": key[1], "course": course})

    def deregister(self, targets):
        """A target is let go by its port; one that is not there is no error."""
        for target in targets:
            found = self.targets.pop(key_of(self, target), None)
            if found and self.load_balancer_arns:
                self.deregistered_targets[key_of(self, target)] = {**found, "course": Course("draining", None)}

    def deregister_terminated(self, instance_ids):
        deregister(self, [it for it in list(self.targets.values()) if it["Id"] in instance_ids])

    Group.register, Group.deregister = register, deregister
    Group.deregister_terminated_instances = deregister_terminated


def health_follows_the_instance() -> None:
    """moto calls every target healthy, at once, and whatever its group lets in."""

    def status(group, target, state, reason=None):
        words = WORDS.get(reason)
        return models.FakeHealthStatus(
            target["Id"], target["Port"], group.health_check_port, state, reason, words
        )

    def health_for(self, target, ec2_backend):
        key = key_of(self, target)
        named = {"Id": key[0], "Port": key[1]}
        leaving = self.deregistered_targets.get(key)
        if leaving and leaving["course"].look() == "draining":
            return status(self, named, "draining", DRAINING)
        if leaving:
            del self.deregistered_targets[key]
        found = self.targets.get(key)
        if found is None:
            return status(self, named, "unused", "Target.NotRegistered")
        if not self.load_balancer_arns:
            return status(self, named, "unused", "Target.NotInUse")
        instance = ec2_backend.get_instance_by_id(key[0])
        if instance and instance.state != "running":
            return status(self, named, "unused", "Target.InvalidState")
        if instance and not any(it.ingress_rules for it in instance.nics[0].group_set):
            return status(self, named, "unhealthy", "Target.Timeout")
        state = found["course"].look()
        return status(self, named, state, "Elb.RegistrationInProgress" if state == "initial" else None)

    def describe(self, target_group_arn, targets):
        group = self.target_groups.get(target_group_arn)
        if group is None:
            raise models.TargetGroupNotFoundError()
        there = [*group.targets.values(), *list(group.deregistered_targets.values())]
        told = [group.health_for(it, self.ec2_backend) for it in targets or there]
        return told if targets else [it for it in told if it.reason != "Target.NotRegistered"]

    Group.health_for = health_for
    models.ELBv2Backend.describe_target_health = describe


def classic_balancers_know_their_instances() -> None:
    """moto's classic load balancers take instances that there are not, and the same one twice."""
    backend = classic.ELBBackend
    register, deregister = backend.register_instances, backend.deregister_instances

    def check(self, instance_ids):
        ec2 = classic.ec2_backends[self.account_id][self.region_name]
        try:
            ec2.get_multi_instances_by_id(list(instance_ids))
        except InvalidInstanceIdError as error:
            raise ELBClientError("InvalidInstance", error.message) from error

    def register_known(self, load_balancer_name, instance_ids, from_autoscaling=False):
        check(self, instance_ids)
        there = self.get_load_balancer(load_balancer_name).instance_ids
        new = [it for it in instance_ids if it not in there]
        return register(self, load_balancer_name, new, from_autoscaling)

    def deregister_known(self, load_balancer_name, instance_ids, from_autoscaling=False):
        if from_autoscaling:
            return deregister(self, load_balancer_name, instance_ids, True)
        check(self, instance_ids)
        deregister(self, load_balancer_name, instance_ids, True)
        return deregister(self, load_balancer_name, instance_ids)

    def answer(change):
        def respond(self):
            name = self._get_param("LoadBalancerName")
            ids = [it["InstanceId"] for it in self._get_param("Instances", [])]
            balancer = change(self.elb_backend, name, ids)
            return ActionResult({"Instances": [{"InstanceId": it} for it in balancer.instance_ids]})

        return respond

    backend.register_instances, backend.deregister_instances = register_known, deregister_known
    ELBResponse.register_instances_with_load_balancer = answer(register_known)
    ELBResponse.deregister_instances_from_load_balancer = answer(deregister_known)


repairs = (
    targets_have_ports,
    health_follows_the_instance,
    classic_balancers_know_their_instances,
)
