"""Starts moto's server with the repairs and the one freedom that the seeded estate needs."""

import threading

from watch_parent import watch_parent

from moto.ec2.models import elastic_network_interfaces, instances
from moto.server import main

CHOSEN = "sandbox-instance-id:"


def choose_instance_ids() -> None:
    """RunInstances with ClientToken "sandbox-instance-id:i-123…" gets that id, not a random one."""
    wanted = threading.local()
    create = instances.Instance.__init__
    random_id = instances.random_instance_id

    def init(self, backend, image_id, *args, **kwargs):
        token = kwargs.get("client_token") or ""
        wanted.id = token.removeprefix(CHOSEN) if token.startswith(CHOSEN) else None
        create(self, backend, image_id, *args, **kwargs)

    instances.Instance.__init__ = init
    instances.random_instance_id = lambda: getattr(wanted, "id", None) or random_id()


def groups_belong_to_interfaces() -> None:
    """moto lists an interface's groups together with its instance's, so an isolation never shows.

    On AWS the instance's groups are those of its primary interface.
    """
    interface = elastic_network_interfaces.NetworkInterface
    interface.group_set = property(lambda self: self._group_set)

    change_interface = (
        elastic_network_interfaces.NetworkInterfaceBackend.modify_network_interface_attribute
    )

    def modify_interface(self, eni_id, group_ids, *args, **kwargs):
        change_interface(self, eni_id, group_ids, *args, **kwargs)
        eni = self.get_network_interface(eni_id)
        if eni.instance and eni.device_index == 0 and group_ids:
            eni.instance.security_groups = list(eni._group_set)

    elastic_network_interfaces.NetworkInterfaceBackend.modify_network_interface_attribute = (
        modify_interface
    )
    change_instance = instances.InstanceBackend.modify_instance_security_groups

    def modify_instance(self, instance_id, new_group_id_list):
        instance = change_instance(self, instance_id, new_group_id_list)
        for eni in instance.nics.values():
            if eni.device_index == 0:
                eni._group_set = list(instance.security_groups)
        return instance

    instances.InstanceBackend.modify_instance_security_groups = modify_instance


if __name__ == "__main__":
    watch_parent()
    choose_instance_ids()
    groups_belong_to_interfaces()
    main()
