"""Starts moto's server with the repairs and the one freedom that the seeded estate needs."""

import threading
from datetime import datetime

from moto_containment import repair_for_containment
from watch_parent import watch_parent

from moto.cloudtrail import models as cloudtrail
from moto.core.responses import ActionResult
from moto.ec2.models import elastic_network_interfaces, instances, security_groups
from moto.ec2.responses import elastic_block_store
from moto.iam import models as iam
from moto.moto_server.werkzeug_app import DomainDispatcherApplication
from moto.server import main

CHOSEN = "sandbox-instance-id:"
KEYS_OF = "sandbox-keys-of"


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


def rules_keep_their_words() -> None:
    """moto drops the words of rules for groups and prefix lists, or tells rules apart by them.

    On AWS every rule has a description, and none is a part of what the rule is.
    """
    rule = security_groups.SecurityGroupRule
    create = rule.__init__

    def init(self, *args, **kwargs):
        create(self, *args, **kwargs)
        prefix_list = (args[7] if len(args) > 7 else kwargs.get("prefix_list_id")) or {}
        self.prefix_words = prefix_list.get("Description")

    def words(self):
        named = self.ip_range or self.source_group
        return named.get("Description") or self.prefix_words

    def key(self):
        ports = None if self.ip_protocol == "-1" else (self.from_port, self.to_port)
        group = self.source_group.get("GroupId")
        return self.ip_protocol, ports, self.cidr_ipv4, self.cidr_ipv6, self.prefix_list_id, group

    rule.__init__ = init
    rule.description = property(words)
    rule.__eq__ = lambda self, other: key(self) == key(other)


def metadata_options_stay() -> None:
    """moto puts the metadata options that a call leaves out back to defaults. On AWS they stay."""
    change = instances.InstanceBackend.modify_instance_metadata_options

    def modify(self, instance_id, **given):
        now = self.get_instance(instance_id).metadata_options
        standing = {
            "http_tokens": now.http_tokens,
            "hop_limit": now.http_put_response_hop_limit,
            "http_endpoint": now.http_endpoint,
            "http_protocol": now.http_protocol_ipv6,
            "metadata_tags": now.instance_metadata_tags,
        }
        asked = {name: value for name, value in given.items() if value}
        return change(self, instance_id, **{**standing, **asked})

    instances.InstanceBackend.modify_instance_metadata_options = modify


def snapshots_are_found_by_owner_and_sharing() -> None:
    """moto's DescribeSnapshots passes over OwnerIds and RestorableByUserIds."""

    def describe(self):
        given = self._get_param("OwnerIds", [])
        owners = [self.current_account if it == "self" else it for it in given]
        users = set(self._get_param("RestorableByUserIds", []))
        found = self.ec2_backend.describe_snapshots(
            snapshot_ids=self._get_param("SnapshotIds", []),
            filters=self._filters_from_querystring(),
        )

        def is_wanted(it):
            shared = it.create_volume_permission_groups | it.create_volume_permission_userids
            return (not owners or it.owner_id in owners) and (not users or shared & users)

        return ActionResult({"Snapshots": [it for it in found if is_wanted(it)]})

    elastic_block_store.ElasticBlockStore.describe_snapshots = describe


def trails_write_to_the_other_emulator() -> None:
    """moto looks for the bucket of a trail among its own; here all buckets are MiniStack's."""
    cloudtrail.Trail.check_bucket_exists = lambda self: None


def trails_forget_what_is_emptied() -> None:
    """moto tells of a trail's log group or key as an empty text once it is taken away. On AWS it is gone."""
    change = cloudtrail.Trail.update

    def update(self, *args, **kwargs):
        change(self, *args, **kwargs)
        for name in ("cw_log_group_arn", "cw_role_arn", "kms_key_id"):
            if getattr(self, name) == "":
                setattr(self, name, None)

    cloudtrail.Trail.update = update


def keys_can_be_old() -> None:
    """A key for a user with the tag "sandbox-keys-of" is of that day: a seed cannot wait a year."""
    create = iam.IAMBackend.create_access_key

    def create_key(self, user_name, *args, **kwargs):
        key = create(self, user_name, *args, **kwargs)
        tags = self.tagger.get_tag_dict_for_resource(self.get_user(user_name).arn)
        if KEYS_OF in tags:
            key.create_date = datetime.fromisoformat(tags[KEYS_OF].removesuffix("Z"))
        return key

    iam.IAMBackend.create_access_key = create_key


def one_call_at_a_time() -> None:
    """moto answers in threads and iterates over what others change meanwhile: now and then a call fails with 500."""
    answer = DomainDispatcherApplication.__call__
    lock = threading.Lock()

    def answer_alone(self, environ, start_response):
        with lock:
            return answer(self, environ, start_response)

    DomainDispatcherApplication.__call__ = answer_alone


if __name__ == "__main__":
    watch_parent()
    one_call_at_a_time()
    choose_instance_ids()
    groups_belong_to_interfaces()
    rules_keep_their_words()
    metadata_options_stay()
    snapshots_are_found_by_owner_and_sharing()
    trails_write_to_the_other_emulator()
    trails_forget_what_is_emptied()
    keys_can_be_old()
    repair_for_containment()
    main()
