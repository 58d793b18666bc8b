"""Network interfaces and security groups of moto, as strict as those of AWS."""

from moto.core.responses import ActionResult, EmptyResult
from moto.ec2.exceptions import InvalidSecurityGroupDuplicateError
from moto.ec2.models import elastic_network_interfaces, security_groups
from moto.ec2.responses import EC2Response
from moto.ec2.responses.elastic_network_interfaces import ElasticNetworkInterfaces
from moto.ec2.responses.security_groups import SecurityGroups

from moto_background import refuse, wish

NetworkInterface = elastic_network_interfaces.NetworkInterface
CHANGES = (
    "Description",
    "SourceDestCheck",
    "Groups",
    "Attachment",
    "ConnectionTrackingSpecification",
    "AssociatePublicIpAddress",
)
# The services document these bounds in seconds.
IDLE = {
    "TcpEstablishedTimeout": (60, 432_000),
    "UdpTimeout": (30, 60),
    "UdpStreamTimeout": (60, 180),
}


def services_own_interfaces() -> None:
    """An interface made with the tag `sandbox:requester` is that service's: nobody else may change it."""
    create = NetworkInterface.__init__

    def init(self, *args, **kwargs):
        create(self, *args, **kwargs)
        requester = wish(self, "requester")
        self.requester_managed = requester is not None
        self.requester_id = requester or self.requester_id
        self.operator = {"Managed": requester is not None, **({"Principal": requester} if requester else {})}

    NetworkInterface.__init__ = init
    responses = ElasticNetworkInterfaces
    delete, detach = responses.delete_network_interface, responses.detach_network_interface

    def delete_interface(self):
        eni = self.ec2_backend.get_network_interface(self._get_param("NetworkInterfaceId"))
        if eni.requester_managed:
            refuse_service(eni)
        if eni.instance:
            words = f"Network interface '{eni.id}' is currently in use."
            raise refuse("InvalidParameterValue", words)
        return delete(self)

    def detach_interface(self):
        wanted = self._get_param("AttachmentId")
        found = [it for it in self.ec2_backend.enis.values() if it.attachment_id == wanted]
        if found and found[0].requester_managed:
            refuse_service(found[0])
        return detach(self)

    responses.delete_network_interface = delete_interface
    responses.detach_network_interface = detach_interface


def refuse_service(eni) -> None:
    if eni.requester_managed:
        raise refuse("AuthFailure", "You do not have permission to access the specified resource.")


def check_groups(backend, eni, group_ids) -> None:
    """moto puts a group that there is not into an interface as nothing at all, and takes one of another VPC."""
    groups = [backend.get_security_group_from_id(it) for it in group_ids]
    for group, group_id in zip(groups, group_ids):
        if group is None:
            raise refuse("InvalidGroup.NotFound", f"The security group '{group_id}' does not exist")
        if group.vpc_id != eni.subnet.vpc_id:
            words = "You have specified two resources that belong to different networks."
            raise refuse("InvalidGroup.NotFound", words)
    if len(groups) > 5:
        words = "The maximum number of security groups per interface has been reached."
        raise refuse("SecurityGroupsPerInterfaceLimitExceeded", words)


def tracking(asked) -> dict:
    for name, seconds in asked.items():
        low, high = IDLE[name]
        if not low <= int(seconds) <= high:
            words = f"{name} must be between {low} and {high} seconds."
            raise refuse("InvalidParameterValue", words)
    return {name: int(seconds) for name, seconds in asked.items()}


def interfaces_change_one_thing_at_a_time() -> None:
    """moto knows three attributes, passes over the others in silence, and takes several in one call."""

    def modify(self):
        eni = self.ec2_backend.get_network_interface(self._get_param("NetworkInterfaceId"))
        given = [name for name in CHANGES if name in self.params]
        if len(given) != 1:
            words = f"Exactly one attribute must be specified, there are {len(given)}."
            raise refuse("InvalidParameterCombination", words)
        refuse_service(eni)
        name, value = given[0], self.params[given[0]]
        if name == "Groups":
            check_groups(self.ec2_backend, eni, value)
        wanted = tracking(value) if name == "ConnectionTrackingSpecification" else None
        self.error_on_dryrun()
        if name == "Groups":
            self.ec2_backend.modify_network_interface_attribute(eni.id, value)
        elif name == "ConnectionTrackingSpecification":
            eni.connection_tracking_configuration = {**(eni.connection_tracking_configuration or {}), **wanted}
        elif name == "SourceDestCheck":
            eni.source_dest_check = value.get("Value")
        elif name == "Description":
            eni.description = value.get("Value") or ""
        elif name == "Attachment":
            eni.delete_on_termination = value.get("DeleteOnTermination") is True
        else:
            give_or_take_public_ip(eni, value)
        return EmptyResult()

    def give_or_take_public_ip(eni, wanted):
        if eni.public_ip_auto_assign or not eni.public_ip:
            eni.public_ip_auto_assign, eni.public_ip = bool(wanted), None
            eni.check_auto_public_ip()

    NetworkInterface.connection_tracking_configuration = None
    ElasticNetworkInterfaces.modify_network_interface_attribute = modify


def groups_in_use_stay() -> None:
    """moto deletes a security group that interfaces are in, or that rules of other groups name."""
    delete = SecurityGroups.delete_security_group

    def is_used(backend, group):
        others = [it for it in backend.describe_security_groups() if it.id != group.id]
        rules = [rule for it in others for rule in it.ingress_rules + it.egress_rules]
        named = any((rule.source_group or {}).get("GroupId") == group.id for rule in rules)
        return named or any(group in eni.group_set for eni in backend.enis.values())

    def delete_unused(self):
        wanted = self._get_param("GroupId") or self._get_param("GroupName")
        group = self.ec2_backend.get_security_group_by_name_or_id(wanted)
        if group and group.is_default:
            words = f"the specified group: \"{group.id}\" name: \"default\" cannot be deleted by a user"
            raise refuse("CannotDelete", words)
        if group and is_used(self.ec2_backend, group):
            raise refuse("DependencyViolation", f"resource {group.id} has a dependent object")
        return delete(self)

    SecurityGroups.delete_security_group = delete_unused


def group_names_are_unique_whatever_their_case() -> None:
    """moto tells `Quarantine` and `quarantine` apart, and takes names that look like ids."""
    backend = security_groups.SecurityGroupBackend
    create = backend.create_security_group

    def create_unique(self, name, description, vpc_id=None, *args, **kwargs):
        if name.lower().startswith("sg-"):
            words = f"Invalid value '{name}' for groupName. It may not begin with 'sg-'."
            raise refuse("InvalidParameterValue", words)
        there = self.groups[vpc_id or self.default_vpc.id].values()
        if not kwargs.get("force") and any(it.name.lower() == name.lower() for it in there):
            raise InvalidSecurityGroupDuplicateError(name)
        return create(self, name, description, vpc_id, *args, **kwargs)

    backend.create_security_group = create_unique


def trunks_have_branches() -> None:
    """moto knows nothing of branch interfaces, by which pods and tasks have groups of their own."""

    def associate(self):
        branch, trunk = self._get_param("BranchInterfaceId"), self._get_param("TrunkInterfaceId")
        for eni in (branch, trunk):
            self.ec2_backend.get_network_interface(eni)
        associations = self.ec2_backend.__dict__.setdefault("branches", [])
        made = {
            "AssociationId": f"trunk-assoc-{branch.removeprefix('eni-')}",
            "BranchInterfaceId": branch,
            "TrunkInterfaceId": trunk,
            "InterfaceProtocol": "VLAN",
            "VlanId": len(associations) + 1,
        }
        associations.append(made)
        return ActionResult({"InterfaceAssociation": made})

    def describe(self):
        wanted = self._get_param("AssociationIds", [])
        filters = self._filters_from_querystring()
        unknown = [name for name in filters if name not in ("gre-key", "interface-protocol")]
        if unknown:
            raise refuse("InvalidParameterValue", f"The filter '{unknown[0]}' is invalid")
        found = self.ec2_backend.__dict__.get("branches", [])
        matching = [it for it in found if not wanted or it["AssociationId"] in wanted]
        return ActionResult({"InterfaceAssociations": matching})

    EC2Response.associate_trunk_interface = associate
    EC2Response.describe_trunk_interface_associations = describe


repairs = (
    services_own_interfaces,
    interfaces_change_one_thing_at_a_time,
    groups_in_use_stay,
    group_names_are_unique_whatever_their_case,
    trunks_have_branches,
)
