"""What moto lets be done to instances, and tells of them, that AWS does not."""

import re

from moto.core.responses import ActionResult, EmptyResult
from moto.ec2 import exceptions
from moto.ec2.models import instances
from moto.ec2.responses.instances import InstanceResponse

from moto_background import Course, refuse, wish

Instance = instances.Instance
FLAGS = {
    "DisableApiTermination": "disable_api_termination",
    "DisableApiStop": "disable_api_stop",
    "SourceDestCheck": "source_dest_check",
    "InstanceInitiatedShutdownBehavior": "instance_initiated_shutdown_behavior",
}
ONLY_STOPPED = ("InstanceType", "Kernel", "Ramdisk", "UserData", "EbsOptimized", "SriovNetSupport", "EnaSupport")


def ids_are_well_formed() -> None:
    """moto does not find an id that no instance can have. AWS says that it is malformed."""
    create = exceptions.InvalidInstanceIdError.__init__

    def init(self, instance_id):
        create(self, instance_id)
        ids = [instance_id] if isinstance(instance_id, str) else list(instance_id)
        bad = next((it for it in ids if not re.fullmatch(r"i-([0-9a-f]{8}|[0-9a-f]{17})", it)), None)
        if bad is not None:
            self.code, self.message = "InvalidInstanceID.Malformed", f'Invalid id: "{bad}"'

    exceptions.InvalidInstanceIdError.__init__ = init


def attributes_change_one_at_a_time() -> None:
    """moto loses an instance's groups where the attribute is one that it does not know, such as the
    shutdown behaviour; takes several attributes at once; and moves the groups of one of several interfaces."""
    change = InstanceResponse.modify_instance_attribute

    def named(params):
        """An attribute has two forms: `DisableApiStop={Value}` and `Attribute=disableApiStop, Value=…`."""
        if "Attribute" not in params:
            names = [*FLAGS, *ONLY_STOPPED, "Groups", "BlockDeviceMappings"]
            return {name: params[name] for name in names if name in params}
        name = params["Attribute"][0].upper() + params["Attribute"][1:]
        if name in ("BlockDeviceMapping", "GroupSet"):
            return {key: params[key] for key in ("BlockDeviceMappings", "Groups") if key in params}
        value = params.get("Value")
        return {name: {"Value": value == "true" if value in ("true", "false") else value}}

    def check(instance, name):
        if name in ("Groups", "SourceDestCheck") and len(instance.nics) > 1:
            words = f"There are multiple interfaces attached to instance '{instance.id}'."
            ask = "Please specify an interface ID for the operation instead."
            raise refuse("InvalidInstanceID", f"{words} {ask}")
        if name == "DisableApiTermination" and instance.lifecycle == "spot":
            words = "Modifying 'disableApiTermination' is not supported for spot instances."
            raise refuse("UnsupportedOperation", words)
        if name in ONLY_STOPPED and instance.state != "stopped":
            words = f"The instance '{instance.id}' is not in the 'stopped' state."
            raise refuse("IncorrectInstanceState", words)
        if wish(instance, "operator"):
            raise refuse("OperationNotPermitted", f"The instance '{instance.id}' is managed by a service.")

    def keep_volumes(instance, mappings):
        for mapping in mappings:
            device = instance.block_device_mapping.get(mapping["DeviceName"])
            if device is None:
                words = f"No device is currently mapped at {mapping['DeviceName']}"
                raise refuse("InvalidInstanceAttributeValue", words)
            device.delete_on_termination = mapping["Ebs"]["DeleteOnTermination"]

    def modify(self):
        instance = self.ec2_backend.get_instance(self._get_param("InstanceId"))
        given = named(self.params)
        if not given:
            raise refuse("InvalidParameterCombination", "No attributes specified.")
        if len(given) > 1:
            words = f"Fields for multiple attribute types specified: {', '.join(given)}"
            raise refuse("InvalidParameterCombination", words)
        name, value = next(iter(given.items()))
        check(instance, name)
        self.error_on_dryrun()
        if name == "BlockDeviceMappings":
            keep_volumes(instance, value)
        elif name in FLAGS:
            setattr(instance, FLAGS[name], value["Value"])
        elif name == "Groups":
            self.ec2_backend.modify_instance_security_groups(instance.id, value)
        else:
            return change(self)
        return EmptyResult()

    InstanceResponse.modify_instance_attribute = modify


def attributes_are_read_back() -> None:
    """moto's DescribeInstanceAttribute knows no devices, and its source check is not that of the interface."""
    describe = InstanceResponse.describe_instance_attribute

    def describe_attribute(self):
        if self._get_param("Attribute") != "blockDeviceMapping":
            return describe(self)
        instance = self.ec2_backend.get_instance(self._get_param("InstanceId"))
        return ActionResult({"InstanceId": instance.id, "BlockDeviceMappings": instance.block_device_mappings})

    def check_of(self):
        primary = self.__dict__.get("nics", {}).get(0)
        return primary.source_dest_check if primary else True

    def set_check(self, value):
        if primary := self.__dict__.get("nics", {}).get(0):
            primary.source_dest_check = value

    InstanceResponse.describe_instance_attribute = describe_attribute
    Instance.source_dest_check = property(check_of, set_check)


def launches_protect() -> None:
    """moto's RunInstances passes over DisableApiTermination, and leaves the primary interface behind."""
    run, prepare = InstanceResponse.run_instances, Instance.prep_nics

    def run_protected(self):
        protect = self._get_param("DisableApiTermination") is True
        if protect and self._get_param("InstanceMarketOptions.MarketType") == "spot":
            words = "The parameter DisableApiTermination is not supported for spot instances."
            raise refuse("InvalidParameterCombination", words)
        started = run(self)
        for instance in started.result.instances:
            instance.disable_api_termination = protect
            owner = wish(instance, "operator")
            instance.operator = {"Managed": owner is not None, **({"Principal": owner} if owner else {})}
        return started

    def prepare_interfaces(self, nic_spec, *args, **kwargs):
        prepare(self, nic_spec, *args, **kwargs)
        given = {int(nic.get("DeviceIndex", 0)): nic for nic in nic_spec}
        for index, nic in self.nics.items():
            spec = given.get(index, {})
            if "NetworkInterfaceId" not in spec and "DeleteOnTermination" not in spec:
                nic.delete_on_termination = True

    InstanceResponse.run_instances = run_protected
    Instance.prep_nics = prepare_interfaces


def volumes_hang_where_they_should() -> None:
    """moto hangs the root volume at another name than the one that it calls the root device."""

    def attach_root(self):
        volume = self.ec2_backend.create_volume(size=8, zone_name=self.availability_zone)
        self.ec2_backend.attach_volume(volume.id, self.id, self.root_device_name or "/dev/sda1", True)

    Instance.setup_defaults = attach_root


def terminated_instances_are_empty() -> None:
    """moto shows a terminated instance in its network. On AWS it has no VPC, interface or group any more."""
    terminate = Instance.terminate

    def terminate_and_leave(self):
        before = terminate(self)
        for nic in list(self.nics.values()):
            self.detach_eni(nic)
        for address in self.ec2_backend.addresses:
            if address.instance is self:
                self.ec2_backend.disassociate_address(address=address.public_ip)
        self.nics, self.security_groups = {}, []
        return before

    def unless_gone(name):
        told = getattr(Instance, name).fget

        def tell(self):
            gone = "nics" in self.__dict__ and not self.nics and self.state == "terminated"
            return None if gone else told(self)

        return property(tell)

    Instance.terminate = terminate_and_leave
    for name in (
        *("vpc_id", "subnet_id", "private_ip", "private_ip_address", "private_dns_name"),
        *("public_ip", "public_ip_address", "public_dns_name"),
    ):
        setattr(Instance, name, unless_gone(name))


def one_time_spot_instances_do_not_stop() -> None:
    """moto stops spot instances whose request is a one-time one, as requests are unless told otherwise."""
    stop = instances.InstanceBackend.stop_instances

    def stop_some(self, instance_ids):
        for instance in self.get_multi_instances_by_id(instance_ids):
            if instance.lifecycle == "spot":
                words = f"You can't stop the Spot Instance '{instance.id}'"
                because = "because it is associated with a one-time Spot Instance request."
                raise refuse("UnsupportedOperation", f"{words} {because}")
        return stop(self, instance_ids)

    instances.InstanceBackend.stop_instances = stop_some


def metadata_options_take_a_while() -> None:
    """moto applies metadata options at once. On AWS they are `pending` until the host has them."""
    change = instances.InstanceBackend.modify_instance_metadata_options

    def modify(self, instance_id, **given):
        options = change(self, instance_id, **given)
        options.course = Course("pending", "pending", "applied")
        return options

    def state(self):
        return self.course.look() if self.course else "applied"

    instances.MetadataOptions.course = None
    instances.MetadataOptions.state = property(state, lambda self, value: None)
    instances.InstanceBackend.modify_instance_metadata_options = modify


repairs = (
    ids_are_well_formed,
    attributes_change_one_at_a_time,
    attributes_are_read_back,
    launches_protect,
    volumes_hang_where_they_should,
    terminated_instances_are_empty,
    one_time_spot_instances_do_not_stop,
    metadata_options_take_a_while,
)
